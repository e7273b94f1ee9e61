import { expect, test } from "bun:test";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { DisconnectReason } = livekit;
const Action = livekit.LeaveRequest.Action;

type Cause = {
  readonly title: string;
  readonly act: (client: TestClient, rooms: TestRooms) => void;
  readonly action: livekit.LeaveRequest.Action;
  readonly reason: livekit.DisconnectReason;
};

const { DISCONNECT, RECONNECT } = Action;

const CAUSES: readonly Cause[] = [
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

test.each(CAUSES.flatMap((cause) => [16, 12].map((protocol) => ({ ...cause, protocol }))))(
  "when $title a client of protocol $protocol is told why and closed",
  ({ act, action, reason, protocol }) => {
    const rooms = new TestRooms();
    const client = rooms.join("a", { client: { protocol } });
    act(client, rooms);
    expect(client.link.all("leave")).toHaveLength(1);
    expect(client.link.kinds.at(-1)).toBe("leave");
    expect(client.link.last("leave")).toMatchObject({
      action,
      reason,
      canReconnect: action === RECONNECT,
    });
    expect(client.link.isClosed).toBe(true);
    expect(client.participant.isClosed).toBe(true);
    expect(client.participant.disconnectReason).toBe(reason);
  },
);

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
