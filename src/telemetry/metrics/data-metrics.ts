import type { CounterFamily, MetricRegistry } from "./metric-registry.ts";

/** Messages on data channels, sums since the start over all media threads. */
export type DataMessageSums = {
  readonly messagesIn: number;
  readonly bytesIn: number;
  /** Once for each receiver. */
  readonly messagesOut: number;
  readonly bytesOut: number;
  /** Lost by one receiver, because it was too far behind. */
  readonly reliableDropped: number;
  readonly lossyDropped: number;
  /** How often a sender was kept waiting for its receivers. */
  readonly pauses: number;
};

/** Metrics of data channels. The reference has none of these: the names are our own. */
export class DataMetrics {
  readonly #messages: CounterFamily<"direction">;
  readonly #bytes: CounterFamily<"direction">;
  readonly #dropped: CounterFamily<"kind">;
  readonly #pauses: CounterFamily<never>;

  constructor(registry: MetricRegistry) {
    this.#messages = registry.counter("parley_data_messages_total", "Data messages", ["direction"]);
    this.#bytes = registry.counter("parley_data_bytes_total", "Their bytes", ["direction"]);
    this.#dropped = registry.counter(
      "parley_data_dropped_total",
      "Data messages that a receiver lost because it was too far behind",
      ["kind"],
    );
    this.#pauses = registry.counter(
      "parley_data_sender_pauses_total",
      "How often a sender of data was kept waiting for slow receivers",
      [],
    );
  }

  /** Before a scrape. */
  setSums(sums: DataMessageSums): void {
    this.#messages.replace([
      [{ direction: "incoming" }, sums.messagesIn],
      [{ direction: "outgoing" }, sums.messagesOut],
    ]);
    this.#bytes.replace([
      [{ direction: "incoming" }, sums.bytesIn],
      [{ direction: "outgoing" }, sums.bytesOut],
    ]);
    this.#dropped.replace([
      [{ kind: "reliable" }, sums.reliableDropped],
      [{ kind: "lossy" }, sums.lossyDropped],
    ]);
    this.#pauses.replace([[{}, sums.pauses]]);
  }
}
