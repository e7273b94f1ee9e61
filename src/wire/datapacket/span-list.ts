/** Stretches of one buffer, in order. A scratch object: cleared and filled again without allocation. */
export class SpanList {
  #count = 0;
  #bytes = 0;
  readonly #bounds: number[] = [];

  get count(): number {
    return this.#count;
  }

  /** Of all stretches together. */
  get byteLength(): number {
    return this.#bytes;
  }

  clear(): void {
    this.#count = 0;
    this.#bytes = 0;
  }

  start(index: number): number {
    return this.#bounds[2 * index]!;
  }

  end(index: number): number {
    return this.#bounds[2 * index + 1]!;
  }

  add(start: number, end: number): void {
    this.#bounds[2 * this.#count] = start;
    this.#bounds[2 * this.#count + 1] = end;
    this.#count += 1;
    this.#bytes += end - start;
  }

  /** As `add`; what adjoins the last stretch makes it longer. */
  extend(start: number, end: number): void {
    const last = 2 * this.#count - 1;
    if (this.#count === 0 || this.#bounds[last] !== start) {
      this.add(start, end);
      return;
    }
    this.#bounds[last] = end;
    this.#bytes += end - start;
  }
}
