import { createECDH, createPublicKey, diffieHellman, generateKeyPairSync } from "node:crypto";

/** Groups of the key agreement, by their numbers in TLS (RFC 8422 §5.1.1). */
export const Group = {
  P256: 23,
  X25519: 29,
} as const;
export type Group = (typeof Group)[keyof typeof Group];

/** DER of an X25519 SubjectPublicKeyInfo up to the key (RFC 8410 §4). */
const X25519_SPKI_PREFIX: Uint8Array = Uint8Array.fromHex("302a300506032b656e032100");
const X25519_KEY_BYTES = 32;
const P256_POINT_BYTES = 65;
/** First byte of a point with both coordinates. */
const UNCOMPRESSED = 4;

/** One side of one key agreement; its private key is used once. */
export interface KeyShare {
  /** 32 bytes of X25519, or an uncompressed point of P-256: 65 bytes. */
  readonly publicKey: Uint8Array;
  /**
   * @param peerKey as the peer sent it
   * @returns 32 secret bytes, or undefined when the peer's key is none of this group
   */
  agree(peerKey: Uint8Array): Uint8Array | undefined;
}

export type KeyShareFactory = (group: Group) => KeyShare;

/** A fresh key pair, from the system's secure random source. */
export function createKeyShare(group: Group): KeyShare {
  return group === Group.X25519 ? createX25519() : createP256();
}

function createX25519(): KeyShare {
  const { privateKey, publicKey } = generateKeyPairSync("x25519");
  const spki = publicKey.export({ type: "spki", format: "der" });
  return {
    publicKey: Uint8Array.from(spki.subarray(X25519_SPKI_PREFIX.length)),
    agree(peerKey) {
      if (peerKey.length !== X25519_KEY_BYTES) return undefined;
      try {
        const key = Buffer.concat([X25519_SPKI_PREFIX, peerKey]);
        const peer = createPublicKey({ key, format: "der", type: "spki" });
        const secret = diffieHellman({ privateKey, publicKey: peer });
        // a point of small order gives zero, whatever our key (RFC 8422 §5.11)
        return secret.some((byte) => byte !== 0) ? secret : undefined;
      } catch {
        return undefined; // the only way node:crypto says so
      }
    },
  };
}

function createP256(): KeyShare {
  const ecdh = createECDH("prime256v1");
  return {
    publicKey: Uint8Array.from(ecdh.generateKeys()),
    agree(peerKey) {
      if (peerKey.length !== P256_POINT_BYTES || peerKey[0] !== UNCOMPRESSED) return undefined;
      try {
        return ecdh.computeSecret(peerKey);
      } catch {
        return undefined; // not on the curve
      }
    },
  };
}
