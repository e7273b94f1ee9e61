import { expect, test } from "bun:test";
import fc from "fast-check";
import { FakeScheduler } from "../../../test/support/fake-scheduler.ts";
import { RecordingLog } from "../../../test/support/recording-log.ts";
import { settle } from "../../../test/support/test-room.ts";
import type { Outbox, OutboxEntry, OutboxEvent } from "./outbox.ts";
import { WebhookNotifier, type WebhookOptions } from "./webhook-notifier.ts";
import type { PostResult } from "./webhook-queue.ts";

type Posted = { url: string; event: string; id: string; headers: Record<string, string> };

/** A notifier whose receivers answer what `answer` says; undefined: nobody is there. */
class Receivers {
  readonly scheduler: FakeScheduler = new FakeScheduler();
  readonly posted: Posted[] = [];
  readonly log: RecordingLog = new RecordingLog();
  readonly notifier: WebhookNotifier;
  answer: (posted: Posted) => PostResult | undefined = () => OK;

  constructor(options: Partial<WebhookOptions> = {}) {
    this.notifier = new WebhookNotifier({
      urls: ["http://a/"],
      depthMax: 3,
      ageMaxMs: 30_000,
      includeEvents: [],
      excludeEvents: [],
      outbox: undefined,
      scheduler: this.scheduler,
      log: this.log,
      post: (url, body, headers) => {
        const { event, id } = JSON.parse(body) as { event: string; id: string };
        const posted = { url, event, id, headers: { ...headers } };
        this.posted.push(posted);
        const result = this.answer(posted);
        return result === undefined
          ? Promise.reject(new Error("refused"))
          : Promise.resolve(result);
      },
      sign: (body) => Promise.resolve(`signed ${body.length}`),
      ...options,
    });
  }

  async notify(...events: string[]): Promise<void> {
    for (const event of events) {
      this.notifier.notify("room", { event });
      await quiet();
    }
  }

  async advance(ms: number): Promise<void> {
    this.scheduler.advance(ms);
    await quiet();
  }

  get events(): string[] {
    return this.posted.map(({ event }) => event);
  }
}

/** Several deliveries one after the other take many turns. */
async function quiet(): Promise<void> {
  for (let i = 0; i < 8; i++) await settle();
}

const OK: PostResult = { status: 200, retryAfterSeconds: 0 };
const BROKEN: PostResult = { status: 500, retryAfterSeconds: 0 };

test("an event is posted with its kind, a token and a number that grows by room", async () => {
  const receivers = new Receivers();
  await receivers.notify("room_started", "participant_joined");
  receivers.notifier.notify("other", { event: "room_started" });
  await quiet();
  expect(receivers.posted[0]?.headers).toMatchObject({
    "Content-Type": "application/webhook+json",
    "User-Agent": "LiveKit",
  });
  expect(receivers.posted[0]?.headers["Authorization"]).toStartWith("signed ");
  expect(receivers.posted[0]?.id).toStartWith("EV_");
  expect(receivers.posted.map(({ headers }) => headers["X-Parley-Sequence"])).toEqual([
    "1",
    "2",
    "1",
  ]);
});

test.each([
  { title: "a server error", answer: BROKEN },
  { title: "too many requests", answer: { status: 429, retryAfterSeconds: 0 } },
  { title: "nobody there", answer: undefined },
])("after $title the same event comes again, and the next ones wait", async ({ answer }) => {
  const receivers = new Receivers();
  let failures = 2;
  receivers.answer = () => (failures-- > 0 ? answer : OK);
  await receivers.notify("room_started", "participant_joined");
  expect(receivers.events).toEqual(["room_started"]);
  await receivers.advance(1_000);
  await receivers.advance(2_000);
  expect(receivers.events).toEqual([
    "room_started",
    "room_started",
    "room_started",
    "participant_joined",
  ]);
  expect(new Set(receivers.posted.slice(0, 3).map(({ id }) => id)).size).toBe(1);
});

test.each([400, 404, 501])("an answer of %d is final", async (status) => {
  const receivers = new Receivers();
  receivers.answer = () => ({ status, retryAfterSeconds: 0 });
  await receivers.notify("room_started", "participant_joined");
  expect(receivers.events).toEqual(["room_started", "participant_joined"]);
});

test("a receiver that asks for patience gets it", async () => {
  const receivers = new Receivers();
  let isFirst = true;
  receivers.answer = () => {
    const result = isFirst ? { status: 503, retryAfterSeconds: 7 } : OK;
    isFirst = false;
    return result;
  };
  await receivers.notify("room_started");
  await receivers.advance(6_999);
  expect(receivers.posted).toHaveLength(1);
  await receivers.advance(1);
  expect(receivers.posted).toHaveLength(2);
});

test("an event is given up after four retries, and the next one has its turn", async () => {
  const receivers = new Receivers();
  receivers.answer = ({ event }) => (event === "room_started" ? BROKEN : OK);
  await receivers.notify("room_started", "participant_joined");
  for (const waitMs of [1_000, 2_000, 4_000, 8_000]) await receivers.advance(waitMs);
  expect(receivers.events).toEqual([...Array(5).fill("room_started"), "participant_joined"]);
  expect(receivers.notifier.statistics).toEqual({
    delivered: 1,
    retries: 4,
    waiting: 0,
    dropped: { refused: 1 },
  });
});

test("what does not fit the queue, or waited too long, is dropped and counted", async () => {
  const receivers = new Receivers({ ageMaxMs: 5_000 });
  receivers.answer = ({ event }) => (event === "one" ? BROKEN : OK);
  await receivers.notify("one", "two", "three", "four");
  expect(receivers.notifier.statistics.dropped["queue full"]).toBe(1);
  for (const waitMs of [1_000, 2_000, 4_000, 8_000]) await receivers.advance(waitMs);
  expect(receivers.events).toEqual(Array(5).fill("one"));
  expect(receivers.notifier.statistics.dropped["too old"]).toBe(2);
});

test("a receiver that is down holds up neither another receiver nor another room", async () => {
  const receivers = new Receivers({ urls: ["http://a/", "http://down/"] });
  receivers.answer = ({ url }) => (url === "http://down/" ? undefined : OK);
  await receivers.notify("room_started", "participant_joined");
  receivers.notifier.notify("other", { event: "room_started" });
  await quiet();
  const taken = receivers.posted.filter(({ url }) => url === "http://a/");
  expect(taken.map(({ event }) => event)).toEqual([
    "room_started",
    "participant_joined",
    "room_started",
  ]);
});

test.each([
  {
    title: "included",
    filter: { includeEvents: ["room_started"], excludeEvents: ["room_started"] },
  },
  { title: "not excluded", filter: { excludeEvents: ["participant_joined"] } },
])("only events that are $title are sent", async ({ filter }) => {
  const receivers = new Receivers(filter);
  await receivers.notify("room_started", "participant_joined");
  expect(receivers.events).toEqual(["room_started"]);
});

test.each([
  [undefined, ["warn", "Webhooks lost at the stop"]],
  ["outbox", ["info", "Webhooks left for the next start"]],
])("a stop says what is left undelivered with %p", async (kept, [level, message]) => {
  const outbox = kept === undefined ? undefined : new MemoryOutbox();
  const receivers = new Receivers({ outbox });
  receivers.answer = () => undefined;
  await receivers.notify("room_started", "room_finished");
  await receivers.notifier.close(Promise.resolve());
  const lines = receivers.log.lines.filter((line) => line.level !== "debug");
  expect(lines).toEqual([{ level, message, fields: { waiting: 2 } }] as typeof lines);
  if (outbox !== undefined) expect(outbox.isClosed).toBe(true);
});

test("a stop waits for what is on its way, and is silent when all of it was taken", async () => {
  const receivers = new Receivers();
  receivers.notifier.notify("room", { event: "room_finished" });
  await receivers.notifier.close(new Promise(() => {}));
  expect(receivers.events).toEqual(["room_finished"]);
  expect(receivers.log.lines).toEqual([]);
});

test("settled waits for what is on its way", async () => {
  const receivers = new Receivers();
  receivers.notifier.notify("room", { event: "room_finished" });
  await receivers.notifier.settled();
  expect(receivers.events).toEqual(["room_finished"]);
});

test("drops are logged once for each cause, then by their number every minute", async () => {
  const receivers = new Receivers({ depthMax: 1 });
  receivers.answer = () => undefined;
  await receivers.notify(...Array(20).fill("participant_joined"));
  const drops = () =>
    receivers.log.lines
      .filter(({ level }) => level === "warn")
      .map(({ message, fields }) => [message, fields["cause"], fields["count"]]);
  expect(drops()).toEqual([["Webhook dropped", "queue full", undefined]]);
  receivers.answer = () => OK;
  await receivers.advance(60_000);
  expect(drops().slice(1)).toEqual([["More webhooks dropped", "queue full", 18]]);
  await receivers.advance(60_000);
  expect(drops()).toHaveLength(2);
});

test("a dropped event leaves a gap in the numbers of its room", async () => {
  const receivers = new Receivers({ depthMax: 1 });
  let isDown = true;
  receivers.answer = () => (isDown ? undefined : OK);
  await receivers.notify("room_started", "participant_joined");
  isDown = false;
  await receivers.advance(1_000);
  await receivers.notify("room_finished");
  const sequences = receivers.posted.map(({ headers }) => headers["X-Parley-Sequence"]);
  expect(sequences).toEqual(["1", "1", "3"]);
});

test("a room of the same name is numbered afresh, also when its end is not told", async () => {
  const receivers = new Receivers({ excludeEvents: ["room_finished"] });
  const room = { sid: "RM_1" };
  receivers.notifier.notify("room", { event: "room_started", room });
  receivers.notifier.notify("room", { event: "room_finished", room });
  receivers.notifier.notify("room", { event: "room_started", room: { sid: "RM_1" } });
  await quiet();
  expect(receivers.posted.map(({ headers }) => headers["X-Parley-Sequence"])).toEqual(["1", "1"]);
});

test("every attempt has a token of its own: an old one would have ended", async () => {
  let signatures = 0;
  const receivers = new Receivers({ sign: () => Promise.resolve(`token ${++signatures}`) });
  let failures = 1;
  receivers.answer = () => (failures-- > 0 ? BROKEN : OK);
  await receivers.notify("room_started");
  await receivers.advance(1_000);
  const tokens = receivers.posted.map(({ headers }) => headers["Authorization"]);
  expect(tokens).toEqual(["token 1", "token 2"]);
});

test("no more than 32 requests to a receiver run at a time, and none is forgotten", async () => {
  const answers: (() => void)[] = [];
  let running = 0;
  let mostRunning = 0;
  let taken = 0;
  const receivers = new Receivers({
    post: async () => {
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      await new Promise<void>((resolve) => answers.push(resolve));
      running -= 1;
      taken += 1;
      return OK;
    },
  });
  for (let i = 0; i < 100; i++) receivers.notifier.notify(`room ${i}`, { event: "room_started" });
  while (taken < 100) {
    await quiet();
    answers.shift()?.();
  }
  expect(mostRunning).toBe(32);
});

test("bodies that wait in memory are bounded altogether", async () => {
  const receivers = new Receivers({ urls: ["http://down/"], depthMax: 1_000 });
  receivers.answer = () => undefined;
  const room = { metadata: "m".repeat(512 * 1024) };
  for (let i = 0; i < 130; i++) {
    receivers.notifier.notify(`room ${i}`, { event: "room_started", room });
  }
  await quiet();
  expect(receivers.notifier.statistics.dropped["memory full"]).toBe(3);
});

/** An outbox that keeps its events in an array, as a disk would over restarts. */
class MemoryOutbox implements Outbox {
  readonly kept: (OutboxEvent & { entry: number })[] = [];
  refusal: "full" | "broken" | undefined;
  isClosed = false;
  isDamaged = false;
  #last = 0;

  restore(): OutboxEntry[] {
    return [...this.kept];
  }

  put(event: OutboxEvent): number | "full" | "broken" {
    if (this.refusal !== undefined) return this.refusal;
    this.#last += 1;
    this.kept.push({ ...event, entry: this.#last });
    return this.#last;
  }

  readBody(entry: number): string | undefined {
    return this.isDamaged ? undefined : this.kept.find((kept) => kept.entry === entry)?.body;
  }

  remove(entry: number): void {
    const at = this.kept.findIndex((kept) => kept.entry === entry);
    if (at >= 0) this.kept.splice(at, 1);
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

test("what is in the outbox is tried for hours, in order and beyond the queue's depth", async () => {
  const outbox = new MemoryOutbox();
  const receivers = new Receivers({ outbox, depthMax: 1 });
  receivers.answer = () => undefined;
  await receivers.notify("room_started", "participant_joined", "participant_left");
  for (let minute = 0; minute < 6 * 60; minute++) await receivers.advance(60_000);
  expect(outbox.kept).toHaveLength(3);
  expect(new Set(receivers.events)).toEqual(new Set(["room_started"]));
  receivers.answer = () => OK;
  await receivers.advance(30_000);
  expect(receivers.events.slice(-3)).toEqual([
    "room_started",
    "participant_joined",
    "participant_left",
  ]);
  expect(outbox.kept).toEqual([]);
  expect(receivers.notifier.statistics).toMatchObject({ delivered: 3, waiting: 0, dropped: {} });
});

test("after a restart the outbox comes first, room by room in its order, with the same ids", async () => {
  const outbox = new MemoryOutbox();
  const before = new Receivers({ outbox });
  before.answer = () => undefined;
  await before.notify("room_started", "participant_joined");
  before.notifier.notify("other", { event: "room_started" });
  await quiet();

  const after = new Receivers({ outbox });
  await after.notify("participant_left");
  const told = after.posted.map(({ event, headers }) => [event, headers["X-Parley-Sequence"]]);
  expect(told).toEqual([
    ["room_started", "1"],
    ["room_started", "1"],
    ["participant_joined", "2"],
    ["participant_left", "1"],
  ]);
  expect(after.posted[0]?.id).toBe(before.posted[0]!.id);
  expect(outbox.kept).toEqual([]);
});

test("what waited a day in the outbox is given up, and counted", async () => {
  const outbox = new MemoryOutbox();
  const receivers = new Receivers({ outbox });
  receivers.answer = () => BROKEN;
  await receivers.notify("room_started");
  for (let hour = 0; hour < 25; hour++) {
    for (let step = 0; step < 120; step++) await receivers.advance(30_000);
  }
  expect(outbox.kept).toEqual([]);
  expect(receivers.notifier.statistics.dropped).toEqual({ "too old": 1 });
});

test("an event for a receiver that is configured no more is dropped, and counted", async () => {
  const outbox = new MemoryOutbox();
  const before = new Receivers({ outbox, urls: ["http://a/", "http://old/"] });
  before.answer = () => undefined;
  await before.notify("room_started");
  const after = new Receivers({ outbox });
  await quiet();
  expect(after.events).toEqual(["room_started"]);
  expect(outbox.kept).toEqual([]);
  expect(after.notifier.statistics.dropped).toEqual({ "unknown receiver": 1 });
});

test("when the disk takes nothing, events are in memory alone; when it is full, they are dropped", async () => {
  const outbox = new MemoryOutbox();
  const receivers = new Receivers({ outbox });
  outbox.refusal = "broken";
  await receivers.notify("room_started");
  outbox.refusal = "full";
  await receivers.notify("participant_joined");
  expect(receivers.events).toEqual(["room_started"]);
  expect(receivers.notifier.statistics.dropped).toEqual({ "outbox full": 1 });
});

test("an event that is damaged in the outbox is counted and holds up nothing", async () => {
  const outbox = new MemoryOutbox();
  const receivers = new Receivers({ outbox });
  outbox.isDamaged = true;
  await receivers.notify("room_started");
  outbox.isDamaged = false;
  await receivers.notify("participant_joined");
  expect(receivers.events).toEqual(["participant_joined"]);
  expect(receivers.notifier.statistics.dropped).toEqual({ "outbox damaged": 1 });
});

test("whatever receivers answer, those of a room hear its events in order, each once if taken", async () => {
  const answers = fc.array(fc.constantFrom("taken", "broken", "nobody"), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(answers, fc.integer({ min: 1, max: 8 }), async (script, count) => {
      const receivers = new Receivers({ outbox: new MemoryOutbox() });
      const taken: string[] = [];
      receivers.answer = ({ headers }) => {
        const next = script.shift() ?? "taken";
        if (next === "taken") taken.push(headers["X-Parley-Sequence"]!);
        return next === "taken" ? OK : next === "broken" ? BROKEN : undefined;
      };
      await receivers.notify(...Array(count).fill("participant_joined"));
      for (let i = 0; i < 40; i++) await receivers.advance(30_000);
      expect(taken).toEqual(Array.from({ length: count }, (_, i) => String(i + 1)));
    }),
    { numRuns: 30 },
  );
});
