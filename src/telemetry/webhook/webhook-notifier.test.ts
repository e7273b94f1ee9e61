import { expect, test } from "bun:test";
import { FakeScheduler } from "../../../test/support/fake-scheduler.ts";
import { settle } from "../../../test/support/test-room.ts";
import { SILENT_LOG } from "../../base/log.ts";
import { WebhookNotifier, type WebhookOptions } from "./webhook-notifier.ts";
import type { PostResult } from "./webhook-queue.ts";

type Posted = { url: string; event: string; id: string; headers: Record<string, string> };

/** A notifier whose receivers answer what `answer` says; undefined: nobody is there. */
class Receivers {
  readonly scheduler: FakeScheduler = new FakeScheduler();
  readonly posted: Posted[] = [];
  readonly notifier: WebhookNotifier;
  answer: (posted: Posted) => PostResult | undefined = () => OK;

  constructor(options: Partial<WebhookOptions> = {}) {
    this.notifier = new WebhookNotifier({
      urls: ["http://a/"],
      depthMax: 3,
      ageMaxMs: 30_000,
      includeEvents: [],
      excludeEvents: [],
      scheduler: this.scheduler,
      log: SILENT_LOG,
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
      await settle();
    }
  }

  async advance(ms: number): Promise<void> {
    this.scheduler.advance(ms);
    await settle();
  }

  get events(): string[] {
    return this.posted.map(({ event }) => event);
  }
}

const OK: PostResult = { status: 200, retryAfterSeconds: 0 };
const BROKEN: PostResult = { status: 500, retryAfterSeconds: 0 };

test("an event is posted with its kind, a token and a number that grows by room", async () => {
  const receivers = new Receivers();
  await receivers.notify("room_started", "participant_joined");
  receivers.notifier.notify("other", { event: "room_started" });
  await settle();
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
  expect(receivers.notifier.dropped.get("refused")).toBe(1);
});

test("what does not fit the queue, or waited too long, is dropped and counted", async () => {
  const receivers = new Receivers({ ageMaxMs: 5_000 });
  receivers.answer = ({ event }) => (event === "one" ? BROKEN : OK);
  await receivers.notify("one", "two", "three", "four");
  expect(receivers.notifier.dropped.get("queue full")).toBe(1);
  for (const waitMs of [1_000, 2_000, 4_000, 8_000]) await receivers.advance(waitMs);
  expect(receivers.events).toEqual(Array(5).fill("one"));
  expect(receivers.notifier.dropped.get("too old")).toBe(2);
});

test("a receiver that is down holds up neither another receiver nor another room", async () => {
  const receivers = new Receivers({ urls: ["http://a/", "http://down/"] });
  receivers.answer = ({ url }) => (url === "http://down/" ? undefined : OK);
  await receivers.notify("room_started", "participant_joined");
  receivers.notifier.notify("other", { event: "room_started" });
  await settle();
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

test("settled waits for what is on its way", async () => {
  const receivers = new Receivers();
  receivers.notifier.notify("room", { event: "room_finished" });
  await receivers.notifier.settled();
  expect(receivers.events).toEqual(["room_finished"]);
});
