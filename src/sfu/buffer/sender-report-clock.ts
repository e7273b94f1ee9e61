import { unwrap32 } from "../../base/serial.ts";
import { compactNtp, ntpToMs } from "../../wire/rtcp/ntp.ts";

/** A timestamp this far from where NTP puts it is of a clock that stood still or was set. */
const SLACK_MS = 60_000;

/**
 * The newest sender report of a stream: which NTP time belongs to which timestamp (RFC 3550
 * §6.4.1, spec-media 2.11). Reports that are older than the newest, by NTP or by timestamp, are
 * put aside; that happens when a publisher replaces its track.
 */
export class SenderReportClock {
  #clockHz: number;
  #has = false;
  /** Only the 32 bits of the timestamp are known, until the stream has begun. */
  #isResolved = false;
  #ntpMs = 0;
  #extTs = 0;
  #arrivalMs = 0;
  #compactNtp = 0;

  constructor(clockHz: number) {
    this.#clockHz = clockHz;
  }

  setClock(clockHz: number): void {
    this.#clockHz = clockHz;
  }

  get hasReport(): boolean {
    return this.#has && this.#isResolved;
  }

  /** Milliseconds since 1900 by the sender's clock. */
  get ntpMs(): number {
    return this.#ntpMs;
  }

  /** Unwrapped like the stream's packets. */
  get extTs(): number {
    return this.#extTs;
  }

  /** Monotonic. */
  get arrivalMs(): number {
    return this.#arrivalMs;
  }

  /** LSR field of a reception report; 0 before the first report. */
  get lastSr(): number {
    return this.#has ? this.#compactNtp : 0;
  }

  /** DLSR field: since the last report, 1/65536 s. */
  delaySinceLastSr(nowMs: number): number {
    if (!this.#has) return 0;
    return Math.min(Math.max(0, Math.floor((nowMs - this.#arrivalMs) * 65.536)), 0xffffffff);
  }

  /**
   * @param extTsReference newest timestamp of the stream; negative before its first packet
   * @returns false when it is older than what is known
   */
  handleReport(
    nowMs: number,
    ntpSeconds: number,
    ntpFraction: number,
    rtpTs: number,
    extTsReference: number,
  ): boolean {
    const ntpMs = ntpToMs(ntpSeconds, ntpFraction);
    if (this.#has && ntpMs < this.#ntpMs) return false;
    let extTs = rtpTs;
    if (extTsReference >= 0) {
      extTs = this.hasReport ? this.#next(ntpMs, rtpTs) : unwrap32(rtpTs, extTsReference);
      if (this.hasReport && extTs < this.#extTs) return false;
    }
    this.#has = true;
    this.#isResolved = extTsReference >= 0;
    this.#ntpMs = ntpMs;
    this.#extTs = extTs;
    this.#arrivalMs = nowMs;
    this.#compactNtp = compactNtp(ntpSeconds, ntpFraction);
    return true;
  }

  /** The stream begins at `extTs`: a report that came before finds its place. */
  handleStart(extTs: number): void {
    if (!this.#has || this.#isResolved) return;
    this.#extTs = unwrap32(this.#extTs, extTs);
    this.#isResolved = true;
  }

  reset(): void {
    this.#has = false;
    this.#isResolved = false;
  }

  #next(ntpMs: number, rtpTs: number): number {
    const expected = this.#extTs + Math.round(((ntpMs - this.#ntpMs) * this.#clockHz) / 1000);
    const extTs = unwrap32(rtpTs, expected);
    const slack = (SLACK_MS * this.#clockHz) / 1000;
    return Math.abs(extTs - expected) <= slack ? extTs : unwrap32(rtpTs, this.#extTs);
  }
}
