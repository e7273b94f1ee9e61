import type { Cancel, Scheduler } from "../base/scheduler.ts";

/** Periodic work that began within the same beat runs together. */
const BEAT_MS = 250;
/** Shorter periods keep their own timer: a beat would be too much of them. */
const SHARED_PERIOD_MS_MIN = 1_000;

/**
 * Work of one period and nearly one phase behind one timer. Every participant has some, and waking
 * a sleeping process costs many times what most of it does.
 */
class SharedInterval {
  readonly #runs = new Set<() => void>();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(periodMs: number) {
    this.#timer = setInterval(() => {
      for (const run of this.#runs) {
        try {
          run();
        } catch (error) {
          // where it would have surfaced with a timer of its own
          setTimeout(() => {
            throw error;
          });
        }
      }
    }, periodMs);
  }

  add(run: () => void): void {
    this.#runs.add(run);
  }

  /** @returns whether nothing is left to run */
  remove(run: () => void): boolean {
    this.#runs.delete(run);
    if (this.#runs.size > 0) return false;
    clearInterval(this.#timer);
    return true;
  }
}

const shared = new Map<string, SharedInterval>();

function everyShared(periodMs: number, run: () => void): Cancel {
  const beat = Math.floor(performance.now() / BEAT_MS) % Math.ceil(periodMs / BEAT_MS);
  const key = `${periodMs} ${beat}`;
  const interval = shared.get(key) ?? new SharedInterval(periodMs);
  shared.set(key, interval);
  const own = (): void => run();
  interval.add(own);
  return () => {
    if (interval.remove(own) && shared.get(key) === interval) shared.delete(key);
  };
}

/** The machine's clock and timers. Periods of a second and more may begin a quarter second early. */
export const SYSTEM_SCHEDULER: Scheduler = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after(delayMs: number, run: () => void): Cancel {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  every(periodMs: number, run: () => void): Cancel {
    if (periodMs >= SHARED_PERIOD_MS_MIN) return everyShared(periodMs, run);
    const timer = setInterval(run, periodMs);
    return () => clearInterval(timer);
  },
};
