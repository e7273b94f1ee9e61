/** What came within this time stays, as long as the memory may grow; ms. */
const KEEP_MS = 1_000;
/** Parts of the memory whose age is known. */
const PARTS = 8;

/**
 * Bytes of a stream's newest packets, written round and round in one array, each packet in one piece.
 * It begins small and doubles when something new is about to be written over: streams of few bits a
 * second need a fraction of what their number of packets could take, and memory that is used again
 * soon stays in the processor's cache.
 *
 * A place is known by its position, counted in bytes since the beginning.
 */
export class PacketMemory {
  /** Changes when the memory grows, and offsets with it. */
  bytes: Uint8Array;
  readonly #byteCountMax: number;
  /** Position of offset 0, and of the next packet. */
  #roundPosition = 0;
  #nextPosition = 0;
  /** What was written over before the memory grew lies before this position. */
  #floor = 0;
  /** When the last byte of each part was written, ms. */
  readonly #writtenMs: Float64Array = new Float64Array(PARTS).fill(Number.NEGATIVE_INFINITY);
  /** The part that is being written. */
  #part = 0;

  /** @param byteCount at the beginning; both are at least a packet's */
  constructor(byteCount: number, byteCountMax: number) {
    this.bytes = new Uint8Array(Math.min(byteCount, byteCountMax));
    this.#byteCountMax = byteCountMax;
  }

  /** Makes room at the cost of the oldest packets. @returns position of the place */
  reserve(nowMs: number, byteCount: number): number {
    if (this.#wouldOverwriteNews(nowMs, byteCount)) this.#grow(nowMs);
    const size = this.bytes.length;
    if (this.#nextPosition - this.#roundPosition + byteCount > size) {
      this.#roundPosition += size;
      this.#nextPosition = this.#roundPosition;
    }
    const position = this.#nextPosition;
    this.#nextPosition = position + byteCount;
    const first = this.#partOf(position - this.#roundPosition);
    this.#part = this.#partOf(position - this.#roundPosition + byteCount - 1);
    for (let part = first; part <= this.#part; part++) this.#writtenMs[part] = nowMs;
    return position;
  }

  /** Of a position that is held. */
  offsetOf(position: number): number {
    const offset = position - this.#roundPosition;
    return offset >= 0 ? offset : offset + this.bytes.length;
  }

  /** Nothing has been written over the packet that begins there. */
  holds(position: number): boolean {
    return position >= this.#floor && position >= this.#nextPosition - this.bytes.length;
  }

  #partOf(offset: number): number {
    return Math.floor((offset * PARTS) / this.bytes.length);
  }

  /** A part that the bytes would reach was written just now. */
  #wouldOverwriteNews(nowMs: number, byteCount: number): boolean {
    const offset = this.#nextPosition - this.#roundPosition;
    const isNewRound = offset + byteCount > this.bytes.length;
    const last = isNewRound
      ? PARTS + this.#partOf(byteCount - 1)
      : this.#partOf(offset + byteCount - 1);
    for (let part = this.#part + 1; part <= last; part++) {
      if (nowMs - this.#writtenMs[part % PARTS]! < KEEP_MS) return true;
    }
    return false;
  }

  /** To twice its size, if it may. The oldest packet comes to the beginning. */
  #grow(nowMs: number): void {
    const size = this.bytes.length;
    const bytes = new Uint8Array(Math.min(size * 2, this.#byteCountMax));
    if (bytes.length === size) return;
    const offset = this.#nextPosition - this.#roundPosition;
    bytes.set(this.bytes.subarray(offset));
    bytes.set(this.bytes.subarray(0, offset), size - offset);
    this.bytes = bytes;
    this.#roundPosition = this.#nextPosition - size;
    this.#floor = this.#roundPosition;
    this.#part = Math.floor(((size - 1) * PARTS) / bytes.length);
    for (let part = 0; part < PARTS; part++) {
      this.#writtenMs[part] = part <= this.#part ? nowMs : Number.NEGATIVE_INFINITY;
    }
  }
}
