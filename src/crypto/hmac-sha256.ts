import { createHmac, createSecretKey, type KeyObject } from "node:crypto";

export const SHA256_BYTES = 32;

/** HMAC-SHA256 (RFC 2104) under one key, at once: for tokens. */
export class HmacSha256 {
  readonly #key: KeyObject;

  /** @param key any length, copied */
  constructor(key: Uint8Array) {
    this.#key = createSecretKey(key);
  }

  /** @returns 32 bytes over the text's UTF-8 */
  digest(text: string): Uint8Array {
    return createHmac("sha256", this.#key).update(text).digest();
  }
}
