/** Reliable messages of one sender, numbered by it: taken once, in growing order. */
export class ReliableSequences {
  #highest = 0;

  /** What a resumed client is told, so that it sends the rest again; 0 when there was none. */
  get highest(): number {
    return this.#highest;
  }

  /** @param sequence 0 is unnumbered, and always taken */
  accept(sequence: number): boolean {
    if (sequence === 0) return true;
    if (sequence <= this.#highest) return false;
    this.#highest = sequence;
    return true;
  }
}
