import { SlowStartExit } from "./slow-start-exit.ts";

/** Packets of the first flight, as TCP (RFC 6928) and the browsers' SCTP have it; RFC 9260 has 4. */
const INITIAL_WINDOW_PACKETS = 10;
const WINDOW_PACKETS_MIN = 4;
/**
 * Slow start grows by at most this many packets a SACK (RFC 9260 §7.2.1's L; RFC 9406 §4.2 has 8).
 * A SACK covers two packets, or a batch of them, so with 1 the window would not double.
 */
const GROWTH_PACKETS_MAX = 8;
/** More is not needed to fill any link a browser sits on, and bounds what is kept for resending. */
const WINDOW_BYTES_MAX = 8 * 1024 * 1024;
/** Round trips whose highest delivery rate counts. */
const RATE_ROUNDS = 4;

export type CongestionOptions = {
  /** The window never falls below this, bytes; 0: four packets. */
  readonly minWindowBytes: number;
  /** What a window's worth of acknowledged bytes adds in congestion avoidance; 0: one packet. */
  readonly growthStepBytes: number;
};

/**
 * Congestion window in payload bytes (RFC 9260 §7.2): growth as there, slow start left early by
 * HyStart++ (RFC 9406).
 *
 * A loss takes the window to what the path has been delivering without a queue, the delivery rate
 * by the least round trip, as TCP Westwood+ does, and never below half, where Reno always goes.
 * When a queue has filled, this drains it; when a radio link loses a packet, nothing had queued
 * up, and the window stays, where Reno would fall to 1.2 / sqrt(loss) packets (RFC 3819 §8.5).
 */
export class CongestionWindow {
  readonly #packetBytes: number;
  readonly #windowBytesMin: number;
  readonly #timeoutWindowBytes: number;
  readonly #growthStepBytes: number;
  readonly #slowStart: SlowStartExit = new SlowStartExit();
  #windowBytes: number;
  #thresholdBytes: number = Number.POSITIVE_INFINITY;
  #partialBytes = 0;

  /** A round ends when a packet with this number, or a later one, has arrived. */
  #roundEnd = 0;
  #roundStartMs = 0;
  #roundBytes = 0;
  /** Bytes per ms in the last rounds. */
  readonly #rates: Float64Array = new Float64Array(RATE_ROUNDS);
  #rateIndex = 0;

  /** Before the last reduction, to take it back when nothing had been lost. */
  #formerWindowBytes = 0;
  #formerThresholdBytes = 0;
  #isAfterTimeout = false;
  /** Chunks taken for lost since the last reduction, and those of them that had arrived. */
  #lostCount = 0;
  #spuriousCount = 0;

  constructor(packetBytes: number, options: CongestionOptions) {
    this.#packetBytes = packetBytes;
    this.#windowBytesMin = Math.max(WINDOW_PACKETS_MIN * packetBytes, options.minWindowBytes);
    this.#timeoutWindowBytes = Math.max(packetBytes, options.minWindowBytes);
    this.#growthStepBytes = Math.max(packetBytes, options.growthStepBytes);
    this.#windowBytes = Math.max(INITIAL_WINDOW_PACKETS * packetBytes, options.minWindowBytes);
  }

  get windowBytes(): number {
    return this.#windowBytes;
  }

  /**
   * @param ackedBytes acknowledged by this SACK
   * @param growthBytes those of them that left after the last reduction
   * @param flightBytes in flight before this SACK
   * @param rttMs measured by this SACK, -1: not
   * @param newestDelivered highest number of a packet that has arrived
   * @param nextPacket number of the next packet
   */
  onSack(
    nowMs: number,
    ackedBytes: number,
    growthBytes: number,
    flightBytes: number,
    rttMs: number,
    newestDelivered: number,
    nextPacket: number,
  ): void {
    this.#roundBytes += ackedBytes;
    const isInSlowStart = this.#windowBytes < this.#thresholdBytes;
    if (newestDelivered >= this.#roundEnd) this.#startRound(nowMs, nextPacket, isInSlowStart);
    if (isInSlowStart && rttMs >= 0) this.#slowStart.onSample(rttMs);

    // A window that was not used up says nothing about what the path can carry.
    if (flightBytes + this.#packetBytes <= this.#windowBytes) return;
    if (isInSlowStart) {
      const byteCount = Math.min(growthBytes, GROWTH_PACKETS_MAX * this.#packetBytes);
      this.#grow(byteCount / this.#slowStart.growthDivisor);
      return;
    }
    this.#partialBytes += growthBytes;
    if (this.#partialBytes < this.#windowBytes) return;
    this.#partialBytes -= this.#windowBytes;
    this.#grow(this.#growthStepBytes);
  }

  /** Chunks that left after the last reduction were lost (§7.2.3). At most once in a round trip. */
  onLoss(minRttMs: number): void {
    const deliveredBytes = this.#highestRate() * minRttMs;
    this.#reduce(Math.min(Math.max(deliveredBytes, this.#windowBytes / 2), this.#windowBytes));
    this.#windowBytes = this.#thresholdBytes;
  }

  /** The retransmission timer ran out (§7.2.3). */
  onTimeout(): void {
    this.#reduce(this.#windowBytes / 2);
    this.#windowBytes = this.#timeoutWindowBytes;
    this.#isAfterTimeout = true;
    this.#slowStart.restart();
  }

  countLost(chunkCount: number): void {
    this.#lostCount += chunkCount;
  }

  /**
   * Chunks taken for lost had arrived. When all had, or after a timeout the most, the path was
   * late, not full: there was nothing to reduce for (RFC 4015; RFC 5682).
   */
  countSpurious(chunkCount: number): void {
    if (this.#lostCount === 0) return;
    this.#spuriousCount += chunkCount;
    const needed = this.#isAfterTimeout ? this.#lostCount / 2 : this.#lostCount;
    if (this.#spuriousCount < needed) return;
    this.#lostCount = 0;
    this.#windowBytes = Math.max(this.#windowBytes, this.#formerWindowBytes);
    this.#thresholdBytes = Math.max(this.#thresholdBytes, this.#formerThresholdBytes);
  }

  /** Nothing was sent for `count` retransmission timeouts: the path may have changed (§7.2.1). */
  onIdle(count: number): void {
    const initialBytes = INITIAL_WINDOW_PACKETS * this.#packetBytes;
    const halvedBytes = this.#windowBytes / 2 ** count;
    const floorBytes = Math.max(initialBytes, this.#windowBytesMin);
    this.#windowBytes = Math.min(this.#windowBytes, Math.max(halvedBytes, floorBytes));
  }

  #startRound(nowMs: number, nextPacket: number, isInSlowStart: boolean): void {
    const elapsedMs = nowMs - this.#roundStartMs;
    if (this.#roundEnd > 0 && elapsedMs > 0) {
      this.#rates[this.#rateIndex] = this.#roundBytes / elapsedMs;
      this.#rateIndex = (this.#rateIndex + 1) % RATE_ROUNDS;
    }
    this.#roundEnd = nextPacket;
    this.#roundStartMs = nowMs;
    this.#roundBytes = 0;
    if (isInSlowStart && this.#slowStart.onRound()) this.#thresholdBytes = this.#windowBytes;
  }

  #highestRate(): number {
    let highest = 0;
    for (const rate of this.#rates) if (rate > highest) highest = rate;
    return highest;
  }

  #grow(byteCount: number): void {
    this.#windowBytes = Math.min(this.#windowBytes + byteCount, WINDOW_BYTES_MAX);
  }

  #reduce(thresholdBytes: number): void {
    if (!this.#isAfterTimeout || this.#lostCount === 0) {
      this.#formerWindowBytes = this.#windowBytes;
      this.#formerThresholdBytes = this.#thresholdBytes;
    }
    this.#lostCount = 0;
    this.#spuriousCount = 0;
    this.#isAfterTimeout = false;
    this.#thresholdBytes = Math.max(Math.floor(thresholdBytes), this.#windowBytesMin);
    this.#partialBytes = 0;
  }
}
