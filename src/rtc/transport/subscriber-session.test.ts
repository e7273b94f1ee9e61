import { expect, test } from "bun:test";
import { clientAnswer } from "../../../test/support/client-sdp.ts";
import { TestRooms } from "../../../test/support/test-room.ts";

function ufragOf(sdp: string | null | undefined): string {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp ?? "")?.[1] ?? "";
}

test("after quiet a change is offered in 10 ms, soon after an offer in 150 ms", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  rooms.advance(1_000);
  b.link.clear();
  a.publish("one");
  rooms.advance(9);
  expect(b.link.all("offer")).toEqual([]);
  rooms.advance(1);
  expect(b.link.all("offer")).toHaveLength(1);
  b.link.clear();
  b.negotiate();
});

test("changes in a swarm are one offer", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  b.link.clear();
  for (const cid of ["one", "two", "three"]) a.publish(cid);
  rooms.advance(149);
  expect(b.link.all("offer")).toEqual([]);
  rooms.advance(1);
  expect(b.link.all("offer")).toHaveLength(1);
  expect(Object.keys(b.link.last("offer").midToTrackId ?? {})).toHaveLength(3);
});

test("one offer is outstanding at a time, what changed meanwhile follows the answer", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  a.publish("one");
  rooms.advance(200);
  const first = b.link.last("offer");
  b.link.clear();
  a.publish("two");
  rooms.advance(1_000);
  expect(b.link.all("offer")).toEqual([]);
  b.send({ answer: { type: "answer", sdp: clientAnswer(first.sdp ?? ""), id: first.id ?? 0 } });
  const second = b.link.last("offer");
  expect(second.id).toBe((first.id ?? 0) + 1);
  expect(Object.keys(second.midToTrackId ?? {})).toHaveLength(2);
});

test("data channels of the server are started once, with what the client takes", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  rooms.join("b").connect().publish("cam");
  a.negotiate();
  const { peerId } = a.participant.transports.subscriber!.peer;
  const started = rooms.thread.of("start-data-channels").filter((one) => one.peerId === peerId);
  expect(started).toEqual([
    {
      kind: "start-data-channels",
      peerId,
      remoteMessageBytesMax: 65_535,
      channels: [
        { label: "_reliable", isOrdered: true },
        { label: "_lossy", isOrdered: false, maxRetransmits: 0 },
        { label: "_data_track", isOrdered: false, maxRetransmits: 0 },
      ],
    },
  ]);
});

test("a client that is not subscriber-primary gets no data section from the server", () => {
  const rooms = new TestRooms();
  rooms.join("p").connect().publish("cam");
  const a = rooms.join("a", { client: { protocol: 2 } });
  rooms.advance(200);
  expect(a.link.last("offer").sdp).not.toContain("m=application");
});

test("a participant that may not subscribe is offered nothing", () => {
  const rooms = new TestRooms();
  rooms.join("p").connect().publish("cam");
  const a = rooms.join("a", { video: { canSubscribe: false } }).connect();
  rooms.advance(10_000);
  expect(a.link.all("offer")).toEqual([]);
});

test("a resume with an answer outstanding offers anew, and the late answer is ignored", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  rooms.join("b").connect().publish("cam");
  rooms.advance(200);
  const lost = a.link.last("offer");
  const link = a.resume();
  const offer = link.last("offer");
  expect(offer.id).toBe((lost.id ?? 0) + 1);
  expect(ufragOf(offer.sdp)).not.toBe(ufragOf(lost.sdp));
  a.send({ answer: { type: "answer", sdp: clientAnswer(lost.sdp ?? ""), id: lost.id ?? 0 } });
  expect(a.participant.isClosed).toBe(false);
  a.negotiate();
  expect(rooms.thread.downTracks.size).toBe(1);
});

test("a resume before the first answer offers again without new credentials", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  const first = ufragOf(a.link.last("offer").sdp);
  const link = a.resume();
  expect(ufragOf(link.last("offer").sdp)).toBe(first);
  expect(rooms.thread.of("restart-ice")).toEqual([]);
});

test("an answer for another id is taken all the same", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  const { sdp, id } = a.link.last("offer");
  a.send({ answer: { type: "answer", sdp: clientAnswer(sdp ?? ""), id: (id ?? 0) + 7 } });
  expect(a.participant.isClosed).toBe(false);
  expect(rooms.thread.of("set-remote")).toHaveLength(1);
});
