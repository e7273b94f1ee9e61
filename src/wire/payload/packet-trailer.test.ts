import { expect, test } from "bun:test";
import fc from "fast-check";
import { packetTrailerBytes } from "./packet-trailer.ts";

/** A trailer around some metadata. */
function trailer(metadata: readonly number[]): number[] {
  return [...metadata, (metadata.length + 5) ^ 0xff, 0x4c, 0x4b, 0x54, 0x53];
}

test.each([
  { title: "none in an ordinary payload", payload: [1, 2, 3, 4, 5, 6], bytes: 0 },
  { title: "none in an empty payload", payload: [], bytes: 0 },
  { title: "an empty one", payload: [1, 2, ...trailer([])], bytes: 5 },
  { title: "one with metadata", payload: [1, 2, ...trailer([7, 8, 9])], bytes: 8 },
  { title: "one that is all of the payload", payload: trailer([7]), bytes: 6 },
  {
    title: "none shorter than its envelope",
    payload: [1, 4 ^ 0xff, 0x4c, 0x4b, 0x54, 0x53],
    bytes: 0,
  },
  {
    title: "none longer than the payload",
    payload: [1, 7 ^ 0xff, 0x4c, 0x4b, 0x54, 0x53],
    bytes: 0,
  },
  { title: "none without a length", payload: [0x4c, 0x4b, 0x54, 0x53], bytes: 0 },
])("packetTrailerBytes finds $title", ({ payload, bytes }) => {
  const around = Uint8Array.from([0x4c, 0x4b, ...payload, 0x54, 0x53]);
  expect(packetTrailerBytes(around, 2, payload.length)).toBe(bytes);
});

test("packetTrailerBytes stays within any payload", () => {
  const tails = fc.constantFrom([], trailer([]), trailer([1, 2]), [0xfb, 0x4c, 0x4b, 0x54, 0x53]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), tails, (head, tail) => {
      const payload = Uint8Array.from([...head, ...tail]);
      const found = packetTrailerBytes(payload, 0, payload.length);
      expect(found === 0 || (found >= 5 && found <= payload.length)).toBe(true);
    }),
  );
});
