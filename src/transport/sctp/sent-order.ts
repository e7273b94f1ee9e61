/** A power of two. */
const SLOTS_MIN = 16;

/**
 * Transmissions in the order in which they left, each a TSN and its number: what was delivered
 * later witnesses against what left earlier, retransmissions included (as RFC 8985 and RFC 9002
 * have it). Entries that are over stay until they come to the front; the owner skips them there.
 */
export class SentOrder {
  /** TSN and number of each, one behind the other. */
  #entries: Float64Array = new Float64Array(2 * SLOTS_MIN);
  #head = 0;
  #count = 0;
  #mask: number = SLOTS_MIN - 1;

  get count(): number {
    return this.#count;
  }

  get headTsn(): number {
    return this.#entries[2 * this.#head]!;
  }

  get headNumber(): number {
    return this.#entries[2 * this.#head + 1]!;
  }

  get isFull(): boolean {
    return this.#count > this.#mask;
  }

  push(tsn: number, number: number): void {
    if (this.isFull) this.#grow();
    const at = 2 * ((this.#head + this.#count) & this.#mask);
    this.#entries[at] = tsn;
    this.#entries[at + 1] = number;
    this.#count += 1;
  }

  shift(): void {
    this.#head = (this.#head + 1) & this.#mask;
    this.#count -= 1;
  }

  clear(): void {
    this.#head = 0;
    this.#count = 0;
  }

  #grow(): void {
    const entries = new Float64Array(2 * this.#entries.length);
    for (let i = 0; i < this.#count; i++) {
      const from = 2 * ((this.#head + i) & this.#mask);
      entries[2 * i] = this.#entries[from]!;
      entries[2 * i + 1] = this.#entries[from + 1]!;
    }
    this.#entries = entries;
    this.#mask = 2 * this.#mask + 1;
    this.#head = 0;
  }
}
