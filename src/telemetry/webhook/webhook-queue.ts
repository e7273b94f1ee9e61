import type { Log } from "../../base/log.ts";
import type { Scheduler } from "../../base/scheduler.ts";

/** One event on its way to one receiver. */
export type Delivery = {
  /** For logs: which event it is. */
  readonly event: string;
  readonly id: string;
  /** The very bytes that were signed. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly queuedAtMs: number;
};

export type PostResult = {
  readonly status: number;
  /** Of `Retry-After`, seconds; 0 when there was none. */
  readonly retryAfterSeconds: number;
};

/** Posts one body. Rejects when nobody answered in time. */
export type Post = (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<PostResult>;

export type WebhookQueueOptions = {
  readonly url: string;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly post: Post;
  /** Deliveries that may wait; more are dropped. */
  readonly depthMax: number;
  /** A delivery that has waited longer when its turn comes is dropped. */
  readonly ageMaxMs: number;
  onDropped(reason: "queue full" | "too old" | "refused", delivery: Delivery): void;
};

const RETRIES_MAX = 4;
const BACKOFF_MIN_MS = 1_000;
const BACKOFF_MAX_MS = 30_000;
const TOO_MANY_REQUESTS = 429;
const NOT_IMPLEMENTED = 501;

/**
 * Events of one room for one receiver, one after the other (spec-signalling 12): what the receiver
 * cannot take now is tried again with growing pauses, and holds up the others of this queue only.
 */
export class WebhookQueue {
  readonly #options: WebhookQueueOptions;
  readonly #waiting: Delivery[] = [];
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
    if (this.#waiting.length >= this.#options.depthMax) {
      this.#options.onDropped("queue full", delivery);
      return;
    }
    this.#waiting.push(delivery);
    if (!this.#isRunning) {
      this.#isRunning = true;
      this.#work = this.#run().catch((error: unknown) =>
        this.#options.log.error("Webhook queue broke", { url: this.#options.url, error }),
      );
    }
  }

  async #run(): Promise<void> {
    const { scheduler, ageMaxMs, onDropped } = this.#options;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (scheduler.nowMs() - next.queuedAtMs > ageMaxMs) onDropped("too old", next);
      else await this.#deliver(next);
      this.#waiting.shift();
    }
    this.#isRunning = false;
    this.#idleSinceMs = scheduler.nowMs();
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { url, post, log, onDropped } = this.#options;
    for (let attempt = 0; ; attempt++) {
      let result: PostResult | undefined;
      let failure = "";
      try {
        result = await post(url, delivery.body, delivery.headers);
        failure = `status ${result.status}`;
      } catch (error) {
        failure = String(error);
      }
      if (result !== undefined && !isPassing(result.status)) return;
      if (attempt === RETRIES_MAX) {
        log.warn("Webhook given up", { url, event: delivery.event, id: delivery.id, failure });
        onDropped("refused", delivery);
        return;
      }
      await this.#pause(result, attempt);
    }
  }

  #pause(result: PostResult | undefined, attempt: number): Promise<void> {
    const asked = (result?.retryAfterSeconds ?? 0) * 1_000;
    const backoff = Math.min(BACKOFF_MIN_MS * 2 ** attempt, BACKOFF_MAX_MS);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#options.scheduler.after(asked > 0 ? Math.min(asked, BACKOFF_MAX_MS) : backoff, resolve);
    return promise;
  }
}

/** The receiver may take it another time; any other answer is final. */
function isPassing(status: number): boolean {
  return status === TOO_MANY_REQUESTS || (status >= 500 && status !== NOT_IMPLEMENTED);
}
