/** Lost workers that are replaced within the window. */
export const RESTARTS_MAX = 5;
const WINDOW_MS = 10 * 60_000;

/**
 * How often lost media workers are replaced: what breaks one may come back to the next with the
 * participants that reconnect, so that somewhere it must end.
 */
export class RestartBudget {
  readonly max: number = RESTARTS_MAX;
  /** When restarts were granted, oldest first; at most `RESTARTS_MAX`. */
  readonly #takenMs: number[] = [];
  #count = 0;

  /** All that were granted. */
  get count(): number {
    return this.#count;
  }

  /** @returns whether one more worker may be started now */
  take(nowMs: number): boolean {
    while (this.#takenMs.length > 0 && nowMs - this.#takenMs[0]! >= WINDOW_MS) {
      this.#takenMs.shift();
    }
    if (this.#takenMs.length >= RESTARTS_MAX) return false;
    this.#takenMs.push(nowMs);
    this.#count += 1;
    return true;
  }
}
