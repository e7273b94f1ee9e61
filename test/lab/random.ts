/** Random numbers that a seed decides: the same on every machine (sfc32 by C. Doty-Humphrey). */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = 0x9e37_79b9 | 0;
    this.#c = (seed ^ 0x85eb_ca6b) | 0;
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** Uniform over 0..2^32-1. */
  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** Uniform over 0..1, without 1. */
  unit(): number {
    return this.uint32() / 2 ** 32;
  }

  /** Uniform over `min`..`max`, without `max`. */
  between(min: number, max: number): number {
    return min + this.unit() * (max - min);
  }

  chance(probability: number): boolean {
    return probability > 0 && this.unit() < probability;
  }

  /** Another sequence, for a part that is to be independent of how often others ask. */
  fork(): Random {
    return new Random(this.uint32());
  }
}
