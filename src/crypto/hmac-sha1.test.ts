import { expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { HmacSha1, hmacSha1 } from "./hmac-sha1.ts";

test("HmacSha1 covers exactly the bytes named, and the word, and changes none", () => {
  const keys = fc.uint8Array({ maxLength: 100 });
  const lengths = fc.oneof(fc.nat(200), fc.nat(1500));
  fc.assert(
    fc.property(keys, lengths, fc.nat(9), fc.nat(0xffff_ffff), (key, length, offset, word) => {
      const bytes = Uint8Array.from({ length: length + 20 }, (_, i) => i * 7);
      const message = bytes.subarray(offset, offset + length);
      const hmac = new HmacSha1(key);
      const before = bytes.slice();
      expect(Buffer.from(hmac.digest(bytes, offset, length)).toString("hex")).toBe(
        createHmac("sha1", key).update(message).digest("hex"),
      );
      const wordBytes = Buffer.alloc(4);
      wordBytes.writeUInt32BE(word);
      expect(Buffer.from(hmac.digestWithWord(bytes, offset, length, word)).toString("hex")).toBe(
        createHmac("sha1", key).update(message).update(wordBytes).digest("hex"),
      );
      expect(bytes).toEqual(before);
    }),
    { numRuns: 200 },
  );
});

test("HmacSha1 is right at the borders of its blocks, and where the runtime takes over", () => {
  const bytes = Uint8Array.from({ length: 200 }, (_, i) => i * 5);
  for (const keyLength of [0, 1, 20, 63, 64, 65]) {
    const key = Uint8Array.from({ length: keyLength }, (_, i) => i + 1);
    const hmac = new HmacSha1(key);
    for (let length = 0; length < bytes.length; length++) {
      const message = bytes.subarray(0, length);
      const expected = createHmac("sha1", key).update(message).digest("hex");
      expect(Buffer.from(hmac.digest(bytes, 0, length)).toString("hex")).toBe(expected);
      expect(Buffer.from(hmacSha1(key, message)).toString("hex")).toBe(expected);
    }
  }
});

test("HmacSha1 goes on under its key when the caller wipes that, be it a Buffer", () => {
  const bytes = new Uint8Array(200);
  for (const length of [20, 200]) {
    for (const key of [new Uint8Array([1, 2, 3]), Buffer.from([1, 2, 3])]) {
      const hmac = new HmacSha1(key);
      key.fill(0);
      const expected = createHmac("sha1", Buffer.from([1, 2, 3])).update(bytes.subarray(0, length));
      expect(Buffer.from(hmac.digest(bytes, 0, length)).toString("hex")).toBe(
        expected.digest("hex"),
      );
    }
  }
});

test("HmacSha1 makes the digests of RFC 2202", () => {
  const text = new TextEncoder().encode("what do ya want for nothing?");
  const digest = new HmacSha1(new TextEncoder().encode("Jefe")).digest(text, 0, text.length);
  expect(Buffer.from(digest).toString("hex")).toBe("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
});
