import { expect, test } from "bun:test";
import { TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { State } = livekit.ParticipantInfo;

test("the subscriber's connection makes a participant active, the publisher's does not", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  a.answerOffers();
  const { publisher, subscriber } = a.participant.transports;
  rooms.thread.emit({ kind: "peer-connected", peerId: publisher.peer.peerId });
  expect(a.participant.state).toBe(State.JOINED);
  rooms.thread.emit({ kind: "peer-connected", peerId: subscriber!.peer.peerId });
  expect(a.participant.state).toBe(State.ACTIVE);
});

test.each([
  { title: "cannot subscribe", options: { video: { canSubscribe: false } } },
  { title: "has one peer connection", options: { isSinglePeerConnection: true } },
  { title: "speaks protocol 2", options: { client: { protocol: 2 } } },
])("the publisher's connection makes a client active that $title", ({ options }) => {
  const rooms = new TestRooms();
  const a = rooms.join("a", options);
  const { publisher } = a.participant.transports;
  rooms.thread.emit({ kind: "peer-connected", peerId: publisher.peer.peerId });
  expect(a.participant.state).toBe(State.ACTIVE);
});

test("a first check on either connection makes the session outlive its signal connection", () => {
  for (const target of ["publisher", "subscriber"] as const) {
    const rooms = new TestRooms();
    const a = rooms.join("a");
    const { peerId } = a.participant.transports[target]!.peer;
    rooms.thread.emit({ kind: "peer-ice-connected", peerId, protocol: "udp" });
    a.drop();
    expect(a.participant.isClosed).toBe(false);
  }
});

test("a bug that a transport's event meets costs that participant a reconnect alone", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  rooms.room().data.received = () => {
    throw new Error("a bug");
  };
  a.sendData({ user: {} });
  expect(a.link.last("leave").action).toBe(livekit.LeaveRequest.Action.RECONNECT);
  expect(b.participant.isClosed).toBe(false);
  expect(rooms.errors).toEqual([new Error("a bug")]);
});
