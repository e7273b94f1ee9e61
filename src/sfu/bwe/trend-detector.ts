export type TrendParameters = {
  /** Values that are kept, and that an upward trend needs. */
  readonly samplesMax: number;
  /** Fewest values that tell anything. */
  readonly samplesMin: number;
  /** Kendall's tau below which the trend is downward, -1..0. */
  readonly downwardThreshold: number;
  /** With fewer than `samplesMax` values, a downward trend needs this span of time. */
  readonly waitMaxMs: number;
  /** An equal value within this time of the last is the same value again. */
  readonly collapseMs: number;
  readonly validityMs: number;
};

export type Trend = "up" | "down" | "none";

/** Whether a row of estimates rises or falls, by rank correlation (Kendall's tau; spec-media 6.2). */
export class TrendDetector {
  readonly #parameters: TrendParameters;
  readonly #timesMs: Float64Array;
  readonly #values: Float64Array;
  #count = 0;

  constructor(parameters: TrendParameters) {
    this.#parameters = parameters;
    this.#timesMs = new Float64Array(parameters.samplesMax);
    this.#values = new Float64Array(parameters.samplesMax);
  }

  reset(): void {
    this.#count = 0;
  }

  add(nowMs: number, value: number): void {
    const { samplesMax, collapseMs, validityMs } = this.#parameters;
    let stale = 0;
    while (stale < this.#count && nowMs - this.#timesMs[stale]! > validityMs) stale += 1;
    this.#removeFirst(stale);
    const last = this.#count - 1;
    const isRepeat = last >= 0 && this.#values[last] === value;
    if (isRepeat && nowMs - this.#timesMs[last]! < collapseMs) return;
    if (this.#count === samplesMax) this.#removeFirst(1);
    this.#timesMs[this.#count] = nowMs;
    this.#values[this.#count] = value;
    this.#count += 1;
    // A level start says nothing about a direction: only its last value counts.
    let level = 0;
    while (level + 1 < this.#count && this.#values[level] === this.#values[level + 1]) level += 1;
    this.#removeFirst(level);
  }

  get trend(): Trend {
    const { samplesMax, samplesMin, downwardThreshold, waitMaxMs } = this.#parameters;
    if (this.#count < samplesMin) return "none";
    const tau = this.#kendallTau();
    const isFull = this.#count === samplesMax;
    if (tau > 0 && isFull) return "up";
    const spanMs = this.#timesMs[this.#count - 1]! - this.#timesMs[0]!;
    return tau < downwardThreshold && (isFull || spanMs > waitMaxMs) ? "down" : "none";
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
