const MS_PER_SECOND = 1_000;
/**
 * What one client's messages may cost, in work units a second: one for each message, one for each of
 * its receivers, and one more for each `UNIT_BYTES` that a receiver gets. About one core's worth.
 */
const UNITS_PER_SECOND = 100_000;
const UNITS_MAX = UNITS_PER_SECOND;
const UNIT_BYTES = 4_096;

/** Units of a message to so many receivers. */
export function workOf(receivers: number, bytes: number): number {
  return 1 + receivers * (1 + bytes / UNIT_BYTES);
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
