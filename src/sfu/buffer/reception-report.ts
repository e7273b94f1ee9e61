import type { ReportBlock } from "../../wire/rtcp/rtcp-cursor.ts";

/** Least time between two reports (spec-media 2.9). */
export const REPORT_INTERVAL_MS = 1_000;
const TOTAL_LOST_MAX = 0x7fffff;

/**
 * What a receiver report says about one stream (RFC 3550 §6.4.1, appendix A.3 and A.8). Loss is
 * what is still missing after repair: a sender that halves its rate for each lost packet should
 * not do so for those that came again.
 */
export class ReceptionReport {
  /** Missing now: gaps less what came late. */
  lost = 0;
  jitterTicks = 0;
  /** The most since it was last set to 0. */
  jitterMaxTicks = 0;
  #transitTicks = Number.NaN;
  #lastExtTs = Number.NaN;
  #dueMs = Number.POSITIVE_INFINITY;
  #sentMs = Number.NEGATIVE_INFINITY;
  #expectedSent = 0;
  #lostSent = 0;

  /** When the next one is to be sent; Infinity while nothing came since the last. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /** A packet came; `isNewest` when it is the newest of the stream. Jitter counts once per frame. */
  handlePacket(nowMs: number, extTs: number, clockHz: number, isNewest: boolean): void {
    if (this.#dueMs === Number.POSITIVE_INFINITY) {
      if (this.#sentMs === Number.NEGATIVE_INFINITY) this.#sentMs = nowMs;
      this.#dueMs = Math.max(nowMs, this.#sentMs + REPORT_INTERVAL_MS);
    }
    if (!isNewest || extTs === this.#lastExtTs) return;
    const transit = (nowMs * clockHz) / 1000 - extTs;
    if (!Number.isNaN(this.#lastExtTs)) {
      const difference = Math.abs(transit - this.#transitTicks);
      this.jitterTicks += (difference - this.jitterTicks) / 16;
      if (this.jitterTicks > this.jitterMaxTicks) this.jitterMaxTicks = this.jitterTicks;
    }
    this.#transitTicks = transit;
    this.#lastExtTs = extTs;
  }

  /**
   * Fills in what this knows; the caller adds SSRC and sender report times.
   *
   * @param expected numbers from the first to the newest
   * @param fractionLostMin at least this is reported, 0..255
   * @returns false when it is not time, or nothing was expected since the last report
   */
  poll(
    nowMs: number,
    expected: number,
    highestExtSn: number,
    fractionLostMin: number,
    block: ReportBlock,
  ): boolean {
    if (nowMs < this.#dueMs) return false;
    this.#dueMs = Number.POSITIVE_INFINITY;
    this.#sentMs = nowMs;
    const expectedNow = expected - this.#expectedSent;
    if (expectedNow <= 0) return false;
    const lostNow = Math.max(0, this.lost - this.#lostSent);
    this.#expectedSent = expected;
    this.#lostSent = this.lost;
    const fraction = Math.min(255, Math.floor((lostNow * 256) / expectedNow));
    block.fractionLost = Math.max(fraction, fractionLostMin);
    block.totalLost = Math.min(Math.max(0, this.lost), TOTAL_LOST_MAX);
    block.highestSn = highestExtSn % 4294967296;
    block.jitterTicks = Math.floor(this.jitterTicks);
    return true;
  }

  reset(): void {
    this.lost = 0;
    this.jitterTicks = 0;
    this.#transitTicks = Number.NaN;
    this.#lastExtTs = Number.NaN;
    this.#expectedSent = 0;
    this.#lostSent = 0;
  }
}
