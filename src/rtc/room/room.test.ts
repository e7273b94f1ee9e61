import { expect, test } from "bun:test";
import { TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { DisconnectReason } = livekit;

test("a room that nobody joined closes after its empty timeout", () => {
  const rooms = new TestRooms();
  rooms.rooms.create({ name: "demo", emptyTimeout: 10 });
  rooms.advance(9_000);
  expect(rooms.observed).toEqual([]);
  rooms.advance(2_000);
  expect(rooms.observed).toEqual(["closed demo"]);
  expect(rooms.rooms.find("demo")).toBeUndefined();
});

test("the defaults are 300 s empty and 20 s after the last one left", () => {
  const rooms = new TestRooms();
  rooms.rooms.create({ name: "empty" });
  const a = rooms.join("a", { room: "left" });
  rooms.advance(30_000);
  a.send({ leave: {} });
  rooms.advance(19_000);
  expect(rooms.rooms.find("left")).toBeDefined();
  rooms.advance(2_000);
  expect(rooms.rooms.find("left")).toBeUndefined();
  rooms.advance(248_000);
  expect(rooms.rooms.find("empty")).toBeDefined();
  rooms.advance(2_000);
  expect(rooms.rooms.find("empty")).toBeUndefined();
});

test("a room lives on while someone is there, and keeps its sid for one who comes in time", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const { sid } = rooms.room();
  rooms.advance(1_000_000);
  a.send({ leave: {} });
  rooms.advance(19_000);
  rooms.join("b").connect();
  expect(rooms.room().sid).toBe(sid);
  rooms.advance(1_000_000);
  expect(rooms.room().sid).toBe(sid);
});

test("agents and recorders do not keep a room, and are told that it closed", () => {
  const rooms = new TestRooms();
  const agent = rooms.join("agent", { claims: { kind: "agent" } }).connect();
  const egress = rooms.join("egress", { claims: { kind: "egress" } }).connect();
  const recorder = rooms.join("rec", { video: { recorder: true } }).connect();
  const a = rooms.join("a").connect();
  expect(rooms.room().info().numParticipants).toBe(1);
  a.send({ leave: {} });
  rooms.advance(22_000);
  for (const { link } of [agent, egress, recorder]) {
    expect(link.last("leave").reason).toBe(DisconnectReason.ROOM_CLOSED);
    expect(link.isClosed).toBe(true);
  }
});

test("a room in which only agents ever were closes by its empty timeout", () => {
  const rooms = new TestRooms();
  const agent = rooms.join("agent", { claims: { kind: "agent" } }).connect();
  agent.send({ leave: {} });
  rooms.advance(100_000);
  expect(rooms.rooms.find("demo")).toBeDefined();
  rooms.advance(201_000);
  expect(rooms.rooms.find("demo")).toBeUndefined();
});

test("creating a live room again changes nothing", () => {
  const rooms = new TestRooms();
  const room = rooms.rooms.create({ name: "demo", metadata: "first", maxParticipants: 3 });
  expect(rooms.rooms.create({ name: "demo", metadata: "second", maxParticipants: 4 })).toBe(room);
  expect(room.info()).toMatchObject({ metadata: "first", maxParticipants: 3 });
});

test("what a request leaves at zero comes from the configuration", () => {
  const rooms = new TestRooms({ maxParticipants: 7, departureTimeoutSeconds: 9 });
  const room = rooms.rooms.create({ name: "demo", emptyTimeout: 5, maxParticipants: 0 });
  expect(room.info()).toMatchObject({ emptyTimeout: 5, departureTimeout: 9, maxParticipants: 7 });
});

test("new metadata is told at once, changed counts within five seconds, unchanged ones never", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { video: { canUpdateOwnMetadata: true } }).connect();
  rooms.advance(5_000);
  a.link.clear();
  rooms.room().setMetadata("new");
  expect(a.link.last("roomUpdate").room?.metadata).toBe("new");
  a.link.clear();
  rooms.join("b");
  rooms.advance(1_000);
  rooms.join("c");
  rooms.advance(3_999);
  expect(a.link.all("roomUpdate")).toEqual([]);
  rooms.advance(1);
  expect(a.link.all("roomUpdate").map(({ room }) => room?.numParticipants)).toEqual([3]);
  a.link.clear();
  a.send({ updateMetadata: { name: "other" } });
  rooms.advance(10_000);
  expect(a.link.all("roomUpdate")).toEqual([]);
});

test("counts hold publishers, and who comes and goes between two updates", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  rooms.advance(5_000);
  a.link.clear();
  a.publish("cam");
  rooms.advance(5_000);
  expect(a.link.last("roomUpdate").room?.numPublishers).toBe(1);
  a.link.clear();
  const b = rooms.join("b");
  b.send({ leave: {} });
  const c = rooms.join("c");
  c.link.clear();
  rooms.advance(5_000);
  expect(c.link.last("roomUpdate").room?.numParticipants).toBe(2);
});

test("a recorder's coming and going shows as active_recording at once", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const recorder = rooms.join("rec", { video: { recorder: true, hidden: true } });
  expect(a.link.last("roomUpdate").room?.activeRecording).toBe(true);
  recorder.send({ leave: {} });
  expect(a.link.last("roomUpdate").room?.activeRecording).toBe(false);
});

test("a deleted room tells its participants and can be made anew", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  const { sid } = rooms.room();
  rooms.room().close(DisconnectReason.ROOM_DELETED);
  expect(a.link.last("leave")).toMatchObject({
    reason: DisconnectReason.ROOM_DELETED,
    action: livekit.LeaveRequest.Action.DISCONNECT,
  });
  rooms.join("a");
  expect(rooms.room().sid).not.toBe(sid);
});

test("closing all rooms leaves no timer, no registration and no peer behind", () => {
  const rooms = new TestRooms();
  for (const room of ["one", "two"]) {
    const a = rooms.join("a", { room }).connect();
    const b = rooms.join("b", { room }).connect();
    a.publish("cam");
    a.publish("mic", { type: livekit.TrackType.AUDIO });
    b.negotiate();
    a.send({ simulate: { speakerUpdate: 30 } });
    b.send({ subscription: { trackSids: ["TR_unknown"], subscribe: true } });
    b.send({ trackSetting: { trackSids: ["TR_other"], disabled: true } });
  }
  rooms.rooms.close(DisconnectReason.SERVER_SHUTDOWN);
  expect(rooms.scheduler.pendingCount).toBe(0);
  expect(rooms.router.debugInfo()).toEqual({
    peers: 0,
    receivers: 0,
    downTracks: 0,
    roomsByThread: [0],
    liveThreads: [true],
  });
  expect(rooms.thread.peers.size).toBe(0);
  expect(rooms.thread.violations).toEqual([]);
});

test("debug output names the room and its participants", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const sid = a.publish("cam");
  expect(rooms.room().debugInfo()).toEqual({
    Name: "demo",
    Sid: rooms.room().sid,
    CreatedAt: Math.floor(rooms.scheduler.wallMs() / 1000),
    Participants: {
      a: {
        ID: a.sid,
        State: "ACTIVE",
        Tracks: [sid],
        Subscribed: [],
        DataTracks: [],
        DataSubscribed: [],
        SignalConnected: true,
      },
    },
  });
});

test("a room that cannot be made leaves nothing behind", () => {
  const rooms = new TestRooms();
  const agents = Array.from({ length: 1_001 }, () => ({ agentName: "a" }));
  expect(() => rooms.rooms.create({ name: "demo", agents })).toThrow("has 1000 already");
  expect(rooms.rooms.find("demo")).toBeUndefined();
  expect(rooms.router.debugInfo()).toMatchObject({ roomsByThread: [0] });
});
