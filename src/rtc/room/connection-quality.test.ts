import { expect, test } from "bun:test";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";
import { meanOpinionScore, qualityOf } from "./connection-quality.ts";

const { EXCELLENT, GOOD, POOR, LOST } = livekit.ConnectionQuality;

test.each([
  [100, EXCELLENT],
  [81, EXCELLENT],
  [80, GOOD],
  [41, GOOD],
  [40, POOR],
  [21, POOR],
  [20, LOST],
  [0, LOST],
])("a score of %d is quality %d", (score, quality) => {
  expect(qualityOf(score)).toBe(quality);
});

test("the opinion score runs from 1 to 4.5", () => {
  expect(meanOpinionScore(-1)).toBe(1);
  expect(meanOpinionScore(0)).toBe(1);
  expect(meanOpinionScore(60)).toBeCloseTo(3.1);
  expect(meanOpinionScore(100)).toBe(4.5);
  expect(meanOpinionScore(1_000)).toBe(4.5);
});

/** Identity and quality of every entry, by message. */
function told(client: TestClient, rooms: TestRooms): [string, number][][] {
  const nameOf = (sid: string) =>
    rooms
      .room()
      .participants()
      .find((participant) => participant.sid === sid)?.identity ?? sid;
  return client.link
    .all("connectionQuality")
    .map(({ updates }) =>
      (updates ?? []).map(({ participantSid, quality }) => [
        nameOf(participantSid ?? ""),
        quality ?? 0,
      ]),
    );
}

function report(rooms: TestRooms, scores: { receiver?: number; downTrack?: number }): void {
  const [receiverId = 0] = rooms.thread.receivers.keys();
  const [downTrackId = 0] = rooms.thread.downTracks.keys();
  rooms.thread.emit({
    kind: "quality-report",
    receivers: scores.receiver === undefined ? [] : [{ receiverId, score: scores.receiver }],
    downTracks: scores.downTrack === undefined ? [] : [{ downTrackId, score: scores.downTrack }],
  });
}

test("a round is sent when someone is new or changed, with oneself and those one is subscribed to", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  rooms.advance(5_000);
  expect(told(a, rooms)).toEqual([[["a", EXCELLENT]]]);
  rooms.advance(20_000);
  expect(told(a, rooms)).toHaveLength(1);
  a.publish("cam");
  b.negotiate();
  expect(told(b, rooms).at(-1)).toEqual([["a", EXCELLENT]]);
  report(rooms, { receiver: 50 });
  rooms.advance(5_000);
  expect(told(a, rooms).at(-1)).toEqual([["a", GOOD]]);
  expect(Object.fromEntries(told(b, rooms).at(-1) ?? [])).toEqual({ a: GOOD, b: EXCELLENT });
  report(rooms, { receiver: 45 });
  rooms.advance(5_000);
  expect(told(b, rooms)).toHaveLength(3);
});

test("a participant is as good as its worst track, received or published", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  a.publish("cam");
  b.negotiate();
  report(rooms, { receiver: 90, downTrack: 30 });
  rooms.advance(5_000);
  expect(Object.fromEntries(told(b, rooms).at(-1) ?? [])).toEqual({ a: EXCELLENT, b: POOR });
});

test("muted and disabled tracks are as good as can be at once", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const sid = a.publish("cam");
  b.negotiate();
  report(rooms, { receiver: 35, downTrack: 35 });
  a.send({ mute: { sid, muted: true } });
  rooms.advance(5_000);
  expect(Object.fromEntries(told(b, rooms).at(-1) ?? [])).toEqual({ a: EXCELLENT, b: EXCELLENT });
  a.send({ mute: { sid, muted: false } });
  b.send({ trackSetting: { trackSids: [sid], disabled: true } });
  report(rooms, { downTrack: 35 });
  rooms.advance(5_000);
  expect(Object.fromEntries(told(b, rooms).at(-1) ?? [])).toEqual({ a: EXCELLENT, b: EXCELLENT });
});

test("a track that was lost stays lost when it is muted", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const sid = a.publish("cam");
  report(rooms, { receiver: 20 });
  a.send({ mute: { sid, muted: true } });
  rooms.advance(5_000);
  expect(told(a, rooms).at(-1)).toEqual([["a", LOST]]);
});

test("a subscriber whose video is held back is poor in the next round", () => {
  const rooms = new TestRooms();
  rooms.join("a").connect().publish("cam");
  const b = rooms.join("b").connect();
  b.negotiate();
  report(rooms, { downTrack: 100 });
  rooms.advance(5_000);
  const [downTrackId = 0] = rooms.thread.downTracks.keys();
  const streamState = "paused";
  rooms.thread.emit({ kind: "forwarding-changed", downTrackId, spatialLayer: -1, streamState });
  rooms.advance(5_000);
  expect(told(b, rooms).at(-1)).toContainEqual(["b", POOR]);
});

test("LOST is POOR for a subject before protocol 11, and clients before protocol 5 hear nothing", () => {
  const rooms = new TestRooms();
  const old = rooms.join("old", { client: { protocol: 10 } }).connect();
  const current = rooms.join("new").connect();
  const ancient = rooms.join("ancient", { client: { protocol: 4 } }).connect();
  for (const publisher of [old, current]) publisher.publish("cam");
  for (const client of [old, current, ancient]) client.negotiate();
  const receivers = [...rooms.thread.receivers.keys()].map((receiverId) => ({
    receiverId,
    score: 5,
  }));
  rooms.thread.emit({ kind: "quality-report", receivers, downTracks: [] });
  rooms.advance(5_000);
  expect(Object.fromEntries(told(old, rooms).at(-1) ?? [])).toEqual({ old: POOR, new: LOST });
  expect(ancient.link.all("connectionQuality")).toEqual([]);
});

test("participants that are not active are not rated", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  rooms.advance(10_000);
  expect(a.link.all("connectionQuality")).toEqual([]);
});
