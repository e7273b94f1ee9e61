/** How far behind the newest packet a late one is still mapped, in packets. A power of two. */
export const SN_WINDOW = 2048;
/**
 * Only 16 bits of a number go on the wire: who sees it step so far takes it for an older one, and
 * opens nothing from then on.
 */
const SN_STEP_MAX = 0x8000;
const SLOT_MASK = SN_WINDOW - 1;
const DROPPED = -(2 ** 31);
const NO_OFFSETS: Int32Array = new Int32Array(0);

/** Results of `mapSn` below zero are no sequence numbers: the packet is not sent. */
export const SN_DROPPED = -1;
export const SN_TOO_OLD = -2;

/**
 * Renumbers one forwarded stream so that packets dropped on purpose leave no hole for the
 * subscriber to ask about (RFC 3550 §5.1, RFC 7667 §3.7). Runs once per packet and subscriber,
 * allocates nothing once the first packet was dropped. A duplicate maps to the same number; the
 * receive buffer tells it apart.
 */
export class SnMunger {
  /**
   * Packets dropped since the start when this number was the newest, by incoming number modulo the
   * window; DROPPED for those themselves. Empty until something is dropped: most audio tracks
   * never need it.
   */
  #offsets: Int32Array = NO_OFFSETS;
  #droppedCount = 0;
  #firstExtSn: number;
  /** incoming minus outgoing at the start */
  #base: number;
  #highest: number;

  /** Lets incoming `extSn` leave as `outSn`. Both extended: integers in 0..2^53-1. */
  constructor(extSn: number, outSn: number) {
    this.#firstExtSn = extSn;
    this.#highest = extSn - 1;
    this.#base = extSn - outSn;
  }

  /** Goes over to a source with other numbers: its `extSn` leaves as `outSn`, older ones do not. */
  restart(extSn: number, outSn: number): void {
    this.#firstExtSn = extSn;
    this.#highest = extSn - 1;
    this.#base = extSn - outSn;
    this.#droppedCount = 0;
    this.#offsets.fill(DROPPED);
  }

  /** Newest incoming number that was mapped or dropped. */
  get highestExtSn(): number {
    return this.#highest;
  }

  /** Newest outgoing number that is taken, be it by a packet that may still come late. */
  get highestOutSn(): number {
    return this.#highest - this.#base - this.#droppedCount;
  }

  /** As the next packet this one would leave too far from `lastOutSn`, the last that left. */
  isFarAhead(extSn: number, lastOutSn: number): boolean {
    return this.highestOutSn + extSn - this.#highest - lastOutSn >= SN_STEP_MAX;
  }

  /**
   * @param extSn incoming sequence number, extended
   * @returns outgoing extended number (low 16 bits go on the wire), or SN_DROPPED, or SN_TOO_OLD
   */
  mapSn(extSn: number): number {
    if (extSn > this.#highest) {
      this.#advanceTo(extSn);
      return extSn - this.#base - this.#droppedCount;
    }
    if (extSn <= this.#highest - SN_WINDOW) return SN_TOO_OLD;
    if (extSn < this.#firstExtSn) return SN_DROPPED;
    if (this.#offsets.length === 0) return extSn - this.#base;
    const offset = this.#offsets[extSn & SLOT_MASK]!;
    return offset === DROPPED ? SN_DROPPED : extSn - this.#base - offset;
  }

  /** Whether this number would leave, now or as one that comes late. Changes nothing. */
  canMap(extSn: number): boolean {
    return extSn > this.#highest || this.mapSn(extSn) >= 0;
  }

  /** Leaves the newest packet out. For a late one the hole is already visible, so it stays. */
  drop(extSn: number): void {
    if (extSn <= this.#highest) return;
    if (this.#offsets.length === 0) this.#offsets = new Int32Array(SN_WINDOW);
    this.#advanceTo(extSn);
    this.#offsets[extSn & SLOT_MASK] = DROPPED;
    this.#droppedCount += 1;
  }

  /** Takes the next outgoing number for a packet of our own: those that come leave one higher. */
  insert(): number {
    if (this.#offsets.length === 0) this.#offsets = new Int32Array(SN_WINDOW);
    this.#droppedCount -= 1;
    return this.highestOutSn;
  }

  /** Numbers skipped here may still come late and get today's offset. At most SN_WINDOW steps. */
  #advanceTo(extSn: number): void {
    if (this.#offsets.length !== 0) {
      for (let sn = Math.max(this.#highest + 1, extSn - SLOT_MASK); sn <= extSn; sn++) {
        this.#offsets[sn & SLOT_MASK] = this.#droppedCount;
      }
    }
    this.#highest = extSn;
  }
}
