import { PacketMemory } from "./packet-memory.ts";

/** No datagram of ours is larger. */
export const PACKET_BYTES_MAX = 1500;

/** Results of `claim` and `find` below zero are no slots. */
export const RING_TOO_OLD = -1;
export const RING_DUPLICATE = -2;
export const RING_TOO_LONG = -3;

const EMPTY = -1;

/**
 * The newest packets of one stream, by extended number, for retransmissions to subscribers
 * (spec-media 2.7); their memory doubles as the one that a packet is read from on its way to the down
 * tracks. A number's slot is the number modulo the capacity, and the slot knows which number it
 * holds, so that nothing is cleared when the stream jumps. What was kept for long may be gone before
 * its slot is needed again (`PacketMemory`); it is known as a duplicate all the same.
 */
export class PacketRing {
  readonly #memory: PacketMemory;
  #capacity: number;
  readonly #step: number;
  readonly #capacityMax: number;
  #extSns: Float64Array;
  #extTimestamps: Float64Array;
  #arrivalsMs: Float64Array;
  #positions: Float64Array;
  #lengths: Uint16Array;
  #highest = Number.NEGATIVE_INFINITY;

  /**
   * Begins with `capacity` slots and grows by as many at a time, up to `capacityMax`.
   *
   * @param byteCount memory for packets at the beginning
   */
  constructor(capacity: number, capacityMax: number, byteCount: number) {
    this.#step = Math.min(capacity, capacityMax);
    this.#capacity = this.#step;
    this.#capacityMax = capacityMax;
    this.#memory = new PacketMemory(
      Math.max(byteCount, PACKET_BYTES_MAX),
      capacityMax * PACKET_BYTES_MAX,
    );
    this.#extSns = new Float64Array(this.#capacity).fill(EMPTY);
    this.#extTimestamps = new Float64Array(this.#capacity);
    this.#arrivalsMs = new Float64Array(this.#capacity);
    this.#positions = new Float64Array(this.#capacity);
    this.#lengths = new Uint16Array(this.#capacity);
  }

  /** Of all packets. Changes when the memory grows: offsets hold until the next `claim`. */
  get bytes(): Uint8Array {
    return this.#memory.bytes;
  }

  get capacity(): number {
    return this.#capacity;
  }

  /**
   * Makes room for a packet; the caller copies `room` bytes to `offsetOf(slot)`.
   *
   * @param length of the packet, at most `room`, which may count bytes behind it
   * @returns slot, or RING_TOO_OLD, RING_DUPLICATE, RING_TOO_LONG: then nothing has changed
   */
  claim(extSn: number, length: number, room: number, extTs: number, arrivalMs: number): number {
    if (length > PACKET_BYTES_MAX) return RING_TOO_LONG;
    if (extSn <= this.#highest - this.#capacity || extSn < 0) return RING_TOO_OLD;
    const slot = extSn % this.#capacity;
    if (this.#extSns[slot] === extSn) return RING_DUPLICATE;
    if (extSn > this.#highest) this.#highest = extSn;
    this.#extSns[slot] = extSn;
    this.#extTimestamps[slot] = extTs;
    this.#arrivalsMs[slot] = arrivalMs;
    this.#positions[slot] = this.#memory.reserve(arrivalMs, room);
    this.#lengths[slot] = length;
    return slot;
  }

  /** @returns slot of a packet that is still kept, RING_TOO_OLD when there is none */
  find(extSn: number): number {
    if (extSn < 0) return RING_TOO_OLD;
    const slot = extSn % this.#capacity;
    if (this.#extSns[slot] !== extSn) return RING_TOO_OLD;
    return this.#memory.holds(this.#positions[slot]!) ? slot : RING_TOO_OLD;
  }

  offsetOf(slot: number): number {
    return this.#memory.offsetOf(this.#positions[slot]!);
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
    const extSns = new Float64Array(capacity).fill(EMPTY);
    const extTimestamps = new Float64Array(capacity);
    const arrivalsMs = new Float64Array(capacity);
    const positions = new Float64Array(capacity);
    const lengths = new Uint16Array(capacity);
    for (let from = 0; from < this.#capacity; from++) {
      const extSn = this.#extSns[from]!;
      // What is left of before a jump could share a slot with a newer packet.
      if (extSn === EMPTY || extSn <= this.#highest - this.#capacity) continue;
      const to = extSn % capacity;
      extSns[to] = extSn;
      extTimestamps[to] = this.#extTimestamps[from]!;
      arrivalsMs[to] = this.#arrivalsMs[from]!;
      positions[to] = this.#positions[from]!;
      lengths[to] = this.#lengths[from]!;
    }
    this.#capacity = capacity;
    this.#extSns = extSns;
    this.#extTimestamps = extTimestamps;
    this.#arrivalsMs = arrivalsMs;
    this.#positions = positions;
    this.#lengths = lengths;
  }

  /** Forgets all packets, for a stream that starts anew. */
  reset(): void {
    this.#extSns.fill(EMPTY);
    this.#highest = Number.NEGATIVE_INFINITY;
  }
}
