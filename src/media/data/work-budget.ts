const MS_PER_SECOND = 1_000;
/**
 * What one client's messages may cost, in work units a second: one for each message and each of its
 * receivers, one more for each `UNIT_BYTES` that is read or that a receiver gets, and one for each
 * `UNIT_NAMES` receivers that it names. About one core's worth.
 */
const UNITS_PER_SECOND = 100_000;
const UNITS_MAX = UNITS_PER_SECOND;
const UNIT_BYTES = 4_096;
const UNIT_NAMES = 64;

/**
 * Units of a message.
 *
 * @param receivers to whom it was written
 * @param names receivers that it names, whether there are such or not: each is looked for
 */
export function workOf(receivers: number, bytes: number, names = 0): number {
  return (1 + receivers) * (1 + bytes / UNIT_BYTES) + names / UNIT_NAMES;
}

/**
 * A token bucket of work: a client whose messages cost more than that is read more slowly, and the
 * protocol slows it down in turn. Nothing reliable is lost by it.
 */
export class WorkBudget {
  #units = UNITS_MAX;
  #atMs = Number.NEGATIVE_INFINITY;

  spend(units: number): void {
    this.#units -= units;
  }

  /** When there is something to spend again, monotonic ms; not after `nowMs`: now. */
  readyMs(nowMs: number): number {
    const sinceMs = nowMs - this.#atMs;
    if (sinceMs > 0) {
      const earned = (sinceMs * UNITS_PER_SECOND) / MS_PER_SECOND;
      this.#units = Math.min(UNITS_MAX, this.#units + earned);
      this.#atMs = nowMs;
    }
    if (this.#units > 0) return nowMs;
    return nowMs + 1 + (-this.#units * MS_PER_SECOND) / UNITS_PER_SECOND;
  }
}
