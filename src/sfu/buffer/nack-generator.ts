import { DEFAULT_RTT_MS } from "../rtcp/default-rtt.ts";

/** Missing packets that are asked for at a time; the oldest goes when there are more. */
export const NACKS_MAX = 100;
const NO_NUMBERS: Float64Array = new Float64Array(0);
const FIRST_WAIT_MS = 20;
const INTERVAL_MIN_MS = 20;
const INTERVAL_MAX_MS = 400;
const TRIES_MAX = 5;
const BACKOFF = 1.25;
/** Share of a new measurement. */
const RTT_WEIGHT = 0.75;

/**
 * Decides when to ask the publisher for what is missing (spec-media 2.8): first after 20 ms, so
 * that reordering costs nothing, then at growing intervals, five times in all. Numbers are those
 * of the publisher. The list is sorted and small, so that arrays are moved rather than linked.
 */
export class NackGenerator {
  /** Both empty before something was ever missing. */
  #extSns: Float64Array = NO_NUMBERS;
  #dueMs: Float64Array = NO_NUMBERS;
  readonly #tries: Uint8Array = new Uint8Array(NACKS_MAX);
  #count = 0;
  #nextDueMs = Number.POSITIVE_INFINITY;
  #rttMs = DEFAULT_RTT_MS;

  /** Packets that are being asked for. */
  get count(): number {
    return this.#count;
  }

  /** When `poll` next has something; Infinity when nothing is missing. */
  get nextDueMs(): number {
    return this.#nextDueMs;
  }

  /** A packet is missing. `extSn` is above all that were added before. */
  add(nowMs: number, extSn: number): void {
    if (this.#extSns.length === 0) {
      this.#extSns = new Float64Array(NACKS_MAX);
      this.#dueMs = new Float64Array(NACKS_MAX);
    }
    if (this.#count === NACKS_MAX) this.#removeAt(0);
    this.#extSns[this.#count] = extSn;
    this.#dueMs[this.#count] = nowMs + FIRST_WAIT_MS;
    this.#tries[this.#count] = 0;
    this.#count += 1;
    if (nowMs + FIRST_WAIT_MS < this.#nextDueMs) this.#nextDueMs = nowMs + FIRST_WAIT_MS;
  }

  /** It came after all. */
  remove(extSn: number): void {
    for (let i = this.#count - 1; i >= 0 && this.#extSns[i]! >= extSn; i--) {
      if (this.#extSns[i] !== extSn) continue;
      this.#removeAt(i);
      if (this.#count === 0) this.#nextDueMs = Number.POSITIVE_INFINITY;
      return;
    }
  }

  setRtt(rttMs: number): void {
    this.#rttMs += (rttMs - this.#rttMs) * RTT_WEIGHT;
  }

  /**
   * @param out takes NACKS_MAX sequence numbers to ask for now, 16 bits each, oldest first
   * @returns how many there are
   */
  poll(nowMs: number, out: Uint16Array): number {
    if (nowMs < this.#nextDueMs) return 0;
    let found = 0;
    let kept = 0;
    let nextDueMs = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.#count; i++) {
      const extSn = this.#extSns[i]!;
      let dueMs = this.#dueMs[i]!;
      let tries = this.#tries[i]!;
      if (dueMs <= nowMs) {
        out[found] = extSn;
        found += 1;
        tries += 1;
        dueMs = nowMs + this.#interval(tries);
        // The answer to the last try may come; nothing more is to be done about it here.
        if (tries === TRIES_MAX) continue;
      }
      this.#extSns[kept] = extSn;
      this.#dueMs[kept] = dueMs;
      this.#tries[kept] = tries;
      kept += 1;
      if (dueMs < nextDueMs) nextDueMs = dueMs;
    }
    this.#count = kept;
    this.#nextDueMs = nextDueMs;
    return found;
  }

  reset(): void {
    this.#count = 0;
    this.#nextDueMs = Number.POSITIVE_INFINITY;
  }

  /** After `tries` tries, until the next. */
  #interval(tries: number): number {
    const interval = this.#rttMs * BACKOFF ** tries;
    return Math.min(Math.max(interval, INTERVAL_MIN_MS), INTERVAL_MAX_MS);
  }

  #removeAt(index: number): void {
    this.#extSns.copyWithin(index, index + 1, this.#count);
    this.#dueMs.copyWithin(index, index + 1, this.#count);
    this.#tries.copyWithin(index, index + 1, this.#count);
    this.#count -= 1;
  }
}
