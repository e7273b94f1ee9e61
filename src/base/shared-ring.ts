/** In 32-bit words, each on a cache line of its own: one thread writes it, the other reads it. */
const WORDS_PER_LINE = 16;
const TAIL = 0;
const HEAD = WORDS_PER_LINE;
const SLEEPING = 2 * WORDS_PER_LINE;
const CONTROL_BYTES = 3 * WORDS_PER_LINE * 4;
/** Length and kind, before each record. */
const HEADER_BYTES = 8;
const ALIGNMENT = 8;
/** In the place of a length: nothing more up to the end of the memory. */
const WRAP = -1;
const BYTES_MIN = 64;
const BYTES_MAX = 2 ** 30;

/** Result of `claim` when there is no room. */
export const RING_FULL = -1;

/**
 * Memory of one ring: records from one thread to another. Both sides are given the same.
 *
 * @param bytes for records; a power of two, 64 to 2^30
 */
export function createRingMemory(bytes: number): SharedArrayBuffer {
  if (bytes < BYTES_MIN || bytes > BYTES_MAX || (bytes & (bytes - 1)) !== 0) {
    throw new RangeError(`Cannot make a ring of ${bytes} bytes: it takes a power of two`);
  }
  return new SharedArrayBuffer(CONTROL_BYTES + bytes);
}

/**
 * What both sides know of a ring. Positions are byte counts modulo 2^32, which the capacity divides;
 * what lies between head and tail is unread. A record never wraps: where it does not fit before the
 * end, a mark says so and it begins at the start.
 */
class RingSide {
  /** All records lie in here; the other two are the same memory. */
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  protected readonly control: Int32Array;
  protected readonly mask: number;

  constructor(memory: SharedArrayBuffer) {
    this.control = new Int32Array(memory, 0, CONTROL_BYTES / 4);
    this.bytes = new Uint8Array(memory, CONTROL_BYTES);
    this.words = new Int32Array(memory, CONTROL_BYTES);
    this.doubles = new Float64Array(memory, CONTROL_BYTES);
    this.mask = this.bytes.length - 1;
  }
}

/** The writing side; one thread has it. */
export class RingWriter extends RingSide {
  #tail: number;
  /** As it was when it was looked at last: the true one may be further on. */
  #head: number;
  #claimed = 0;
  #isNew = false;

  constructor(memory: SharedArrayBuffer) {
    super(memory);
    this.#tail = Atomics.load(this.control, TAIL);
    this.#head = Atomics.load(this.control, HEAD);
  }

  /** The longest record that is certain to find room in an empty ring, bytes. */
  get recordBytesMax(): number {
    return this.bytes.length / 2 - HEADER_BYTES;
  }

  /** Unread, with headers. Exact only when the reader stands still. */
  get usedBytes(): number {
    return (this.#tail - Atomics.load(this.control, HEAD)) >>> 0;
  }

  /** How far the reader is, modulo 2^32: another number than before when it has taken something. */
  get readerPosition(): number {
    return Atomics.load(this.control, HEAD);
  }

  /**
   * Makes room for one record, which the caller writes and `commit` hands over.
   *
   * @returns where it begins in `bytes`, a multiple of 8; RING_FULL: nothing has changed
   */
  claim(length: number, kind: number): number {
    const size = this.bytes.length;
    const total = (HEADER_BYTES + length + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    let at = this.#tail & this.mask;
    const skipped = total > size - at ? size - at : 0;
    const needed = skipped + total;
    if (needed > size - ((this.#tail - this.#head) >>> 0)) {
      this.#head = Atomics.load(this.control, HEAD);
      if (needed > size - ((this.#tail - this.#head) >>> 0)) return RING_FULL;
    }
    if (skipped > 0) {
      this.words[at >> 2] = WRAP;
      at = 0;
    }
    this.words[at >> 2] = length;
    this.words[(at >> 2) + 1] = kind;
    this.#claimed = needed;
    return at + HEADER_BYTES;
  }

  /** The record claimed last is written: the reader may have it. */
  commit(): void {
    this.#tail = (this.#tail + this.#claimed) | 0;
    // what was written before this store is seen by who loads it
    Atomics.store(this.control, TAIL, this.#tail);
    this.#isNew = true;
  }

  /**
   * Whether the reader has to be woken for what was handed over since the last call. True at most once
   * for each time that it went to sleep.
   *
   * No wake is lost: the reader says that it sleeps and then looks at the tail, here the tail is
   * stored and then the word is looked at. Atomics have one order for all threads, so one of the two
   * sees what the other has stored.
   */
  takeSleeper(): boolean {
    if (!this.#isNew) return false;
    this.#isNew = false;
    return Atomics.exchange(this.control, SLEEPING, 0) === 1;
  }
}

/** The reading side; one thread has it. */
export class RingReader extends RingSide {
  /** Of the record that `next` found: where it begins in `bytes`. */
  offset = 0;
  length = 0;
  kind = 0;
  #head: number;
  /** As it was when it was looked at last. */
  #tail: number;

  constructor(memory: SharedArrayBuffer) {
    super(memory);
    this.#head = Atomics.load(this.control, HEAD);
    this.#tail = this.#head;
    // until the first turn of this side
    Atomics.store(this.control, SLEEPING, 1);
  }

  /** Whether `next` would find something. */
  get hasNext(): boolean {
    if (this.#head === this.#tail) this.#tail = Atomics.load(this.control, TAIL);
    return this.#head !== this.#tail;
  }

  /** Finds the next record, which holds until `release`. */
  next(): boolean {
    if (!this.hasNext) return false;
    let at = this.#head & this.mask;
    if (this.words[at >> 2] === WRAP) {
      this.#head = (this.#head + this.bytes.length - at) | 0;
      at = 0;
    }
    this.length = this.words[at >> 2]!;
    this.kind = this.words[(at >> 2) + 1]!;
    this.offset = at + HEADER_BYTES;
    return true;
  }

  /** Gives the room of the record found last back. */
  release(): void {
    const total = (HEADER_BYTES + this.length + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    this.#head = (this.#head + total) | 0;
    Atomics.store(this.control, HEAD, this.#head);
  }

  /**
   * Says that this side is about to sleep, and is to be woken for what comes from now on.
   *
   * @returns false when something has come already: then there is no sleep, and no wake either
   */
  sleep(): boolean {
    Atomics.store(this.control, SLEEPING, 1);
    if (!this.hasNext) return true;
    Atomics.store(this.control, SLEEPING, 0);
    return false;
  }
}
