import { createCipheriv } from "node:crypto";

const BLOCK_BYTES = 16;
/** Key stream made by one cipher call; longer input goes round again. */
const BLOCKS_MAX = 128;
/** Below it two views cost more than they save. */
const WORDWISE_BYTES_MIN = 256;

/** Counter blocks of the call under way. Shared: nothing here outlives a call. */
const blockWords = new Int32Array(new ArrayBuffer(BLOCKS_MAX * BLOCK_BYTES));
const blockBytes = new Uint8Array(blockWords.buffer);
const blockViews: readonly Uint8Array[] = Array.from(
  { length: BLOCKS_MAX + 1 },
  (_, count) => new Uint8Array(blockWords.buffer, 0, count * BLOCK_BYTES),
);

/**
 * AES in the counter mode of SRTP (RFC 3711 §4.1.1): a 16-byte initial block whose last two bytes
 * are zero and count blocks, so at most 2^20 bytes for one block.
 *
 * A counter cipher of `node:crypto` cannot be wound back, and making one for each packet costs more
 * than the encryption. One raw block cipher lives as long as the key; it turns counter
 * blocks into key stream, which is laid over the bytes here.
 */
export class AesCounter {
  readonly #cipher: ReturnType<typeof createCipheriv>;

  /** @param key 16 or 32 bytes */
  constructor(key: Uint8Array) {
    this.#cipher = createCipheriv(key.length === 16 ? "aes-128-ecb" : "aes-256-ecb", key, null);
    this.#cipher.setAutoPadding(false);
  }

  /**
   * Encrypts or decrypts `length` bytes at `offset` in place.
   *
   * @param initial four words holding the 16 bytes of the initial block as they lie in memory
   */
  apply(initial: Int32Array, bytes: Uint8Array, offset: number, length: number): void {
    let firstBlock = 0;
    let done = 0;
    while (done < length) {
      const part = Math.min(length - done, BLOCKS_MAX * BLOCK_BYTES);
      const blockCount = (part + BLOCK_BYTES - 1) >> 4;
      this.#writeCounters(initial, firstBlock, blockCount);
      lay(this.#cipher.update(blockViews[blockCount]!), bytes, offset + done, part);
      done += part;
      firstBlock += blockCount;
    }
  }

  #writeCounters(initial: Int32Array, firstBlock: number, blockCount: number): void {
    const word0 = initial[0]!;
    const word1 = initial[1]!;
    const word2 = initial[2]!;
    const word3 = initial[3]!;
    for (let block = 0, word = 0; block < blockCount; block++, word += 4) {
      blockWords[word] = word0;
      blockWords[word + 1] = word1;
      blockWords[word + 2] = word2;
      blockWords[word + 3] = word3;
    }
    for (let block = 0, at = 14; block < blockCount; block++, at += BLOCK_BYTES) {
      blockBytes[at] = (firstBlock + block) >> 8;
      blockBytes[at + 1] = firstBlock + block;
    }
  }
}

/** XORs the stream over `length` bytes: by words where both lie on word boundaries. */
function lay(stream: Uint8Array, bytes: Uint8Array, offset: number, length: number): void {
  const start = bytes.byteOffset + offset;
  let done = 0;
  if (((start | stream.byteOffset) & 3) === 0 && length >= WORDWISE_BYTES_MIN) {
    const wordCount = length >> 2;
    const target = new Int32Array(bytes.buffer, start, wordCount);
    const source = new Int32Array(stream.buffer, stream.byteOffset, wordCount);
    for (let word = 0; word < wordCount; word++) target[word] = target[word]! ^ source[word]!;
    done = wordCount << 2;
  }
  for (; done < length; done++) bytes[offset + done] = bytes[offset + done]! ^ stream[done]!;
}
