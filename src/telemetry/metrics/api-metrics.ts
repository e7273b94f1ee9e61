import type { CounterFamily, HistogramFamily, MetricRegistry } from "./metric-registry.ts";

const LATENCY_MS = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000];
const QUEUE_LENGTHS = [1, 2, 3, 4, 5, 10, 20, 40, 80];

/** What became of webhooks, sums since the start. */
export type WebhookCounts = {
  readonly delivered: number;
  readonly failed: number;
  /** By reason. */
  readonly dropped: ReadonlyMap<string, number>;
};

/** Metrics of calls of the API and of webhooks, with the reference's names and labels. */
export class ApiMetrics {
  readonly #calls: CounterFamily<"service" | "method" | "status" | "code">;
  readonly #callMs: HistogramFamily<"service" | "method" | "status">;
  readonly #webhooks: CounterFamily<"status" | "reason">;
  readonly #queueLengths: HistogramFamily<never>;

  constructor(registry: MetricRegistry) {
    this.#calls = registry.counter("livekit_node_twirp_request_status", "Calls of the API", [
      "service",
      "method",
      "status",
      "code",
    ]);
    this.#callMs = registry.histogram(
      "livekit_node_twirp_request_latency_ms",
      "How long calls of the API took",
      LATENCY_MS,
      ["service", "method", "status"],
    );
    this.#webhooks = registry.counter("livekit_webhook_dispatch_total", "Webhooks", [
      "status",
      "reason",
    ]);
    this.#queueLengths = registry.histogram(
      "livekit_webhook_queue_length",
      "Webhooks of a room that waited when one more came, that one included",
      QUEUE_LENGTHS,
      [],
    );
  }

  /**
   * One call was answered.
   *
   * @param service and `method` that exist: names that a caller made up do not come here
   * @param code of a Twirp error; "" without one
   */
  call(service: string, method: string, status: number, code: string, ms: number): void {
    const family = statusFamily(status);
    this.#calls.add({ service, method, status: family, code });
    this.#callMs.observe({ service, method, status: family }, ms);
  }

  webhookQueued(length: number): void {
    this.#queueLengths.observe({}, length);
  }

  /** Before a scrape. */
  setWebhooks({ delivered, failed, dropped }: WebhookCounts): void {
    const values: [{ status: string; reason: string }, number][] = [
      [{ status: "success", reason: "" }, delivered],
      [{ status: "failure", reason: "" }, failed],
    ];
    for (const [reason, count] of dropped) values.push([{ status: "drop", reason }, count]);
    this.#webhooks.replace(values.filter(([, count]) => count > 0));
  }
}

function statusFamily(status: number): string {
  if (status >= 400 && status <= 499) return "4xx";
  return status >= 500 && status <= 599 ? "5xx" : String(status);
}
