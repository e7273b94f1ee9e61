/** Pictures whose distance is averaged, as in libwebrtc's `VideoQualityObserver`. */
const WINDOW = 30;
const FREEZE_FACTOR = 3;
const FREEZE_EXTRA_MS = 150;

export type Freeze = {
  /** Since the start of the simulation. */
  readonly fromMs: number;
  readonly durationMs: number;
};

/**
 * Freezes as clients count them (W3C webrtc-stats, `freezeCount`): the time to the next picture is
 * three times the average of the last thirty, or 150 ms more than it.
 */
export class FreezeMeter {
  readonly freezes: Freeze[] = [];
  readonly #intervals: number[] = [];
  #lastMs = -1;

  picture(atMs: number): void {
    if (this.#lastMs >= 0) {
      const interval = atMs - this.#lastMs;
      this.#note(atMs);
      this.#intervals.push(interval);
      if (this.#intervals.length > WINDOW) this.#intervals.shift();
    }
    this.#lastMs = atMs;
  }

  /** No pictures are to be expected until the next one: muted, paused, not wanted. */
  rest(): void {
    this.#lastMs = -1;
  }

  /** Counts a freeze that still lasts. */
  end(atMs: number): void {
    if (this.#lastMs >= 0) this.#note(atMs);
    this.#lastMs = -1;
  }

  #note(atMs: number): void {
    const count = this.#intervals.length;
    if (count === 0) return;
    const average = this.#intervals.reduce((sum, it) => sum + it, 0) / count;
    const interval = atMs - this.#lastMs;
    const limit = Math.max(FREEZE_FACTOR * average, average + FREEZE_EXTRA_MS);
    if (interval >= limit) this.freezes.push({ fromMs: this.#lastMs, durationMs: interval });
  }
}
