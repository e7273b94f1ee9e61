import { createHash, createHmac } from "node:crypto";

/** Hash of a cipher suite's key derivation and Finished messages (RFC 5246 §5). */
export type PrfHash = "sha256" | "sha384";

/**
 * The pseudorandom function of TLS 1.2, P_hash of the secret over label and seed (RFC 5246 §5).
 *
 * @param label ASCII
 * @returns `length` bytes
 */
export function tlsPrf(
  hash: PrfHash,
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  length: number,
): Uint8Array {
  const labelled = new Uint8Array(label.length + seed.length);
  for (let i = 0; i < label.length; i++) labelled[i] = label.charCodeAt(i);
  labelled.set(seed, label.length);
  const out = new Uint8Array(length);
  let a: Uint8Array = labelled;
  for (let at = 0; at < length; ) {
    a = createHmac(hash, secret).update(a).digest();
    const block = createHmac(hash, secret).update(a).update(labelled).digest();
    const taken = Math.min(block.length, length - at);
    out.set(block.subarray(0, taken), at);
    at += taken;
  }
  return out;
}

/** Hash of several pieces, one behind the other. */
export function hashOf(hash: PrfHash, pieces: readonly Uint8Array[]): Uint8Array {
  const state = createHash(hash);
  for (const piece of pieces) state.update(piece);
  return state.digest();
}

/** HMAC-SHA256 (RFC 2104) of several pieces, one behind the other. 32 bytes. */
export function hmacSha256(key: Uint8Array, pieces: readonly Uint8Array[]): Uint8Array {
  const state = createHmac("sha256", key);
  for (const piece of pieces) state.update(piece);
  return state.digest();
}
