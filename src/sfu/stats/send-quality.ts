import type { Codec } from "../../wire/rtp/codec.ts";
import { ConnectionQuality, QualityWindow } from "./connection-quality.ts";
import type { SendStatistics } from "./send-statistics.ts";
import { TrackSample } from "./track-sample.ts";

/** A stream that flows and is not reported on for so long is judged as if nothing came. */
const REPORT_SILENCE_MAX_MS = 30_000;

/** Counts up to a receiver report, and when it came. */
class ReportMark {
  ms = Number.NEGATIVE_INFINITY;
  /** Extended; -1 before the first report. */
  ackSn = -1;
  lost = 0;
  missing = 0;
  fills = 0;
  /** Retransmissions that the subscriber reported on, less what was lost of them, or in vain. */
  repaired = 0;

  copyFrom(other: ReportMark): void {
    this.ms = other.ms;
    this.ackSn = other.ackSn;
    this.lost = other.lost;
    this.missing = other.missing;
    this.fills = other.fills;
    this.repaired = other.repaired;
  }
}

/** Scratch of the thread. */
const WINDOW: QualityWindow = new QualityWindow();

/**
 * How well one subscriber gets one track, 0..100, by what its receiver reports tell of the last
 * window (spec-media 8.3). Evaluated every 5 s.
 */
export class SendQuality {
  readonly #quality: ConnectionQuality;
  /** Of the windows so far. */
  readonly sample: TrackSample = new TrackSample();
  /** At the end of the last window. */
  readonly #mark: ReportMark = new ReportMark();
  readonly #newest: ReportMark = new ReportMark();
  #packets = 0;
  #late = 0;
  #keyFrames = 0;
  #capped = 0;
  /** When the stream was first seen to flow; Infinity while it does not. */
  #streamingMs = Number.POSITIVE_INFINITY;

  constructor(nowMs: number) {
    this.#quality = new ConnectionQuality(nowMs);
  }

  get score(): number {
    return this.#quality.score;
  }

  /** The subscriber or the publisher muted. */
  setMuted(nowMs: number, isMuted: boolean): void {
    this.#quality.setMuted(nowMs, isMuted);
  }

  /**
   * What the allocator chose.
   *
   * @param isPaused held back for lack of bandwidth
   * @param distance layers missing to what the subscriber could have
   */
  noteAllocation(nowMs: number, isPaused: boolean, distance: number): void {
    this.#quality.setPaused(isPaused);
    if (!isPaused) this.#quality.noteDistance(nowMs, distance);
  }

  /**
   * A receiver report came.
   *
   * @param ackSn highest number that it covers, extended
   */
  noteReport(nowMs: number, ackSn: number, stats: SendStatistics): void {
    const newest = this.#newest;
    if (this.#mark.ackSn < 0) {
      this.#mark.ackSn = stats.sent.first - 1;
      this.#mark.ms = nowMs;
    }
    newest.ms = nowMs;
    newest.ackSn = ackSn;
    newest.lost = stats.totalLost;
    newest.missing = stats.sent.missingUpTo(ackSn);
    newest.fills = stats.fillPackets + stats.announcements;
    if (stats.rtxReportMs !== Number.NEGATIVE_INFINITY) {
      newest.repaired = stats.retransmits - stats.rtxLost - stats.repeatedNacks;
    }
  }

  /** Closes the window. @returns the score */
  update(nowMs: number, stats: SendStatistics, codec: Codec, hasFec: boolean): number {
    const quality = this.#quality;
    const packets = stats.packets + stats.fillPackets;
    const isStreaming = packets > this.#packets;
    const newestMs = this.#newest.ms;
    this.#sampleSent(stats, packets);
    const isReported = this.#readReports(stats);
    this.#packets = packets;
    if (!isStreaming) {
      this.#streamingMs = Number.POSITIVE_INFINITY;
      quality.skip(nowMs);
      return quality.score;
    }
    if (this.#streamingMs === Number.POSITIVE_INFINITY) this.#streamingMs = nowMs;
    if (!isReported || newestMs <= this.#streamingMs) {
      this.#judgeSilence(nowMs, nowMs - Math.max(newestMs, this.#streamingMs), codec);
    } else {
      WINDOW.durationMs = Math.min(WINDOW.durationMs, newestMs - this.#streamingMs);
      quality.update(nowMs, WINDOW, codec, hasFec);
    }
    return quality.score;
  }

  #judgeSilence(nowMs: number, silentMs: number, codec: Codec): void {
    if (silentMs <= REPORT_SILENCE_MAX_MS) {
      this.#quality.skip(nowMs);
      return;
    }
    WINDOW.packets = 0;
    WINDOW.paddingPackets = 0;
    WINDOW.isAlive = true;
    this.#quality.update(nowMs, WINDOW, codec, false);
  }

  #sampleSent(stats: SendStatistics, packets: number): void {
    const { sample } = this;
    sample.packets += packets - this.#packets;
    sample.outOfOrder += stats.sent.late - this.#late;
    sample.keyFrames += stats.keyFrames - this.#keyFrames;
    this.#late = stats.sent.late;
    sample.capped += stats.refusedNacks - this.#capped;
    this.#keyFrames = stats.keyFrames;
    this.#capped = stats.refusedNacks;
  }

  /** Fills the window with what was reported since the last one. @returns false: nothing */
  #readReports(stats: SendStatistics): boolean {
    const mark = this.#mark;
    const newest = this.#newest;
    const expected = mark.ackSn < 0 ? 0 : newest.ackSn - mark.ackSn;
    if (expected <= 0) return false;
    const repaired = Math.max(0, newest.repaired - mark.repaired);
    WINDOW.durationMs = newest.ms - mark.ms;
    WINDOW.paddingPackets = Math.min(expected, newest.fills - mark.fills);
    WINDOW.packets = expected - WINDOW.paddingPackets;
    WINDOW.lost = Math.max(0, Math.min(newest.lost - mark.lost, expected) - repaired);
    WINDOW.missing = newest.missing - mark.missing;
    WINDOW.isAlive = true;
    mark.copyFrom(newest);
    this.sample.lost += Math.max(0, WINDOW.lost - WINDOW.missing);
    this.sample.jitterUs = Math.max(this.sample.jitterUs, stats.jitterMs * 1000);
    this.sample.rttMs = stats.rttMs;
    return true;
  }
}
