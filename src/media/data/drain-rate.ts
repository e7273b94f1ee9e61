const WINDOW_MS = 100;
const HISTORY_MS = 2_000;
const BITS_PER_BYTE = 8;
const MS_PER_SECOND = 1_000;

/**
 * How fast a channel's queue drains while there is something in it, over the last seconds in
 * windows of 100 ms (spec-media 1.11): what a receiver can take, however little it is sent.
 */
export class DrainRate {
  readonly #windows: number;
  readonly #drainedBytes: Float64Array;
  readonly #busyMs: Float64Array;
  #window = -1;
  #lastMs = Number.NaN;
  #bufferedBytes = 0;
  #drained = 0;
  #busy = 0;
  readonly #knownMs: number;

  /**
   * @param knownMs the queue must have been in use for so long before anything is said
   * @param historyMs what it is said of, a multiple of 100
   */
  constructor(knownMs: number = WINDOW_MS, historyMs: number = HISTORY_MS) {
    this.#knownMs = knownMs;
    this.#windows = historyMs / WINDOW_MS;
    this.#drainedBytes = new Float64Array(this.#windows);
    this.#busyMs = new Float64Array(this.#windows);
  }

  /**
   * @param nowMs from 0 on
   * @param writtenBytes queued just now
   * @param bufferedBytes in the queue afterwards, those included
   */
  note(nowMs: number, writtenBytes: number, bufferedBytes: number): void {
    this.#advance(nowMs);
    const index = this.#window % this.#windows;
    // the queue only drains between two looks: what is left now was there all the time
    const isBusy = bufferedBytes > writtenBytes;
    const busyMs = isBusy && nowMs > this.#lastMs ? nowMs - this.#lastMs : 0;
    const drained = Math.max(0, this.#bufferedBytes + writtenBytes - bufferedBytes);
    this.#lastMs = nowMs;
    this.#bufferedBytes = bufferedBytes;
    this.#busyMs[index]! += busyMs;
    this.#busy += busyMs;
    this.#drainedBytes[index]! += drained;
    this.#drained += drained;
  }

  /** Bits a second; -1 while the queue has not been in use for long enough. */
  bps(nowMs: number): number {
    this.#advance(nowMs);
    if (this.#busy < this.#knownMs) return -1;
    return (this.#drained * BITS_PER_BYTE * MS_PER_SECOND) / this.#busy;
  }

  /** Forgets what is too old. */
  #advance(nowMs: number): void {
    const window = Math.floor(nowMs / WINDOW_MS);
    if (window <= this.#window) return;
    const from = Math.max(this.#window + 1, window - this.#windows + 1);
    for (let fresh = from; fresh <= window; fresh++) {
      const index = fresh % this.#windows;
      this.#drained -= this.#drainedBytes[index]!;
      this.#busy -= this.#busyMs[index]!;
      this.#drainedBytes[index] = 0;
      this.#busyMs[index] = 0;
    }
    this.#window = window;
  }
}
