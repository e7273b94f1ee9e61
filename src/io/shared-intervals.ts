import type { Cancel, Scheduler } from "../base/scheduler.ts";

const BEAT_MS = 250;
/** Rounds of long periods also meet those of other periods, where these are whole beats. */
const LONG_BEAT_MS = 500;
const LONG_PERIOD_MS = 3_000;

/** How much earlier than its period work may run for the first time, to run with others, ms. */
export function beatOf(periodMs: number): number {
  return periodMs < LONG_PERIOD_MS ? BEAT_MS : LONG_BEAT_MS;
}

type Clock = Pick<Scheduler, "nowMs" | "after">;

/**
 * Work of one period that began within the same beat of it. Time is cut into cycles of one period,
 * counted from the clock's zero; each cycle's round is due where the beat starts in it.
 */
class SharedInterval {
  /** With the first cycle that each runs in. */
  readonly #runs = new Map<() => void, number>();
  readonly #clock: Clock;
  readonly #periodMs: number;
  readonly #phaseMs: number;
  /** Whose round comes next. */
  #cycle: number;
  #cancel: Cancel;

  constructor(clock: Clock, periodMs: number, phaseMs: number, cycle: number) {
    this.#clock = clock;
    this.#periodMs = periodMs;
    this.#phaseMs = phaseMs;
    this.#cycle = cycle;
    this.#cancel = this.#wait();
  }

  #wait(): Cancel {
    const dueMs = this.#cycle * this.#periodMs + this.#phaseMs;
    return this.#clock.after(Math.ceil(dueMs - this.#clock.nowMs()), () => this.#runRound());
  }

  #runRound(): void {
    // rounds that a busy process has missed are one
    const reached = Math.floor((this.#clock.nowMs() - this.#phaseMs) / this.#periodMs);
    const cycle = Math.max(this.#cycle, reached);
    this.#cycle = cycle + 1;
    this.#cancel = this.#wait();
    // a copy: work may take itself back and begin anew, and would be met again for ever
    for (const [run, firstCycle] of [...this.#runs]) {
      // a late round may find work that has only just begun
      if (firstCycle <= cycle && this.#runs.has(run)) run();
    }
  }

  add(run: () => void, firstCycle: number): void {
    this.#runs.set(run, firstCycle);
  }

  /** @returns whether nothing is left to run */
  remove(run: () => void): boolean {
    this.#runs.delete(run);
    if (this.#runs.size > 0) return false;
    this.#cancel();
    return true;
  }
}

/**
 * Periodic work behind few timers: every participant has some, and waking a sleeping process costs
 * many times what most of it does. The first run comes up to a beat before the period is over,
 * and no earlier; the others follow by the period.
 */
export class SharedIntervals {
  readonly #clock: Clock;
  /** By period and beat. */
  readonly #intervals = new Map<string, SharedInterval>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param run must not throw: the rest of its round would be lost */
  every(periodMs: number, run: () => void): Cancel {
    const nowMs = this.#clock.nowMs();
    const beatMs = beatOf(periodMs);
    const beat = Math.floor((nowMs % periodMs) / beatMs);
    const nextCycle = Math.floor(nowMs / periodMs) + 1;
    const key = `${periodMs} ${beat}`;
    const interval =
      this.#intervals.get(key) ??
      new SharedInterval(this.#clock, periodMs, beat * beatMs, nextCycle);
    this.#intervals.set(key, interval);
    const own = (): void => run();
    interval.add(own, nextCycle);
    return () => {
      if (interval.remove(own) && this.#intervals.get(key) === interval) {
        this.#intervals.delete(key);
      }
    };
  }
}
