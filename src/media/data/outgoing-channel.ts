import { Backlog } from "./data-port.ts";
import { DrainRate } from "./drain-rate.ts";

/** A reliable receiver is behind with more than this, and no more with less than half of it, bytes. */
const HIGH_BYTES = 512 * 1024;
/**
 * Where slow readers are told from others, a queue is no longer than this, or it would take them
 * minutes to learn what they have lost: what is drained in so long, but so many bytes in any case.
 */
const HIGH_MS = 500;
const HIGH_BYTES_MIN = 64 * 1024;
/**
 * So long a receiver that takes nothing is waited for: longer than two retransmission time-outs, which
 * a short outage of a mobile network takes.
 */
const STALL_MS = 3_000;
/**
 * A reader with a small window takes a burst, and the next one after a time-out: what it did for
 * less than a second says nothing of whether it is too slow.
 */
const RATE_KNOWN_MS = 1_000;
/** Nor is it too slow for a pause of a second or two. */
const RATE_HISTORY_MS = 5_000;

/** What may wait on a lossy channel whose speed is not known yet, bytes. */
const UNKNOWN_BYTES_MAX = 1024 * 1024;
/** As the reference: with less than this waiting nothing is dropped. */
const TARGET_BYTES_MIN = 8_192;
/** Where no target is set: as long as this, and as much as that at least. */
const DEFAULT_LATENCY_MS = 250;
const DEFAULT_BYTES_MIN = 64 * 1024;
const BITS_PER_SECOND_TO_BYTES_PER_MS = 1 / 8_000;

/** What waits on a reliable channel of ours, and whether its reader keeps pace. */
export class ReliableOutput {
  /** A channel that was open is a failure when it is not any more. */
  id = -1;
  readonly #slowThresholdBps: number;
  readonly #rate: DrainRate | undefined;
  #isBehind = false;
  #lowBytes = HIGH_BYTES / 2;
  #progressMs = 0;
  #queuedBytes = 0;
  /** Of those, acknowledged when it was looked at last. */
  #takenBytes = 0;

  /** @param slowThresholdBps 0: no reader is too slow */
  constructor(slowThresholdBps: number) {
    this.#slowThresholdBps = slowThresholdBps;
    this.#rate = slowThresholdBps > 0 ? new DrainRate(RATE_KNOWN_MS, RATE_HISTORY_MS) : undefined;
  }

  opened(id: number): void {
    this.id = id;
    this.#isBehind = false;
    this.#queuedBytes = 0;
    this.#takenBytes = 0;
  }

  /** `noteBuffered` makes a difference. */
  get isWatched(): boolean {
    return this.#isBehind || (this.#rate !== undefined && this.id >= 0);
  }

  /** Behind, and slower than the configured threshold: it is sent nothing more for now. */
  isTooSlow(nowMs: number): boolean {
    if (!this.#isBehind || this.#rate === undefined) return false;
    const bps = this.#rate.bps(nowMs);
    return bps >= 0 && bps < this.#slowThresholdBps;
  }

  /**
   * @param bufferedBytes afterwards
   * @returns whether it fell behind by that: `caughtUp` is to be called at `lowBytes`
   */
  sent(nowMs: number, bytes: number, bufferedBytes: number): boolean {
    this.#rate?.note(nowMs, bytes, bufferedBytes);
    this.#queuedBytes += bytes;
    if (this.#isBehind || bufferedBytes <= HIGH_BYTES_MIN) return false;
    const highBytes = this.#highBytes(nowMs);
    if (bufferedBytes <= highBytes) return false;
    this.#isBehind = true;
    this.#lowBytes = highBytes / 2;
    this.#progressMs = nowMs;
    this.#takenBytes = this.#queuedBytes - bufferedBytes;
    return true;
  }

  /** Of one that is behind: with so little in its queue it has caught up. */
  get lowBytes(): number {
    return this.#lowBytes;
  }

  #highBytes(nowMs: number): number {
    if (this.#rate === undefined) return HIGH_BYTES;
    const drained = this.#rate.bps(nowMs) * BITS_PER_SECOND_TO_BYTES_PER_MS * HIGH_MS;
    return Math.min(Math.max(HIGH_BYTES_MIN, drained), HIGH_BYTES);
  }

  /** Packets of the peer came: it may have acknowledged something. */
  noteBuffered(nowMs: number, bufferedBytes: number): void {
    this.#rate?.note(nowMs, 0, bufferedBytes);
    const takenBytes = this.#queuedBytes - bufferedBytes;
    if (takenBytes > this.#takenBytes) {
      this.#takenBytes = takenBytes;
      this.#progressMs = nowMs;
    }
  }

  /** It fell to `lowBytes`. */
  caughtUp(): void {
    this.#isBehind = false;
  }

  backlog(nowMs: number): Backlog {
    if (!this.#isBehind) return Backlog.None;
    if (this.isTooSlow(nowMs)) return Backlog.Stalled;
    return nowMs - this.#progressMs <= STALL_MS ? Backlog.Congested : Backlog.Stalled;
  }
}

/** What waits on a lossy channel of ours: no longer than it is of use (spec-media 1.11). */
export class LossyOutput {
  id = -1;
  readonly #rate: DrainRate = new DrainRate();
  readonly #latencyMs: number;
  readonly #bytesMin: number;
  #bufferedBytes = 0;

  /** @param targetLatencyMs 0: not set */
  constructor(targetLatencyMs: number) {
    this.#latencyMs = targetLatencyMs > 0 ? targetLatencyMs : DEFAULT_LATENCY_MS;
    this.#bytesMin = targetLatencyMs > 0 ? TARGET_BYTES_MIN : DEFAULT_BYTES_MIN;
  }

  /** Something waited when it was looked at last. */
  get isBusy(): boolean {
    return this.#bufferedBytes > 0;
  }

  isFull(nowMs: number, bufferedBytes: number): boolean {
    if (bufferedBytes <= this.#bytesMin) return false;
    const bps = this.#rate.bps(nowMs);
    if (bps < 0) return bufferedBytes > UNKNOWN_BYTES_MAX;
    return bufferedBytes > bps * BITS_PER_SECOND_TO_BYTES_PER_MS * this.#latencyMs;
  }

  /** @param bytes sent just now @param bufferedBytes afterwards */
  note(nowMs: number, bytes: number, bufferedBytes: number): void {
    this.#bufferedBytes = bufferedBytes;
    this.#rate.note(nowMs, bytes, bufferedBytes);
  }
}
