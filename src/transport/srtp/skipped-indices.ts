/** How far behind the newest packet a late one may still be sent, in packets. A power of two. */
export const LATE_PACKETS_MAX = 2048;
const LATE_MASK = LATE_PACKETS_MAX - 1;
const WORDS = LATE_PACKETS_MAX / 32;
const NONE_SKIPPED = -1;
const NO_WORDS: Int32Array = new Int32Array(0);

/**
 * Which of the packet indices behind the highest were not claimed, and still may be: a bitmap over
 * the newest LATE_PACKETS_MAX, as receivers keep against replays. Only a stream that has gaps in its
 * window needs one.
 */
export class SkippedIndices {
  /** Nothing up to here may be claimed. */
  readonly floor: number;
  #newest: number;
  /** One bit for each index, by index modulo the window: not claimed. Empty until one is asked for. */
  #words: Int32Array = NO_WORDS;

  private constructor(floor: number, newest: number) {
    this.floor = floor;
    this.#newest = newest;
  }

  /** All up to `highest` are spent. */
  static after(highest: number): SkippedIndices {
    return new SkippedIndices(highest, highest);
  }

  /** All below `first` may still come; those from there to `highest` were claimed. */
  static below(first: number, highest: number): SkippedIndices {
    const skipped = new SkippedIndices(NONE_SKIPPED, first - 1);
    skipped.#begin();
    const oldest = Math.max(first, highest - LATE_MASK);
    for (let index = oldest; index <= highest; index++) skipped.take(index);
    return skipped;
  }

  /** Highest index that was skipped. All above it are claimed. */
  get newest(): number {
    return this.#newest;
  }

  /** `index` is claimed, and the highest from now on: what lies between was skipped. */
  advance(highest: number, index: number): void {
    if (this.#words.length === 0) this.#begin();
    if (index > highest + 1) this.#newest = index - 1;
    if (index - highest >= LATE_PACKETS_MAX) {
      this.#words.fill(-1);
    } else {
      for (let skipped = highest + 1; skipped < index; skipped++) {
        const bit = skipped & LATE_MASK;
        this.#words[bit >> 5] = this.#words[bit >> 5]! | (1 << (bit & 31));
      }
    }
    this.take(index);
  }

  /** @param index above the floor and in the window @returns whether it was there to be claimed */
  take(index: number): boolean {
    const bit = index & LATE_MASK;
    const mask = 1 << (bit & 31);
    const word = this.#words[bit >> 5]!;
    this.#words[bit >> 5] = word & ~mask;
    return (word & mask) !== 0;
  }

  #begin(): void {
    this.#words = new Int32Array(WORDS).fill(-1);
  }
}
