import { estimateIndex } from "./packet-index.ts";

const FIRST_CAPACITY = 8;

/**
 * The highest packet index of each SSRC that is received (RFC 3711 §3.3.1). Estimating changes
 * nothing; only `commit` does, so whoever cannot make a valid tag cannot move a counter. Not for
 * sending: who forgets what was sent uses a nonce twice.
 *
 * Bounded: a new SSRC that finds the table full takes the place of the one longest unused.
 */
export class PacketIndexTable {
  readonly #entriesMax: number;
  /** slot by SSRC, as a signed 32-bit number, which the engine hashes fastest */
  readonly #slots: Map<number, number> = new Map();
  #ssrcs: Int32Array = new Int32Array(FIRST_CAPACITY);
  #highest: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** number of the commit that last used the slot */
  #used: Float64Array = new Float64Array(FIRST_CAPACITY);
  #commitCount = 0;
  #lastSsrc = 0;
  #lastSlot = -1;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  get size(): number {
    return this.#slots.size;
  }

  /** @param ssrc as a signed 32-bit number */
  has(ssrc: number): boolean {
    return this.#find(ssrc) >= 0;
  }

  /** The packet index most likely meant; an unknown SSRC starts at roll-over counter zero. */
  estimate(ssrc: number, sn: number): number {
    const slot = this.#find(ssrc);
    return slot < 0 ? sn : estimateIndex(this.#highest[slot]!, sn);
  }

  /** Takes note of a packet that is proven. */
  commit(ssrc: number, index: number): void {
    let slot = this.#find(ssrc);
    if (slot < 0) {
      slot = this.#insert(ssrc);
      this.#highest[slot] = index;
    } else if (index > this.#highest[slot]!) {
      this.#highest[slot] = index;
    }
    this.#commitCount += 1;
    this.#used[slot] = this.#commitCount;
  }

  #find(ssrc: number): number {
    if (ssrc === this.#lastSsrc && this.#lastSlot >= 0) return this.#lastSlot;
    const slot = this.#slots.get(ssrc);
    if (slot === undefined) return -1;
    this.#lastSsrc = ssrc;
    this.#lastSlot = slot;
    return slot;
  }

  #insert(ssrc: number): number {
    const slot = this.#slots.size < this.#entriesMax ? this.#slots.size : this.#evict();
    if (slot === this.#ssrcs.length) this.#grow();
    this.#slots.set(ssrc, slot);
    this.#ssrcs[slot] = ssrc;
    return slot;
  }

  #evict(): number {
    let oldest = 0;
    for (let slot = 1; slot < this.#entriesMax; slot++) {
      if (this.#used[slot]! < this.#used[oldest]!) oldest = slot;
    }
    this.#slots.delete(this.#ssrcs[oldest]!);
    if (oldest === this.#lastSlot) this.#lastSlot = -1;
    return oldest;
  }

  #grow(): void {
    const capacity = this.#ssrcs.length * 2;
    const ssrcs = new Int32Array(capacity);
    const highest = new Float64Array(capacity);
    const used = new Float64Array(capacity);
    ssrcs.set(this.#ssrcs);
    highest.set(this.#highest);
    used.set(this.#used);
    this.#ssrcs = ssrcs;
    this.#highest = highest;
    this.#used = used;
  }
}
