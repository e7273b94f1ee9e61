import type { Cancel, Scheduler } from "../base/scheduler.ts";

/** The machine's clock and timers. */
export const SYSTEM_SCHEDULER: Scheduler = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after(delayMs: number, run: () => void): Cancel {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  every(periodMs: number, run: () => void): Cancel {
    const timer = setInterval(run, periodMs);
    return () => clearInterval(timer);
  },
};
