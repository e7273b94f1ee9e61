import type { Log } from "../../base/log.ts";
import type { Scheduler } from "../../base/scheduler.ts";
import type { WebhookStatistics } from "./webhook-statistics.ts";

/** One event on its way to one receiver. */
export type Delivery = {
  readonly room: string;
  readonly event: string;
  readonly id: string;
  /** Number within the room, from 1. */
  readonly sequence: number;
  /** When it is given up, in the scheduler's monotonic ms. */
  readonly expiresAtMs: number;
  /** It lies in the outbox: tried until it is too old, and not counted by the queue's depth. */
  readonly isKept: boolean;
  /** undefined: it was lost from where it was kept. */
  body(): string | undefined;
  /** Called once, when it was delivered or given up. */
  done(): void;
};

export type PostResult = {
  readonly status: number;
  /** Of `Retry-After`, seconds; 0 when there was none. */
  readonly retryAfterSeconds: number;
};

export type WebhookQueueOptions = {
  /** The receiver, for logs. */
  readonly url: string;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly statistics: WebhookStatistics;
  /** Deliveries that may wait outside of the outbox; more are dropped. */
  readonly depthMax: number;
  /** One attempt. Rejects when nobody answered in time. */
  attempt(delivery: Delivery, body: string): Promise<PostResult>;
};

/** For deliveries that are in memory alone. */
const RETRIES_MAX = 4;
const BACKOFF_MIN_MS = 1_000;
const BACKOFF_MAX_MS = 30_000;
const DOUBLINGS_MAX = 5;
const TOO_MANY_REQUESTS = 429;
const NOT_IMPLEMENTED = 501;

/**
 * Events of one room for one receiver, one after the other (spec-signalling 12): what the receiver
 * cannot take now is tried again with growing pauses, and holds up the others of this queue only.
 */
export class WebhookQueue {
  readonly #options: WebhookQueueOptions;
  readonly #waiting: Delivery[] = [];
  #unkeptCount = 0;
  #isRunning = false;
  #work: Promise<void> = Promise.resolve();
  #idleSinceMs: number;

  constructor(options: WebhookQueueOptions) {
    this.#options = options;
    this.#idleSinceMs = options.scheduler.nowMs();
  }

  /** Since when nothing has been on the way; Infinity while something is. */
  get idleSinceMs(): number {
    return this.#isRunning ? Number.POSITIVE_INFINITY : this.#idleSinceMs;
  }

  /** Resolves when all that waits now has been delivered or given up. */
  get settled(): Promise<void> {
    return this.#work;
  }

  push(delivery: Delivery): void {
    const { statistics, depthMax } = this.#options;
    if (!delivery.isKept && this.#unkeptCount >= depthMax) {
      this.#drop("queue full", delivery, false);
      return;
    }
    if (!delivery.isKept) this.#unkeptCount += 1;
    this.#waiting.push(delivery);
    statistics.queued(this.#waiting.length);
    if (!this.#isRunning) {
      this.#isRunning = true;
      this.#work = this.#run();
    }
  }

  async #run(): Promise<void> {
    const { scheduler, log, url } = this.#options;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      try {
        await this.#deliver(next);
      } catch (error) {
        log.error("Webhook queue broke", { url, event: next.event, error });
      }
      this.#waiting.shift();
      if (!next.isKept) this.#unkeptCount -= 1;
    }
    this.#isRunning = false;
    this.#idleSinceMs = scheduler.nowMs();
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { scheduler, statistics, url, log } = this.#options;
    for (let attempt = 0; ; attempt++) {
      // in memory it is the wait for its turn that counts, in the outbox all of it
      if ((attempt === 0 || delivery.isKept) && scheduler.nowMs() > delivery.expiresAtMs) {
        this.#drop("too old", delivery, true);
        return;
      }
      const body = delivery.body();
      if (body === undefined) {
        this.#drop("outbox damaged", delivery, true);
        return;
      }
      if (attempt > 0) statistics.retried();
      let result: PostResult | undefined;
      let failure: string;
      try {
        result = await this.#options.attempt(delivery, body);
        failure = `status ${result.status}`;
      } catch (error) {
        failure = String(error);
      }
      if (result !== undefined && !isPassing(result.status)) {
        statistics.delivered();
        delivery.done();
        return;
      }
      if (attempt === 0) {
        log.debug("Webhook failed", { url, event: delivery.event, id: delivery.id, failure });
      }
      if (!delivery.isKept && attempt >= RETRIES_MAX) {
        this.#drop("refused", delivery, true, failure);
        return;
      }
      await this.#pause(result, attempt);
    }
  }

  #drop(
    cause: "queue full" | "too old" | "refused" | "outbox damaged",
    { event, id, room, done }: Delivery,
    wasWaiting: boolean,
    failure?: string,
  ): void {
    const { url, statistics } = this.#options;
    const about = { url, room, event, id, ...(failure === undefined ? {} : { failure }) };
    statistics.dropped(cause, wasWaiting, about);
    done();
  }

  #pause(result: PostResult | undefined, attempt: number): Promise<void> {
    const asked = (result?.retryAfterSeconds ?? 0) * 1_000;
    const doublings = Math.min(attempt, DOUBLINGS_MAX);
    const backoff = Math.min(BACKOFF_MIN_MS * 2 ** doublings, BACKOFF_MAX_MS);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#options.scheduler.after(asked > 0 ? Math.min(asked, BACKOFF_MAX_MS) : backoff, resolve);
    return promise;
  }
}

/** The receiver may take it another time; any other answer is final. */
function isPassing(status: number): boolean {
  return status === TOO_MANY_REQUESTS || (status >= 500 && status !== NOT_IMPLEMENTED);
}
