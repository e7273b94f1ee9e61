import { TrendDetector } from "./trend-detector.ts";

/** Of the loss ratio, how much is taken off the usage. */
const NACK_RATIO_ATTENUATOR = 0.4;
/** Below this share of the expected usage an estimate means congestion. */
const USAGE_THRESHOLD = 0.95;
const NACK_WINDOW_MIN_MS = 2_000;
const NACK_WINDOW_MAX_MS = 3_000;
const NACK_RATIO_MAX = 0.08;

/**
 * Congestion of a downlink as its receiver sees it, from REMB and from repeated NACKs
 * (spec-media 6.3; draft-alvestrand-rmcat-remb-03). An estimate follows what is received, so it
 * only counts when it falls, and lies below what is sent.
 */
export class RemoteBwe {
  readonly #trend: TrendDetector = new TrendDetector({
    samplesMax: 12,
    samplesMin: 8,
    downwardThreshold: -0.6,
    waitMaxMs: 5_000,
    collapseMs: 500,
    validityMs: 10_000,
  });
  #isCongested = false;
  #committedBps = Number.POSITIVE_INFINITY;
  #windowStartMs = Number.NEGATIVE_INFINITY;
  #windowPackets = 0;
  #windowNacks = 0;
  #packetsSent = -1;
  #repeatedNacks = 0;

  get isCongested(): boolean {
    return this.#isCongested;
  }

  reset(): void {
    this.#trend.reset();
    this.#isCongested = false;
    this.#committedBps = Number.POSITIVE_INFINITY;
    this.#windowStartMs = Number.NEGATIVE_INFINITY;
  }

  /**
   * @param expectedBps sum of what is allocated
   * @param packetsSent and `repeatedNacks` count from the start
   * @returns capacity that is left, when this estimate means congestion and it is news; else 0
   */
  handleEstimate(
    nowMs: number,
    estimateBps: number,
    expectedBps: number,
    packetsSent: number,
    repeatedNacks: number,
  ): number {
    this.#trend.add(nowMs, estimateBps);
    const lossRatio = this.#noteNacks(nowMs, packetsSent, repeatedNacks);
    const isFalling = this.#trend.trend === "down";
    if (!isFalling && lossRatio === 0) {
      this.#isCongested = false;
      return 0;
    }
    const byLoss = expectedBps * (1 - NACK_RATIO_ATTENUATOR * lossRatio);
    const capacityBps = isFalling ? estimateBps : Math.min(byLoss, estimateBps);
    if (capacityBps > USAGE_THRESHOLD * expectedBps || capacityBps === this.#committedBps) return 0;
    this.#isCongested = true;
    this.#committedBps = capacityBps;
    return capacityBps;
  }

  /** @returns ratio of packets asked for repeatedly, when it is too much; else 0 */
  #noteNacks(nowMs: number, packetsSent: number, repeatedNacks: number): number {
    // Sums go down when a track ends.
    const packets = this.#packetsSent < 0 ? 0 : Math.max(packetsSent - this.#packetsSent, 0);
    const nacks = this.#packetsSent < 0 ? 0 : Math.max(repeatedNacks - this.#repeatedNacks, 0);
    this.#packetsSent = packetsSent;
    this.#repeatedNacks = repeatedNacks;
    if (nowMs - this.#windowStartMs > NACK_WINDOW_MAX_MS) {
      if (nacks === 0) return 0;
      this.#windowStartMs = nowMs;
      this.#windowPackets = 0;
      this.#windowNacks = 0;
    }
    this.#windowPackets += packets;
    this.#windowNacks += nacks;
    if (nowMs - this.#windowStartMs <= NACK_WINDOW_MIN_MS || this.#windowPackets === 0) return 0;
    const ratio = Math.min(this.#windowNacks / this.#windowPackets, 1);
    return ratio > NACK_RATIO_MAX ? ratio : 0;
  }
}
