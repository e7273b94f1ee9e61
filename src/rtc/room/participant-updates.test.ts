import { expect, test } from "bun:test";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { DisconnectReason } = livekit;
const { State } = livekit.ParticipantInfo;

function statesOf(client: TestClient, identity: string): (number | undefined)[] {
  return client.link
    .all("update")
    .flatMap(({ participants }) => participants ?? [])
    .filter((info) => info.identity === identity)
    .map(({ state }) => state ?? undefined);
}

test("joins and leaves of pure subscribers are told together every three seconds", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w");
  rooms.advance(3_000);
  watcher.link.clear();
  rooms.join("a");
  rooms.advance(1_000);
  rooms.join("b").connect();
  rooms.advance(1_999);
  expect(watcher.link.all("update")).toEqual([]);
  rooms.advance(1);
  const [update, ...more] = watcher.link.all("update");
  expect(more).toEqual([]);
  expect(update?.participants?.map(({ identity, state }) => [identity, state])).toEqual([
    ["a", State.JOINED],
    ["b", State.ACTIVE],
  ]);
  rooms.room().findParticipant("a")!.close(DisconnectReason.CLIENT_INITIATED);
  expect(statesOf(watcher, "a")).toEqual([State.JOINED]);
  rooms.advance(3_000);
  expect(statesOf(watcher, "a")).toEqual([State.JOINED, State.DISCONNECTED]);
});

test("the subject of a batched update hears it too", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  rooms.advance(3_000);
  expect(statesOf(a, "a")).toEqual([State.JOINED]);
});

test("changes of name, metadata, attributes and permission are told at once, to the sender too", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w");
  const a = rooms.join("a", { video: { canUpdateOwnMetadata: true } });
  a.send({ updateMetadata: { name: "A", attributes: { k: "v" } } });
  for (const client of [a, watcher]) {
    expect(client.infoOf("a")).toMatchObject({ name: "A", attributes: { k: "v" } });
  }
  a.participant.setGrant({ ...a.participant.grant, canPublish: false });
  expect(watcher.infoOf("a")?.permission?.canPublish).toBe(false);
});

test("an update that goes out at once absorbs the batched one of its subject", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w");
  const a = rooms.join("a", { video: { canUpdateOwnMetadata: true } });
  a.send({ updateMetadata: { name: "A" } });
  expect(statesOf(watcher, "a")).toEqual([State.JOINED]);
  rooms.advance(3_000);
  expect(statesOf(watcher, "a")).toEqual([State.JOINED]);
});

test("what a publisher does is told at once, its leaving too, in one message", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w").connect();
  const a = rooms.join("a").connect();
  a.publish("cam");
  expect(watcher.infoOf("a")).toMatchObject({ isPublisher: true, state: State.ACTIVE });
  expect(watcher.infoOf("a")?.tracks).toHaveLength(1);
  watcher.link.clear();
  a.send({ leave: { reason: DisconnectReason.CLIENT_INITIATED } });
  expect(watcher.link.all("update")).toHaveLength(1);
  expect(watcher.infoOf("a")).toMatchObject({
    state: State.DISCONNECTED,
    disconnectReason: DisconnectReason.CLIENT_INITIATED,
    isPublisher: true,
  });
});

test("a participant stays a publisher when its last track ends", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w");
  const a = rooms.join("a").connect();
  a.publish("cam");
  a.unpublish("cam");
  expect(watcher.infoOf("a")).toMatchObject({ isPublisher: true, tracks: [] });
});

test("versions grow with every change that is told", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w");
  const a = rooms.join("a", { video: { canUpdateOwnMetadata: true } });
  expect(a.link.last("join").participant?.version).toBe(0);
  for (const name of ["x", "y", "z"]) a.send({ updateMetadata: { name } });
  const versions = watcher.link
    .all("update")
    .flatMap(({ participants }) => participants ?? [])
    .map(({ version }) => version ?? 0);
  expect(versions).toEqual([...versions].sort((one, other) => one - other));
  expect(new Set(versions).size).toBe(3);
});

test("a large update is cut near the target size, and nobody is lost", () => {
  const rooms = new TestRooms({ updateBatchTargetBytes: 4_000 });
  const watcher = rooms.join("w");
  rooms.advance(3_000);
  watcher.link.clear();
  const identities = Array.from({ length: 20 }, (_, i) => `p${i}`);
  for (const identity of identities)
    rooms.join(identity, { claims: { metadata: "m".repeat(990) } });
  rooms.advance(3_000);
  const updates = watcher.link.all("update");
  expect(updates.length).toBeGreaterThan(5);
  for (const update of updates) {
    const bytes = livekit.ParticipantUpdate.encode(update).finish().length;
    expect(bytes).toBeLessThanOrEqual(4_500);
  }
  expect(watcher.updated).toEqual(identities);
});

test("a single info larger than the target still goes out", () => {
  const rooms = new TestRooms({ updateBatchTargetBytes: 100 });
  const watcher = rooms.join("w");
  rooms.join("a", { claims: { metadata: "m".repeat(1_000) } });
  rooms.join("b");
  rooms.advance(3_000);
  expect(watcher.updated).toEqual(["w", "a", "b"]);
});

test("nothing empty is ever sent", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  rooms.advance(60_000);
  expect(a.link.all("update").every(({ participants }) => (participants ?? []).length > 0)).toBe(
    true,
  );
  expect(a.link.all("speakersChanged")).toEqual([]);
});

test("when the room ends nobody is told of the others' end", () => {
  const rooms = new TestRooms();
  const clients = ["a", "b", "c"].map((identity) => rooms.join(identity).connect());
  for (const client of clients) client.publish(`${client.identity}-cam`);
  for (const client of clients) client.link.clear();
  rooms.room().close(DisconnectReason.ROOM_DELETED);
  for (const { link } of clients) expect(link.kinds).toEqual(["leave"]);
});
