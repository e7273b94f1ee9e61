const SLOTS_MIN = 128;

/**
 * Transmissions in the order in which they left, each a TSN and its number: what was delivered
 * later witnesses against what left earlier, retransmissions included (as RFC 8985 and RFC 9002
 * have it). Entries that are over stay until they come to the front; the owner skips them there.
 */
export class SentOrder {
  #tsns: Float64Array = new Float64Array(SLOTS_MIN);
  #numbers: Float64Array = new Float64Array(SLOTS_MIN);
  #head = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get headTsn(): number {
    return this.#tsns[this.#head]!;
  }

  get headNumber(): number {
    return this.#numbers[this.#head]!;
  }

  get isFull(): boolean {
    return this.#count === this.#tsns.length;
  }

  push(tsn: number, number: number): void {
    if (this.isFull) this.#grow();
    const slot = (this.#head + this.#count) & (this.#tsns.length - 1);
    this.#tsns[slot] = tsn;
    this.#numbers[slot] = number;
    this.#count += 1;
  }

  shift(): void {
    this.#head = (this.#head + 1) & (this.#tsns.length - 1);
    this.#count -= 1;
  }

  clear(): void {
    this.#head = 0;
    this.#count = 0;
  }

  #grow(): void {
    const slots = this.#tsns.length;
    const tsns = new Float64Array(slots * 2);
    const numbers = new Float64Array(slots * 2);
    for (let i = 0; i < this.#count; i++) {
      const from = (this.#head + i) & (slots - 1);
      tsns[i] = this.#tsns[from]!;
      numbers[i] = this.#numbers[from]!;
    }
    this.#tsns = tsns;
    this.#numbers = numbers;
    this.#head = 0;
  }
}
