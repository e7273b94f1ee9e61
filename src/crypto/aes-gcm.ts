import { createCipheriv, createDecipheriv } from "node:crypto";
import { assert } from "../base/assert.ts";
import { AEAD_TAG_BYTES, type Aead, type AeadFactory } from "./aead.ts";

/**
 * AES-GCM with a 16-byte tag (NIST SP 800-38D) by `node:crypto`, which is everywhere.
 *
 * Node's API makes a cipher object for each packet, and one output buffer; a key object instead of
 * key bytes gains nothing. `src/io/native-aead.ts` costs a third and allocates nothing, where the
 * system has its library (both in `test/bench/srtp.bench.ts`).
 */
export class AesGcm implements Aead {
  readonly #key: Uint8Array;
  readonly #algorithm: "aes-128-gcm" | "aes-256-gcm";
  #isClosed = false;

  /** @param key 16 or 32 bytes, copied */
  constructor(key: Uint8Array) {
    this.#key = key.slice();
    this.#algorithm = key.length === 16 ? "aes-128-gcm" : "aes-256-gcm";
  }

  seal(
    nonce: Uint8Array,
    aad: Uint8Array,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): number {
    assert(!this.#isClosed, "A closed AEAD seals nothing");
    const cipher = createCipheriv(this.#algorithm, this.#key, nonce);
    cipher.setAAD(aad);
    if (length > 0) {
      const plain = new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length);
      bytes.set(cipher.update(plain), offset);
    }
    cipher.final();
    bytes.set(cipher.getAuthTag(), offset + length);
    return length + AEAD_TAG_BYTES;
  }

  open(
    nonce: Uint8Array,
    aad: Uint8Array,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): number {
    assert(!this.#isClosed, "A closed AEAD opens nothing");
    const textLength = length - AEAD_TAG_BYTES;
    if (textLength < 0) return -1;
    const start = bytes.byteOffset + offset;
    const decipher = createDecipheriv(this.#algorithm, this.#key, nonce);
    decipher.setAAD(aad);
    decipher.setAuthTag(new Uint8Array(bytes.buffer, start + textLength, AEAD_TAG_BYTES));
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

  close(): void {
    this.#isClosed = true;
    this.#key.fill(0);
  }
}

export const createAesGcm: AeadFactory = (key) => new AesGcm(key);
