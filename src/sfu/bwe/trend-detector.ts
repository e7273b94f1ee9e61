import type { TrendSettings } from "../../base/congestion-settings.ts";

export type Trend = "up" | "down" | "none";

/** Whether a row of estimates rises or falls, by rank correlation (Kendall's tau; spec-media 6.2). */
export class TrendDetector {
  readonly #settings: TrendSettings;
  readonly #timesMs: Float64Array;
  readonly #values: Float64Array;
  #count = 0;
  #total = 0;
  #highest = 0;

  constructor(settings: TrendSettings) {
    this.#settings = settings;
    this.#timesMs = new Float64Array(settings.requiredSamples);
    this.#values = new Float64Array(settings.requiredSamples);
  }

  /** Highest value since the start, repeated ones included; 0 before the first. */
  get highest(): number {
    return this.#highest;
  }

  /** Values since the start that tell something would do for a direction. */
  get hasEnough(): boolean {
    return this.#total >= this.#settings.requiredSamplesMin;
  }

  reset(): void {
    this.#count = 0;
    this.#total = 0;
    this.#highest = 0;
  }

  add(nowMs: number, value: number): void {
    this.#total += 1;
    if (value > this.#highest) this.#highest = value;
    const { requiredSamples, collapseThresholdMs, validityWindowMs } = this.#settings;
    let stale = 0;
    while (stale < this.#count && nowMs - this.#timesMs[stale]! > validityWindowMs) stale += 1;
    this.#removeFirst(stale);
    const last = this.#count - 1;
    const isRepeat = last >= 0 && this.#values[last] === value;
    if (isRepeat && nowMs - this.#timesMs[last]! < collapseThresholdMs) return;
    if (this.#count === requiredSamples) this.#removeFirst(1);
    this.#timesMs[this.#count] = nowMs;
    this.#values[this.#count] = value;
    this.#count += 1;
    // A level start says nothing about a direction: only its last value counts.
    let level = 0;
    while (level + 1 < this.#count && this.#values[level] === this.#values[level + 1]) level += 1;
    this.#removeFirst(level);
  }

  get trend(): Trend {
    const { requiredSamples, requiredSamplesMin, downwardTrendThreshold, downwardTrendMaxWaitMs } =
      this.#settings;
    if (this.#count < requiredSamplesMin) return "none";
    const tau = this.#kendallTau();
    const isFull = this.#count === requiredSamples;
    if (tau > 0 && isFull) return "up";
    const spanMs = this.#timesMs[this.#count - 1]! - this.#timesMs[0]!;
    const isLong = isFull || spanMs > downwardTrendMaxWaitMs;
    return tau < downwardTrendThreshold && isLong ? "down" : "none";
  }

  #kendallTau(): number {
    let concordant = 0;
    let discordant = 0;
    for (let i = 0; i + 1 < this.#count; i++) {
      for (let j = i + 1; j < this.#count; j++) {
        if (this.#values[j]! > this.#values[i]!) concordant += 1;
        else if (this.#values[j]! < this.#values[i]!) discordant += 1;
      }
    }
    const pairs = concordant + discordant;
    return pairs === 0 ? 0 : (concordant - discordant) / pairs;
  }

  #removeFirst(count: number): void {
    if (count === 0) return;
    this.#timesMs.copyWithin(0, count, this.#count);
    this.#values.copyWithin(0, count, this.#count);
    this.#count -= count;
  }
}
