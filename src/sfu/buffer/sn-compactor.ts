/** Places where numbers were taken out that are remembered for late packets. */
export const RANGES_MAX = 100;
const NO_RANGES: Float64Array = new Float64Array(0);

/** Result of `map` for a packet from before the oldest place that is remembered. */
export const COMPACT_TOO_OLD = -1;

/**
 * Takes the publisher's padding-only packets out of the numbering (spec-media 2.3), so that
 * subscribers see no holes for them. A late packet gets the offset that holds at its place.
 */
export class SnCompactor {
  /**
   * First number behind each place, and how many were taken out up to there. Oldest first, a ring.
   * Empty before the first: most streams have no padding.
   */
  #starts: Float64Array = NO_RANGES;
  #offsets: Float64Array = NO_RANGES;
  #count = 0;
  #newest = 0;
  #removed = 0;

  /** Takes the newest packet out: `extSn` is above all that came. */
  removeNewest(extSn: number): void {
    this.#removed += 1;
    if (this.#count > 0 && this.#starts[this.#newest] === extSn) {
      this.#starts[this.#newest] = extSn + 1;
      this.#offsets[this.#newest] = this.#removed;
      return;
    }
    if (this.#starts.length === 0) {
      this.#starts = new Float64Array(RANGES_MAX);
      this.#offsets = new Float64Array(RANGES_MAX);
    }
    this.#newest = (this.#newest + 1) % RANGES_MAX;
    if (this.#count < RANGES_MAX) this.#count += 1;
    this.#starts[this.#newest] = extSn + 1;
    this.#offsets[this.#newest] = this.#removed;
  }

  /** Number of a packet without the padding before it; never of a packet that was taken out. */
  map(extSn: number): number {
    let index = this.#newest;
    for (let i = 0; i < this.#count; i++) {
      if (extSn >= this.#starts[index]!) return extSn - this.#offsets[index]!;
      index = index === 0 ? RANGES_MAX - 1 : index - 1;
    }
    if (this.#count === RANGES_MAX) return COMPACT_TOO_OLD;
    return extSn;
  }

  reset(): void {
    this.#count = 0;
    this.#removed = 0;
  }
}
