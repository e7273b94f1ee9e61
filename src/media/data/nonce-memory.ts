/** How many nonces a room remembers. */
const NONCES_MAX = 100;
const NONCE_BYTES = 16;

/** The newest nonces of a room's messages: the API sends some messages twice (spec-signalling 9.2). */
export class NonceMemory {
  /** Made with the first one: most rooms see none. */
  #bytes: Uint8Array | undefined;
  #count = 0;
  #next = 0;

  /** @returns whether the 16 bytes were seen before; now they have been */
  isRepeat(bytes: Uint8Array, offset: number): boolean {
    this.#bytes ??= new Uint8Array(NONCES_MAX * NONCE_BYTES);
    for (let i = 0; i < this.#count; i++) if (this.#isSame(i, bytes, offset)) return true;
    const at = this.#next * NONCE_BYTES;
    for (let i = 0; i < NONCE_BYTES; i++) this.#bytes[at + i] = bytes[offset + i]!;
    this.#next = (this.#next + 1) % NONCES_MAX;
    if (this.#count < NONCES_MAX) this.#count += 1;
    return false;
  }

  #isSame(index: number, bytes: Uint8Array, offset: number): boolean {
    const at = index * NONCE_BYTES;
    for (let i = 0; i < NONCE_BYTES; i++) {
      if (this.#bytes![at + i] !== bytes[offset + i]) return false;
    }
    return true;
  }
}
