/** Holes that are remembered one by one. Where more come within a report's time, the oldest blur. */
const HOLES_KEPT = 64;
const NO_HOLES: Float64Array = new Float64Array(0);

/**
 * Numbers that one down track sent and left out. What a publisher's packet was lost before it came
 * to us leaves a hole in what we send; the subscriber reports it as lost, and it is no fault of its
 * downlink (spec-media 8.3). A hole stays one when the packet comes late after all, since the
 * report may be older than that. Extended numbers.
 */
export class SentNumbers {
  /** The number after each hole, and how many had been left out by then. Empty before the first. */
  #ends: Float64Array = NO_HOLES;
  #sums: Float64Array = NO_HOLES;
  #holes = 0;
  #missing = 0;
  #next = -1;
  #first = -1;
  /** Sent after a higher number. */
  late = 0;

  /** The lowest number that was the newest of all when it left; -1 before. */
  get first(): number {
    return this.#first;
  }

  /** The number after the highest that was sent; -1 before. */
  get next(): number {
    return this.#next;
  }

  /** A packet leaves with this number. Runs once per packet and subscriber. */
  note(outSn: number): void {
    if (outSn === this.#next) this.#next = outSn + 1;
    else this.#noteOutOfStep(outSn);
  }

  #noteOutOfStep(outSn: number): void {
    if (this.#next < 0) {
      this.#first = outSn;
    } else if (outSn < this.#next) {
      this.late += 1;
      return;
    } else {
      if (this.#holes === 0) this.#allocate();
      this.#missing += outSn - this.#next;
      const slot = this.#holes % HOLES_KEPT;
      this.#ends[slot] = outSn;
      this.#sums[slot] = this.#missing;
      this.#holes += 1;
    }
    this.#next = outSn + 1;
  }

  #allocate(): void {
    this.#ends = new Float64Array(HOLES_KEPT);
    this.#sums = new Float64Array(HOLES_KEPT);
  }

  /** How many numbers up to this one were ever left out. */
  missingUpTo(outSn: number): number {
    const kept = Math.min(this.#holes, HOLES_KEPT);
    for (let i = 1; i <= kept; i++) {
      const slot = (this.#holes - i) % HOLES_KEPT;
      if (this.#ends[slot]! <= outSn) return this.#sums[slot]!;
    }
    if (this.#holes <= HOLES_KEPT) return 0;
    return this.#sums[this.#holes % HOLES_KEPT]!;
  }
}
