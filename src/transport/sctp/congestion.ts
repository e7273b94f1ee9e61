/** Packets of the first flight, as TCP (RFC 6928) and the browsers' SCTP have it; RFC 9260 has 4. */
const INITIAL_WINDOW_PACKETS = 10;
const WINDOW_PACKETS_MIN = 4;
/**
 * Slow start grows by at most this many packets a SACK (RFC 9260 §7.2.1's L). A SACK covers two
 * packets, or a batch of them, so with 1 the window would not double in a round trip.
 */
const GROWTH_PACKETS_MAX = 4;
/** More is not needed to fill any link a browser sits on, and bounds what is kept for resending. */
const WINDOW_BYTES_MAX = 8 * 1024 * 1024;

/** Congestion window in payload bytes (RFC 9260 §7.2). */
export class CongestionWindow {
  readonly #packetBytes: number;
  #windowBytes: number;
  #thresholdBytes: number = Number.POSITIVE_INFINITY;
  #partialBytes = 0;
  /** Highest TSN outstanding when a loss was found; recovery ends when it is acknowledged. */
  #recoveryExit = -1;

  constructor(packetBytes: number) {
    this.#packetBytes = packetBytes;
    this.#windowBytes = INITIAL_WINDOW_PACKETS * packetBytes;
  }

  get windowBytes(): number {
    return this.#windowBytes;
  }

  get isRecovering(): boolean {
    return this.#recoveryExit >= 0;
  }

  /**
   * @param flightBytes in flight before this SACK
   * @param hasAdvanced the cumulative TSN moved
   * @param cumulative the cumulative TSN now
   */
  onSack(ackedBytes: number, flightBytes: number, hasAdvanced: boolean, cumulative: number): void {
    const wasRecovering = this.isRecovering;
    if (wasRecovering && cumulative >= this.#recoveryExit) this.#recoveryExit = -1;
    // A window that was not used up says nothing about what the path can carry.
    const wasFull = flightBytes + this.#packetBytes > this.#windowBytes;
    if (wasRecovering || !hasAdvanced || !wasFull) return;
    if (this.#windowBytes <= this.#thresholdBytes) {
      this.#grow(Math.min(ackedBytes, GROWTH_PACKETS_MAX * this.#packetBytes));
      return;
    }
    this.#partialBytes += ackedBytes;
    if (this.#partialBytes < this.#windowBytes) return;
    this.#partialBytes -= this.#windowBytes;
    this.#grow(this.#packetBytes);
  }

  /** Chunks were reported missing. Halves the window once for each flight (§7.2.3, §7.2.4). */
  onLoss(highestOutstanding: number): boolean {
    if (this.isRecovering) return false;
    this.#recoveryExit = highestOutstanding;
    this.#reduceThreshold();
    this.#windowBytes = this.#thresholdBytes;
    return true;
  }

  /** The retransmission timer ran out (§7.2.3). */
  onTimeout(): void {
    this.#recoveryExit = -1;
    this.#reduceThreshold();
    this.#windowBytes = this.#packetBytes;
  }

  #grow(byteCount: number): void {
    this.#windowBytes = Math.min(this.#windowBytes + byteCount, WINDOW_BYTES_MAX);
  }

  #reduceThreshold(): void {
    this.#thresholdBytes = Math.max(
      Math.floor(this.#windowBytes / 2),
      WINDOW_PACKETS_MIN * this.#packetBytes,
    );
    this.#partialBytes = 0;
  }
}

/** RFC 9260 §16 has 1000; browsers and TCP start lower, and a lost first packet delays a join. */
const INITIAL_MS = 500;
/**
 * RFC 9260 §16 has 1000, for a time of coarse timers. The floor must lie above the 200 ms by which
 * a peer may delay a SACK (§6.2): else each lone message would be sent twice.
 */
const MS_MIN = 300;
/** RFC 9260 §16 has 60 s; ICE gives a silent path up after 15 s, and one that returns is used at once. */
const MS_MAX = 5000;

/** Round-trip estimate and retransmission timeout (RFC 9260 §6.3.1). */
export class RetransmitTimeout {
  #smoothedMs = -1;
  #variationMs = 0;
  #timeoutMs = INITIAL_MS;

  /** -1 before the first measurement. */
  get smoothedRttMs(): number {
    return this.#smoothedMs;
  }

  get timeoutMs(): number {
    return this.#timeoutMs;
  }

  onSample(rttMs: number): void {
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
    return Math.min(MS_MAX, this.#timeoutMs * 2 ** count);
  }

  backOff(): void {
    this.#timeoutMs = Math.min(MS_MAX, this.#timeoutMs * 2);
  }
}
