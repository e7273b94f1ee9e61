import { expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { createCertificate, fingerprintOf, publicKeyOf } from "./certificate.ts";
import { randomBytes } from "./random-bytes.ts";
import { SignatureScheme, signEcdsaSha256, verifySignature } from "./signatures.ts";

test.each([
  { now: "2026-07-01", from: "Jun 30 00:00:00 2026 GMT", to: "Jun 28 00:00:00 2036 GMT" },
  { now: "2045-01-01", from: "Dec 31 00:00:00 2044 GMT", to: "Dec 30 00:00:00 2054 GMT" },
])("a certificate made on $now is self-signed and valid for ten years", ({ now, from, to }) => {
  const own = createCertificate(Date.parse(now), randomBytes);
  const parsed = new X509Certificate(own.der);
  expect(parsed.subject).toBe("CN=WebRTC");
  expect(parsed.issuer).toBe(parsed.subject);
  expect(parsed.validFrom.replace(/ {2}/, " ")).toBe(from);
  expect(parsed.validTo.replace(/ {2}/, " ")).toBe(to);
  expect(parsed.verify(parsed.publicKey)).toBe(true);
  expect(parsed.checkPrivateKey(own.privateKey)).toBe(true);
  expect(parsed.publicKey.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
  expect(fingerprintOf(own.der)).toBe(parsed.fingerprint256);
});

test("serial numbers are positive, of 16 bytes, and of the caller's randomness", () => {
  for (const byte of [0x00, 0x7f, 0x80, 0xff]) {
    const { der } = createCertificate(0, (bytes) => void bytes.fill(byte));
    const serial = new X509Certificate(der).serialNumber;
    expect(serial).toHaveLength(32);
    expect(serial.slice(2)).toBe(byte.toString(16).toUpperCase().padStart(2, "0").repeat(15));
  }
});

test("publicKeyOf finds the key of a certificate, and none elsewhere", () => {
  const own = createCertificate(0, randomBytes);
  const key = publicKeyOf(own.der);
  const pieces = [Uint8Array.of(1, 2, 3)];
  const signature = signEcdsaSha256(own.privateKey, pieces);
  const scheme = SignatureScheme.EcdsaP256Sha256;
  expect(key !== undefined && verifySignature(scheme, key, pieces, signature)).toBe(true);
  expect(publicKeyOf(own.der.slice(0, -1))).toBeUndefined();
  expect(publicKeyOf(new Uint8Array(0))).toBeUndefined();
});
