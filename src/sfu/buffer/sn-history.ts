/** How far back it is known which packets came. A power of two. */
export const HISTORY_PACKETS = 8192;
const BIT_MASK = HISTORY_PACKETS - 1;

/** Which of the newest 8192 extended numbers were received: one bit each, allocated once. */
export class SnHistory {
  readonly #words: Int32Array = new Int32Array(HISTORY_PACKETS / 32);

  /** @param extSn at most HISTORY_PACKETS - 1 behind the newest */
  has(extSn: number): boolean {
    const bit = extSn & BIT_MASK;
    return ((this.#words[bit >> 5]! >> (bit & 31)) & 1) === 1;
  }

  mark(extSn: number): void {
    const bit = extSn & BIT_MASK;
    this.#words[bit >> 5] = this.#words[bit >> 5]! | (1 << (bit & 31));
  }

  /** The numbers from `fromExtSn` up to, not including, `toExtSn` did not come so far. */
  markMissing(fromExtSn: number, toExtSn: number): void {
    if (toExtSn - fromExtSn >= HISTORY_PACKETS) {
      this.#words.fill(0);
      return;
    }
    for (let extSn = fromExtSn; extSn < toExtSn; extSn++) {
      const bit = extSn & BIT_MASK;
      this.#words[bit >> 5] = this.#words[bit >> 5]! & ~(1 << (bit & 31));
    }
  }

  reset(): void {
    this.#words.fill(0);
  }
}
