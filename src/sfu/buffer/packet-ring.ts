/** One slot holds one packet; no datagram of ours is larger. */
export const SLOT_BYTES = 1500;

/** Results of `claim` and `find` below zero are no slots. */
export const RING_TOO_OLD = -1;
export const RING_DUPLICATE = -2;
export const RING_TOO_LONG = -3;

const EMPTY = -1;

/**
 * The newest packets of one stream, by extended number, for retransmissions to subscribers
 * (spec-media 2.7). One memory of fixed slots; it doubles as the memory that a packet is read from
 * on its way to the down tracks. A number's slot is the number modulo the capacity, and the slot
 * knows which number it holds, so that nothing is cleared when the stream jumps.
 */
export class PacketRing {
  /** Of all slots. Changes when the ring grows: offsets hold until the next `claim`. */
  bytes: Uint8Array;
  #capacity: number;
  readonly #step: number;
  readonly #capacityMax: number;
  #extSns: Float64Array;
  #extTimestamps: Float64Array;
  #arrivalsMs: Float64Array;
  #lengths: Uint16Array;
  #highest = Number.NEGATIVE_INFINITY;

  /** Begins with `capacity` slots and grows by as many at a time, up to `capacityMax`. */
  constructor(capacity: number, capacityMax: number) {
    this.#step = Math.min(capacity, capacityMax);
    this.#capacity = this.#step;
    this.#capacityMax = capacityMax;
    this.bytes = new Uint8Array(this.#capacity * SLOT_BYTES);
    this.#extSns = new Float64Array(this.#capacity).fill(EMPTY);
    this.#extTimestamps = new Float64Array(this.#capacity);
    this.#arrivalsMs = new Float64Array(this.#capacity);
    this.#lengths = new Uint16Array(this.#capacity);
  }

  get capacity(): number {
    return this.#capacity;
  }

  /**
   * Makes room for a packet; the caller copies `length` bytes to `offsetOf(slot)`.
   *
   * @returns slot, or RING_TOO_OLD, RING_DUPLICATE, RING_TOO_LONG: then nothing has changed
   */
  claim(extSn: number, length: number, extTs: number, arrivalMs: number): number {
    if (length > SLOT_BYTES) return RING_TOO_LONG;
    if (extSn <= this.#highest - this.#capacity || extSn < 0) return RING_TOO_OLD;
    const slot = extSn % this.#capacity;
    if (this.#extSns[slot] === extSn) return RING_DUPLICATE;
    if (extSn > this.#highest) this.#highest = extSn;
    this.#extSns[slot] = extSn;
    this.#extTimestamps[slot] = extTs;
    this.#arrivalsMs[slot] = arrivalMs;
    this.#lengths[slot] = length;
    return slot;
  }

  /** @returns slot of a packet that is still kept, RING_TOO_OLD when there is none */
  find(extSn: number): number {
    if (extSn < 0) return RING_TOO_OLD;
    const slot = extSn % this.#capacity;
    return this.#extSns[slot] === extSn ? slot : RING_TOO_OLD;
  }

  offsetOf(slot: number): number {
    return slot * SLOT_BYTES;
  }

  lengthOf(slot: number): number {
    return this.#lengths[slot]!;
  }

  extTsOf(slot: number): number {
    return this.#extTimestamps[slot]!;
  }

  arrivalMsOf(slot: number): number {
    return this.#arrivalsMs[slot]!;
  }

  /** Grows by one step if a second's packets are more than it holds. Packets stay. */
  fit(packetsPerSecond: number): void {
    if (packetsPerSecond <= this.#capacity || this.#capacity >= this.#capacityMax) return;
    const capacity = Math.min(this.#capacity + this.#step, this.#capacityMax);
    const bytes = new Uint8Array(capacity * SLOT_BYTES);
    const extSns = new Float64Array(capacity).fill(EMPTY);
    const extTimestamps = new Float64Array(capacity);
    const arrivalsMs = new Float64Array(capacity);
    const lengths = new Uint16Array(capacity);
    for (let from = 0; from < this.#capacity; from++) {
      const extSn = this.#extSns[from]!;
      // What is left of before a jump could share a slot with a newer packet.
      if (extSn === EMPTY || extSn <= this.#highest - this.#capacity) continue;
      const to = extSn % capacity;
      extSns[to] = extSn;
      extTimestamps[to] = this.#extTimestamps[from]!;
      arrivalsMs[to] = this.#arrivalsMs[from]!;
      lengths[to] = this.#lengths[from]!;
      const offset = from * SLOT_BYTES;
      bytes.set(this.bytes.subarray(offset, offset + this.#lengths[from]!), to * SLOT_BYTES);
    }
    this.#capacity = capacity;
    this.bytes = bytes;
    this.#extSns = extSns;
    this.#extTimestamps = extTimestamps;
    this.#arrivalsMs = arrivalsMs;
    this.#lengths = lengths;
  }

  /** Forgets all packets, for a stream that starts anew. */
  reset(): void {
    this.#extSns.fill(EMPTY);
    this.#highest = Number.NEGATIVE_INFINITY;
  }
}
