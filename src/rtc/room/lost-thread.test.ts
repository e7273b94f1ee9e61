import { expect, test } from "bun:test";
import { FakeMediaThread } from "../../../test/support/fake-media-thread.ts";
import { TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { RECONNECT } = livekit.LeaveRequest.Action;

function lose(thread: FakeMediaThread): void {
  thread.isLive = false;
  thread.emit({ kind: "thread-lost" });
}

test("who is on a lost thread is told to join again, at once, and nobody else hears of it", () => {
  const other = new FakeMediaThread(1);
  const rooms = new TestRooms({}, undefined, [other]);
  const a = rooms.join("a").connect();
  const b = rooms.join("b", { isSinglePeerConnection: true }).connect();
  const joining = rooms.join("c");
  const elsewhere = rooms.join("d", { room: "elsewhere" }).connect();
  elsewhere.link.clear();
  lose(rooms.thread);
  for (const { link, participant } of [a, b, joining]) {
    expect(link.last("leave").action).toBe(RECONNECT);
    expect([link.isClosed, participant.isClosed]).toEqual([true, true]);
  }
  expect([elsewhere.link.kinds, elsewhere.link.isClosed]).toEqual([[], false]);
  expect(rooms.room().participants()).toEqual([]);
  expect(rooms.router.debugInfo()).toMatchObject({ liveThreads: [false, true], peers: 2 });
});

test("who comes back finds the room on a live thread, with the others that came back", () => {
  const other = new FakeMediaThread(1);
  const rooms = new TestRooms({}, undefined, [other]);
  rooms.join("a").connect();
  const { sid } = rooms.room();
  lose(rooms.thread);
  const [a, b] = [rooms.join("a").connect(), rooms.join("b").connect()];
  expect([rooms.room().sid, rooms.room().threads.home.index]).toEqual([sid, 1]);
  expect([a, b].map(({ participant }) => participant.isClosed)).toEqual([false, false]);
  expect(other.peers.size).toBe(4);
  expect(rooms.router.debugInfo()).toMatchObject({ roomsByThread: [0, 1] });
  rooms.thread.isLive = true;
  rooms.join("e", { room: "next" });
  expect(rooms.room("next").threads.home.index).toBe(0);
  expect([rooms.thread.violations, other.violations]).toEqual([[], []]);
});

test("while no thread is live nobody is taken, and nobody is lost when one is again", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  rooms.thread.isLive = false;
  expect(() => rooms.join("b")).toThrow("try again");
  expect(() => rooms.join("b", { room: "new" })).toThrow("try again");
  expect(rooms.rooms.find("new")).toBeUndefined();
  expect(rooms.router.isLive).toBe(false);
  expect(a.participant.isClosed).toBe(false);
  rooms.thread.isLive = true;
  rooms.thread.emit({ kind: "thread-lost" });
  expect(a.link.last("leave").action).toBe(RECONNECT);
  const again = rooms.join("a").connect();
  expect([again.participant.isClosed, rooms.room().threads.home.index]).toEqual([false, 0]);
});

test("a room on two threads goes on with those of the other one, and they meet again", () => {
  const other = new FakeMediaThread(1);
  const rooms = new TestRooms({}, undefined, [other], 1);
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  a.publish("from a");
  b.publish("from b");
  for (const client of [a, b]) client.negotiate();
  expect([rooms.thread.replicas.size, other.replicas.size]).toEqual([1, 1]);
  lose(rooms.thread);
  expect([a.participant.isClosed, b.participant.isClosed]).toEqual([true, false]);
  expect([other.replicas.size, other.relays.size]).toEqual([0, 0]);
  // while its place is empty, who comes goes to the live one
  const c = rooms.join("c").connect();
  expect(c.participant.thread.index).toBe(1);
  rooms.thread.restart();
  other.commands.length = 0;
  const again = rooms.join("a").connect();
  expect(again.participant.thread.index).toBe(0);
  again.publish("from a");
  for (const client of [again, b, c]) client.negotiate();
  expect(rooms.thread.replicas.size).toBe(1);
  expect(other.replicas.size).toBe(1);
  for (const thread of rooms.threads) {
    expect(thread.of("connect-thread")).toHaveLength(1);
    expect(thread.violations).toEqual([]);
  }
  expect(rooms.errors).toEqual([]);
});
