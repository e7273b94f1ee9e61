import { expect, test } from "bun:test";
import { hashOf, hmacSha256, type PrfHash, tlsPrf } from "./tls-prf.ts";

const hex = (text: string): Uint8Array => Uint8Array.fromHex(text);

// The vectors for TLS 1.2 that were posted to the IETF's TLS list in 2009.
test.each<{ hash: PrfHash; secret: string; seed: string; output: string }>([
  {
    hash: "sha256",
    secret: "9bbe436ba940f017b17652849a71db35",
    seed: "a0ba9f936cda311827a6f796ffd5198c",
    output:
      "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e" +
      "14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5" +
      "a72e5a5110fff70187347b66",
  },
  {
    hash: "sha384",
    secret: "b80b733d6ceefcdc71566ea48e5567df",
    seed: "cd665cf6a8447dd6ff8b27555edb7465",
    output:
      "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b123" +
      "3c9146a0e534cb400fed2700884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd" +
      "4abfdad05d9184259b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee691c8f3a2" +
      "6854308d5eaa3be85e0990703d73e56f",
  },
])("tlsPrf gives the published bytes with $hash", ({ hash, secret, seed, output }) => {
  const expected = hex(output);
  const all = tlsPrf(hash, hex(secret), "test label", hex(seed), expected.length);
  expect(all).toEqual(expected);
  for (const length of [0, 1, 31, 32, 33, 64]) {
    const some = tlsPrf(hash, hex(secret), "test label", hex(seed), length);
    expect(some).toEqual(expected.slice(0, length));
  }
});

test("hashOf and hmacSha256 take pieces as one message", () => {
  const pieces = ["", "4a", "b2c3", "d4"].map(hex);
  expect(hashOf("sha256", pieces)).toEqual(hashOf("sha256", [hex("4ab2c3d4")]));
  expect(hashOf("sha384", pieces)).toHaveLength(48);
  // RFC 4231 §4.3
  const data = new TextEncoder().encode("what do ya want for nothing?");
  const digest = hmacSha256(new TextEncoder().encode("Jefe"), [data.slice(0, 9), data.slice(9)]);
  expect(digest.toHex()).toBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
});
