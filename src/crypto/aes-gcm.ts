import { createCipheriv, createDecipheriv } from "node:crypto";

export const GCM_TAG_BYTES = 16;
export const GCM_NONCE_BYTES = 12;

/**
 * AES-GCM with a 16-byte tag (NIST SP 800-38D), one packet a call, in place. One key for life.
 *
 * Node's API makes a cipher object for each packet, and one output buffer; nothing cheaper is to
 * be had without a native library (measured in `test/bench/srtp.bench.ts`). A key object instead
 * of key bytes gains nothing.
 */
export class AesGcm {
  readonly #key: Uint8Array;
  readonly #algorithm: "aes-128-gcm" | "aes-256-gcm";

  /** @param key 16 or 32 bytes, copied */
  constructor(key: Uint8Array) {
    this.#key = key.slice();
    this.#algorithm = key.length === 16 ? "aes-128-gcm" : "aes-256-gcm";
  }

  /**
   * Encrypts `length` bytes at `offset` in place and writes the tag behind them.
   *
   * @param nonce 12 bytes, never used before with this key
   * @param aad bytes that are authenticated only
   * @param bytes has room for 16 bytes behind `offset + length`
   * @returns `length` + 16
   */
  seal(
    nonce: Uint8Array,
    aad: Uint8Array,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): number {
    const cipher = createCipheriv(this.#algorithm, this.#key, nonce);
    cipher.setAAD(aad);
    if (length > 0) {
      const plain = new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length);
      bytes.set(cipher.update(plain), offset);
    }
    cipher.final();
    bytes.set(cipher.getAuthTag(), offset + length);
    return length + GCM_TAG_BYTES;
  }

  /**
   * Checks the tag that ends the `length` bytes at `offset`, and decrypts the rest in place.
   * With a wrong tag nothing is changed.
   *
   * @param length ciphertext and tag, at least 16
   * @returns plaintext length, or -1 when the tag is wrong
   */
  open(
    nonce: Uint8Array,
    aad: Uint8Array,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): number {
    const textLength = length - GCM_TAG_BYTES;
    if (textLength < 0) return -1;
    const start = bytes.byteOffset + offset;
    const decipher = createDecipheriv(this.#algorithm, this.#key, nonce);
    decipher.setAAD(aad);
    decipher.setAuthTag(new Uint8Array(bytes.buffer, start + textLength, GCM_TAG_BYTES));
    const plain =
      textLength > 0 ? decipher.update(new Uint8Array(bytes.buffer, start, textLength)) : undefined;
    try {
      decipher.final();
    } catch {
      return -1; // the only way node:crypto says that a tag is wrong
    }
    if (plain !== undefined) bytes.set(plain, offset);
    return textLength;
  }
}
