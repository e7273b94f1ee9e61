import { Codec, isVideoCodec } from "../../wire/rtp/codec.ts";
import type { SendStatistics } from "./send-statistics.ts";

export const SCORE_MAX = 100;
const SCORE_MIN = 30;
/** Nothing heard of a stream that should flow. */
const SCORE_SILENT = 40;
const RISE_FACTOR = 0.4;
const FALL_FACTOR = 0.8;
const REPORT_SILENCE_MAX_MS = 30_000;
/** Points for each layer that is missing. */
const LAYER_COST = 35;

const RATE_BINS = 250;
const RATE_BIN_PPS = 2;
/** Slower than this says nothing about the stream's usual rate. */
const RATE_BIN_MIN = 5;
const RATE_READINGS_MIN = 10;
const RATE_RECALCULATION_MS = 120_000;

/** How much a lost packet hurts (spec-media 8.3). */
function lossWeightOf(codec: number): number {
  if (codec === Codec.Opus) return 8;
  if (codec === Codec.Red) return 4;
  return isVideoCodec(codec as Codec) ? 10 : 0;
}

/**
 * How well one subscriber gets one track, 0..100, by what its receiver reports tell of the last
 * window (spec-media 8.3). Evaluated every 5 s.
 */
export class SendQuality {
  #score = SCORE_MAX;
  #packets = 0;
  #lost = 0;
  #missing = 0;
  #reportMs = Number.NEGATIVE_INFINITY;
  #windowStartMs: number;
  #flowingSinceMs: number;
  /** Packets that had been sent, and numbers missing among them, at the newest report. */
  #packetsAtReport = 0;
  #missingAtReport = 0;
  readonly #rates: Uint16Array = new Uint16Array(RATE_BINS);
  #rateReadings = 0;
  #usualBin = 0;
  #recalculateMs: number;

  constructor(nowMs: number) {
    this.#windowStartMs = nowMs;
    this.#flowingSinceMs = nowMs;
    this.#recalculateMs = nowMs + RATE_RECALCULATION_MS;
  }

  get score(): number {
    return this.#score;
  }

  /** @param missing numbers never sent, because the publisher's packets were lost before us */
  noteReport(packets: number, missing: number): void {
    this.#packetsAtReport = packets;
    this.#missingAtReport = missing;
  }

  /**
   * Closes the window.
   *
   * @param isIdle nothing is meant to flow: muted, or not wanted
   * @param isPaused held back for lack of bandwidth
   * @param distance layers missing to what the subscriber could have
   */
  update(
    nowMs: number,
    codec: number,
    stats: SendStatistics,
    isIdle: boolean,
    isPaused: boolean,
    distance: number,
  ): number {
    const windowMs = nowMs - this.#windowStartMs;
    this.#windowStartMs = nowMs;
    if (isIdle || isPaused) {
      this.#flowingSinceMs = nowMs;
      this.#takeSnapshot(stats);
      this.#score = isPaused ? SCORE_MIN : SCORE_MAX;
      return this.#score;
    }
    // A window that flowed for less than half its time says little.
    if (nowMs - this.#flowingSinceMs < windowMs / 2) return this.#score;
    if (stats.reportMs === this.#reportMs || stats.reportMs < this.#flowingSinceMs) {
      const lastMs = Math.max(stats.reportMs, this.#flowingSinceMs);
      if (nowMs - lastMs > REPORT_SILENCE_MAX_MS) this.#score = SCORE_SILENT;
      return this.#score;
    }
    const packets = this.#packetsAtReport - this.#packets;
    const missing = Math.max(this.#missingAtReport - this.#missing, 0);
    const lost = Math.max(stats.totalLost - this.#lost - missing, 0);
    this.#takeSnapshot(stats);
    if (packets <= 0) return this.#score;
    const weight = lossWeightOf(codec) * this.#rateFactor(nowMs, (packets * 1000) / windowMs);
    const packetScore = Math.max(SCORE_MAX - ((100 * lost) / packets) * weight, 0);
    const layerScore = Math.max(SCORE_MAX - LAYER_COST * distance, 0);
    const target = Math.min(packetScore, layerScore);
    const factor = target > this.#score ? RISE_FACTOR : FALL_FACTOR;
    this.#score = Math.max(factor * target + (1 - factor) * this.#score, SCORE_MIN);
    return this.#score;
  }

  #takeSnapshot(stats: SendStatistics): void {
    this.#packets = this.#packetsAtReport;
    this.#missing = this.#missingAtReport;
    this.#lost = stats.totalLost;
    this.#reportMs = stats.reportMs;
  }

  /** Less than 1 where a stream sends fewer packets than it usually does: silence, still pictures. */
  #rateFactor(nowMs: number, packetsPerSecond: number): number {
    const bin = Math.min(Math.floor(packetsPerSecond / RATE_BIN_PPS), RATE_BINS - 1);
    if (bin >= RATE_BIN_MIN) {
      this.#rates[bin] = this.#rates[bin]! + 1;
      this.#rateReadings += 1;
    }
    if (nowMs >= this.#recalculateMs || this.#usualBin === 0) this.#findUsualRate(nowMs);
    if (this.#usualBin === 0 || this.#usualBin === RATE_BINS - 1) return 1;
    return Math.sqrt(Math.min(1, packetsPerSecond / (this.#usualBin * RATE_BIN_PPS)));
  }

  #findUsualRate(nowMs: number): void {
    if (this.#rateReadings <= RATE_READINGS_MIN) return;
    let best = 0;
    for (let i = 0; i < RATE_BINS; i++) {
      if (this.#rates[i]! > this.#rates[best]!) best = i;
    }
    this.#usualBin = best;
    if (nowMs < this.#recalculateMs) return;
    this.#recalculateMs = nowMs + RATE_RECALCULATION_MS;
    for (let i = 0; i < RATE_BINS; i++) this.#rates[i] = this.#rates[i]! >> 1;
  }
}
