import { expect, test } from "bun:test";
import {
  type JoinOptions,
  settle,
  type TestClient,
  TestRooms,
} from "../../../test/support/test-room.ts";
import type { livekit } from "../../gen/livekit.js";

const TELL_MS = 50;
const NOT_FOUND_MS = 60_000;
const AUTO: JoinOptions = {
  connection: { isAutoSubscribeDataTrack: true },
};

type Handles = Readonly<Record<string, livekit.DataTrackSubscriberHandles.IPublishedDataTrack>>;

/** @returns the sid of the new track */
function publish(client: TestClient, pubHandle = 1): string {
  client.send({ publishDataTrackRequest: { pubHandle, name: `track ${pubHandle}` } });
  return client.link.last("publishDataTrackResponse").info?.sid ?? "";
}

function subscribe(client: TestClient, trackSid: string, subscribe = true): void {
  client.send({ updateDataSubscription: { updates: [{ trackSid, subscribe }] } });
}

/** Every list of handles that the client was sent, oldest first. */
function told(client: TestClient): Handles[] {
  return client.link
    .all("dataTrackSubscriberHandles")
    .map(({ subHandles }) => (subHandles ?? {}) as Handles);
}

/** Track sids of the newest list. */
function toldSids(client: TestClient): string[] {
  return Object.values(told(client).at(-1) ?? {}).map(({ trackSid }) => trackSid ?? "");
}

function allowed(client: TestClient): (boolean | null | undefined)[] {
  return client.link.all("subscriptionPermissionUpdate").map((update) => update.allowed);
}

/** Publishers' handles of what the media thread sends to the client, by the client's handles. */
function forwarded({ rooms, participant }: TestClient): Map<number, number> {
  const { thread } = rooms;
  const { peerId } = participant.transports.primary;
  const mine = [...thread.dataSubscriptions.values()].filter((one) => one.peerId === peerId);
  return new Map(
    mine.map(({ handle, dataTrackId }) => [handle, thread.dataTracks.get(dataTrackId)!.handle]),
  );
}

function allow(publisher: TestClient, identities: readonly string[] | "all"): void {
  publisher.send({
    subscriptionPermission:
      identities === "all"
        ? { allParticipants: true }
        : {
            trackPermissions: identities.map((participantIdentity) => ({
              participantIdentity,
              allTracks: true,
            })),
          },
  });
}

test("who asks for a data track gets it under a handle that it is told", () => {
  const rooms = new TestRooms();
  const [a, b, c] = [rooms.join("a"), rooms.join("b"), rooms.join("c")];
  const sid = publish(a, 500);
  expect([told(b), told(c)]).toEqual([[], []]);
  b.link.clear();
  subscribe(b, sid);
  expect(b.link.kinds).toEqual(["subscriptionPermissionUpdate", "dataTrackSubscriberHandles"]);
  const [[handle, entry]] = Object.entries(told(b)[0]!) as [[string, unknown]];
  expect(entry).toEqual({ publisherIdentity: "a", publisherSid: a.sid, trackSid: sid });
  expect(Number(handle)).toBeGreaterThan(0);
  expect(Number(handle)).toBeLessThan(257);
  expect(forwarded(b)).toEqual(new Map([[Number(handle), 500]]));
  expect(forwarded(c).size).toBe(0);
  expect(rooms.thread.dataTracks.size).toBe(1);
  subscribe(b, sid);
  expect(told(b).length).toBe(1);
  rooms.advance(TELL_MS);
  subscribe(b, sid, false);
  expect(told(b).slice(1)).toEqual([{}]);
  expect(forwarded(b).size).toBe(0);
  expect(rooms.thread.violations).toEqual([]);
});

test("a wish for a track that is not there waits a minute, and is given up without a word", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  subscribe(a, "DTR_nobody");
  rooms.advance(NOT_FOUND_MS);
  subscribe(a, "DTR_nobody", false);
  expect(told(a)).toEqual([]);
  expect(a.link.kinds).not.toContain("subscriptionResponse");
  subscribe(a, "DTR_nobody");
  subscribe(a, "DTR_nobody", false);
  expect(told(a)).toEqual([{}]);
});

test("one wish outlives another that is older", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  subscribe(a, "DTR_1");
  rooms.advance(NOT_FOUND_MS / 2);
  subscribe(a, "DTR_2");
  rooms.advance(NOT_FOUND_MS / 2);
  subscribe(a, "DTR_1", false);
  expect(told(a)).toEqual([]);
  subscribe(a, "DTR_2", false);
  expect(told(a)).toEqual([{}]);
});

test("auto-subscription takes what is there and what comes, and is off by default", () => {
  const rooms = new TestRooms();
  const [a, b] = [rooms.join("a", AUTO), rooms.join("b", AUTO)];
  const first = publish(a, 1);
  const c = rooms.join("c", AUTO);
  const d = rooms.join("d");
  rooms.advance(TELL_MS);
  const second = publish(a, 2);
  rooms.advance(TELL_MS);
  expect(toldSids(b).sort()).toEqual([first, second].sort());
  expect(toldSids(c).sort()).toEqual([first, second].sort());
  expect([told(a), told(d)]).toEqual([[], []]);
  // the others know the track before they know its handle
  const kinds = b.link.kinds;
  expect(kinds.indexOf("dataTrackSubscriberHandles")).toBeGreaterThan(kinds.lastIndexOf("join"));
  expect(b.infoOf("a")?.dataTracks?.map(({ sid }) => sid)).toEqual([first, second]);
  subscribe(b, first, false);
  rooms.advance(TELL_MS);
  expect(toldSids(b)).toEqual([second]);
  expect(rooms.thread.violations).toEqual([]);
});

test("the data tracks of hidden participants can be had by their sid, and one's own cannot", () => {
  const rooms = new TestRooms();
  const ghost = rooms.join("ghost", { video: { hidden: true } });
  const a = rooms.join("a");
  const sid = publish(ghost);
  subscribe(a, sid);
  expect(toldSids(a)).toEqual([sid]);
  subscribe(a, publish(a));
  rooms.advance(TELL_MS);
  expect(toldSids(a)).toEqual([sid]);
});

test("a publisher's permissions hold for its data tracks, at once and again", () => {
  const rooms = new TestRooms();
  const [a, b] = [rooms.join("a"), rooms.join("b", AUTO)];
  const recorder = rooms.join("r", { ...AUTO, video: { recorder: true } });
  allow(a, []);
  const sid = publish(a);
  expect(allowed(b)).toEqual([false]);
  expect(told(b)).toEqual([]);
  expect(toldSids(recorder)).toEqual([sid]);
  allow(a, ["b"]);
  expect(allowed(b)).toEqual([false, true]);
  expect(toldSids(b)).toEqual([sid]);
  rooms.advance(TELL_MS);
  allow(a, []);
  expect(allowed(b)).toEqual([false, true, false]);
  expect(told(b).at(-1)).toEqual({});
  expect(forwarded(b).size).toBe(0);
  rooms.advance(TELL_MS);
  allow(a, "all");
  expect(toldSids(b)).toEqual([sid]);
  expect(b.link.last("subscriptionPermissionUpdate")).toMatchObject({
    participantSid: a.sid,
    trackSid: sid,
  });
  expect(rooms.thread.violations).toEqual([]);
});

test("without canSubscribe there is nothing, and with it again all there was", () => {
  const rooms = new TestRooms();
  const [a, b] = [rooms.join("a").connect(), rooms.join("b", AUTO).connect()];
  const sid = publish(a);
  const { participant } = b;
  rooms.advance(TELL_MS);
  participant.setGrant({ ...participant.grant, canSubscribe: false });
  expect(told(b).at(-1)).toEqual({});
  expect(forwarded(b).size).toBe(0);
  rooms.advance(NOT_FOUND_MS);
  participant.setGrant({ ...participant.grant, canSubscribe: true });
  expect(toldSids(b)).toEqual([sid]);
  expect(forwarded(b).size).toBe(1);
});

test.each([
  {
    title: "is unpublished",
    end: (a: TestClient) => a.send({ unpublishDataTrackRequest: { pubHandle: 1 } }),
  },
  {
    title: "may not be published any more",
    end: ({ participant }: TestClient) =>
      participant.setGrant({ ...participant.grant, canPublishData: false }),
  },
  { title: "leaves with its publisher", end: (a: TestClient) => a.send({ leave: {} }) },
])("when a data track $title its subscribers are told, and the wish is over", ({ end }) => {
  const rooms = new TestRooms();
  const [a, b] = [rooms.join("a"), rooms.join("b", AUTO)];
  const sid = publish(a);
  rooms.advance(TELL_MS);
  end(a);
  expect(told(b).at(-1)).toEqual({});
  expect([rooms.thread.dataTracks.size, rooms.thread.dataSubscriptions.size]).toEqual([0, 0]);
  rooms.advance(TELL_MS);
  const lists = told(b).length;
  subscribe(b, sid, false);
  expect(told(b).length).toBe(lists);
  expect(rooms.thread.violations).toEqual([]);
});

test("who returns publishes other tracks, which are subscribed to anew", () => {
  const rooms = new TestRooms();
  const b = rooms.join("b", AUTO);
  const first = publish(rooms.join("a"));
  rooms.advance(TELL_MS);
  // the second session takes the first one's place
  const second = publish(rooms.join("a"));
  rooms.advance(TELL_MS);
  expect(second).not.toBe(first);
  expect(toldSids(b)).toEqual([second]);
  expect(rooms.thread.violations).toEqual([]);
});

test("many changes at once are told in two lists, not in one each", () => {
  const rooms = new TestRooms();
  const [a, b] = [rooms.join("a").connect(), rooms.join("b", AUTO).connect()];
  const sids = Array.from({ length: 100 }, (_, index) => publish(a, index + 1));
  expect(told(b).length).toBe(1);
  rooms.advance(TELL_MS);
  expect(told(b).length).toBe(2);
  expect(toldSids(b).sort()).toEqual(sids.toSorted());
  const handles = Object.keys(told(b).at(-1)!).map(Number);
  expect(Math.max(...handles) - Math.min(...handles)).toBe(99);
  rooms.advance(NOT_FOUND_MS);
  expect(told(b).length).toBe(2);
});

test("what was told while the client was away is told again when it resumes", () => {
  const rooms = new TestRooms();
  const [a, b] = [rooms.join("a").connect(), rooms.join("b", AUTO).connect()];
  const quiet = rooms.join("q").connect();
  const first = publish(a, 1);
  rooms.advance(TELL_MS);
  b.session?.linkLost();
  const second = publish(a, 2);
  rooms.advance(TELL_MS);
  b.resume();
  expect(toldSids(b).sort()).toEqual([first, second].sort());
  quiet.session?.linkLost();
  expect(quiet.resume().kinds).not.toContain("dataTrackSubscriberHandles");
});

test("who moves takes its data tracks along, and leaves those of others behind", async () => {
  const rooms = new TestRooms();
  const [a, stays] = [rooms.join("a", AUTO).connect(), rooms.join("stays", AUTO).connect()];
  const there = rooms.join("b", { ...AUTO, room: "there" }).connect();
  const [sid, left, met] = [publish(a), publish(stays), publish(there)];
  rooms.advance(TELL_MS);
  expect([toldSids(a), toldSids(stays)]).toEqual([[left], [sid]]);
  await rooms.rooms.move("demo", "a", "there");
  await settle();
  const moved = a.link.kinds.lastIndexOf("roomMoved");
  expect(a.link.kinds.slice(moved)).not.toContain("dataTrackSubscriberHandles");
  rooms.advance(TELL_MS);
  expect([toldSids(a), toldSids(stays), toldSids(there)]).toEqual([[met], [], [sid]]);
  expect(Object.values(told(there).at(-1)!)).toMatchObject([{ publisherSid: a.sid }]);
  expect(a.link.last("roomMoved").participant?.dataTracks).toMatchObject([{ sid }]);
  expect(rooms.thread.dataTracks.size).toBe(3);
  expect(rooms.thread.violations).toEqual([]);
});

test("what a subscriber asks for beside the track is kept for who looks", () => {
  const rooms = new TestRooms();
  const [a, b] = [rooms.join("a"), rooms.join("b")];
  const trackSid = publish(a);
  const options = { targetFps: 15 };
  b.send({ updateDataSubscription: { updates: [{ trackSid, subscribe: true, options }] } });
  expect(b.participant.debugInfo()).toMatchObject({
    DataSubscribed: [{ track: trackSid, targetFps: 15 }],
  });
});

test("wishes are bounded, and small", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  const b = rooms.join("b");
  const updates = Array.from({ length: 20_000 }, (_, index) => ({
    trackSid: `DTR_${index}`,
    subscribe: true,
  }));
  subscribe(b, "x".repeat(65));
  b.send({ updateDataSubscription: { updates } });
  const sid = publish(a);
  subscribe(b, sid);
  expect(told(b)).toEqual([]);
  subscribe(b, "DTR_0", false);
  subscribe(b, sid);
  rooms.advance(TELL_MS);
  expect(toldSids(b)).toEqual([sid]);
});

test("of several updates of one track in a message the last one counts", () => {
  const rooms = new TestRooms();
  const [a, b] = [rooms.join("a"), rooms.join("b")];
  const trackSid = publish(a);
  const updates = Array.from({ length: 1_001 }, (_, index) => ({
    trackSid,
    subscribe: index % 2 === 0,
  }));
  b.send({ updateDataSubscription: { updates } });
  expect(toldSids(b)).toEqual([trackSid]);
  expect(rooms.thread.of("subscribe-data-track").length).toBe(1);
  expect(b.link.all("subscriptionPermissionUpdate").length).toBe(1);
});

test("an update without entries changes nothing", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  a.link.clear();
  a.send({ updateDataSubscription: {} });
  a.send({ updateDataSubscription: { updates: [{}] } });
  expect(a.link.messages).toEqual([]);
});
