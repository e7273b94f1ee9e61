import { expect, test } from "bun:test";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { AUDIO } = livekit.TrackType;
const { MICROPHONE, SCREEN_SHARE_AUDIO } = livekit.TrackSource;

class Scene {
  readonly rooms: TestRooms = new TestRooms();
  readonly speaker: TestClient = this.rooms.join("s").connect();
  readonly listener: TestClient = this.rooms.join("l").connect();
  readonly micSid: string;
  readonly receiverId: number;

  constructor() {
    this.micSid = this.speaker.publish("mic", { type: AUDIO, source: MICROPHONE });
    this.listener.negotiate();
    [this.receiverId = 0] = this.rooms.thread.receivers.keys();
  }

  /** One round in which the microphone has this level. */
  speak(level: number, receiverId: number = this.receiverId): void {
    this.rooms.thread.emit({ kind: "audio-levels", levels: [{ receiverId, level }] });
    this.rooms.advance(400);
  }

  heard({ link }: TestClient): (readonly [number, boolean])[] {
    return link
      .all("speakersChanged")
      .flatMap(({ speakers }) => speakers ?? [])
      .map(({ level, active }) => [level ?? 0, active ?? false] as const);
  }
}

test("levels are told in eighths, rounded up, when they change, and the end once", () => {
  const scene = new Scene();
  for (const level of [0.3, 0.31, 0.37, 0.4, 1, 0, 0]) scene.speak(level);
  const told = [
    [0.375, true],
    [0.5, true],
    [1, true],
    [0, false],
  ] as const;
  expect(scene.heard(scene.listener)).toEqual([...told]);
  expect(scene.heard(scene.speaker)).toEqual([...told]);
});

test("only those who hear a speaker are told of it", () => {
  const scene = new Scene();
  const stranger = scene.rooms.join("x", { connection: { isAutoSubscribe: false } }).connect();
  const old = scene.rooms.join("o", { client: { protocol: 2 } }).connect();
  scene.speak(0.5);
  expect(stranger.link.all("speakersChanged")).toEqual([]);
  expect(old.link.all("speakersChanged")).toEqual([]);
});

test("the loudest comes first", () => {
  const scene = new Scene();
  const { rooms, listener } = scene;
  const second = rooms.join("t").connect();
  second.publish("mic", { type: AUDIO, source: MICROPHONE });
  listener.negotiate();
  const [first = 0, other = 0] = rooms.thread.receivers.keys();
  const levels = [
    { receiverId: first, level: 0.2 },
    { receiverId: other, level: 0.9 },
  ];
  rooms.thread.emit({ kind: "audio-levels", levels });
  rooms.advance(400);
  const sids = listener.link.last("speakersChanged").speakers?.map(({ sid }) => sid);
  expect(sids).toEqual([second.sid, scene.speaker.sid]);
});

test("the sound of a screen is no speech", () => {
  const scene = new Scene();
  scene.speaker.publish("screen", { type: AUDIO, source: SCREEN_SHARE_AUDIO });
  scene.listener.negotiate();
  const receiverId = [...scene.rooms.thread.receivers.keys()].at(-1);
  scene.speak(0.9, receiverId);
  expect(scene.heard(scene.listener)).toEqual([]);
});

test("the loudest comes first, also when both are told the same level", () => {
  const scene = new Scene();
  const { rooms, listener } = scene;
  const second = rooms.join("t").connect();
  second.publish("mic", { type: AUDIO, source: MICROPHONE });
  listener.negotiate();
  const other = [...rooms.thread.receivers.keys()].find((id) => id !== scene.receiverId)!;
  rooms.thread.emit({
    kind: "audio-levels",
    levels: [
      { receiverId: scene.receiverId, level: 0.38 },
      { receiverId: other, level: 0.49 },
    ],
  });
  rooms.advance(400);
  const speakers = listener.link.all("speakersChanged").at(-1)?.speakers ?? [];
  const sidOf = (identity: string) => rooms.room().findParticipant(identity)?.sid;
  expect(speakers.map(({ sid, level }) => [sid, level])).toEqual([
    [sidOf("t"), 0.5],
    [sidOf("s"), 0.5],
  ]);
});

test("a muted microphone is silent at once", () => {
  const scene = new Scene();
  scene.speak(0.5);
  scene.speaker.send({ mute: { sid: scene.micSid, muted: true } });
  scene.speak(0.5);
  expect(scene.heard(scene.listener).at(-1)).toEqual([0, false]);
});

test("a new subscriber hears of a speaker at its exact level, and of the end when it unsubscribes", () => {
  const scene = new Scene();
  scene.speak(0.3);
  const late = scene.rooms.join("late").connect();
  const [told] = scene.heard(late);
  expect(told?.[0]).toBeCloseTo(0.3);
  expect(told?.[1]).toBe(true);
  late.send({ subscription: { trackSids: [scene.micSid], subscribe: false } });
  expect(scene.heard(late).at(-1)).toEqual([0, false]);
});

test("nobody is told of the silence of one whom it never heard", () => {
  const scene = new Scene();
  const late = scene.rooms.join("late");
  late.send({ subscription: { trackSids: [scene.micSid], subscribe: false } });
  expect(late.link.all("speakersChanged")).toEqual([]);
});

test("a room without sound has no rounds, and who spoke last is told to be silent", () => {
  const scene = new Scene();
  const { scheduler } = scene.rooms;
  scene.speak(0.5);
  scene.rooms.advance(20_000);
  const withSound = scheduler.pendingCount;
  scene.speaker.unpublish("mic");
  scene.listener.negotiate();
  scene.rooms.advance(20_000);
  // the listener has no wish left to look after either
  expect(scheduler.pendingCount).toBe(withSound - 2);
  expect(scene.heard(scene.listener).at(-1)).toEqual([0, false]);
  scene.speaker.publish("other", { type: AUDIO, source: MICROPHONE });
  scene.listener.negotiate();
  scene.rooms.advance(20_000);
  expect(scheduler.pendingCount).toBe(withSound);
});
