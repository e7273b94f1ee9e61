import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  createDataChannelAck,
  createDataChannelOpen,
  readDataChannelMessage,
} from "./data-channel-message.ts";

test("An OPEN for a lossy channel has the bytes of RFC 8832 §5.1", () => {
  const bytes = createDataChannelOpen({
    label: "_lossy",
    protocol: "",
    ordered: false,
    maxRetransmits: 0,
    maxLifetimeMs: undefined,
  });
  expect(bytes.toHex()).toBe("0381010000000000000600005f6c6f737379");
});

test("An OPEN reads back as it was written", () => {
  const limits = fc.oneof(
    fc.constant({ maxRetransmits: undefined, maxLifetimeMs: undefined }),
    fc.nat().map((count) => ({ maxRetransmits: count, maxLifetimeMs: undefined })),
    fc.nat().map((ms) => ({ maxRetransmits: undefined, maxLifetimeMs: ms })),
  );
  const names = fc.string({ unit: "grapheme", maxLength: 40 });
  fc.assert(
    fc.property(names, names, fc.boolean(), limits, (label, protocol, ordered, limit) => {
      const open = { label, protocol, ordered, ...limit };
      expect(readDataChannelMessage(createDataChannelOpen(open))).toEqual(open);
    }),
  );
});

test("An ACK is one byte", () => {
  expect(createDataChannelAck()).toEqual(Uint8Array.of(2));
  expect(readDataChannelMessage(Uint8Array.of(2))).toBe("ack");
});

test.each([
  { title: "nothing", hex: "" },
  { title: "an unknown type", hex: "01" },
  { title: "half a header", hex: "0300010000000000" },
  { title: "a label longer than the message", hex: "030001000000000000040000616263" },
  { title: "an unknown reliability", hex: "030301000000000000000000" },
  { title: "a label of 2000 bytes", hex: `030001000000000007d00000${"61".repeat(2000)}` },
])("$title is not a channel message", ({ hex }) => {
  expect(readDataChannelMessage(Uint8Array.fromHex(hex))).toBeUndefined();
});
