import { assert } from "../base/assert.ts";

const SLOTS_MIN = 64;

/**
 * When each peer of a thread is to be looked at next. The engine asks for all of them, and the
 * peers themselves lie all over the heap: their times stand side by side here, so that a look at
 * thousands of which nothing is due reads a few cache lines.
 */
export class DueTable<T> {
  /** By slot, monotonic ms; Infinity where nobody is. */
  #dueMs: Float64Array = new Float64Array(SLOTS_MIN).fill(Number.POSITIVE_INFINITY);
  readonly #owners: (T | undefined)[] = [];
  readonly #free: number[] = [];
  #nextMs = Number.POSITIVE_INFINITY;
  /** The slot that was to be next has been put off. */
  #isStale = false;

  /** When the first slot is due, monotonic ms; Infinity: none ever. */
  get nextMs(): number {
    if (this.#isStale) this.#settle();
    return this.#nextMs;
  }

  /** @returns a slot, due at once */
  claim(owner: T): number {
    const slot = this.#free.pop() ?? this.#owners.length;
    if (slot === this.#dueMs.length) this.#grow();
    this.#owners[slot] = owner;
    this.set(slot, 0);
    return slot;
  }

  /** The slot may be given to another. */
  release(slot: number): void {
    assert(this.#owners[slot] !== undefined, "A slot is released once, by who claimed it");
    this.#owners[slot] = undefined;
    this.set(slot, Number.POSITIVE_INFINITY);
    this.#free.push(slot);
  }

  set(slot: number, dueMs: number): void {
    const formerMs = this.#dueMs[slot]!;
    this.#dueMs[slot] = dueMs;
    if (dueMs < this.#nextMs) this.#nextMs = dueMs;
    else if (formerMs === this.#nextMs && dueMs > formerMs) this.#isStale = true;
  }

  /** As `set`, unless the slot is due earlier already. */
  hasten(slot: number, dueMs: number): void {
    if (dueMs < this.#dueMs[slot]!) this.set(slot, dueMs);
  }

  /** @returns the first slot from `from` on that is due; -1 when there is none */
  findDue(nowMs: number, from: number): number {
    const size = this.#owners.length;
    for (let slot = from; slot < size; slot++) if (this.#dueMs[slot]! <= nowMs) return slot;
    return -1;
  }

  /** Of a slot that is claimed. */
  ownerOf(slot: number): T {
    const owner = this.#owners[slot];
    assert(owner !== undefined, "Only claimed slots are ever due");
    return owner;
  }

  #settle(): void {
    this.#isStale = false;
    let nextMs = Number.POSITIVE_INFINITY;
    const size = this.#owners.length;
    for (let slot = 0; slot < size; slot++) {
      const dueMs = this.#dueMs[slot]!;
      if (dueMs < nextMs) nextMs = dueMs;
    }
    this.#nextMs = nextMs;
  }

  #grow(): void {
    const grown = new Float64Array(this.#dueMs.length * 2).fill(Number.POSITIVE_INFINITY);
    grown.set(this.#dueMs);
    this.#dueMs = grown;
  }
}
