import { newId } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import type { Scheduler } from "../../base/scheduler.ts";
import { livekit } from "../../gen/livekit.js";
import { writeProtoJson } from "../../protobuf/proto-json.ts";
import { type Post, WebhookQueue } from "./webhook-queue.ts";

/** Queues without work are forgotten after this. */
const IDLE_MS = 5 * 60_000;
const SWEEP_MS = 60_000;
/** Queues at a time; beyond it, events of further rooms are dropped. */
const QUEUES_MAX = 20_000;

export type WebhookOptions = {
  readonly urls: readonly string[];
  readonly depthMax: number;
  readonly ageMaxMs: number;
  /** Not empty: only these events. */
  readonly includeEvents: readonly string[];
  readonly excludeEvents: readonly string[];
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly post: Post;
  /** Makes the token that vouches for a body (spec-signalling 12). */
  sign(body: string): Promise<string>;
};

/** An event without what the notifier fills in: id and time. */
export type RoomEvent = Omit<livekit.IWebhookEvent, "id" | "createdAt"> & {
  readonly event: string;
};

/**
 * Tells the configured receivers what happens in rooms. Events of one room reach a receiver in
 * order, numbered in an extra header; a receiver that is slow or down holds up nobody else.
 */
export class WebhookNotifier {
  readonly #options: WebhookOptions;
  readonly #queues = new Map<string, WebhookQueue>();
  /** By room: the number of its last event. */
  readonly #sequences = new Map<string, number>();
  /** Signing takes a turn of its own: events of a room must not overtake each other in it. */
  readonly #signing = new Map<string, Promise<void>>();
  /** Events that no receiver will hear of, by cause. */
  readonly dropped: Map<string, number> = new Map();

  constructor(options: WebhookOptions) {
    this.#options = options;
    if (options.urls.length > 0) options.scheduler.every(SWEEP_MS, () => this.#sweep());
  }

  /** @param room orders the events: its name */
  notify(room: string, event: RoomEvent): void {
    const { urls, scheduler } = this.#options;
    if (urls.length === 0 || !this.#isWanted(event.event)) return;
    const sequence = (this.#sequences.get(room) ?? 0) + 1;
    this.#sequences.set(room, sequence);
    if (event.event === "room_finished") this.#sequences.delete(room);
    const id = newId("EV_");
    const createdAt = Math.floor(scheduler.wallMs() / 1000);
    // written down now: the room goes on changing while earlier events are on their way
    const body = writeProtoJson(
      "livekit.WebhookEvent",
      new livekit.WebhookEvent({ ...event, id, createdAt }),
    );
    const queuedAtMs = scheduler.nowMs();
    const before = this.#signing.get(room) ?? Promise.resolve();
    const signed = before.then(async () => {
      const headers = {
        Authorization: await this.#options.sign(body),
        "Content-Type": "application/webhook+json",
        "User-Agent": "LiveKit",
        "X-Parley-Sequence": String(sequence),
      };
      for (const url of urls) {
        this.#queueFor(room, url)?.push({ event: event.event, id, body, headers, queuedAtMs });
      }
    });
    const settled = signed
      .catch((error: unknown) =>
        this.#options.log.error("Webhook could not be signed", { event: event.event, error }),
      )
      .then(() => {
        if (this.#signing.get(room) === settled) this.#signing.delete(room);
      });
    this.#signing.set(room, settled);
  }

  /** Resolves when every event so far has been delivered or given up; for an orderly stop. */
  async settled(): Promise<void> {
    await Promise.all(this.#signing.values());
    await Promise.all([...this.#queues.values()].map((queue) => queue.settled));
  }

  #isWanted(event: string): boolean {
    const { includeEvents, excludeEvents } = this.#options;
    return includeEvents.length > 0
      ? includeEvents.includes(event)
      : !excludeEvents.includes(event);
  }

  #queueFor(room: string, url: string): WebhookQueue | undefined {
    const key = `${url} ${room}`;
    const known = this.#queues.get(key);
    if (known !== undefined) return known;
    if (this.#queues.size >= QUEUES_MAX) {
      this.#drop("too many rooms");
      return undefined;
    }
    const { scheduler, log, post, depthMax, ageMaxMs } = this.#options;
    const queue = new WebhookQueue({
      url,
      scheduler,
      log,
      post,
      depthMax,
      ageMaxMs,
      onDropped: (reason) => this.#drop(reason),
    });
    this.#queues.set(key, queue);
    return queue;
  }

  #drop(reason: string): void {
    this.dropped.set(reason, (this.dropped.get(reason) ?? 0) + 1);
  }

  #sweep(): void {
    const beforeMs = this.#options.scheduler.nowMs() - IDLE_MS;
    for (const [key, queue] of this.#queues) {
      if (queue.idleSinceMs < beforeMs) this.#queues.delete(key);
    }
  }
}
