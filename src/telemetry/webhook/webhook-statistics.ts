import type { Log, LogFields } from "../../base/log.ts";

/** Why a receiver will not hear of an event. */
export type DropCause =
  | "queue full"
  | "memory full"
  | "outbox full"
  | "outbox damaged"
  | "too many rooms"
  | "too old"
  | "refused"
  | "unknown receiver";

/** Sums since the start. A delivery is one event for one receiver. */
export type WebhookSums = {
  /** Taken by their receiver, whatever it said. */
  readonly delivered: number;
  /** Attempts after the first one. */
  readonly retries: number;
  /** Deliveries that wait or are on their way. */
  readonly waiting: number;
  readonly dropped: Readonly<Partial<Record<DropCause, number>>>;
};

/**
 * Counts what becomes of deliveries. The first drop of a cause is logged, further ones with their
 * number whenever `report` is called: a receiver that is down fills counters, not the log.
 */
export class WebhookStatistics {
  readonly #log: Log;
  readonly #onQueued: (length: number) => void;
  readonly #dropped = new Map<DropCause, { total: number; told: number }>();
  #delivered = 0;
  #retries = 0;
  #waiting = 0;

  /** @param onQueued told how many wait in the queue of a delivery that came, itself included */
  constructor(log: Log, onQueued: (length: number) => void = () => {}) {
    this.#log = log;
    this.#onQueued = onQueued;
  }

  /** @param length of the queue that it is in now */
  queued(length: number): void {
    this.#waiting += 1;
    this.#onQueued(length);
  }

  retried(): void {
    this.#retries += 1;
  }

  delivered(): void {
    this.#waiting -= 1;
    this.#delivered += 1;
  }

  /** @param wasWaiting `queued` was called for it */
  dropped(cause: DropCause, wasWaiting: boolean, about: LogFields): void {
    if (wasWaiting) this.#waiting -= 1;
    const known = this.#dropped.get(cause);
    if (known !== undefined) {
      known.total += 1;
      return;
    }
    this.#dropped.set(cause, { total: 1, told: 1 });
    this.#log.warn("Webhook dropped", { cause, ...about });
  }

  /** Logs what was dropped since it was told last. */
  report(): void {
    for (const [cause, counts] of this.#dropped) {
      const count = counts.total - counts.told;
      if (count === 0) continue;
      counts.told = counts.total;
      this.#log.warn("More webhooks dropped", { cause, count, total: counts.total });
    }
  }

  sums(): WebhookSums {
    return {
      delivered: this.#delivered,
      retries: this.#retries,
      waiting: this.#waiting,
      dropped: Object.fromEntries(
        [...this.#dropped].map(([cause, { total }]) => [cause, total] as const),
      ),
    };
  }
}
