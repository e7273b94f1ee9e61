import type { Codec } from "../../wire/rtp/codec.ts";
import { ConnectionQuality, QualityWindow } from "./connection-quality.ts";
import type { SendStatistics } from "./send-statistics.ts";

/** A stream that flows and is not reported on for so long is judged as if nothing came. */
const REPORT_SILENCE_MAX_MS = 30_000;

/** Scratch of the thread. */
const WINDOW: QualityWindow = new QualityWindow();

/**
 * How well one subscriber gets one track, 0..100, by what its receiver reports tell of the last
 * window (spec-media 8.3). Evaluated every 5 s.
 */
export class SendQuality {
  readonly #quality: ConnectionQuality;
  /** At the end of the last window. */
  #packets = 0;
  #lost = 0;
  #missing = 0;
  #reportMs = Number.NEGATIVE_INFINITY;
  /** At the newest report. */
  #packetsAtReport = 0;
  #missingAtReport = 0;
  #flowingSinceMs: number;

  constructor(nowMs: number) {
    this.#quality = new ConnectionQuality(nowMs);
    this.#flowingSinceMs = nowMs;
  }

  get score(): number {
    return this.#quality.score;
  }

  /**
   * A receiver report came.
   *
   * @param packets sent so far
   * @param missing numbers never sent so far, because the publisher's packets were lost before us
   */
  noteReport(packets: number, missing: number): void {
    this.#packetsAtReport = packets;
    this.#missingAtReport = missing;
  }

  /**
   * Closes the window.
   *
   * @param isIdle nothing is meant to flow: muted, or not begun
   * @param isPaused held back for lack of bandwidth
   * @param layerDistance layers missing to what the subscriber could have
   */
  update(
    nowMs: number,
    codec: Codec,
    stats: SendStatistics,
    isIdle: boolean,
    isPaused: boolean,
    layerDistance: number,
  ): number {
    const quality = this.#quality;
    quality.setMuted(nowMs, isIdle);
    quality.setPaused(isPaused);
    if (isIdle || isPaused) {
      this.#flowingSinceMs = nowMs;
      this.#takeSnapshot(stats);
      return quality.score;
    }
    const isSilent = stats.reportMs === this.#reportMs || stats.reportMs < this.#flowingSinceMs;
    if (isSilent) {
      const sinceMs = nowMs - Math.max(stats.reportMs, this.#flowingSinceMs);
      if (sinceMs <= REPORT_SILENCE_MAX_MS) return quality.score;
    }
    const sent = isSilent ? 0 : this.#packetsAtReport - this.#packets;
    const missing = Math.max(this.#missingAtReport - this.#missing, 0);
    const lost = isSilent ? 0 : Math.max(stats.totalLost - this.#lost - missing, 0);
    WINDOW.lost = Math.min(lost, sent);
    WINDOW.packets = sent - WINDOW.lost;
    WINDOW.missing = 0;
    WINDOW.outOfOrder = 0;
    WINDOW.layerDistance = layerDistance;
    WINDOW.hasReport = true;
    this.#takeSnapshot(stats);
    quality.update(nowMs, WINDOW, codec, false);
    return quality.score;
  }

  #takeSnapshot(stats: SendStatistics): void {
    this.#packets = this.#packetsAtReport;
    this.#missing = this.#missingAtReport;
    this.#lost = stats.totalLost;
    this.#reportMs = stats.reportMs;
  }
}
