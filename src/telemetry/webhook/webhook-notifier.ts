import { newId } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import type { Scheduler } from "../../base/scheduler.ts";
import { livekit } from "../../gen/livekit.js";
import { writeProtoJson } from "../../protobuf/proto-json.ts";
import type { Outbox, OutboxEntry } from "./outbox.ts";
import { PostGate } from "./post-gate.ts";
import { type Delivery, type PostResult, WebhookQueue } from "./webhook-queue.ts";
import { WebhookStatistics, type WebhookSums } from "./webhook-statistics.ts";

/** Queues without work are forgotten after this. */
const IDLE_MS = 5 * 60_000;
const SWEEP_MS = 60_000;
/** Queues at a time; beyond it, events of further rooms are dropped. */
const QUEUES_MAX = 20_000;
/** Characters of all bodies that wait in memory; beyond it, new events are dropped. */
const MEMORY_LENGTH_MAX = 64 * 1024 * 1024;
/** Requests to one receiver at a time. */
const POSTS_MAX = 32;
/** How long the outbox tries: a receiver may be down for a day. */
const KEPT_MS = 24 * 3_600_000;

/** Posts one body. Rejects when nobody answered in time. */
export type Post = (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<PostResult>;

export type WebhookOptions = {
  readonly urls: readonly string[];
  /** Deliveries of one room that may wait in memory. */
  readonly depthMax: number;
  /** A delivery in memory that has waited longer when its turn comes is dropped. */
  readonly ageMaxMs: number;
  /** Not empty: only these events. */
  readonly includeEvents: readonly string[];
  readonly excludeEvents: readonly string[];
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** Undefined: undelivered events are in memory alone. */
  readonly outbox: Outbox | undefined;
  readonly post: Post;
  /** Told how many deliveries wait in a queue that one more has come to. */
  readonly onQueued?: (length: number) => void;
  /** Makes the token that vouches for a body (spec-signalling 12); short-lived, so made for each attempt. */
  sign(body: string): Promise<string>;
};

/** An event without what the notifier fills in: id and time. */
export type RoomEvent = Omit<livekit.IWebhookEvent, "id" | "createdAt"> & {
  readonly event: string;
};

/**
 * Tells the configured receivers what happens in rooms. Events of one room reach a receiver in
 * order, numbered in an extra header; a receiver that is slow or down holds up nobody else. What is
 * in the outbox is tried for a day and over restarts: at least once, with the event's id to tell
 * repetitions by.
 */
export class WebhookNotifier {
  readonly #options: WebhookOptions;
  readonly #statistics: WebhookStatistics;
  readonly #queues = new Map<string, WebhookQueue>();
  readonly #gates: ReadonlyMap<string, PostGate>;
  /** By the room's sid: the number of its last event. Live rooms only. */
  readonly #sequences = new Map<string, number>();
  #memoryLength = 0;

  constructor(options: WebhookOptions) {
    this.#options = options;
    this.#statistics = new WebhookStatistics(options.log, options.onQueued);
    this.#gates = new Map(options.urls.map((url) => [url, new PostGate(POSTS_MAX)]));
    this.#restore();
    if (options.urls.length > 0) options.scheduler.every(SWEEP_MS, () => this.#sweep());
  }

  /** @param room orders the events: its name */
  notify(room: string, event: RoomEvent): void {
    const { urls, scheduler } = this.#options;
    if (urls.length === 0) return;
    const sequence = this.#nextSequence(event.room?.sid ?? room, event.event);
    if (sequence === undefined) return;
    const id = newId("EV_");
    const atMs = scheduler.wallMs();
    // written down now: the room goes on changing while earlier events are on their way
    const body = writeProtoJson(
      "livekit.WebhookEvent",
      new livekit.WebhookEvent({ ...event, id, createdAt: Math.floor(atMs / 1000) }),
    );
    const about = { room, event: event.event, id, sequence, atMs };
    for (const url of urls) this.#accept(url, about, body);
  }

  /** Numbers wanted events only, so that a gap tells a receiver of a drop. */
  #nextSequence(roomSid: string, event: string): number | undefined {
    const sequence = this.#isWanted(event) ? (this.#sequences.get(roomSid) ?? 0) + 1 : undefined;
    if (event === "room_finished") this.#sequences.delete(roomSid);
    else if (sequence !== undefined) this.#sequences.set(roomSid, sequence);
    return sequence;
  }

  /** Resolves when every event so far has been delivered or given up. */
  async settled(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.settled));
  }

  /**
   * For an orderly stop: says what was dropped and what is left undelivered.
   *
   * @param until how long receivers have for the last events
   */
  async close(until: Promise<void>): Promise<void> {
    await Promise.race([this.settled(), until]);
    const { outbox, log } = this.#options;
    this.#statistics.report();
    const { waiting } = this.#statistics.sums();
    if (waiting > 0 && outbox === undefined) log.warn("Webhooks lost at the stop", { waiting });
    if (waiting > 0 && outbox !== undefined)
      log.info("Webhooks left for the next start", { waiting });
    await outbox?.close();
  }

  get statistics(): WebhookSums {
    return this.#statistics.sums();
  }

  #isWanted(event: string): boolean {
    const { includeEvents, excludeEvents } = this.#options;
    return includeEvents.length > 0
      ? includeEvents.includes(event)
      : !excludeEvents.includes(event);
  }

  #accept(url: string, about: Omit<OutboxEntry, "entry" | "url">, body: string): void {
    const key = queueKey(url, about.room);
    if (!this.#queues.has(key) && !this.#hasPlace()) {
      this.#statistics.dropped("too many rooms", false, { url, event: about.event });
      return;
    }
    const entry = this.#options.outbox?.put({ ...about, url, body });
    if (entry === "full") {
      this.#statistics.dropped("outbox full", false, { url, event: about.event });
    } else if (typeof entry === "number") this.#push(this.#kept({ ...about, url, entry }), url);
    else if (this.#memoryLength + body.length > MEMORY_LENGTH_MAX) {
      this.#statistics.dropped("memory full", false, { url, event: about.event });
    } else this.#push(this.#inMemory(about, body), url);
  }

  #kept({ room, event, id, sequence, atMs, entry }: OutboxEntry): Delivery {
    const { scheduler, outbox } = this.#options;
    // a clock that was set back meanwhile must not make it live for ever
    const ageMs = Math.max(0, scheduler.wallMs() - atMs);
    return {
      room,
      event,
      id,
      sequence,
      expiresAtMs: scheduler.nowMs() + KEPT_MS - ageMs,
      isKept: true,
      body: () => outbox?.readBody(entry),
      done: () => outbox?.remove(entry),
    };
  }

  #inMemory(about: Omit<OutboxEntry, "entry" | "url">, body: string): Delivery {
    const { scheduler, ageMaxMs } = this.#options;
    this.#memoryLength += body.length;
    return {
      room: about.room,
      event: about.event,
      id: about.id,
      sequence: about.sequence,
      expiresAtMs: scheduler.nowMs() + ageMaxMs,
      isKept: false,
      body: () => body,
      done: () => {
        this.#memoryLength -= body.length;
      },
    };
  }

  #push(delivery: Delivery, url: string): void {
    const key = queueKey(url, delivery.room);
    let queue = this.#queues.get(key);
    if (queue === undefined) {
      queue = this.#queue(url);
      this.#queues.set(key, queue);
    }
    queue.push(delivery);
  }

  #queue(url: string): WebhookQueue {
    const { scheduler, log, depthMax, post, sign } = this.#options;
    const gate = this.#gates.get(url)!;
    return new WebhookQueue({
      url,
      scheduler,
      log,
      depthMax,
      statistics: this.#statistics,
      attempt: ({ sequence }, body) =>
        gate.pass(async () =>
          post(url, body, {
            Authorization: await sign(body),
            "Content-Type": "application/webhook+json",
            "User-Agent": "LiveKit",
            "X-Parley-Sequence": String(sequence),
          }),
        ),
    });
  }

  /** What the last process did not deliver comes first, in its order. */
  #restore(): void {
    const { outbox, log } = this.#options;
    const entries = outbox?.restore() ?? [];
    for (const entry of entries) {
      if (this.#gates.has(entry.url)) this.#push(this.#kept(entry), entry.url);
      else {
        const { url, event, id } = entry;
        this.#statistics.dropped("unknown receiver", false, { url, event, id });
        outbox?.remove(entry.entry);
      }
    }
    if (entries.length > 0) log.info("Undelivered webhooks taken up", { count: entries.length });
  }

  #sweep(): void {
    this.#forgetIdle(this.#options.scheduler.nowMs() - IDLE_MS);
    this.#statistics.report();
  }

  /** For one more queue: idle ones make room. */
  #hasPlace(): boolean {
    if (this.#queues.size >= QUEUES_MAX) this.#forgetIdle(this.#options.scheduler.nowMs());
    return this.#queues.size < QUEUES_MAX;
  }

  /** Queues that have had nothing to deliver since before `beforeMs`. */
  #forgetIdle(beforeMs: number): void {
    for (const [key, queue] of this.#queues) {
      if (queue.idleSinceMs < beforeMs) this.#queues.delete(key);
    }
  }
}

function queueKey(url: string, room: string): string {
  return `${url} ${room}`;
}
