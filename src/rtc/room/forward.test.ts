import { expect, test } from "bun:test";
import { FakeMediaThread } from "../../../test/support/fake-media-thread.ts";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { DisconnectReason } = livekit;
const { State, KindDetail } = livekit.ParticipantInfo;

type Clients = Record<"a" | "near" | "far", TestClient>;

/** `a` publishes a camera and is with `near` in demo; `far` is in there. */
function twoRooms(rooms: TestRooms): Clients {
  const a = rooms.join("a", { claims: { name: "Ada" } }).connect();
  const near = rooms.join("near").connect();
  const far = rooms.join("far", { room: "there" }).connect();
  a.publish("cam");
  near.negotiate();
  return { a, near, far };
}

function forward(rooms: TestRooms, identity = "a", to = "there"): void {
  rooms.rooms.forward("demo", identity, to);
}

function refusal(run: () => void): string {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "";
}

function receives(rooms: TestRooms, { participant }: TestClient): number {
  const { peerId } = participant.transports.sendingPeer!;
  return [...rooms.thread.downTracks.values()].filter((one) => one.peerId === peerId).length;
}

test("a forwarded participant is seen in both rooms, with its tracks", () => {
  const rooms = new TestRooms();
  const { a, near, far } = twoRooms(rooms);
  rooms.observed.length = 0;
  forward(rooms);
  far.negotiate();
  const guest = far.infoOf("a")!;
  expect(guest).toMatchObject({
    name: "Ada",
    state: State.ACTIVE,
    kindDetails: [KindDetail.FORWARDED],
    tracks: [{ name: "cam" }],
  });
  expect(guest.sid).not.toBe(a.sid);
  expect(far.link.last("offer").sdp).toContain(`${guest.sid}|`);
  expect([receives(rooms, near), receives(rooms, far)]).toEqual([1, 1]);
  expect(a.participant.info().kindDetails).toEqual([]);
  expect(a.link.kinds).not.toContain("roomMoved");
  expect(rooms.observed).toEqual(["active a", "published a cam"]);
  expect(rooms.room("there").info()).toMatchObject({ numParticipants: 2, numPublishers: 1 });
  expect(rooms.thread.violations).toEqual([]);
  expect(rooms.errors).toEqual([]);
});

test("who joins later finds it there", () => {
  const rooms = new TestRooms();
  twoRooms(rooms);
  forward(rooms);
  const late = rooms.join("late", { room: "there" }).connect();
  late.negotiate();
  const others = late.link.last("join").otherParticipants ?? [];
  expect(others.map(({ identity }) => identity)).toEqual(["far", "a"]);
  expect(receives(rooms, late)).toBe(1);
});

test("what changes at the source changes where it is shown", () => {
  const rooms = new TestRooms();
  const { a, far } = twoRooms(rooms);
  forward(rooms);
  far.negotiate();
  a.participant.updateProfile({ metadata: "on stage" });
  expect(far.infoOf("a")?.metadata).toBe("on stage");
  const sid = a.publish("mic", { type: livekit.TrackType.AUDIO });
  far.negotiate();
  expect(receives(rooms, far)).toBe(2);
  a.send({ mute: { sid, muted: true } });
  expect(far.infoOf("a")?.tracks?.find((track) => track.sid === sid)?.muted).toBe(true);
  a.unpublish("mic");
  far.negotiate();
  expect(receives(rooms, far)).toBe(1);
  expect(far.infoOf("a")?.tracks).toHaveLength(1);

  a.send({ subscriptionPermission: { allParticipants: false } });
  far.negotiate();
  expect(receives(rooms, far)).toBe(0);
  expect(far.link.last("subscriptionPermissionUpdate")).toMatchObject({
    participantSid: far.infoOf("a")?.sid,
    allowed: false,
  });
  a.send({
    subscriptionPermission: {
      trackPermissions: [{ participantIdentity: "far", allTracks: true }],
    },
  });
  far.negotiate();
  expect(receives(rooms, far)).toBe(1);
  expect(rooms.thread.violations).toEqual([]);
});

test("its voice is heard in the other room as that of the one who is shown there", () => {
  const rooms = new TestRooms();
  const { a, far } = twoRooms(rooms);
  a.publish("mic", { type: livekit.TrackType.AUDIO });
  forward(rooms);
  far.negotiate();
  const track = a.participant.publications.tracks().find(({ isVideo }) => !isVideo)!;
  const { receiverId } = track.receivers[0]!;
  rooms.thread.emit({ kind: "audio-levels", levels: [{ receiverId, level: 0.5 }] });
  rooms.advance(400);
  expect(far.link.last("speakersChanged").speakers).toMatchObject([
    { sid: far.infoOf("a")?.sid, level: 0.5, active: true },
  ]);
});

const ENDS: Record<string, (clients: Clients, rooms: TestRooms) => void> = {
  "the source leaves": ({ a }) => a.send({ leave: {} }),
  "it is removed there": (_, rooms) =>
    rooms.room("there").findGuest("a")!.end(DisconnectReason.PARTICIPANT_REMOVED),
  "its room is deleted": (_, rooms) => rooms.room().close(DisconnectReason.ROOM_DELETED),
  "its identity joins the source room again": (_, rooms) => void rooms.join("a"),
};

test.each(Object.keys(ENDS))("forwarding ends when %s", (name) => {
  const rooms = new TestRooms();
  const clients = twoRooms(rooms);
  const { far } = clients;
  forward(rooms);
  far.negotiate();
  const { version } = far.infoOf("a")!;
  rooms.observed.length = 0;
  ENDS[name]!(clients, rooms);
  far.negotiate();
  expect(far.infoOf("a")).toMatchObject({ state: State.DISCONNECTED });
  expect(far.infoOf("a")!.version!).toBeGreaterThan(version!);
  expect(receives(rooms, far)).toBe(0);
  expect(rooms.room("there").findMember("a")).toBeUndefined();
  expect(rooms.room("there").info()).toMatchObject({ numParticipants: 1, numPublishers: 0 });
  expect(rooms.observed.filter((event) => event === "left a").length).toBeGreaterThan(0);
  expect(rooms.thread.violations).toEqual([]);
  expect(rooms.errors).toEqual([]);
});

test("what ends in the other room leaves the source and its subscribers alone", () => {
  const rooms = new TestRooms();
  const { a, near } = twoRooms(rooms);
  forward(rooms);
  rooms.room("there").close(DisconnectReason.ROOM_DELETED);
  expect(a.participant.isClosed).toBe(false);
  expect(receives(rooms, near)).toBe(1);
  forward(rooms, "a", "there");
  expect(rooms.room("there").findGuest("a")).toBeDefined();
});

test("a source that moves takes its forwarding away; into the room of its guest it comes itself", async () => {
  const rooms = new TestRooms();
  const { a, far } = twoRooms(rooms);
  forward(rooms);
  forward(rooms, "a", "third");
  await rooms.rooms.move("demo", "a", "there");
  far.negotiate();
  expect(rooms.room("there").findMember("a")).toBe(a.participant);
  expect(far.infoOf("a")).toMatchObject({ sid: a.sid, state: State.ACTIVE, kindDetails: [] });
  expect(receives(rooms, far)).toBe(1);
  expect(rooms.room("third").findMember("a")).toBeUndefined();
  expect(rooms.thread.violations).toEqual([]);
});

test("a client of that identity takes the guest's place", () => {
  const rooms = new TestRooms();
  const { far } = twoRooms(rooms);
  forward(rooms);
  const real = rooms.join("a", { room: "there" }).connect();
  expect(rooms.room("there").findGuest("a")).toBeUndefined();
  rooms.advance(3_000);
  expect(far.infoOf("a")?.sid).toBe(real.sid);
});

test("forwarding keeps the other room, and takes a place in it", () => {
  const rooms = new TestRooms();
  const { far } = twoRooms(rooms);
  rooms.rooms.create({ name: "small", maxParticipants: 1 });
  forward(rooms, "a", "small");
  expect(() => rooms.join("x", { room: "small" })).toThrow("max_participants");
  forward(rooms);
  far.send({ leave: {} });
  rooms.advance(60_000);
  expect(rooms.rooms.find("there")).toBeDefined();
});

test("forwarding again changes nothing; what cannot be forwarded is refused", () => {
  const rooms = new TestRooms();
  rooms.join("a").connect();
  forward(rooms);
  const { sid } = rooms.room("there").findGuest("a")!;
  forward(rooms);
  expect(rooms.room("there").findGuest("a")!.sid).toBe(sid);

  rooms.join("a", { room: "taken" });
  expect(refusal(() => forward(rooms, "nobody"))).toBe("not_found");
  expect(refusal(() => forward(rooms, "a", "taken"))).toBe("already_exists");
  for (let room = 1; room < 100; room++) forward(rooms, "a", `room ${room}`);
  expect(refusal(() => forward(rooms, "a", "one too many"))).toBe("resource_exhausted");
});

test("media and data of a forwarded participant cross to the thread of the other room", () => {
  const other = new FakeMediaThread(1);
  const rooms = new TestRooms({}, undefined, [other]);
  const connection = { isAutoSubscribeDataTrack: true };
  const a = rooms.join("a").connect();
  const far = rooms.join("far", { connection, room: "there" }).connect();
  a.publish("cam");
  expect(far.participant.thread.index).toBe(1);
  a.send({ publishDataTrackRequest: { pubHandle: 1, name: "one" } });
  forward(rooms);
  far.negotiate();
  const [receiverId] = rooms.thread.receivers.keys();
  expect([...other.replicas]).toEqual([[receiverId!, 0]]);
  expect(other.downTracks.size).toBe(1);
  expect([...other.dataSubscriptions.values()]).toHaveLength(1);
  expect([...rooms.thread.dataRelays.values()]).toEqual([1]);
  rooms.room("there").findGuest("a")?.end(DisconnectReason.PARTICIPANT_REMOVED);
  expect(other.replicas.size + other.downTracks.size + other.dataTrackReplicas.size).toBe(0);
  expect(rooms.thread.relays.size + rooms.thread.dataRelays.size).toBe(0);
  expect([...rooms.thread.violations, ...other.violations]).toEqual([]);
  expect(rooms.errors).toEqual([]);
});

test("closing all rooms leaves nothing behind", () => {
  const rooms = new TestRooms();
  const { far } = twoRooms(rooms);
  forward(rooms);
  far.negotiate();
  rooms.rooms.close(DisconnectReason.SERVER_SHUTDOWN);
  expect(rooms.scheduler.pendingCount).toBe(0);
  expect(rooms.router.debugInfo()).toMatchObject({ peers: 0, receivers: 0, downTracks: 0 });
  expect(rooms.errors).toEqual([]);
});

test("a forwarded participant's data tracks are in both rooms, as long as it is", () => {
  const rooms = new TestRooms();
  const connection = { isAutoSubscribeDataTrack: true };
  const a = rooms.join("a").connect();
  const near = rooms.join("near", { connection }).connect();
  const far = rooms.join("far", { connection, room: "there" }).connect();
  const publish = (pubHandle: number): void =>
    a.send({ publishDataTrackRequest: { pubHandle, name: `track ${pubHandle}` } });
  const shown = (client: TestClient): string[] => {
    rooms.advance(100);
    const told = client.link.all("dataTrackSubscriberHandles").at(-1)?.subHandles ?? {};
    return Object.values(told).map(({ publisherSid, trackSid }) => `${publisherSid} ${trackSid}`);
  };
  publish(1);
  forward(rooms);
  publish(2);
  const guest = far.infoOf("a")!;
  const [first, second] = guest.dataTracks!.map(({ sid }) => sid);
  expect(shown(near)).toEqual([`${a.sid} ${first}`, `${a.sid} ${second}`]);
  expect(shown(far)).toEqual([`${guest.sid} ${first}`, `${guest.sid} ${second}`]);
  a.send({ subscriptionPermission: { allParticipants: false, trackPermissions: [] } });
  expect([shown(near), shown(far)]).toEqual([[], []]);
  a.send({ subscriptionPermission: { allParticipants: true } });
  a.send({ unpublishDataTrackRequest: { pubHandle: 1 } });
  expect([shown(near), shown(far)]).toEqual([[`${a.sid} ${second}`], [`${guest.sid} ${second}`]]);
  rooms.room("there").findGuest("a")?.end(DisconnectReason.PARTICIPANT_REMOVED);
  expect([shown(near), shown(far)]).toEqual([[`${a.sid} ${second}`], []]);
  forward(rooms);
  expect(shown(far).length).toBe(1);
  a.send({ leave: {} });
  expect([shown(near), shown(far)]).toEqual([[], []]);
  expect(rooms.thread.dataSubscriptions.size).toBe(0);
  expect(rooms.thread.violations).toEqual([]);
  expect(rooms.errors).toEqual([]);
});
