import { DROP_REASON_NAMES, DropReason } from "../base/drop-reason.ts";
import type { Log } from "../base/log.ts";
import type { Cancel, Scheduler } from "../base/scheduler.ts";
import type { MediaCounters } from "../bridge/events.ts";

const REPORT_MS = 60_000;

/** Sums by DropReason over all media threads. */
function sumsOf(threads: readonly MediaCounters[]): number[] {
  return DROP_REASON_NAMES.map((_, reason) =>
    threads.reduce((sum, { dropped }) => sum + (dropped[reason] ?? 0), 0),
  );
}

/**
 * Says once a minute, and at the stop, how many packets the media threads dropped since it said so
 * last, by reason. Nothing when there were none.
 */
export class DropLog {
  readonly #counters: () => readonly MediaCounters[];
  readonly #log: Log;
  readonly #timer: Cancel;
  #told: readonly number[] = sumsOf([]);

  /** @param counters of each thread, sums since its start */
  constructor(counters: () => readonly MediaCounters[], scheduler: Scheduler, log: Log) {
    this.#counters = counters;
    this.#log = log;
    this.#timer = scheduler.every(REPORT_MS, () => this.#report());
  }

  #report(): void {
    const sums = sumsOf(this.#counters());
    const counts = sums.map((sum, reason) => sum - this.#told[reason]!);
    this.#told = sums;
    const dropped = counts.flatMap((count, reason) =>
      count > 0 && reason !== DropReason.None ? [[DROP_REASON_NAMES[reason]!, count]] : [],
    );
    if (dropped.length > 0) this.#log.info("Packets dropped", Object.fromEntries(dropped));
  }

  close(): void {
    this.#timer();
    this.#report();
  }
}
