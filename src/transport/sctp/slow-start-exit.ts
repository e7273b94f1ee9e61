/** Constants of RFC 9406 §4.3. */
const THRESHOLD_MS_MIN = 4;
const THRESHOLD_MS_MAX = 16;
const RTT_FRACTION = 8;
const SAMPLES_MIN = 8;
const GROWTH_DIVISOR = 4;
const CAUTIOUS_ROUNDS = 5;

/**
 * HyStart++ (RFC 9406): slow start slows down when round trips grow longer, and ends when they
 * stay so, before the queue at the bottleneck is full and loses half a window.
 */
export class SlowStartExit {
  #formerMinMs: number = Number.POSITIVE_INFINITY;
  #minMs: number = Number.POSITIVE_INFINITY;
  #samples = 0;
  /** Rounds of conservative slow start; -1: not in it. */
  #cautiousRounds = -1;
  #baselineMs: number = Number.POSITIVE_INFINITY;

  /** By how much less the window grows than slow start has it. */
  get growthDivisor(): number {
    return this.#cautiousRounds < 0 ? 1 : GROWTH_DIVISOR;
  }

  onSample(rttMs: number): void {
    this.#samples += 1;
    if (rttMs < this.#minMs) this.#minMs = rttMs;
    if (this.#samples < SAMPLES_MIN) return;
    if (this.#cautiousRounds >= 0) {
      if (this.#minMs < this.#baselineMs) this.#cautiousRounds = -1;
      return;
    }
    if (this.#formerMinMs === Number.POSITIVE_INFINITY) return;
    const thresholdMs = this.#formerMinMs / RTT_FRACTION;
    const clampedMs = Math.min(THRESHOLD_MS_MAX, Math.max(THRESHOLD_MS_MIN, thresholdMs));
    if (this.#minMs < this.#formerMinMs + clampedMs) return;
    this.#baselineMs = this.#minMs;
    this.#cautiousRounds = 0;
  }

  /** A round begins. Returns true when slow start is over. */
  onRound(): boolean {
    if (this.#samples > 0) this.#formerMinMs = this.#minMs;
    this.#minMs = Number.POSITIVE_INFINITY;
    this.#samples = 0;
    if (this.#cautiousRounds < 0) return false;
    this.#cautiousRounds += 1;
    if (this.#cautiousRounds <= CAUTIOUS_ROUNDS) return false;
    this.restart();
    return true;
  }

  restart(): void {
    this.#formerMinMs = Number.POSITIVE_INFINITY;
    this.#minMs = Number.POSITIVE_INFINITY;
    this.#samples = 0;
    this.#cautiousRounds = -1;
  }
}
