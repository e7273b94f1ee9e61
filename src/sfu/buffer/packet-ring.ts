import { PacketMemory } from "./packet-memory.ts";

/** No datagram of ours is larger. */
export const PACKET_BYTES_MAX = 1500;

/** Results of `claim` and `find` below zero are no slots. */
export const RING_TOO_OLD = -1;
export const RING_DUPLICATE = -2;
export const RING_TOO_LONG = -3;

const EMPTY = -1;
/**
 * Memory is for so many full packets at least, however few are to be found again: those of a frame lie
 * there while they wait to be passed on.
 */
const MEMORY_PACKETS_MIN = 64;

/** What a slot has in `#numbers`: extended number, extended timestamp, arrival ms, use of the page. */
const TS = 1;
const ARRIVAL = 2;
const USE = 3;
const NUMBERS = 4;
/** What it has in `#places`: page and offset, which is below 65536; length. */
const LENGTH = 1;
const PLACES = 2;
const PAGE_SHIFT = 16;
const OFFSET_MASK = 0xffff;

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
  #numbers: Float64Array;
  #places: Uint32Array;
  #highest = Number.NEGATIVE_INFINITY;

  /**
   * Begins with `capacity` slots and grows by as many at a time, up to `capacityMax`.
   *
   * @param pageBytes memory for packets grows by so much; PACKET_BYTES_MAX..65536
   */
  constructor(capacity: number, capacityMax: number, pageBytes: number) {
    this.#step = Math.min(capacity, capacityMax);
    this.#capacity = this.#step;
    this.#capacityMax = capacityMax;
    const memoryPackets = Math.max(capacityMax, MEMORY_PACKETS_MIN);
    this.#memory = new PacketMemory(pageBytes, memoryPackets * PACKET_BYTES_MAX);
    this.#numbers = new Float64Array(this.#capacity * NUMBERS).fill(EMPTY);
    this.#places = new Uint32Array(this.#capacity * PLACES);
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** Memory for packets at present, bytes. */
  get byteCount(): number {
    return this.#memory.byteCount;
  }

  /**
   * Makes room for a packet; the caller copies `room` bytes to `offsetOf(slot)` of `bytesOf(slot)`.
   *
   * @param length of the packet, at most `room`, which may count bytes behind it
   * @returns slot, or RING_TOO_OLD, RING_DUPLICATE, RING_TOO_LONG: then nothing has changed
   */
  claim(extSn: number, length: number, room: number, extTs: number, arrivalMs: number): number {
    if (length > PACKET_BYTES_MAX) return RING_TOO_LONG;
    if (extSn <= this.#highest - this.#capacity || extSn < 0) return RING_TOO_OLD;
    const slot = extSn % this.#capacity;
    const at = slot * NUMBERS;
    const numbers = this.#numbers;
    if (numbers[at] === extSn) return RING_DUPLICATE;
    if (extSn > this.#highest) this.#highest = extSn;
    const memory = this.#memory;
    const offset = memory.reserve(arrivalMs, room);
    numbers[at] = extSn;
    numbers[at + TS] = extTs;
    numbers[at + ARRIVAL] = arrivalMs;
    numbers[at + USE] = memory.use;
    this.#places[slot * PLACES] = (memory.index << PAGE_SHIFT) | offset;
    this.#places[slot * PLACES + LENGTH] = length;
    return slot;
  }

  /** @returns slot of a packet that is still kept, RING_TOO_OLD when there is none */
  find(extSn: number): number {
    if (extSn < 0) return RING_TOO_OLD;
    const slot = extSn % this.#capacity;
    const at = slot * NUMBERS;
    if (this.#numbers[at] !== extSn) return RING_TOO_OLD;
    const page = this.#places[slot * PLACES]! >>> PAGE_SHIFT;
    return this.#memory.holds(page, this.#numbers[at + USE]!) ? slot : RING_TOO_OLD;
  }

  /** The bytes among which those of a packet are that was just claimed or found. */
  bytesOf(slot: number): Uint8Array {
    return this.#memory.bytesOf(this.#places[slot * PLACES]! >>> PAGE_SHIFT);
  }

  offsetOf(slot: number): number {
    return this.#places[slot * PLACES]! & OFFSET_MASK;
  }

  lengthOf(slot: number): number {
    return this.#places[slot * PLACES + LENGTH]!;
  }

  extTsOf(slot: number): number {
    return this.#numbers[slot * NUMBERS + TS]!;
  }

  arrivalMsOf(slot: number): number {
    return this.#numbers[slot * NUMBERS + ARRIVAL]!;
  }

  /** Grows by one step if a second's packets are more than it holds. Packets stay. */
  fit(packetsPerSecond: number): void {
    if (packetsPerSecond <= this.#capacity || this.#capacity >= this.#capacityMax) return;
    const capacity = Math.min(this.#capacity + this.#step, this.#capacityMax);
    const numbers = new Float64Array(capacity * NUMBERS).fill(EMPTY);
    const places = new Uint32Array(capacity * PLACES);
    for (let from = 0; from < this.#capacity; from++) {
      const extSn = this.#numbers[from * NUMBERS]!;
      // What is left of before a jump could share a slot with a newer packet.
      if (extSn === EMPTY || extSn <= this.#highest - this.#capacity) continue;
      const to = extSn % capacity;
      for (let i = 0; i < NUMBERS; i++) {
        numbers[to * NUMBERS + i] = this.#numbers[from * NUMBERS + i]!;
      }
      for (let i = 0; i < PLACES; i++) {
        places[to * PLACES + i] = this.#places[from * PLACES + i]!;
      }
    }
    this.#capacity = capacity;
    this.#numbers = numbers;
    this.#places = places;
  }

  /** Gives memory back that a stream had which sends less by now. */
  release(nowMs: number): void {
    this.#memory.release(nowMs);
  }

  /** Forgets all packets, for a stream that starts anew. */
  reset(): void {
    this.#numbers.fill(EMPTY);
    this.#highest = Number.NEGATIVE_INFINITY;
  }
}
