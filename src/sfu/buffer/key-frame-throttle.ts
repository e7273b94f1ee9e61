/** Nobody asked, but a stream without any key frame is of no use: ask every second for a while. */
const SEED_INTERVAL_MS = 1_000;
const SEED_MS = 30_000;

/**
 * Spaces the key frame requests of one stream (spec-media 2.10). A request that comes too early
 * waits for its time, and falls away when a key frame comes meanwhile. After a start it asks by
 * itself until there was a first key frame.
 */
export class KeyFrameThrottle {
  readonly #intervalMs: number;
  #sentMs = Number.NEGATIVE_INFINITY;
  #dueMs = Number.POSITIVE_INFINITY;
  #seedDueMs = Number.POSITIVE_INFINITY;
  #seedEndMs = Number.NEGATIVE_INFINITY;

  /** @param intervalMs least time between two requests to the publisher */
  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  /** When `take` next has something to do; Infinity when nobody waits. */
  get dueMs(): number {
    return Math.min(this.#dueMs, this.#seedDueMs);
  }

  /** The stream began: seeds, until a key frame comes or 30 s are over. */
  handleStart(nowMs: number): void {
    this.#seedDueMs = nowMs + SEED_INTERVAL_MS;
    this.#seedEndMs = nowMs + SEED_MS;
  }

  handleKeyFrame(): void {
    this.#dueMs = Number.POSITIVE_INFINITY;
    this.#seedDueMs = Number.POSITIVE_INFINITY;
  }

  request(nowMs: number): void {
    const dueMs = Math.max(nowMs, this.#sentMs + this.#intervalMs);
    if (dueMs < this.#dueMs) this.#dueMs = dueMs;
  }

  /** @returns true when a request is to be sent now; it counts as sent */
  take(nowMs: number): boolean {
    if (nowMs >= this.#seedDueMs) {
      const next = nowMs + SEED_INTERVAL_MS;
      this.#seedDueMs = next <= this.#seedEndMs ? next : Number.POSITIVE_INFINITY;
      this.request(nowMs);
    }
    if (nowMs < this.#dueMs) return false;
    this.#dueMs = Number.POSITIVE_INFINITY;
    this.#sentMs = nowMs;
    return true;
  }

  /** Nothing is asked of a publisher that is muted. */
  cancel(): void {
    this.#dueMs = Number.POSITIVE_INFINITY;
    this.#seedDueMs = Number.POSITIVE_INFINITY;
  }
}
