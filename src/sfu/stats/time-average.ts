/** Mean of a value over time: each value counts for as long as it held. */
export class TimeAverage {
  #value = Number.NaN;
  #sinceMs = 0;
  #sum = 0;
  #totalMs = 0;

  /** The value is this from now on. */
  set(nowMs: number, value: number): void {
    this.#close(nowMs);
    this.#value = value;
  }

  /** Nothing is known, until there is a value again. */
  reset(): void {
    this.#value = Number.NaN;
    this.#sum = 0;
    this.#totalMs = 0;
  }

  /** @returns the mean since the last call, of the time in which there was a value; else 0 */
  take(nowMs: number): number {
    this.#close(nowMs);
    const mean = this.#totalMs > 0 ? this.#sum / this.#totalMs : 0;
    this.#sum = 0;
    this.#totalMs = 0;
    return mean;
  }

  #close(nowMs: number): void {
    if (!Number.isNaN(this.#value)) {
      this.#sum += this.#value * (nowMs - this.#sinceMs);
      this.#totalMs += nowMs - this.#sinceMs;
    }
    this.#sinceMs = nowMs;
  }
}
