import { ArrivalFilter } from "./arrival-filter.ts";

/** The abs-send-time extension: 24 bits, 6.18 fixed point seconds. */
const SEND_TIME_CIRCLE = 0x1000000;
const SEND_TIME_UNITS_PER_MS = 262.144;

const RATE_WINDOW_MS = 500;
const REPORT_INTERVAL_MS = 1_000;
/** A lower estimate is told at once, but not more often than this. */
const URGENT_INTERVAL_MS = 200;
/** What counts as lower. */
const URGENT_RATIO = 0.97;

const ESTIMATE_MIN_BPS = 30_000;
const DECREASE = 0.85;
const INCREASE_PER_SECOND = 1.08;
/** Not more than this above what really arrives: nothing shows that there is more. */
const HEADROOM = 1.5;
const HEADROOM_BPS = 10_000;
/** Around the rate of the last overuse growth is additive: a packet for each response time. */
const NEAR_DEVIATIONS = 3;
const PACKET_BITS = 1_200 * 8;
const RESPONSE_MS = 200;
const RATE_MEMORY = 0.05;

/**
 * How much a publisher may send, for one that understands REMB and no transport-wide feedback: what
 * arrives, as long as no queue builds up on the way (draft-ietf-rmcat-gcc-02 §5.5 and §6,
 * draft-alvestrand-rmcat-remb-03). One for all streams of the peer.
 */
export class ReceiveSideEstimator {
  readonly #filter: ArrivalFilter = new ArrivalFilter();
  #sendUnits = 0;
  #lastUnits = -1;
  #windowMs = Number.NaN;
  #windowBytes = 0;
  #incomingBps = 0;
  #estimateBps = 0;
  #updatedMs = 0;
  #decreasedMs = Number.NEGATIVE_INFINITY;
  /** Rates at which overuse was seen, averaged; NaN: far from any. */
  #overuseBps = Number.NaN;
  #overuseVariance = 0.4;
  #reportedBps = Number.POSITIVE_INFINITY;
  #reportedMs = Number.NEGATIVE_INFINITY;

  /** Bits per second; 0 before there is one. */
  get estimateBps(): number {
    return this.#estimateBps;
  }

  /**
   * A packet of any stream of the peer, repeated ones included.
   *
   * @param sendTime 24 bits of the header extension
   */
  record(nowMs: number, sendTime: number, bytes: number): void {
    if (this.#lastUnits >= 0) {
      const step = (sendTime - this.#lastUnits + SEND_TIME_CIRCLE) % SEND_TIME_CIRCLE;
      this.#sendUnits += step < SEND_TIME_CIRCLE / 2 ? step : step - SEND_TIME_CIRCLE;
    }
    this.#lastUnits = sendTime;
    this.#count(nowMs, bytes);
    this.#filter.add(this.#sendUnits / SEND_TIME_UNITS_PER_MS, nowMs);
    if (this.#incomingBps > 0) this.#control(nowMs);
  }

  /** When `takeReport` has something, monotonic ms; Infinity: not without more packets. */
  pollTimeout(): number {
    if (this.#estimateBps === 0) return Number.POSITIVE_INFINITY;
    const isUrgent = this.#estimateBps < this.#reportedBps * URGENT_RATIO;
    return this.#reportedMs + (isUrgent ? URGENT_INTERVAL_MS : REPORT_INTERVAL_MS);
  }

  /** @returns the estimate to tell the publisher now, bits per second; 0: none is due */
  takeReport(nowMs: number): number {
    if (nowMs < this.pollTimeout()) return 0;
    this.#reportedMs = nowMs;
    this.#reportedBps = this.#estimateBps;
    return this.#estimateBps;
  }

  #count(nowMs: number, bytes: number): void {
    if (Number.isNaN(this.#windowMs)) this.#windowMs = nowMs;
    const spanMs = nowMs - this.#windowMs;
    if (spanMs >= RATE_WINDOW_MS) {
      this.#incomingBps = (this.#windowBytes * 8_000) / spanMs;
      this.#windowMs = nowMs;
      this.#windowBytes = 0;
    }
    this.#windowBytes += bytes;
  }

  #control(nowMs: number): void {
    const incomingBps = this.#incomingBps;
    if (this.#estimateBps === 0) {
      this.#estimateBps = Math.max(incomingBps, ESTIMATE_MIN_BPS);
      this.#updatedMs = nowMs;
      return;
    }
    const { usage } = this.#filter;
    const elapsedMs = Math.min(nowMs - this.#updatedMs, REPORT_INTERVAL_MS);
    this.#updatedMs = nowMs;
    if (usage === "overuse") {
      // what was told last shows only after a while
      if (nowMs - this.#decreasedMs >= RESPONSE_MS) this.#decrease(nowMs, incomingBps);
      return;
    }
    // a queue that drains again shall be empty before more is asked for
    if (usage === "underuse") return;
    this.#increase(incomingBps, elapsedMs);
  }

  #decrease(nowMs: number, incomingBps: number): void {
    this.#decreasedMs = nowMs;
    this.#noteOveruse(incomingBps);
    const lowerBps = Math.min(DECREASE * incomingBps, this.#estimateBps);
    this.#estimateBps = Math.max(lowerBps, ESTIMATE_MIN_BPS);
  }

  #increase(incomingBps: number, elapsedMs: number): void {
    const isAbove = incomingBps > this.#overuseBps + this.#deviationBps;
    if (isAbove) this.#overuseBps = Number.NaN;
    const grownBps = Number.isNaN(this.#overuseBps)
      ? this.#estimateBps * INCREASE_PER_SECOND ** (elapsedMs / 1000)
      : this.#estimateBps + (PACKET_BITS * elapsedMs) / RESPONSE_MS;
    const limitBps = HEADROOM * incomingBps + HEADROOM_BPS;
    if (grownBps <= limitBps) this.#estimateBps = grownBps;
    else this.#estimateBps = Math.max(this.#estimateBps, Math.min(grownBps, limitBps));
  }

  get #deviationBps(): number {
    return NEAR_DEVIATIONS * Math.sqrt(this.#overuseVariance * this.#overuseBps * 1_000);
  }

  #noteOveruse(bps: number): void {
    const isFar = bps < this.#overuseBps - this.#deviationBps;
    if (Number.isNaN(this.#overuseBps) || isFar) {
      this.#overuseBps = bps;
      return;
    }
    const difference = bps - this.#overuseBps;
    this.#overuseBps += RATE_MEMORY * difference;
    const normalized = (difference * difference) / Math.max(this.#overuseBps * 1_000, 1);
    const variance = (1 - RATE_MEMORY) * this.#overuseVariance + RATE_MEMORY * normalized;
    this.#overuseVariance = Math.min(Math.max(variance, 0.4), 2.5);
  }
}
