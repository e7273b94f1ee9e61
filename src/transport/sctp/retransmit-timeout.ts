/** RFC 9260 §16 has 1000; browsers and TCP start lower, and a lost first packet delays a join. */
const INITIAL_MS = 500;
/**
 * RFC 9260 §16 has 1000, for a time of coarse timers. The floor must lie above the 200 ms by which
 * a peer may delay a SACK (§6.2): else each lone message would be sent twice.
 */
const MS_MIN = 300;
/** Of a measured one. */
const MS_MAX = 5000;
/**
 * Timeouts in vain double it up to this; RFC 9260 §16 has 60 s. A path that was dark for seconds,
 * and a window that has opened without our hearing of it, are found no later. It costs a packet.
 */
const BACKED_OFF_MS_MAX = 1500;
const MIN_WINDOW_MS = 10_000;

/** Round-trip estimate and retransmission timeout (RFC 9260 §6.3.1). */
export class RetransmitTimeout {
  #smoothedMs = -1;
  #variationMs = 0;
  #timeoutMs = INITIAL_MS;
  #latestMs = -1;
  #minMs = -1;
  #formerMinMs = -1;
  #minSinceMs: number = Number.NEGATIVE_INFINITY;

  /** -1 before the first measurement. */
  get smoothedRttMs(): number {
    return this.#smoothedMs;
  }

  get timeoutMs(): number {
    return this.#timeoutMs;
  }

  /** The last measurement, -1 before the first. */
  get latestRttMs(): number {
    return this.#latestMs;
  }

  /** The least of the last ten to twenty seconds: the path with no queue. -1 before the first. */
  get minRttMs(): number {
    return Math.min(this.#minMs, this.#formerMinMs);
  }

  onSample(nowMs: number, rttMs: number): void {
    this.#latestMs = rttMs;
    if (nowMs - this.#minSinceMs >= MIN_WINDOW_MS) {
      this.#formerMinMs = this.#smoothedMs < 0 ? rttMs : this.#minMs;
      this.#minMs = rttMs;
      this.#minSinceMs = nowMs;
    } else if (rttMs < this.#minMs) {
      this.#minMs = rttMs;
    }
    if (this.#smoothedMs < 0) {
      this.#smoothedMs = rttMs;
      this.#variationMs = rttMs / 2;
    } else {
      this.#variationMs += (Math.abs(this.#smoothedMs - rttMs) - this.#variationMs) / 4;
      this.#smoothedMs += (rttMs - this.#smoothedMs) / 8;
    }
    const timeoutMs = this.#smoothedMs + 4 * this.#variationMs;
    this.#timeoutMs = Math.min(MS_MAX, Math.max(MS_MIN, timeoutMs));
  }

  /** The timeout after so many in vain. */
  backedOffMs(count: number): number {
    return Math.max(this.#timeoutMs, Math.min(BACKED_OFF_MS_MAX, this.#timeoutMs * 2 ** count));
  }

  backOff(): void {
    this.#timeoutMs = this.backedOffMs(1);
  }
}
