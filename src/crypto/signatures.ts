import { constants, type KeyObject, sign, verify } from "node:crypto";

/** Keys as this provider holds them. */
export type PublicKey = KeyObject;
export type PrivateKey = KeyObject;

/** Signature schemes, by their numbers in TLS (RFC 8446 §4.2.3). Those of TLS 1.2 are the same. */
export const SignatureScheme = {
  EcdsaP256Sha256: 0x0403,
  EcdsaP384Sha384: 0x0503,
  EcdsaP521Sha512: 0x0603,
  RsaPssSha256: 0x0804,
  RsaPssSha384: 0x0805,
  RsaPssSha512: 0x0806,
  RsaSha256: 0x0401,
  RsaSha384: 0x0501,
  RsaSha512: 0x0601,
  Ed25519: 0x0807,
} as const;

type SchemeFacts = {
  readonly keyType: "ec" | "rsa" | "ed25519";
  /** null: the scheme brings its own. */
  readonly hash: string | null;
  readonly isPss: boolean;
};

/** What we verify, best first. In TLS 1.2 an ECDSA scheme says nothing of the key's curve. */
const SCHEMES: ReadonlyMap<number, SchemeFacts> = new Map([
  [SignatureScheme.EcdsaP256Sha256, { keyType: "ec", hash: "sha256", isPss: false }],
  [SignatureScheme.Ed25519, { keyType: "ed25519", hash: null, isPss: false }],
  [SignatureScheme.EcdsaP384Sha384, { keyType: "ec", hash: "sha384", isPss: false }],
  [SignatureScheme.EcdsaP521Sha512, { keyType: "ec", hash: "sha512", isPss: false }],
  [SignatureScheme.RsaPssSha256, { keyType: "rsa", hash: "sha256", isPss: true }],
  [SignatureScheme.RsaPssSha384, { keyType: "rsa", hash: "sha384", isPss: true }],
  [SignatureScheme.RsaPssSha512, { keyType: "rsa", hash: "sha512", isPss: true }],
  [SignatureScheme.RsaSha256, { keyType: "rsa", hash: "sha256", isPss: false }],
  [SignatureScheme.RsaSha384, { keyType: "rsa", hash: "sha384", isPss: false }],
  [SignatureScheme.RsaSha512, { keyType: "rsa", hash: "sha512", isPss: false }],
]);

/** The schemes of `verifySignature`, best first. SHA-1 is none of them. */
export const VERIFIED_SCHEMES: readonly number[] = [...SCHEMES.keys()];

/**
 * @returns whether it is a signature of the pieces, one behind the other, by this scheme; false
 *   also when key and scheme do not go together
 */
export function verifySignature(
  scheme: number,
  key: PublicKey,
  pieces: readonly Uint8Array[],
  signature: Uint8Array,
): boolean {
  const facts = SCHEMES.get(scheme);
  if (facts === undefined || key.asymmetricKeyType !== facts.keyType) return false;
  try {
    const options = facts.isPss
      ? {
          key,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
        }
      : key;
    return verify(facts.hash, Buffer.concat(pieces), options, signature);
  } catch {
    return false; // a signature that is no DER, a key too large
  }
}

/** Signs the pieces, one behind the other, by ECDSA with SHA-256; the signature is DER. */
export function signEcdsaSha256(key: PrivateKey, pieces: readonly Uint8Array[]): Uint8Array {
  return sign("sha256", Buffer.concat(pieces), key);
}
