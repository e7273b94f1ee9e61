import { createHmac, hash } from "node:crypto";

export const SHA1_BYTES = 20;
const BLOCK_BYTES = 64;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;
/** Longer messages take the streaming way; a datagram is never longer than this. */
const MESSAGE_BYTES_MAX = 2048;

/** inner pad, then the message. Shared: nothing here outlives a call. */
const inner = new Uint8Array(new ArrayBuffer(BLOCK_BYTES + MESSAGE_BYTES_MAX + 4));
/** outer pad, then the inner digest. */
const outer = new Uint8Array(new ArrayBuffer(BLOCK_BYTES + SHA1_BYTES));

/**
 * HMAC-SHA1 (RFC 2104) under one key, for SRTP tags and STUN integrity. Two one-shot hashes cost
 * two thirds of a `createHmac`.
 */
export class HmacSha1 {
  readonly #key: Uint8Array;
  readonly #innerPad: Uint8Array = new Uint8Array(BLOCK_BYTES);
  readonly #outerPad: Uint8Array = new Uint8Array(BLOCK_BYTES);

  /** @param key any length, copied */
  constructor(key: Uint8Array) {
    this.#key = key.slice();
    const block = key.length > BLOCK_BYTES ? hash("sha1", key, "buffer") : key;
    for (let i = 0; i < BLOCK_BYTES; i++) {
      const byte = block[i] ?? 0;
      this.#innerPad[i] = byte ^ INNER_PAD;
      this.#outerPad[i] = byte ^ OUTER_PAD;
    }
  }

  /** @returns 20 bytes over `length` bytes at `offset`, of which the caller must not keep hold */
  digest(bytes: Uint8Array, offset: number, length: number): Uint8Array {
    if (length > MESSAGE_BYTES_MAX) return this.#stream(bytes, offset, length, undefined);
    this.#begin(bytes, offset, length);
    return this.#finish(length);
  }

  /** As `digest`, over the bytes and behind them the 32-bit `word`, most significant byte first. */
  digestWithWord(bytes: Uint8Array, offset: number, length: number, word: number): Uint8Array {
    if (length > MESSAGE_BYTES_MAX) return this.#stream(bytes, offset, length, word);
    this.#begin(bytes, offset, length);
    const at = BLOCK_BYTES + length;
    inner[at] = word >>> 24;
    inner[at + 1] = word >>> 16;
    inner[at + 2] = word >>> 8;
    inner[at + 3] = word;
    return this.#finish(length + 4);
  }

  #begin(bytes: Uint8Array, offset: number, length: number): void {
    inner.set(this.#innerPad, 0);
    inner.set(new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length), BLOCK_BYTES);
  }

  #finish(length: number): Uint8Array {
    outer.set(this.#outerPad, 0);
    const message = new Uint8Array(inner.buffer, 0, BLOCK_BYTES + length);
    outer.set(hash("sha1", message, "buffer"), BLOCK_BYTES);
    return hash("sha1", outer, "buffer");
  }

  #stream(bytes: Uint8Array, offset: number, length: number, word: number | undefined): Uint8Array {
    const hmac = createHmac("sha1", this.#key).update(bytes.subarray(offset, offset + length));
    if (word !== undefined) {
      hmac.update(Uint8Array.of(word >>> 24, word >>> 16, word >>> 8, word));
    }
    return hmac.digest();
  }
}
