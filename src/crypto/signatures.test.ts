import { expect, test } from "bun:test";
import { constants, generateKeyPairSync, sign } from "node:crypto";
import {
  SignatureScheme,
  signEcdsaSha256,
  VERIFIED_SCHEMES,
  verifySignature,
} from "./signatures.ts";

const MESSAGE = new TextEncoder().encode("a handshake");
const PIECES = [MESSAGE.slice(0, 4), MESSAGE.slice(4)];

const P256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const P384 = generateKeyPairSync("ec", { namedCurve: "P-384" });
const P521 = generateKeyPairSync("ec", { namedCurve: "P-521" });
const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ED25519 = generateKeyPairSync("ed25519");
const PSS = {
  key: RSA.privateKey,
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
};

const CASES = {
  EcdsaP256Sha256: { pair: P256, signature: sign("sha256", MESSAGE, P256.privateKey) },
  EcdsaP384Sha384: { pair: P384, signature: sign("sha384", MESSAGE, P384.privateKey) },
  EcdsaP521Sha512: { pair: P521, signature: sign("sha512", MESSAGE, P521.privateKey) },
  RsaPssSha256: { pair: RSA, signature: sign("sha256", MESSAGE, PSS) },
  RsaPssSha384: { pair: RSA, signature: sign("sha384", MESSAGE, PSS) },
  RsaPssSha512: { pair: RSA, signature: sign("sha512", MESSAGE, PSS) },
  RsaSha256: { pair: RSA, signature: sign("sha256", MESSAGE, RSA.privateKey) },
  RsaSha384: { pair: RSA, signature: sign("sha384", MESSAGE, RSA.privateKey) },
  RsaSha512: { pair: RSA, signature: sign("sha512", MESSAGE, RSA.privateKey) },
  Ed25519: { pair: ED25519, signature: sign(null, MESSAGE, ED25519.privateKey) },
};

test.each(Object.entries(CASES))("a signature by %s is verified as that only", (name, made) => {
  const scheme = SignatureScheme[name as keyof typeof CASES];
  const key = made.pair.publicKey;
  const signature = Uint8Array.from(made.signature);
  expect(verifySignature(scheme, key, PIECES, signature)).toBe(true);
  for (const other of VERIFIED_SCHEMES.filter((known) => known !== scheme)) {
    expect(verifySignature(other, key, PIECES, signature)).toBe(false);
  }
  const damaged = signature.slice();
  damaged[damaged.length - 1]! ^= 1;
  expect(verifySignature(scheme, key, PIECES, damaged)).toBe(false);
  expect(verifySignature(scheme, key, [MESSAGE, MESSAGE], signature)).toBe(false);
  expect(verifySignature(scheme, key, PIECES, signature.slice(0, -1))).toBe(false);
  expect(verifySignature(scheme, key, PIECES, new Uint8Array(0))).toBe(false);
});

test("every scheme that is offered is verified, and SHA-1 is not", () => {
  expect([...VERIFIED_SCHEMES].toSorted()).toEqual(
    Object.keys(CASES)
      .map((name) => SignatureScheme[name as keyof typeof CASES] as number)
      .toSorted(),
  );
  const signature = sign("sha1", MESSAGE, P256.privateKey);
  expect(verifySignature(0x0203, P256.publicKey, PIECES, signature)).toBe(false);
});

test("signEcdsaSha256 signs what verifySignature takes", () => {
  const signature = signEcdsaSha256(P256.privateKey, PIECES);
  const scheme = SignatureScheme.EcdsaP256Sha256;
  expect(verifySignature(scheme, P256.publicKey, [MESSAGE], signature)).toBe(true);
});
