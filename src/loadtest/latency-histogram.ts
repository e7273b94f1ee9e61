const BUCKET_US = 10;
/** Everything from two seconds on is counted in the last bucket. */
const BUCKETS = 200_000;

export type LatencySummary = {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
};

/** Delays in buckets of 10 us. Runs once per packet. */
export class LatencyHistogram {
  readonly #buckets: Uint32Array = new Uint32Array(BUCKETS);
  #count = 0;
  #maxMs = 0;

  add(delayMs: number): void {
    const bucket = Math.max(0, Math.min(BUCKETS - 1, Math.floor((delayMs * 1000) / BUCKET_US)));
    this.#buckets[bucket] = this.#buckets[bucket]! + 1;
    this.#count += 1;
    if (delayMs > this.#maxMs) this.#maxMs = delayMs;
  }

  clear(): void {
    this.#buckets.fill(0);
    this.#count = 0;
    this.#maxMs = 0;
  }

  summary(): LatencySummary {
    return {
      count: this.#count,
      p50Ms: this.#quantileMs(0.5),
      p99Ms: this.#quantileMs(0.99),
      maxMs: this.#maxMs,
    };
  }

  /** The upper edge of the bucket that the quantile falls into. */
  #quantileMs(quantile: number): number {
    let left = Math.ceil(this.#count * quantile);
    if (left === 0) return 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      left -= this.#buckets[bucket]!;
      if (left <= 0) return Math.min(((bucket + 1) * BUCKET_US) / 1000, this.#maxMs);
    }
    return this.#maxMs;
  }
}
