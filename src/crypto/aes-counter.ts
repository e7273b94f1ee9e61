import { createCipheriv } from "node:crypto";

const BLOCK_BYTES = 16;
/** From here on a counter cipher made for the call is cheaper than the raw block cipher. */
const RAW_BYTES_MAX = 512;

/** Counter blocks of the call under way. Shared: nothing here outlives a call. */
const blockWords = new Int32Array(new ArrayBuffer(RAW_BYTES_MAX));
const blockBytes = new Uint8Array(blockWords.buffer);
const blockViews: readonly Uint8Array[] = Array.from(
  { length: RAW_BYTES_MAX / BLOCK_BYTES + 1 },
  (_, count) => new Uint8Array(blockWords.buffer, 0, count * BLOCK_BYTES),
);

/**
 * AES in the counter mode of SRTP (RFC 3711 §4.1.1): the last two bytes of the initial block are
 * zero and count blocks, so at most 2^20 bytes for one initial block.
 *
 * A counter cipher of `node:crypto` cannot be wound back, and to make one costs more than to
 * encrypt a voice packet. So short input is covered by a raw block cipher that lives as long as the
 * key, fed with counter blocks; only long input gets a counter cipher of its own.
 */
export class AesCounter {
  /** The initial block, 16 bytes: written by the caller before each `apply`. */
  readonly initial: Uint8Array;
  readonly #initialWords: Int32Array = new Int32Array(new ArrayBuffer(BLOCK_BYTES));
  readonly #key: Uint8Array;
  readonly #algorithm: "aes-128-ctr" | "aes-256-ctr";
  readonly #raw: ReturnType<typeof createCipheriv>;

  /** @param key 16 or 32 bytes, copied */
  constructor(key: Uint8Array) {
    this.initial = new Uint8Array(this.#initialWords.buffer);
    this.#key = key.slice();
    this.#algorithm = key.length === 16 ? "aes-128-ctr" : "aes-256-ctr";
    this.#raw = createCipheriv(key.length === 16 ? "aes-128-ecb" : "aes-256-ecb", key, null);
    this.#raw.setAutoPadding(false);
  }

  /** Encrypts or decrypts `length` bytes at `offset` in place. */
  apply(bytes: Uint8Array, offset: number, length: number): void {
    if (length > RAW_BYTES_MAX) {
      const cipher = createCipheriv(this.#algorithm, this.#key, this.initial);
      const text = new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length);
      bytes.set(cipher.update(text), offset);
      return;
    }
    const blockCount = (length + BLOCK_BYTES - 1) >> 4;
    const word0 = this.#initialWords[0]!;
    const word1 = this.#initialWords[1]!;
    const word2 = this.#initialWords[2]!;
    const word3 = this.#initialWords[3]!;
    for (let block = 0, word = 0; block < blockCount; block++, word += 4) {
      blockWords[word] = word0;
      blockWords[word + 1] = word1;
      blockWords[word + 2] = word2;
      blockWords[word + 3] = word3;
      blockBytes[block * BLOCK_BYTES + BLOCK_BYTES - 1] = block;
    }
    const stream = this.#raw.update(blockViews[blockCount]!);
    for (let i = 0; i < length; i++) bytes[offset + i] = bytes[offset + i]! ^ stream[i]!;
  }
}
