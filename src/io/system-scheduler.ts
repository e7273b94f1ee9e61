import type { FailureLog } from "../base/failure-log.ts";
import type { Cancel, Scheduler } from "../base/scheduler.ts";
import { SharedIntervals } from "./shared-intervals.ts";

/** Shorter periods keep their own timer: a beat would be too much of them. */
const SHARED_PERIOD_MS_MIN = 1_000;
/** The runtime runs at once what is to wait longer. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/**
 * The machine's clock and timers. What throws in one of them is noted and costs nobody else
 * anything. The first run of a period of a second or more may come a quarter second early, of three
 * seconds or more half a second, so that many share a timer.
 */
export class SystemScheduler implements Scheduler {
  readonly #failures: FailureLog;
  readonly #shared: SharedIntervals = new SharedIntervals(this);

  constructor(failures: FailureLog) {
    this.#failures = failures;
  }

  nowMs(): number {
    return performance.now();
  }

  wallMs(): number {
    return Date.now();
  }

  after(delayMs: number, run: () => void): Cancel {
    if (delayMs > TIMER_MS_MAX) {
      const restMs = delayMs - TIMER_MS_MAX;
      let cancel = this.after(TIMER_MS_MAX, () => {
        cancel = this.after(restMs, run);
      });
      return () => cancel();
    }
    const timer = setTimeout(this.#guarded(run), delayMs);
    return () => clearTimeout(timer);
  }

  every(periodMs: number, run: () => void): Cancel {
    const guarded = this.#guarded(run);
    if (periodMs >= SHARED_PERIOD_MS_MIN) return this.#shared.every(periodMs, guarded);
    const timer = setInterval(guarded, periodMs);
    return () => clearInterval(timer);
  }

  #guarded(run: () => void): () => void {
    return () => {
      try {
        run();
      } catch (error) {
        this.#failures.note(error);
      }
    };
  }
}
