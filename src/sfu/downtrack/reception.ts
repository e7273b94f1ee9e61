import { diff16 } from "../../base/serial.ts";
import type { ReportBlock } from "../../wire/rtcp/rtcp-cursor.ts";
import type { Forwarder } from "../forwarder/forwarder.ts";
import type { SendQuality } from "../stats/send-quality.ts";
import type { SendStatistics } from "../stats/send-statistics.ts";
import type { PlayoutDelay } from "./playout-delay.ts";
import type { SenderReports } from "./sender-reports.ts";

/** What a subscriber reports of one down track (spec-media 5.6). */
export class Reception {
  readonly #forwarder: Forwarder;
  readonly #reports: SenderReports;
  readonly #stats: SendStatistics;
  readonly #quality: SendQuality;
  readonly #playoutDelay: PlayoutDelay | undefined;
  #highestSn = -1;

  constructor(
    forwarder: Forwarder,
    reports: SenderReports,
    stats: SendStatistics,
    quality: SendQuality,
    playoutDelay: PlayoutDelay | undefined,
  ) {
    this.#forwarder = forwarder;
    this.#reports = reports;
    this.#stats = stats;
    this.#quality = quality;
    this.#playoutDelay = playoutDelay;
  }

  /** The subscriber has reported on what it was sent. */
  get hasReport(): boolean {
    return this.#highestSn >= 0;
  }

  /** A block about the media stream. One older than the last, or about what was never sent, changes nothing. */
  handleReport(nowMs: number, block: ReportBlock): void {
    const forwarder = this.#forwarder;
    const sentSn = forwarder.lastOutSn;
    // receivers miscount the wraps when they begin late or after a pause: we know the numbers
    const behind = diff16(block.highestSn & 0xffff, sentSn & 0xffff);
    const highestSn = sentSn + behind;
    if (behind > 0 || highestSn < this.#highestSn || this.#stats.sent.next < 0) return;
    this.#highestSn = highestSn;
    const stats = this.#stats;
    stats.totalLost = block.totalLost;
    stats.fractionLost = block.fractionLost / 256;
    stats.reportMs = nowMs;
    if (forwarder.clockHz > 0) {
      stats.jitterMs = (block.jitterTicks * 1000) / forwarder.clockHz;
    }
    const rttMs = this.#reports.rttMsOf(nowMs, block.lastSr, block.delaySinceLastSr);
    if (rttMs > 0) stats.rttMs = rttMs;
    this.#playoutDelay?.handleReport(nowMs, highestSn, stats.jitterMs, stats.packets, stats.nacks);
    this.#quality.noteReport(nowMs, highestSn, stats);
  }

  /** A block about the stream of retransmissions. */
  handleRtxReport(nowMs: number, block: ReportBlock): void {
    this.#stats.rtxLost = block.totalLost;
    this.#stats.rtxReportMs = nowMs;
  }
}
