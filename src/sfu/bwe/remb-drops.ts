/** An estimate that is so much below the last one has dropped: receivers lower it for overuse only. */
const DROP_FACTOR = 0.97;
/** Two drops within this time are no chance. */
const PAIR_MS = 4_000;
/** For so long after a drop the downlink is thought short. */
const HOLD_MS = 2_000;
/** After one drop: an estimate that is below the usage for so long does not recover by itself. */
const BELOW_MS = 8_000;

/**
 * Drops of the estimates in REMBs. A receiver that sees its queue grow takes the estimate down to
 * 85 % of what arrives, and lets it grow by a few percent a second otherwise (libwebrtc's
 * `AimdRateControl`), so a drop is worth more than the rank of one value among twelve: those take
 * as many seconds, in which a queue fills.
 */
export class RembDrops {
  #lastBps = 0;
  #dropMs: number = Number.NEGATIVE_INFINITY;
  #formerDropMs: number = Number.NEGATIVE_INFINITY;
  #belowSinceMs: number = Number.POSITIVE_INFINITY;

  reset(): void {
    this.#lastBps = 0;
    this.#dropMs = Number.NEGATIVE_INFINITY;
    this.#formerDropMs = Number.NEGATIVE_INFINITY;
    this.#belowSinceMs = Number.POSITIVE_INFINITY;
  }

  /**
   * @param thresholdBps what the estimate has to reach for what is sent
   * @returns whether the estimate dropped
   */
  add(nowMs: number, estimateBps: number, thresholdBps: number): boolean {
    const isDrop = estimateBps < this.#lastBps * DROP_FACTOR;
    this.#lastBps = estimateBps;
    if (isDrop) {
      this.#formerDropMs = this.#dropMs;
      this.#dropMs = nowMs;
    }
    if (estimateBps >= thresholdBps) this.#belowSinceMs = Number.POSITIVE_INFINITY;
    else if (isDrop) this.#belowSinceMs = Math.min(this.#belowSinceMs, nowMs);
    return isDrop;
  }

  /** The downlink is short, by the drops alone. */
  isShort(nowMs: number): boolean {
    const isPair = this.#dropMs - this.#formerDropMs < PAIR_MS;
    if (isPair && nowMs - this.#dropMs < HOLD_MS) return true;
    return nowMs - this.#belowSinceMs >= BELOW_MS;
  }
}
