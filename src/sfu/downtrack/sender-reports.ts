import { compactNtp, compactNtpToMs, ntpFractionOf, ntpSecondsOf } from "../../wire/rtcp/ntp.ts";
import { writeCname, writeSenderReport } from "../../wire/rtcp/rtcp-writer.ts";
import type { Forwarder } from "../forwarder/forwarder.ts";
import type { MediaSource } from "./media-source.ts";

/** Reports that a round trip may still be measured by; a subscriber answers the newest. */
const REPORTS_KEPT = 4;
const REPORT_BYTES = 28;
/** Beyond the name: headers, item head, zeros up to a whole word. */
const CNAME_OVERHEAD_BYTES = 16;
const ITEM_BYTES_MAX = 255;
const ITEM_HEAD_BYTES = 2;

/**
 * Sender reports of one down track (spec-media 5.7). They carry the publisher's clock on, so that
 * all tracks of one publisher stay in step at the subscriber.
 */
export class SenderReports {
  readonly #ssrc: number;
  readonly #cname: Uint8Array;
  readonly #mid: Uint8Array;
  readonly #compactNtps: Uint32Array = new Uint32Array(REPORTS_KEPT);
  readonly #sentMs: Float64Array = new Float64Array(REPORTS_KEPT);
  #count = 0;
  #lastOutTs = Number.NEGATIVE_INFINITY;

  /** @param mid of the section that the stream is in; "": not told */
  constructor(ssrc: number, cname: string, mid: string) {
    this.#ssrc = ssrc;
    this.#cname = new TextEncoder().encode(cname).subarray(0, ITEM_BYTES_MAX);
    this.#mid = new TextEncoder().encode(mid).subarray(0, ITEM_BYTES_MAX);
  }

  get bytesMax(): number {
    const itemBytes = this.#cname.length + ITEM_HEAD_BYTES + this.#mid.length;
    return REPORT_BYTES + itemBytes + CNAME_OVERHEAD_BYTES;
  }

  /** @returns offset after the report and its description; `offset` itself when there is none to send */
  write(
    nowMs: number,
    forwarder: Forwarder,
    source: MediaSource,
    packets: number,
    payloadBytes: number,
    out: Uint8Array,
    offset: number,
  ): number {
    if (!forwarder.isFlowing) return offset;
    const layer = forwarder.streamLayer;
    if (!source.hasSenderReport(layer)) return offset;
    const reportTs = source.senderReportExtTs(layer);
    // From before the switch: the clock may have stood still since.
    if (reportTs < forwarder.switchExtTs) return offset;
    const elapsedMs = nowMs - source.senderReportArrivalMs(layer);
    const outTs = forwarder.mapTs(reportTs) + Math.round((elapsedMs * forwarder.clockHz) / 1000);
    if (outTs < this.#lastOutTs) return offset;
    this.#lastOutTs = outTs;
    const ntpMs = source.senderReportNtpMs(layer) + elapsedMs;
    const seconds = ntpSecondsOf(ntpMs);
    const fraction = ntpFractionOf(ntpMs);
    const slot = this.#count % REPORTS_KEPT;
    this.#compactNtps[slot] = compactNtp(seconds, fraction);
    this.#sentMs[slot] = nowMs;
    this.#count += 1;
    const end = writeSenderReport(
      out,
      offset,
      this.#ssrc,
      seconds,
      fraction,
      outTs,
      packets,
      payloadBytes,
    );
    return writeCname(out, end, this.#ssrc, this.#cname, this.#mid);
  }

  /**
   * Round trip by a report block that answers one of ours (RFC 3550 §6.4.1).
   *
   * @param lastSr and `delaySinceLastSr` as in the block
   * @returns ms; 0 when the block answers none that we remember
   */
  rttMsOf(nowMs: number, lastSr: number, delaySinceLastSr: number): number {
    if (lastSr === 0) return 0;
    for (let i = 0; i < Math.min(this.#count, REPORTS_KEPT); i++) {
      if (this.#compactNtps[i] !== lastSr) continue;
      return Math.max(nowMs - this.#sentMs[i]! - compactNtpToMs(delaySinceLastSr), 0);
    }
    return 0;
  }
}
