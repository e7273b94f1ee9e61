/** Follows a counter of `bits` bits over its wraps: the nearest value to the last one. */
export class Unwrapper {
  readonly #circle: number;
  #last = -1;

  constructor(bits: number) {
    this.#circle = 2 ** bits;
  }

  unwrap(value: number): number {
    const circle = this.#circle;
    if (this.#last < 0) {
      // room for values from before the first
      this.#last = value + circle * 4;
      return this.#last;
    }
    let delta = (value - (this.#last % circle) + circle) % circle;
    if (delta >= circle / 2) delta -= circle;
    const unwrapped = this.#last + delta;
    if (delta > 0) this.#last = unwrapped;
    return unwrapped;
  }
}
