import { expect, test } from "bun:test";
import {
  type JoinOptions,
  SILENT_OBSERVER,
  type TestClient,
  TestRooms,
} from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { DisconnectReason } = livekit;
const Action = livekit.LeaveRequest.Action;

type Row = {
  readonly title: string;
  /** Options of the client that is told. */
  readonly join?: JoinOptions;
  readonly act: (client: TestClient, rooms: TestRooms) => void;
  readonly action: livekit.LeaveRequest.Action;
  readonly reason: livekit.DisconnectReason;
};

const { DISCONNECT, RECONNECT, RESUME } = Action;

/** Rows of spec-signalling 7.6 that end the session. */
const MATRIX: readonly Row[] = [
  {
    title: "the client leaves",
    act: (client) => client.send({ leave: { reason: DisconnectReason.USER_REJECTED } }),
    action: DISCONNECT,
    reason: DisconnectReason.USER_REJECTED,
  },
  {
    title: "its identity joins again",
    act: (_, rooms) => rooms.join("a"),
    action: DISCONNECT,
    reason: DisconnectReason.DUPLICATE_IDENTITY,
  },
  {
    title: "the API removes it",
    act: ({ participant }) => participant.close(DisconnectReason.PARTICIPANT_REMOVED),
    action: DISCONNECT,
    reason: DisconnectReason.PARTICIPANT_REMOVED,
  },
  {
    title: "the API deletes the room",
    act: (_, rooms) => rooms.room().close(DisconnectReason.ROOM_DELETED),
    action: DISCONNECT,
    reason: DisconnectReason.ROOM_DELETED,
  },
  {
    title: "an idle room is closed while it records",
    join: { video: { recorder: true } },
    act: (_, rooms) => rooms.advance(301_000),
    action: DISCONNECT,
    reason: DisconnectReason.ROOM_CLOSED,
  },
  {
    title: "the node stops",
    act: (_, { rooms }) => rooms.close(DisconnectReason.SERVER_SHUTDOWN),
    action: DISCONNECT,
    reason: DisconnectReason.SERVER_SHUTDOWN,
  },
  {
    title: "it asks to see a server leave",
    act: (client) => client.send({ simulate: { serverLeave: true } }),
    action: DISCONNECT,
    reason: DisconnectReason.SERVER_SHUTDOWN,
  },
  {
    title: "the join never completes",
    act: (_, rooms) => rooms.advance(60_000),
    action: DISCONNECT,
    reason: DisconnectReason.JOIN_FAILURE,
  },
  {
    title: "its offer cannot be used",
    act: (client) => client.send({ offer: { type: "offer", sdp: "v=0\r\nnonsense", id: 1 } }),
    action: RECONNECT,
    reason: DisconnectReason.STATE_MISMATCH,
  },
  {
    title: "its answer cannot be used",
    act: (client) => client.send({ answer: { type: "answer", sdp: "", id: 1 } }),
    action: RECONNECT,
    reason: DisconnectReason.STATE_MISMATCH,
  },
  {
    title: "it believes in tracks that are not there",
    act: (client) => client.send({ syncState: { publishTracks: [{ track: { sid: "TR_no" } }] } }),
    action: RECONNECT,
    reason: DisconnectReason.STATE_MISMATCH,
  },
];

/** What a client of a protocol understands of it: actions from 13 on, `can_reconnect` before. */
function told(protocol: number, action: livekit.LeaveRequest.Action): livekit.ILeaveRequest {
  return protocol >= 13
    ? { action, canReconnect: false }
    : { action: DISCONNECT, canReconnect: action === RECONNECT };
}

const PROTOCOLS = [16, 13, 12, 8];

test.each(MATRIX.flatMap((row) => PROTOCOLS.map((protocol) => ({ ...row, protocol }))))(
  "when $title a client of protocol $protocol is told why and closed",
  ({ join, act, action, reason, protocol }) => {
    const rooms = new TestRooms();
    const client = rooms.join("a", { ...join, client: { protocol } });
    // one that records is ready, or its own join would time out first
    if (join !== undefined) client.connect();
    act(client, rooms);
    expect(client.link.all("leave")).toHaveLength(1);
    expect(client.link.kinds.at(-1)).toBe("leave");
    expect(client.link.last("leave")).toMatchObject({ reason, ...told(protocol, action) });
    expect(client.link.last("leave").regions ?? undefined).toBeUndefined();
    expect(client.link.isClosed).toBe(true);
    expect(client.participant.isClosed).toBe(true);
    expect(client.participant.disconnectReason).toBe(reason);
  },
);

test.each(PROTOCOLS)(
  "when its transport fails a client of protocol %d may resume for five seconds, told from 13 on",
  (protocol) => {
    const rooms = new TestRooms();
    const client = rooms.join("a", { client: { protocol } }).connect();
    const other = rooms.join("b").connect();
    client.fail();
    const leaves = client.link.all("leave");
    expect(leaves).toHaveLength(protocol >= 13 ? 1 : 0);
    for (const leave of leaves) {
      expect(leave).toMatchObject({ action: RESUME, reason: DisconnectReason.CONNECTION_TIMEOUT });
    }
    expect(client.link.isClosed).toBe(true);
    rooms.advance(4_999);
    expect(client.participant.isClosed).toBe(false);
    rooms.advance(1);
    expect(client.participant.isClosed).toBe(true);
    rooms.advance(3_000);
    expect(other.infoOf("a")).toMatchObject({
      state: livekit.ParticipantInfo.State.DISCONNECTED,
      disconnectReason: DisconnectReason.CONNECTION_TIMEOUT,
    });
    // whoever comes after that starts afresh
    const late = client.resume();
    expect(late.kinds).toEqual(["leave"]);
    expect(late.last("leave")).toMatchObject({
      reason: DisconnectReason.STATE_MISMATCH,
      ...told(protocol, RECONNECT),
    });
    expect(late.isClosed).toBe(true);
  },
);

test("a transport that fails again while it is resumed ends as it would have the first time", () => {
  const rooms = new TestRooms();
  const client = rooms.join("a").connect();
  client.fail();
  const link = client.resume();
  client.fail();
  expect(link.last("leave")).toMatchObject({
    action: RESUME,
    reason: DisconnectReason.CONNECTION_TIMEOUT,
  });
  rooms.advance(5_000);
  expect(client.participant.disconnectReason).toBe(DisconnectReason.CONNECTION_TIMEOUT);
});

/** How a session comes to end for each reason, as the others and receivers of webhooks hear it. */
const ENDS: readonly [
  keyof typeof DisconnectReason,
  (client: TestClient, all: TestRooms) => void,
][] = [
  ["CLIENT_INITIATED", (client) => client.send({ leave: {} })],
  ["DUPLICATE_IDENTITY", (_, rooms) => rooms.join("a")],
  ["SERVER_SHUTDOWN", (client) => client.send({ simulate: { nodeFailure: true } })],
  ["SERVER_SHUTDOWN", (client) => client.send({ simulate: { serverLeave: true } })],
  [
    "PARTICIPANT_REMOVED",
    ({ participant }) => participant.close(DisconnectReason.PARTICIPANT_REMOVED),
  ],
  ["ROOM_DELETED", (_, rooms) => rooms.room().close(DisconnectReason.ROOM_DELETED)],
  ["STATE_MISMATCH", (client) => client.send({ answer: { type: "answer", sdp: "", id: 1 } })],
  ["JOIN_FAILURE", (_, rooms) => rooms.advance(60_000)],
  ["MIGRATION", (client) => client.send({ simulate: { migration: true } })],
  ["SIGNAL_CLOSE", (client) => client.drop()],
  ["ROOM_CLOSED", (_, rooms) => rooms.room().close(DisconnectReason.ROOM_CLOSED)],
  [
    "USER_UNAVAILABLE",
    (client) => client.send({ leave: { reason: DisconnectReason.USER_UNAVAILABLE } }),
  ],
  ["USER_REJECTED", (client) => client.send({ leave: { reason: DisconnectReason.USER_REJECTED } })],
  [
    "SIP_TRUNK_FAILURE",
    (client) => client.send({ leave: { reason: DisconnectReason.SIP_TRUNK_FAILURE } }),
  ],
  [
    "CONNECTION_TIMEOUT",
    (client, rooms) => {
      client.fail();
      rooms.advance(5_000);
    },
  ],
  ["AGENT_ERROR", (client) => client.send({ leave: { reason: DisconnectReason.AGENT_ERROR } })],
];

/** UNKNOWN_REASON is that of a session that goes on; only a SIP service speaks of MEDIA_FAILURE. */
const NEVER_ENDED_BY: readonly string[] = ["UNKNOWN_REASON", "MEDIA_FAILURE"];

test.each(ENDS)("a session that ends by %s says so in what is told of it", (reason, end) => {
  const closed: string[] = [];
  const rooms = new TestRooms(
    {},
    {
      ...SILENT_OBSERVER,
      participantClosed: (_, { identity, disconnectReason }) =>
        closed.push(`${identity} ${DisconnectReason[disconnectReason]}`),
    },
  );
  const client = rooms.join("a");
  end(client, rooms);
  expect(closed).toEqual([`a ${reason}`]);
  expect(client.participant.info()).toMatchObject({
    state: livekit.ParticipantInfo.State.DISCONNECTED,
    disconnectReason: DisconnectReason[reason],
  });
});

test("every reason of the schema is known to these tests", () => {
  const names = Object.keys(DisconnectReason).filter((name) => Number.isNaN(Number(name)));
  const known = [...ENDS.map(([reason]) => reason as string), ...NEVER_ENDED_BY];
  expect(new Set(known)).toEqual(new Set(names));
});

test.each([
  [DisconnectReason.USER_UNAVAILABLE, DisconnectReason.USER_UNAVAILABLE],
  [DisconnectReason.AGENT_ERROR, DisconnectReason.AGENT_ERROR],
  [DisconnectReason.SIP_TRUNK_FAILURE, DisconnectReason.SIP_TRUNK_FAILURE],
  [DisconnectReason.UNKNOWN_REASON, DisconnectReason.CLIENT_INITIATED],
  [DisconnectReason.ROOM_DELETED, DisconnectReason.CLIENT_INITIATED],
  [999 as livekit.DisconnectReason, DisconnectReason.CLIENT_INITIATED],
])("a client that leaves for reason %d has left for %d", (asked, told) => {
  const rooms = new TestRooms();
  const client = rooms.join("a");
  client.send({ leave: { reason: asked, canReconnect: true, action: RECONNECT } });
  expect(client.link.last("leave")).toMatchObject({ action: DISCONNECT, reason: told });
});

test("a closed session says nothing more and hears nothing more", () => {
  const rooms = new TestRooms();
  const client = rooms.join("a").connect();
  rooms.join("b").connect();
  client.send({ leave: {} });
  const count = client.link.messages.length;
  client.link.isClosed = false;
  client.send({ addTrack: { cid: "c" } });
  client.participant.close(DisconnectReason.PARTICIPANT_REMOVED);
  client.participant.transportFailed("late");
  rooms.advance(10_000);
  expect(client.link.messages).toHaveLength(count);
  expect(client.participant.disconnectReason).toBe(DisconnectReason.CLIENT_INITIATED);
});
