import { expect, test } from "bun:test";
import fc from "fast-check";
import { CRC32C_START, crc32c, updateCrc32c } from "./crc32c.ts";

// RFC 3720 appendix B.4, and the usual check value of the polynomial.
test.each([
  { title: "32 zeros", bytes: new Uint8Array(32), crc: 0x8a91_36aa },
  { title: "32 bytes 0xff", bytes: new Uint8Array(32).fill(0xff), crc: 0x62a8_ab43 },
  { title: "0 to 31", bytes: Uint8Array.from({ length: 32 }, (_, i) => i), crc: 0x46dd_794e },
  { title: "nothing", bytes: new Uint8Array(0), crc: 0 },
  { title: "the digits", bytes: new TextEncoder().encode("123456789"), crc: 0xe306_9283 },
])("crc32c of $title has its published value", ({ bytes, crc }) => {
  expect(crc32c(bytes, 0, bytes.length)).toBe(crc);
});

test("crc32c agrees with bit-by-bit division, at any offset and in pieces", () => {
  const inputs = fc.uint8Array({ maxLength: 100 });
  fc.assert(
    fc.property(inputs, fc.nat(20), fc.nat(100), (bytes, skip, cut) => {
      const offset = Math.min(skip, bytes.length);
      const length = bytes.length - offset;
      expect(crc32c(bytes, offset, length)).toBe(bitwise(bytes.subarray(offset)));
      const first = Math.min(cut, length);
      const half = updateCrc32c(CRC32C_START, bytes, offset, first);
      const whole = ~updateCrc32c(half, bytes, offset + first, length - first) >>> 0;
      expect(whole).toBe(bitwise(bytes.subarray(offset)));
    }),
  );
});

function bitwise(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f6_3b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}
