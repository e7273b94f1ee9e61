import { expect, test } from "bun:test";
import fc from "fast-check";
import { clientsOf, expectedTracks, type LoadPlan, participantsOf } from "./load-plan.ts";

const PLAN: LoadPlan = {
  url: "ws://127.0.0.1:7880",
  key: "key",
  secret: "secret",
  room: "room",
  rooms: 1,
  durationMs: 0,
  audioPublishers: 0,
  videoPublishers: 0,
  dataSenders: 0,
  subscribers: 0,
  publishersSubscribe: false,
  joinsPerSecond: 5,
  layerCount: 3,
  isSimulcast: true,
  layout: "speaker",
  identityPrefix: "a-",
  data: { rate: 10, byteCount: 1024, isReliable: true },
};

test("the first publishers publish everything, the others what is left", () => {
  const clients = clientsOf({ ...PLAN, audioPublishers: 2, videoPublishers: 1, subscribers: 1 });
  expect(clients.map(({ identity }) => identity)).toEqual(["a-pub-0", "a-pub-1", "a-sub-0"]);
  expect(clients.map(({ published }) => [published.audio, published.video])).toEqual([
    [true, "simulcast"],
    [true, "none"],
    [false, "none"],
  ]);
  expect(clients.map(({ isReceiver }) => isReceiver)).toEqual([false, false, true]);
});

test("several rooms have the same participants, and names that begin alike", () => {
  const clients = clientsOf({ ...PLAN, rooms: 2, subscribers: 1, audioPublishers: 1 });
  expect(clients.map(({ room, identity }) => `${room}/${identity}`)).toEqual([
    "room-0/a-pub-0",
    "room-0/a-sub-0",
    "room-1/a-pub-0",
    "room-1/a-sub-0",
  ]);
});

test.each([
  [
    { audioPublishers: 5, subscribers: 60 },
    { audio: 300, video: 0 },
  ],
  [
    { audioPublishers: 3, publishersSubscribe: true },
    { audio: 6, video: 0 },
  ],
  [
    { audioPublishers: 2, videoPublishers: 3, publishersSubscribe: true, rooms: 2 },
    { audio: 2 * 4, video: 2 * 6 },
  ],
  [
    { videoPublishers: 20, subscribers: 2, layout: "speaker" },
    { audio: 0, video: 18 },
  ],
  [
    { videoPublishers: 20, subscribers: 2, layout: "all" },
    { audio: 0, video: 40 },
  ],
] as const)("%j brings %j streams", (change, expected) => {
  expect(expectedTracks({ ...PLAN, ...change })).toEqual(expected);
});

test("there are as many clients as counted, each with an identity of its own in its room", () => {
  const few = fc.integer({ min: 0, max: 5 });
  const plans = fc.record({
    rooms: fc.integer({ min: 1, max: 3 }),
    audioPublishers: few,
    videoPublishers: few,
    dataSenders: few,
    subscribers: few,
  });
  fc.assert(
    fc.property(plans, (change) => {
      const plan = { ...PLAN, ...change };
      const clients = clientsOf(plan);
      expect(clients).toHaveLength(participantsOf(plan));
      const names = new Set(clients.map(({ room, identity }) => `${room}/${identity}`));
      expect(names.size).toBe(clients.length);
      const count = (of: (client: (typeof clients)[number]) => boolean): number =>
        clients.filter(of).length;
      expect(count(({ published }) => published.audio)).toBe(plan.rooms * plan.audioPublishers);
      expect(count(({ isDataSender }) => isDataSender)).toBe(plan.rooms * plan.dataSenders);
    }),
  );
});
