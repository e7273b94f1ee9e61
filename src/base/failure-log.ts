import type { Log } from "./log.ts";

/** So many are logged one by one, each with its error. */
const SHOWN_MAX = 10;

/**
 * Bugs that were caught where nobody can be blamed for them. The first ones are logged; of later
 * ones every power of two, so that one which repeats for ever does not fill a disk.
 */
export class FailureLog {
  readonly #log: Log;
  readonly #message: string;
  #count = 0;

  constructor(log: Log, message: string) {
    this.#log = log;
    this.#message = message;
  }

  note(error: unknown): void {
    this.#count += 1;
    if (this.#count > SHOWN_MAX && !Number.isInteger(Math.log2(this.#count))) return;
    this.#log.error(this.#message, { failures: this.#count, error });
  }
}
