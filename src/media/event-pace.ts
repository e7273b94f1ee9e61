/** What happens now and then is told at once. */
const BURST = 16;
const INTERVAL_MS = 200;

/**
 * How often the control thread is told of something of which only the newest state counts. Clients
 * decide how often it changes, and each event may become a message to everybody in the room: so many
 * go out at once, from then on five a second. Nothing is lost, the last state is always told.
 */
export class EventPace {
  #fullMs = Number.NEGATIVE_INFINITY;

  /** From when on the next one may be told, monotonic ms, maybe past. */
  get dueMs(): number {
    return this.#fullMs - BURST * INTERVAL_MS;
  }

  /** @returns whether it may be told now; then it counts as told */
  take(nowMs: number): boolean {
    if (nowMs < this.dueMs) return false;
    this.#fullMs = Math.max(this.#fullMs, nowMs) + INTERVAL_MS;
    return true;
  }
}
