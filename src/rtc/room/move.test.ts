import { expect, test } from "bun:test";
import { FakeMediaThread } from "../../../test/support/fake-media-thread.ts";
import { settle, type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { DisconnectReason } = livekit;
const { State } = livekit.ParticipantInfo;

/** `a` and `stays` in demo, `b` in there; each publishes a camera and has what the others send. */
function twoRooms(rooms: TestRooms): Record<"a" | "stays" | "b", TestClient> {
  const a = rooms.join("a").connect();
  const stays = rooms.join("stays").connect();
  const b = rooms.join("b", { room: "there" }).connect();
  for (const client of [a, stays, b]) client.publish(`cam-${client.identity}`);
  for (const client of [a, stays, b]) client.negotiate();
  return { a, stays, b };
}

function move(rooms: TestRooms, identity: string, to = "there", from = "demo"): Promise<void> {
  return rooms.rooms.move(from, identity, to);
}

function receivedFrom(rooms: TestRooms, { participant }: TestClient): string[] {
  const { peerId } = participant.transports.sendingPeer!;
  const sids = [...rooms.thread.downTracks.values()].filter((one) => one.peerId === peerId);
  return sids.map(({ receiverId }) => rooms.thread.receivers.get(receiverId)!.peerId.toString());
}

function publisherPeer({ participant }: TestClient): string {
  return participant.transports.publisher.peer.peerId.toString();
}

test("a moved participant is told of the new room before any of its media", async () => {
  const rooms = new TestRooms();
  const { a, stays, b } = twoRooms(rooms);
  const formerSid = a.sid;
  const trackSid = a.participant.publications.tracks()[0]!.sid;
  await settle();
  const before = a.link.kinds.length;
  await move(rooms, "a");
  a.negotiate();
  b.negotiate();
  stays.negotiate();

  expect(a.link.kinds[before]).toBe("roomMoved");
  const moved = a.link.last("roomMoved");
  expect(moved.room).toMatchObject({ name: "there", sid: rooms.room("there").sid });
  expect(moved.participant).toMatchObject({ identity: "a", state: State.ACTIVE });
  expect(moved.participant?.sid).toBe(a.sid);
  expect(a.sid).not.toBe(formerSid);
  expect(moved.participant?.tracks?.map(({ sid }) => sid)).toEqual([trackSid]);
  expect(moved.otherParticipants?.map(({ identity }) => identity)).toEqual(["b"]);

  expect(receivedFrom(rooms, a)).toEqual([publisherPeer(b)]);
  expect(receivedFrom(rooms, b)).toEqual([publisherPeer(a)]);
  expect(receivedFrom(rooms, stays)).toEqual([]);
  expect(a.link.last("offer").sdp).toContain(`${b.sid}|`);
  expect(rooms.thread.violations).toEqual([]);
  expect(rooms.errors).toEqual([]);
});

test("for those who stay it left, for those it comes to it joined", async () => {
  const rooms = new TestRooms();
  const { a, stays, b } = twoRooms(rooms);
  const formerSid = a.sid;
  rooms.observed.length = 0;
  await move(rooms, "a");
  expect(stays.infoOf("a")).toMatchObject({
    sid: formerSid,
    state: State.DISCONNECTED,
    disconnectReason: DisconnectReason.MIGRATION,
  });
  expect(b.infoOf("a")).toMatchObject({ sid: a.sid, state: State.ACTIVE });
  expect(rooms.observed).toEqual([
    "unpublished a cam-a",
    "left a",
    "active a",
    "published a cam-a",
  ]);
  expect(rooms.room().findParticipant("a")).toBeUndefined();
  expect(rooms.room("there").findParticipant("a")).toBe(a.participant);
});

test("its session goes on there: updates, data, resume and the token for later", async () => {
  const rooms = new TestRooms();
  const { a, stays, b } = twoRooms(rooms);
  await move(rooms, "a");
  expect(rooms.issued.at(-1)).toMatchObject({ identity: "a", video: { room: "there" } });

  a.link.clear();
  stays.send({ mute: { sid: stays.participant.publications.tracks()[0]!.sid, muted: true } });
  expect(a.updated).not.toContain("stays");
  b.sendData({ user: { payload: new Uint8Array([1]) } });
  expect(a.receivedData()).toHaveLength(1);
  stays.sendData({ user: { payload: new Uint8Array([2]) } });
  expect(a.receivedData()).toHaveLength(1);
  a.send({ addTrack: { cid: "mic", type: livekit.TrackType.AUDIO } });
  expect(a.link.last("trackPublished").cid).toBe("mic");

  a.drop();
  a.resume({ room: "there" });
  expect(a.link.kinds[0]).toBe("reconnect");
  expect(a.link.all("roomMoved")).toEqual([]);
});

test("who lost its connection before it heard of the move hears of it when it resumes", async () => {
  const rooms = new TestRooms();
  const { a } = twoRooms(rooms);
  a.drop();
  await move(rooms, "a");
  a.resume();
  // before any offer, which would be about people that the client does not know yet
  expect(a.link.kinds.slice(0, 2)).toEqual(["reconnect", "roomMoved"]);
  await settle();
  expect(a.link.all("roomMoved")).toHaveLength(1);
  expect(a.link.last("roomMoved").room?.name).toBe("there");
  expect(a.link.last("roomMoved").token).not.toBe("");
  expect(rooms.room("there").findParticipant("a")).toBe(a.participant);

  a.send({ leave: {} });
  rooms.advance(2_000);
  a.resume();
  expect(a.link.last("leave").reason).toBe(DisconnectReason.STATE_MISMATCH);
});

test("a destination that nobody made is made, and may be moved back from", async () => {
  const rooms = new TestRooms();
  const { a, stays } = twoRooms(rooms);
  await move(rooms, "a", "new");
  await move(rooms, "a", "demo", "new");
  for (const client of [a, stays]) client.negotiate();
  expect(receivedFrom(rooms, stays)).toEqual([publisherPeer(a)]);
  expect(receivedFrom(rooms, a)).toEqual([publisherPeer(stays)]);
  expect(rooms.thread.violations).toEqual([]);
});

test("of two participants of one identity the newest stays", async () => {
  const rooms = new TestRooms();
  rooms.join("a").connect();
  const other = rooms.join("a", { room: "there" }).connect();
  await move(rooms, "a");
  expect(other.link.last("leave").reason).toBe(DisconnectReason.DUPLICATE_IDENTITY);
});

test("a move is refused before anything changed", async () => {
  const rooms = new TestRooms({ autoCreate: false });
  const old = rooms.join("old", { client: { protocol: 15 } }).connect();
  const a = rooms.join("a").connect();
  rooms.rooms.create({ name: "full", maxParticipants: 1 });
  rooms.join("b", { room: "full" });
  const refused = (identity: string, to: string) =>
    move(rooms, identity, to).then(
      () => "moved",
      (error: { code: string }) => error.code,
    );
  expect(await refused("nobody", "full")).toBe("not_found");
  expect(await refused("a", "absent")).toBe("not_found");
  expect(await refused("a", "full")).toBe("resource_exhausted");
  expect(await refused("old", "full")).toBe("unknown");
  for (const client of [old, a]) {
    expect(client.link.kinds).not.toContain("roomMoved");
    expect(client.participant.room.name).toBe("demo");
  }
});

test("of two moves at once one happens, and one is told that nobody is there", async () => {
  const rooms = new TestRooms();
  rooms.join("a").connect();
  const results = await Promise.allSettled([move(rooms, "a", "x"), move(rooms, "a", "y")]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(rooms.room("x").participants()).toHaveLength(1);
  expect(rooms.rooms.find("y")).toBeUndefined();
});

test("asking again changes nothing, until it is elsewhere", async () => {
  const rooms = new TestRooms();
  const { a } = twoRooms(rooms);
  await move(rooms, "a");
  const { sid } = a;
  await move(rooms, "a");
  rooms.rooms.forward("demo", "a", "there");
  expect(a.sid).toBe(sid);
  await expect(move(rooms, "a", "third")).rejects.toMatchObject({ code: "not_found" });
  await move(rooms, "a", "third", "there");
  await expect(move(rooms, "a")).rejects.toMatchObject({ code: "not_found" });
});

test("an empty room comes to the participant's media thread", async () => {
  const other = new FakeMediaThread(1);
  const rooms = new TestRooms({}, undefined, [other]);
  const a = rooms.join("a").connect();
  rooms.rooms.create({ name: "there" });
  expect(rooms.room("there").threads.home.index).toBe(other.index);
  await move(rooms, "a");
  expect(rooms.room("there").threads.home.index).toBe(rooms.thread.index);
  expect(a.link.isClosed).toBe(false);
  rooms.rooms.close(DisconnectReason.SERVER_SHUTDOWN);
  expect(rooms.router.debugInfo()).toMatchObject({ roomsByThread: [0, 0] });
});

test("into a room on another media thread the connections come along, and media crosses", async () => {
  const other = new FakeMediaThread(1);
  const rooms = new TestRooms({}, undefined, [other]);
  const a = rooms.join("a").connect();
  a.publish("audio", { cid: "mic" });
  const b = rooms.join("b", { room: "there" }).connect();
  expect(b.participant.thread.index).toBe(1);
  await move(rooms, "a");
  expect(a.link.isClosed).toBe(false);
  expect(a.link.last("roomMoved").otherParticipants?.map(({ identity }) => identity)).toEqual([
    "b",
  ]);
  b.negotiate();
  const [receiverId] = rooms.thread.receivers.keys();
  expect([...other.replicas]).toEqual([[receiverId!, 0]]);
  expect([...rooms.thread.relays]).toEqual([`${receiverId} 1`]);
  const { peerId } = b.participant.transports.sendingPeer!;
  expect([...other.downTracks.values()]).toMatchObject([{ peerId, receiverId }]);
  // both threads know that the room's data concerns the other
  expect(rooms.thread.of("set-room-threads").at(-1)?.others).toEqual([{ thread: 1, members: 1 }]);
  expect(other.of("set-room-threads").at(-1)?.others).toEqual([{ thread: 0, members: 1 }]);
  await move(rooms, "a", "demo", "there");
  expect(other.replicas.size).toBe(0);
  expect(rooms.thread.relays.size).toBe(0);
  rooms.rooms.close(DisconnectReason.SERVER_SHUTDOWN);
  expect([...rooms.thread.violations, ...other.violations]).toEqual([]);
  expect(rooms.errors).toEqual([]);
});

test("who is moved there and back is heard to join each time", async () => {
  const rooms = new TestRooms();
  rooms.join("stays").connect();
  rooms.join("b", { room: "there" }).connect();
  rooms.join("a").connect();
  await move(rooms, "a");
  await settle();
  await move(rooms, "a", "demo", "there");
  await settle();
  expect(rooms.observed.filter((text) => text === "active a")).toHaveLength(3);
  expect(rooms.observed.filter((text) => text === "left a")).toHaveLength(2);
});

test("who joins the former room afresh resumes there, and takes no session over", async () => {
  const rooms = new TestRooms();
  rooms.join("stays").connect();
  rooms.join("b", { room: "there" }).connect();
  const moved = rooms.join("a").connect();
  await move(rooms, "a");
  const other = rooms.join("a").connect();
  other.send({ leave: {} });
  await settle();
  const link = other.resume();
  expect(link.kinds).toEqual(["leave"]);
  expect(moved.link.isClosed).toBe(false);
  expect(moved.participant.room.name).toBe("there");
});
