import { compactNtp, compactNtpToMs, ntpFractionOf, ntpSecondsOf } from "../../wire/rtcp/ntp.ts";
import type { RtcpCursor } from "../../wire/rtcp/rtcp-cursor.ts";
import { writeReceiverReferenceTime } from "../../wire/rtcp/rtcp-writer.ts";

const INTERVAL_MS = 1_000;
/** A round trip longer than this is an answer to something else. */
const RTT_MAX_MS = 60_000;
const NO_ANSWER = -1;

/**
 * Measures the round trip to a peer that mostly sends (RFC 3611 §4.4, spec-media 1.8): a reference
 * time every second, and the peer's answer. The reference is the monotonic clock; the peer only
 * echoes it.
 */
export class RttProbe {
  readonly #ssrc: number;
  #dueMs = Number.POSITIVE_INFINITY;
  #rttMs = NO_ANSWER;

  /** @param ssrc of this side, by which the peer's answer is known */
  constructor(ssrc: number) {
    this.#ssrc = ssrc;
  }

  /** Milliseconds, at least 1; -1 before the first answer. */
  get rttMs(): number {
    return this.#rttMs;
  }

  /** The peer can answer: media arrives from it. */
  start(nowMs: number): void {
    if (this.#dueMs === Number.POSITIVE_INFINITY) this.#dueMs = nowMs;
  }

  pollTimeout(): number {
    return this.#dueMs;
  }

  /** @returns length of an RTCP packet for the peer, 20; 0 when it is not time */
  pollTransmit(nowMs: number, out: Uint8Array): number {
    if (nowMs < this.#dueMs) return 0;
    this.#dueMs = nowMs + INTERVAL_MS;
    return writeReceiverReferenceTime(
      out,
      0,
      this.#ssrc,
      ntpSecondsOf(nowMs),
      ntpFractionOf(nowMs),
    );
  }

  /**
   * The cursor stands on a DLRR block.
   *
   * @returns true when it answers this probe and `rttMs` is new
   */
  handleDlrr(nowMs: number, cursor: RtcpCursor): boolean {
    for (let i = 0; i < cursor.dlrrCount(); i++) {
      const lastRr = cursor.dlrrLastRr(i);
      if (cursor.dlrrSsrc(i) !== this.#ssrc || lastRr === 0) continue;
      const now = compactNtp(ntpSecondsOf(nowMs), ntpFractionOf(nowMs));
      const rttMs = compactNtpToMs((now - lastRr - cursor.dlrrDelay(i)) >>> 0);
      if (rttMs > RTT_MAX_MS) continue;
      this.#rttMs = Math.max(1, Math.ceil(rttMs));
      return true;
    }
    return false;
  }
}
