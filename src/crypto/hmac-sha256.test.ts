import { expect, test } from "bun:test";
import { HmacSha256, SHA256_BYTES } from "./hmac-sha256.ts";

test("HmacSha256 makes the digests of RFC 4231", () => {
  const digestOf = (key: Uint8Array, text: string): string =>
    new HmacSha256(key).digest(text).toHex();
  expect(digestOf(new Uint8Array(20).fill(0x0b), "Hi There")).toBe(
    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
  );
  expect(digestOf(new TextEncoder().encode("Jefe"), "what do ya want for nothing?")).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
  const key = new Uint8Array(131).fill(0xaa);
  expect(digestOf(key, "Test Using Larger Than Block-Size Key - Hash Key First")).toBe(
    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
  );
});

test("HmacSha256 takes an empty key, and text beyond ASCII", () => {
  expect(new HmacSha256(new Uint8Array(0)).digest("ä").length).toBe(SHA256_BYTES);
});
