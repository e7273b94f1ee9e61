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

/** Load of all media threads together. */
export type ThreadLoad = {
  readonly cpuMs: number;
  /** How late the worst of them came to what was due, lately. */
  readonly worstLagMs: number;
  /** Threads that are overloaded now. */
  readonly overloaded: number;
  readonly overloads: number;
  readonly shedSteps: number;
  /** Subscribers' videos that are held at a lower layer, or paused, for it, now. */
  readonly loweredTracks: number;
  readonly pausedTracks: number;
  /** Packets that were put aside, by reason. */
  readonly dropped: ReadonlyMap<string, number>;
  /** Datagrams that came and found a socket's receive buffer full. */
  readonly receiveDrops: number;
  /** Datagrams that did not leave, by reason. */
  readonly unsent: ReadonlyMap<string, number>;
};

const MS_PER_SECOND = 1_000;

/** Metrics of media threads: names of our own, since the reference has no such threads. */
export class ThreadMetrics {
  readonly #states: GaugeFamily<"state">;
  readonly #restarts: CounterFamily<never>;
  readonly #cpu: CounterFamily<never>;
  readonly #lag: GaugeFamily<never>;
  readonly #overloaded: GaugeFamily<never>;
  readonly #overloads: CounterFamily<never>;
  readonly #shedSteps: CounterFamily<never>;
  readonly #reduced: GaugeFamily<"kind">;
  readonly #dropped: CounterFamily<"reason">;
  readonly #unsent: CounterFamily<"reason">;

  constructor(registry: MetricRegistry) {
    this.#states = registry.gauge("parley_media_threads", "Media threads by state", ["state"]);
    this.#restarts = registry.counter(
      "parley_media_thread_restarts_total",
      "Media workers that were lost and replaced",
      [],
    );
    this.#cpu = registry.counter(
      "parley_media_thread_cpu_seconds_total",
      "Processor time of all media threads",
      [],
    );
    this.#lag = registry.gauge(
      "parley_media_thread_lag_ms",
      "How long things waited for the worst media thread, in the last seconds",
      [],
    );
    this.#overloaded = registry.gauge(
      "parley_media_overloaded_threads",
      "Media threads that have video reduced because they are overloaded",
      [],
    );
    this.#overloads = registry.counter(
      "parley_media_overloads_total",
      "How often a media thread was overloaded",
      [],
    );
    this.#shedSteps = registry.counter(
      "parley_media_shed_steps_total",
      "Steps that video was reduced by on overloaded media threads",
      [],
    );
    this.#reduced = registry.gauge(
      "parley_media_reduced_tracks",
      "Subscribers' videos that are lowered or paused because of overload",
      ["kind"],
    );
    this.#dropped = registry.counter(
      "parley_media_dropped_packets_total",
      "Packets from the network that were put aside",
      ["reason"],
    );
    this.#unsent = registry.counter(
      "parley_media_unsent_packets_total",
      "Packets that the system did not take, or that were held back from silent addresses",
      ["reason"],
    );
  }

  /** Before a scrape. */
  setLoad(load: ThreadLoad): void {
    this.#cpu.replace([[{}, load.cpuMs / MS_PER_SECOND]]);
    this.#lag.set({}, load.worstLagMs);
    this.#overloaded.set({}, load.overloaded);
    this.#overloads.replace([[{}, load.overloads]]);
    this.#shedSteps.replace([[{}, load.shedSteps]]);
    this.#reduced.set({ kind: "lowered" }, load.loweredTracks);
    this.#reduced.set({ kind: "paused" }, load.pausedTracks);
    this.#dropped.replace([
      [{ reason: "receive_buffer_full" }, load.receiveDrops],
      ...[...load.dropped].map(([reason, count]) => [{ reason }, count] as const),
    ]);
    this.#unsent.replace([...load.unsent].map(([reason, count]) => [{ reason }, count]));
  }

  /** Before a scrape. */
  setCounts(counts: ThreadCounts): void {
    for (const state of ["live", "starting", "dead"] as const) {
      this.#states.set({ state }, counts[state]);
    }
    this.#restarts.replace([[{}, counts.restarts]]);
  }
}
