import { NTP_EPOCH_OFFSET_SECONDS } from "../../src/wire/rtcp/ntp.ts";
import type { FrameMark } from "./frame-mark.ts";
import { WALL_OFFSET_MS } from "./lab-peer.ts";

type Report = { readonly ntpMs: number; readonly rtpTs: number };

/**
 * How far sound and picture are apart for a receiver that aligns them by sender reports: for each
 * stream, when the reports say a packet was taken, minus when it was (RFC 3550 §6.4.1).
 */
export class SyncMeter {
  readonly #offsets = new Map<number, number>();
  /** Of any two streams at any time, ms. */
  skewMaxMs = 0;
  samples = 0;

  /** A packet with its mark, on a stream whose last report is known. */
  note(ssrc: number, clockHz: number, ts: number, mark: FrameMark, report: Report): void {
    const ticks = (ts - report.rtpTs) | 0;
    const takenMs = report.ntpMs + (ticks * 1_000) / clockHz;
    const wallMs = WALL_OFFSET_MS + NTP_EPOCH_OFFSET_SECONDS * 1_000 + mark.captureMs;
    this.#offsets.set(ssrc, takenMs - wallMs);
    if (this.#offsets.size < 2) return;
    this.samples += 1;
    const offsets = [...this.#offsets.values()];
    this.skewMaxMs = Math.max(this.skewMaxMs, Math.max(...offsets) - Math.min(...offsets));
  }
}
