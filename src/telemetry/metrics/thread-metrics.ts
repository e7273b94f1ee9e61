import type { CounterFamily, GaugeFamily, MetricRegistry } from "./metric-registry.ts";

/** Media threads by what became of their workers. */
export type ThreadCounts = {
  readonly live: number;
  /** Lost, and being replaced. */
  readonly starting: number;
  /** Lost for good. */
  readonly dead: number;
  /** Workers that were replaced since the start. */
  readonly restarts: number;
};

/** Metrics of media threads: names of our own, since the reference has no such threads. */
export class ThreadMetrics {
  readonly #states: GaugeFamily<"state">;
  readonly #restarts: CounterFamily<never>;

  constructor(registry: MetricRegistry) {
    this.#states = registry.gauge("parley_media_threads", "Media threads by state", ["state"]);
    this.#restarts = registry.counter(
      "parley_media_thread_restarts_total",
      "Media workers that were lost and replaced",
      [],
    );
  }

  /** Before a scrape. */
  setCounts(counts: ThreadCounts): void {
    for (const state of ["live", "starting", "dead"] as const) {
      this.#states.set({ state }, counts[state]);
    }
    this.#restarts.replace([[{}, counts.restarts]]);
  }
}
