import { expect, test } from "bun:test";
import { SECOND_ICE } from "../../../test/support/client-sdp.ts";
import { type JoinOptions, type TestClient, TestRooms } from "../../../test/support/test-room.ts";
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
  a.participant.publications.transportConnected = () => {
    throw new Error("a bug");
  };
  const { peerId } = a.participant.transports.publisher.peer;
  rooms.thread.emit({ kind: "peer-connected", peerId });
  expect(a.link.last("leave").action).toBe(livekit.LeaveRequest.Action.RECONNECT);
  expect(b.participant.isClosed).toBe(false);
  expect(rooms.errors).toEqual([new Error("a bug")]);
});

test.each([false, true])(
  "a data channel that failed costs its client a reconnect where that is wanted: %p",
  (isWanted) => {
    const rooms = new TestRooms({ reconnectOnDataChannelError: isWanted });
    const a = rooms.join("a").connect();
    const { peerId } = a.participant.transports.primary;
    rooms.thread.emit({ kind: "data-channel-failed", peerId });
    expect(a.participant.isClosed).toBe(isWanted);
    if (!isWanted) return;
    expect(a.link.last("leave").action).toBe(livekit.LeaveRequest.Action.RECONNECT);
  },
);

/** Protocols of the candidates of a description of ours. */
function protocolsOf(sdp: string | null | undefined): string[] {
  const lines = [...(sdp ?? "").matchAll(/^a=candidate:\S+ 1 (\w+) /gm)];
  return lines.map(([, protocol]) => protocol ?? "");
}

/** Comes back after a failure. @returns what it is offered now */
function offeredAfter(client: TestClient, options: JoinOptions = {}): string[] {
  const link = client.resume(options);
  const offered = protocolsOf(link.last("offer").sdp);
  client.negotiate();
  return offered;
}

const ANY = ["udp", "tcp"];
const TCP_ALONE = ["tcp"];
const { RR_PUBLISHER_FAILED, RR_SUBSCRIBER_FAILED, RR_SIGNAL_DISCONNECTED } =
  livekit.ReconnectReason;

/** A client that pings, as all do: it can still be heard when its media path fails. */
function failsAfter(client: TestClient, afterMs: number): void {
  client.rooms.advance(afterMs);
  client.send({ pingReq: { timestamp: 1, rtt: 40 } });
  client.fail();
}

test("a media path that fails within 90 s is TCP alone from the resume on, both ways", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  failsAfter(a, 89_000);
  expect(offeredAfter(a)).toEqual(TCP_ALONE);
  a.ice = SECOND_ICE;
  a.offer([{ mid: "0", kind: "data" }]);
  expect(protocolsOf(a.link.last("answer").sdp)).toEqual(TCP_ALONE);
});

test("one that had lasted has to fail twice within a minute", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  failsAfter(a, 95_000);
  expect(offeredAfter(a)).toEqual(ANY);
  failsAfter(a, 30_000);
  expect(offeredAfter(a)).toEqual(TCP_ALONE);
});

test("one that never connected has to fail twice too", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  failsAfter(a, 15_000);
  expect(offeredAfter(a)).toEqual(ANY);
  failsAfter(a, 15_000);
  expect(offeredAfter(a)).toEqual(TCP_ALONE);
});

test("both connections of a client that fail together are one failure", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  rooms.advance(95_000);
  a.send({ pingReq: { timestamp: 1, rtt: 40 } });
  a.fail("subscriber");
  a.fail("publisher");
  expect(offeredAfter(a)).toEqual(ANY);
});

test("a client that has gone silent just comes back", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  rooms.advance(16_000);
  a.fail();
  expect(offeredAfter(a)).toEqual(ANY);
});

test("when TCP does not connect either, all is offered again; what runs over TCP stays there", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  failsAfter(a, 10_000);
  expect(offeredAfter(a)).toEqual(TCP_ALONE);
  failsAfter(a, 4_000);
  expect(offeredAfter(a)).toEqual(ANY);

  const b = rooms.join("b").connect();
  failsAfter(b, 10_000);
  expect(offeredAfter(b)).toEqual(TCP_ALONE);
  b.connect("tcp");
  failsAfter(b, 10_000);
  expect(offeredAfter(b)).toEqual(TCP_ALONE);
});

test("the next session of that client begins with TCP, without publishing at once", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  failsAfter(a, 10_000);
  const again = rooms.join("a");
  expect(again.link.last("join").fastPublish).toBe(false);
  expect(protocolsOf(again.link.last("offer").sdp)).toEqual(TCP_ALONE);
});

test.each([
  ["is of the Go SDK", { sdk: livekit.ClientInfo.SDK.GO }, {}],
  ["is an old one for Swift", { sdk: livekit.ClientInfo.SDK.SWIFT, version: "1.0.4" }, {}],
  ["may not by the configuration", {}, { allowTcpFallback: false }],
  ["is too far away for TCP", {}, { tcpFallbackRttMaxMs: 40 }],
])("a client that %s stays where it was", (_, client, settings) => {
  const rooms = new TestRooms(settings);
  const a = rooms.join("a", { client }).connect();
  failsAfter(a, 10_000);
  expect(offeredAfter(a)).toEqual(ANY);
});

test.each([
  [RR_SUBSCRIBER_FAILED, 10_000, TCP_ALONE],
  [RR_PUBLISHER_FAILED, 10_000, TCP_ALONE],
  [RR_SUBSCRIBER_FAILED, 90_000, ANY],
  [RR_SIGNAL_DISCONNECTED, 10_000, ANY],
])("a client that comes back for reason %d after %d ms is offered %p", (reason, afterMs, all) => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  rooms.advance(afterMs);
  expect(offeredAfter(a, { reconnectReason: reason })).toEqual(all);
});

test("a connection that the client restarted itself is as young as its restart", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  rooms.advance(200_000);
  expect(offeredAfter(a, { reconnectReason: RR_PUBLISHER_FAILED })).toEqual(ANY);
  a.connect();
  failsAfter(a, 10_000);
  expect(offeredAfter(a)).toEqual(TCP_ALONE);
});

test("a session without signalling cannot be told of another protocol, and asks for none", () => {
  const rooms = new TestRooms();
  const options = { connection: { isOneShot: true }, isSinglePeerConnection: true };
  rooms.join("a", options).connect().fail("publisher");
  expect(protocolsOf(rooms.join("a").link.last("offer").sdp)).toEqual(ANY);
});

test.each([
  { configured: false, asked: undefined, expected: false },
  { configured: true, asked: undefined, expected: true },
  { configured: false, asked: true, expected: true },
  { configured: true, asked: false, expected: false },
])(
  "video may be paused as the client asks, else as configured: $configured, $asked",
  ({ configured, asked, expected }) => {
    for (const isSinglePeerConnection of [false, true]) {
      const rooms = new TestRooms({ allowPause: configured });
      const connection = { allowPause: asked };
      const { participant } = rooms.join("a", { connection, isSinglePeerConnection });
      const peerId = participant.transports.sendingPeer?.peerId;
      const made = rooms.thread.of("create-peer").find((command) => command.peerId === peerId);
      expect(made?.allowPause).toBe(expected);
    }
  },
);

test.each([
  { client: { sdk: livekit.ClientInfo.SDK.JS }, expected: true },
  { client: { sdk: livekit.ClientInfo.SDK.UNKNOWN }, expected: false },
  { client: { sdk: livekit.ClientInfo.SDK.GO, version: "2.3.9" }, expected: false },
  { client: { sdk: livekit.ClientInfo.SDK.GO, version: "2.4.0" }, expected: true },
])("$client may be offered SCTP without checksums: $expected", ({ client, expected }) => {
  const rooms = new TestRooms();
  rooms.join("a", { client });
  const made = rooms.thread.of("create-peer");
  expect(made.map(({ hasZeroChecksum }) => hasZeroChecksum)).toEqual([expected, expected]);
});
