import { expect, test } from "bun:test";
import { ServerError } from "../base/errors.ts";
import { internal, livekit } from "../gen/livekit.js";
import { decodeMessage, encodeMessage, messageName } from "./codec.ts";

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ServerError) return error.code;
    throw error;
  }
  return "nothing thrown";
}

test("a message survives encoding and decoding", () => {
  const bytes = encodeMessage(livekit.Room, { sid: "RM_1", maxParticipants: 3 });
  const room = decodeMessage(livekit.Room, bytes);
  expect([room.sid, room.maxParticipants, room.metadata]).toEqual(["RM_1", 3, ""]);
});

test("a message is known by its full name", () => {
  expect(messageName(internal.Request)).toBe("internal.Request");
});

test.each([0, 1, -1, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
  "the 64-bit integer %p is a plain number on both sides",
  (sentAt) => {
    const bytes = encodeMessage(internal.Request, { sentAt });
    expect(decodeMessage(internal.Request, bytes).sentAt).toBe(sentAt);
  },
);

test("a time in nanoseconds, beyond 2^53, is off by less than a microsecond", () => {
  // field 3, sent_at, of 1760000000123456789
  const bytes = Uint8Array.fromHex("18959aafe0cdd5b1b618");
  const { sentAt } = decodeMessage(internal.Request, bytes);
  expect(typeof sentAt).toBe("number");
  expect(Math.abs(sentAt - Number(1_760_000_000_123_456_789n))).toBeLessThan(1000);
});

test.each([
  { title: "a length past the end", hex: "0a05" },
  { title: "an unfinished varint", hex: "28ff" },
  { title: "a varint of eleven bytes", hex: "28ffffffffffffffffffff01" },
  { title: "field number zero", hex: "0001" },
  { title: "wire type six", hex: "0e" },
  { title: "a string that is not UTF-8", hex: "0a02c328" },
  { title: "a group without end", hex: "a306" },
])("$title is refused as malformed", ({ hex }) => {
  expect(codeOf(() => decodeMessage(livekit.Room, Uint8Array.fromHex(hex)))).toBe("malformed");
});

test("groups nested without bound are refused, not followed", () => {
  const bytes = new Uint8Array(200_000).fill(0xa3); // 0xa3 0xa3 ... never ends a tag
  expect(codeOf(() => decodeMessage(livekit.Room, bytes))).toBe("malformed");
  const groups = new Uint8Array(200_000).map((_, i) => (i % 2 === 0 ? 0xa3 : 0x06));
  expect(codeOf(() => decodeMessage(livekit.Room, groups))).toBe("malformed");
});
