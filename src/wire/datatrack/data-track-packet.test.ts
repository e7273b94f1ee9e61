import { expect, test } from "bun:test";
import fc from "fast-check";
import { dataTrackPacket } from "../../../test/support/data-track-packet.ts";
import { DropReason } from "../../base/drop-reason.ts";
import { checkDataTrackPacket, dataTrackHandle, putDataTrackHandle } from "./data-track-packet.ts";

const HEADER = [0x00, 0, 0x12, 0x34, 0, 1, 0, 2, 0, 0, 0, 3];
const WITH_EXTENSIONS = [0x04, ...HEADER.slice(1)];

test.each([
  { title: "a bare header", bytes: HEADER, reason: DropReason.None },
  { title: "nothing", bytes: [], reason: DropReason.Truncated },
  { title: "eleven bytes", bytes: HEADER.slice(0, 11), reason: DropReason.Truncated },
  {
    title: "reserved bits",
    bytes: [0x1b, 0xff, ...HEADER.slice(2), 9],
    reason: DropReason.None,
  },
  { title: "version 1", bytes: [0x20, ...HEADER.slice(1)], reason: DropReason.Unsupported },
  { title: "version 7", bytes: [0xe0, ...HEADER.slice(1)], reason: DropReason.Unsupported },
  { title: "no length of extensions", bytes: WITH_EXTENSIONS, reason: DropReason.Truncated },
  {
    title: "one byte of a length of extensions",
    bytes: [...WITH_EXTENSIONS, 0],
    reason: DropReason.Truncated,
  },
  {
    title: "extensions of padding alone",
    bytes: [...WITH_EXTENSIONS, 0, 0, 0, 0],
    reason: DropReason.None,
  },
  {
    title: "extensions that end behind the packet",
    bytes: [...WITH_EXTENSIONS, 0, 1, 0, 0],
    reason: DropReason.Truncated,
  },
  {
    title: "65536 words of extensions",
    bytes: [...WITH_EXTENSIONS, 0xff, 0xff, 0, 0],
    reason: DropReason.Truncated,
  },
  {
    title: "an extension without data at the end",
    bytes: [...WITH_EXTENSIONS, 0, 0, 7, 0],
    reason: DropReason.None,
  },
  {
    title: "an extension that is longer than the block",
    bytes: [...WITH_EXTENSIONS, 0, 0, 7, 1, 1, 1, 1],
    reason: DropReason.Malformed,
  },
  {
    title: "an id as the last byte of the block",
    bytes: [...WITH_EXTENSIONS, 0, 1, 7, 3, 1, 2, 3, 8],
    reason: DropReason.Malformed,
  },
  {
    title: "an id twice",
    bytes: [...WITH_EXTENSIONS, 0, 1, 7, 0, 7, 0, 0, 0],
    reason: DropReason.Malformed,
  },
  {
    title: "padding that is not zero",
    bytes: [...WITH_EXTENSIONS, 0, 1, 7, 0, 0, 7, 7, 7],
    reason: DropReason.None,
  },
])("a data track packet with $title is judged", ({ bytes, reason }) => {
  expect(checkDataTrackPacket(Uint8Array.from(bytes), bytes.length)).toBe(reason);
});

test("only the given length of the bytes counts", () => {
  const bytes = new Uint8Array(100);
  expect(checkDataTrackPacket(bytes, 11)).toBe(DropReason.Truncated);
  expect(checkDataTrackPacket(bytes, 12)).toBe(DropReason.None);
});

const BYTE = fc.integer({ min: 0, max: 255 });
const PACKETS = fc.record({
  isStart: fc.boolean(),
  isFinal: fc.boolean(),
  handle: fc.integer({ min: 0, max: 65_535 }),
  sequence: fc.integer({ min: 0, max: 65_535 }),
  extensions: fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 1, max: 255 }), data: fc.array(BYTE, { maxLength: 255 }) }),
    { selector: ({ id }) => id, maxLength: 8 },
  ),
  paddingWords: fc.integer({ min: 0, max: 3 }),
  payload: fc.array(BYTE, { maxLength: 50 }),
});

test("every packet that a client writes is taken, and changes in its handle alone", () => {
  fc.assert(
    fc.property(PACKETS, fc.integer({ min: 1, max: 65_535 }), (fields, handle) => {
      const bytes = dataTrackPacket(fields);
      expect(checkDataTrackPacket(bytes, bytes.length)).toBe(DropReason.None);
      expect(dataTrackHandle(bytes)).toBe(fields.handle);
      putDataTrackHandle(bytes, handle);
      expect(bytes).toEqual(dataTrackPacket({ ...fields, handle }));
    }),
  );
});

test("an extension block that is cut is not taken", () => {
  fc.assert(
    fc.property(PACKETS, fc.nat(), (fields, cut) => {
      const bytes = dataTrackPacket({ ...fields, payload: [] });
      const length = cut % bytes.length;
      expect(checkDataTrackPacket(bytes, length)).toBe(DropReason.Truncated);
    }),
  );
});
