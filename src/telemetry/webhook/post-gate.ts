/**
 * Lets so many requests to one receiver run at a time; the others wait in their order. A receiver
 * that is slow takes no more than its share of sockets from the others.
 */
export class PostGate {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param places requests at a time, 1 or more */
  constructor(places: number) {
    this.#free = places;
  }

  async pass<T>(run: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await promise;
    }
    try {
      return await run();
    } finally {
      // the place goes to the next one as it is
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
