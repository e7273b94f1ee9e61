import { expect, test } from "bun:test";
import { TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const Reason = livekit.RequestResponse.Reason;

test("a data track is told to the others first, then answered", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w");
  const a = rooms.join("a");
  a.link.clear();
  const schema = { name: "s", encoding: { custom: "c".repeat(32) } };
  a.send({ publishDataTrackRequest: { pubHandle: 65_535, name: "é".repeat(128), schema } });
  expect(a.link.kinds).toEqual(["update", "publishDataTrackResponse"]);
  const { info } = a.link.last("publishDataTrackResponse");
  const sid = info?.sid ?? "";
  expect(sid).toMatch(/^DTR_\w{12}$/);
  expect(info).toMatchObject({ pubHandle: 65_535, name: "é".repeat(128) });
  expect(info?.schema?.encoding?.custom).toBe("c".repeat(32));
  expect(watcher.infoOf("a")).toMatchObject({ isPublisher: true });
  expect(watcher.infoOf("a")?.dataTracks?.map((track) => track.sid)).toEqual([sid]);
  a.send({ unpublishDataTrackRequest: { pubHandle: 65_535 } });
  expect(a.link.last("unpublishDataTrackResponse").info?.sid).toBe(sid);
  expect(watcher.infoOf("a")?.dataTracks).toEqual([]);
});

test.each([
  { title: "handle 0", request: { pubHandle: 0, name: "" }, reason: Reason.INVALID_HANDLE },
  {
    title: "handle 65536",
    request: { pubHandle: 65_536, name: "x" },
    reason: Reason.INVALID_HANDLE,
  },
  { title: "no name", request: { pubHandle: 2, name: "" }, reason: Reason.INVALID_NAME },
  {
    title: "a name of 257 bytes",
    request: { pubHandle: 2, name: "x".repeat(257) },
    reason: Reason.INVALID_NAME,
  },
  {
    title: "an empty frame encoding",
    request: { pubHandle: 1, name: "taken", frameEncoding: { custom: "" } },
    reason: Reason.INVALID_REQUEST,
  },
  {
    title: "a schema encoding of 33 bytes",
    request: { pubHandle: 2, name: "x", schema: { encoding: { custom: "c".repeat(33) } } },
    reason: Reason.INVALID_REQUEST,
  },
  {
    title: "a schema name of 257 bytes",
    request: { pubHandle: 2, name: "x", schema: { name: "s".repeat(257) } },
    reason: Reason.INVALID_REQUEST,
  },
  {
    title: "a handle in use, whatever the name",
    request: { pubHandle: 1, name: "taken" },
    reason: Reason.DUPLICATE_HANDLE,
  },
  {
    title: "a name in use",
    request: { pubHandle: 2, name: "taken" },
    reason: Reason.DUPLICATE_NAME,
  },
])("a data track with $title is refused", ({ request, reason }) => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  a.send({ publishDataTrackRequest: { pubHandle: 1, name: "taken" } });
  a.send({ publishDataTrackRequest: request });
  expect(a.link.last("requestResponse").reason).toBe(reason);
  expect(a.link.last("requestResponse").publishDataTrack?.name).toBe(request.name);
  expect(a.link.last("requestResponse").message).not.toBe("");
});

test("a well-known encoding needs no name", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  a.send({ publishDataTrackRequest: { pubHandle: 1, name: "x", frameEncoding: { wellKnown: 3 } } });
  expect(a.link.last("publishDataTrackResponse").info?.frameEncoding?.wellKnown).toBe(3);
});

test.each([
  { title: "canPublishData is missing", rooms: new TestRooms(), canPublishData: false },
  {
    title: "they are off",
    rooms: new TestRooms({ enableDataTracks: false }),
    canPublishData: true,
  },
])("data tracks are not allowed when $title", ({ rooms, canPublishData }) => {
  const a = rooms.join("a", { video: { canPublishData } });
  a.send({ publishDataTrackRequest: { pubHandle: 0, name: "" } });
  expect(a.link.last("requestResponse")).toMatchObject({
    reason: Reason.NOT_ALLOWED,
    message: "does not have permission to publish data",
  });
});

test("losing canPublishData ends the data tracks", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w");
  const a = rooms.join("a");
  a.send({ publishDataTrackRequest: { pubHandle: 1, name: "x" } });
  a.participant.setGrant({ ...a.participant.grant, canPublishData: false });
  expect(watcher.infoOf("a")?.dataTracks).toEqual([]);
});

test("one participant's data tracks are bounded", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  const publish = (pubHandle: number): void =>
    a.participant.dataTracks.publish({ pubHandle, name: `t${pubHandle}` });
  // the client does not listen meanwhile: a list of a thousand takes long to read a thousand times
  a.link.isClosed = true;
  for (let handle = 1; handle <= 1_000; handle++) publish(handle);
  a.link.isClosed = false;
  publish(1_001);
  expect(a.link.last("requestResponse").reason).toBe(Reason.LIMIT_EXCEEDED);
  expect(a.participant.dataTracks.list()).toHaveLength(1_000);
});

test("what others are told of one participant's data tracks is bounded in bytes", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w");
  const a = rooms.join("a");
  const publish = (pubHandle: number): void => {
    const name = String(pubHandle).padEnd(256, "n");
    a.send({ publishDataTrackRequest: { pubHandle, name, schema: { name: "s".repeat(256) } } });
  };
  for (let handle = 1; handle <= 300; handle++) publish(handle);
  expect(a.link.last("requestResponse")).toMatchObject({
    reason: Reason.LIMIT_EXCEEDED,
    message: "data tracks take more than 65536 bytes",
    publishDataTrack: { pubHandle: 300 },
  });
  const told = livekit.ParticipantInfo.encode(watcher.infoOf("a")!).finish().length;
  expect(told).toBeGreaterThan(60_000);
  expect(told).toBeLessThan(70_000);
  const count = a.participant.dataTracks.list().length;
  a.send({ unpublishDataTrackRequest: { pubHandle: 1 } });
  publish(301);
  expect(a.participant.dataTracks.list()).toHaveLength(count);
  expect(a.participant.dataTracks.list().at(-1)?.pubHandle).toBe(301);
});

test("the media thread knows a data track by its publisher and handle, as long as it lasts", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  const { peerId } = a.participant.transports.publisher.peer;
  for (const pubHandle of [7, 9]) {
    a.send({ publishDataTrackRequest: { pubHandle, name: `${pubHandle}` } });
  }
  const known = (): number[][] =>
    [...rooms.thread.dataTracks.values()].map((track) => [track.peerId, track.handle]);
  expect(known()).toEqual([
    [peerId, 7],
    [peerId, 9],
  ]);
  a.send({ unpublishDataTrackRequest: { pubHandle: 7 } });
  expect(known()).toEqual([[peerId, 9]]);
  // the handle and the name are free again
  a.send({ publishDataTrackRequest: { pubHandle: 7, name: "7" } });
  expect(known().length).toBe(2);
  a.send({ leave: {} });
  expect(known()).toEqual([]);
  expect(rooms.thread.violations).toEqual([]);
});

test("a resumed client may name the data tracks that it publishes, and no others", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  a.send({ publishDataTrackRequest: { pubHandle: 1, name: "x" } });
  const { info } = a.link.last("publishDataTrackResponse");
  const dataSubscription = { updates: [{ trackSid: "DTR_other", subscribe: true }] };
  a.send({ syncState: { publishDataTracks: [{ info: info! }], dataSubscription } });
  expect(a.participant.isClosed).toBe(false);
  a.send({ unpublishDataTrackRequest: { pubHandle: 1 } });
  a.send({ syncState: { publishDataTracks: [{ info: info! }] } });
  expect(a.participant.isClosed).toBe(true);
});
