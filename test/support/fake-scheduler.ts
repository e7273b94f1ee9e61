import type { Cancel, Scheduler } from "../../src/base/scheduler.ts";

/** 2024-01-01T00:00:00Z: a wall clock that every run starts from. */
const WALL_START_MS = 1_704_067_200_000;

type Timer = { dueMs: number; readonly periodMs: number | undefined; readonly run: () => void };

/** Time that moves only when a test says so. Timers run in order of their due time, then of age. */
export class FakeScheduler implements Scheduler {
  readonly #timers = new Set<Timer>();
  #nowMs = 1_000;

  nowMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return WALL_START_MS + this.#nowMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.#add({ dueMs: this.#nowMs + Math.max(0, delayMs), periodMs: undefined, run });
  }

  every(periodMs: number, run: () => void): Cancel {
    return this.#add({ dueMs: this.#nowMs + periodMs, periodMs, run });
  }

  #add(timer: Timer): Cancel {
    if (!Number.isFinite(timer.dueMs)) throw new Error(`Cannot set a timer for ${timer.dueMs}`);
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Timers that wait: what a closed room or participant must not leave behind. */
  get pendingCount(): number {
    return this.#timers.size;
  }

  /** Moves the clock on and runs what falls due on the way, each at its own time. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (let next = this.#next(untilMs); next !== undefined; next = this.#next(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      if (next.periodMs === undefined) this.#timers.delete(next);
      else next.dueMs += next.periodMs;
      next.run();
    }
    this.#nowMs = untilMs;
  }

  /** The machine stands still for so long: what fell due meanwhile runs once, after it. */
  stall(ms: number): void {
    this.#nowMs += ms;
    const due = [...this.#timers].filter(({ dueMs }) => dueMs <= this.#nowMs);
    for (const timer of due) {
      if (timer.periodMs === undefined) {
        if (!this.#timers.delete(timer)) continue; // another one took it back
      } else timer.dueMs = this.#nowMs + timer.periodMs;
      timer.run();
    }
  }

  #next(untilMs: number): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueMs <= untilMs && (earliest === undefined || timer.dueMs < earliest.dueMs)) {
        earliest = timer;
      }
    }
    return earliest;
  }
}
