import { expect, test } from "bun:test";
import { createECDH } from "node:crypto";
import { createKeyShare, Group } from "./key-share.ts";

test.each([
  { group: Group.X25519, bytes: 32 },
  { group: Group.P256, bytes: 65 },
])("two shares of group $group agree on a secret of their own", ({ group, bytes }) => {
  const first = createKeyShare(group);
  const second = createKeyShare(group);
  expect(first.publicKey).toHaveLength(bytes);
  expect(first.publicKey).not.toEqual(second.publicKey);
  const secret = first.agree(second.publicKey);
  expect(secret).toHaveLength(32);
  expect(second.agree(first.publicKey)).toEqual(secret!);
  expect(first.agree(createKeyShare(group).publicKey)).not.toEqual(secret!);
});

/** Points whose product with any key is zero (RFC 7748 §7). */
const SMALL_ORDER = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

test.each(SMALL_ORDER)("an X25519 share refuses the point %s", (point) => {
  expect(createKeyShare(Group.X25519).agree(Uint8Array.fromHex(point))).toBeUndefined();
});

test("shares refuse keys that are none of their group", () => {
  const x25519 = createKeyShare(Group.X25519);
  const p256 = createKeyShare(Group.P256);
  for (const length of [0, 31, 33, 65]) {
    expect(x25519.agree(new Uint8Array(length).fill(9))).toBeUndefined();
  }
  const other = createECDH("prime256v1");
  other.generateKeys();
  const point = Uint8Array.from(other.getPublicKey());
  expect(p256.agree(point)).toHaveLength(32);
  const offCurve = point.slice();
  offCurve[64]! ^= 1;
  const infinity = Uint8Array.of(0);
  const hybrid = point.slice();
  hybrid[0] = 6 + (hybrid[64]! & 1);
  const compressed = Uint8Array.from(other.getPublicKey(null, "compressed"));
  const zero = new Uint8Array(65);
  zero[0] = 4;
  for (const key of [offCurve, infinity, hybrid, compressed, zero, point.slice(0, 64)]) {
    expect(p256.agree(key)).toBeUndefined();
  }
});
