import type { CounterFamily, MetricRegistry } from "./metric-registry.ts";

/** What went from media thread to media thread, sums since the start. */
export type RelaySums = {
  readonly packets: number;
  readonly dropped: number;
};

/** Metrics of rooms that are on several media threads. Our own: the reference has nothing like it. */
export class RelayMetrics {
  readonly #packets: CounterFamily<never>;
  readonly #dropped: CounterFamily<never>;

  constructor(registry: MetricRegistry) {
    this.#packets = registry.counter(
      "parley_relay_packets_total",
      "Packets and data messages taken from one media thread to another",
      [],
    );
    this.#dropped = registry.counter(
      "parley_relay_dropped_total",
      "Those that were dropped because the other media thread was too far behind",
      [],
    );
  }

  /** Before a scrape. */
  setSums({ packets, dropped }: RelaySums): void {
    this.#packets.replace([[{}, packets]]);
    this.#dropped.replace([[{}, dropped]]);
  }
}
