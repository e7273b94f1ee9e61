import { expect, test } from "bun:test";
import fc from "fast-check";
import { AesGcm } from "./aes-gcm.ts";

const nonce = new Uint8Array(12).fill(3);

test("AesGcm opens what it sealed, in place, and touches no byte around it", () => {
  const keyBytes = fc.constantFrom(16, 32);
  fc.assert(
    fc.property(keyBytes, fc.uint8Array({ maxLength: 300 }), fc.nat(20), (size, text, offset) => {
      const gcm = new AesGcm(new Uint8Array(size).fill(9));
      const aad = Uint8Array.from([1, 2, 3]);
      const bytes = new Uint8Array(offset + text.length + 16 + 4).fill(0xee);
      bytes.set(text, offset);
      const sealed = gcm.seal(nonce, aad, bytes, offset, text.length);
      expect(sealed).toBe(text.length + 16);
      expect(gcm.open(nonce, Uint8Array.from([1, 2, 4]), bytes, offset, sealed)).toBe(-1);
      expect(gcm.open(nonce, aad, bytes, offset, sealed)).toBe(text.length);
      expect(bytes.subarray(offset, offset + text.length)).toEqual(text);
      expect(bytes.subarray(0, offset).every((byte) => byte === 0xee)).toBe(true);
      expect(bytes.subarray(offset + sealed).every((byte) => byte === 0xee)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("AesGcm refuses what is shorter than a tag", () => {
  const gcm = new AesGcm(new Uint8Array(16));
  expect(gcm.open(nonce, new Uint8Array(0), new Uint8Array(20), 0, 15)).toBe(-1);
});
