import { expect, test } from "bun:test";
import { SECOND_ICE } from "../../../test/support/client-sdp.ts";
import { settle, type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { DisconnectReason } = livekit;
const { State } = livekit.ParticipantInfo;
const Action = livekit.LeaveRequest.Action;

/** Answers of the server to an ICE restart carry credentials of their own. */
function ufragOf(sdp: string | null | undefined): string {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp ?? "")?.[1] ?? "";
}

test("a resumed client hears reconnect, the departed, everyone, the room, an offer and a token", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const gone = rooms.join("gone").connect();
  rooms.join("b").connect();
  rooms.join("hidden", { video: { hidden: true } });
  rooms.advance(10_000);
  const { link: old, sid } = a;
  const firstUfrag = ufragOf(old.last("offer").sdp);
  await settle();
  gone.send({ leave: {} });
  const link = a.resume();
  await settle();
  expect(old.isClosed).toBe(true);
  expect(link.kinds).toEqual([
    "reconnect",
    "update",
    "update",
    "roomUpdate",
    "offer",
    "trickle",
    "trickle",
    "refreshToken",
  ]);
  const [departed, present] = link.all("update");
  expect(departed?.participants).toHaveLength(1);
  expect(departed?.participants?.[0]).toMatchObject({
    identity: "gone",
    sid: gone.sid,
    state: State.DISCONNECTED,
    disconnectReason: DisconnectReason.CLIENT_INITIATED,
  });
  expect(present?.participants?.map(({ identity }) => identity)).toEqual(["a", "b"]);
  expect(ufragOf(link.last("offer").sdp)).not.toBe(firstUfrag);
  expect(a.sid).toBe(sid);
  expect(link.last("reconnect")).toMatchObject({
    iceServers: [{ urls: ["stun:127.0.0.1:3478"] }],
    serverInfo: { nodeId: "ND_test" },
    lastMessageSeq: 0,
  });
});

test("those who left long before are not told again, nor those who came back", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  rooms.join("early").connect().send({ leave: {} });
  rooms.join("back").connect().send({ leave: {} });
  rooms.advance(3_001);
  a.send({ pingReq: { timestamp: 1 } });
  rooms.join("back").connect();
  rooms.advance(1);
  const link = a.resume();
  const infos = link.all("update").flatMap(({ participants }) => participants ?? []);
  expect(infos.filter(({ state }) => state === State.DISCONNECTED)).toEqual([]);
  expect(infos.map(({ identity }) => identity).sort()).toEqual(["a", "back"]);
});

test("before protocol 9 the list of the departed is left out", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { client: { protocol: 8 } }).connect();
  rooms.join("gone").connect().send({ leave: {} });
  expect(a.resume().all("update")).toHaveLength(1);
});

test("JavaScript clients before 1.6.3 hear no reconnect", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { client: { version: "1.6.2" } }).connect();
  expect(a.resume().kinds[0]).toBe("update");
});

test("the reconnect response has the client configuration and the last data sequence", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { client: { browser: "firefox" } }).connect();
  a.sendData({ user: { payload: new Uint8Array(1) }, sequence: 5 });
  a.sendData({ user: { payload: new Uint8Array(1) }, sequence: 9 });
  a.sendData({ user: { payload: new Uint8Array(1) }, sequence: 7 });
  const reconnect = a.resume().last("reconnect");
  expect(reconnect.lastMessageSeq).toBe(9);
  expect(reconnect.clientConfiguration?.disabledCodecs?.codecs?.[0]?.mime).toBe("video/AV1");
});

test("a resume keeps tracks and subscriptions and tells dynacast again", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const sid = a.publish("cam");
  b.negotiate();
  const link = a.resume();
  expect(link.last("subscribedQualityUpdate").trackSid).toBe(sid);
  expect(rooms.thread.of("remove-receiver")).toEqual([]);
  b.resume();
  b.negotiate();
  expect(rooms.thread.of("remove-down-track")).toEqual([]);
  expect(rooms.thread.downTracks.size).toBe(1);
});

function expectAfreshLeave(client: TestClient, protocol: number): void {
  expect(client.link.kinds).toEqual(["leave"]);
  expect(client.link.last("leave")).toMatchObject({
    action: protocol <= 12 ? Action.DISCONNECT : Action.RECONNECT,
    reason: DisconnectReason.STATE_MISMATCH,
    canReconnect: protocol <= 12,
  });
  expect(client.link.isClosed).toBe(true);
  expect(client.session).toBeUndefined();
}

test.each([12, 13])("a resume of nobody is told to join afresh (protocol %d)", (protocol) => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { client: { protocol }, isReconnect: true });
  expectAfreshLeave(a, protocol);
  expect(rooms.rooms.rooms()).toEqual([]);
});

test("a resume after the session ended is told to join afresh", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  rooms.join("b").connect();
  a.send({ leave: {} });
  a.resume();
  expectAfreshLeave(a, 16);
});

test("a lost connection ends a session that never had media at once", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  a.drop();
  expect(a.participant.isClosed).toBe(true);
  expect(a.participant.disconnectReason).toBe(DisconnectReason.SIGNAL_CLOSE);
});

test("a session with healthy media outlives its connection, even while others publish", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  a.drop();
  b.publish("cam");
  rooms.advance(600_000);
  expect(a.participant.isClosed).toBe(false);
  const link = a.resume();
  expect(link.kinds[0]).toBe("reconnect");
  expect(link.last("offer").sdp).toContain("m=video");
  a.negotiate();
  expect(rooms.thread.downTracks.size).toBe(1);
});

test("an answer that is on its way when the connection breaks does not end the session", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  b.publish("cam");
  rooms.advance(200);
  a.drop();
  rooms.advance(60_000);
  expect(a.participant.isClosed).toBe(false);
  a.resume();
  a.negotiate();
  expect(rooms.thread.downTracks.size).toBe(1);
});

test("a connected client that does not answer an offer for 15 s has to join afresh", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  rooms.join("b").connect().publish("cam");
  rooms.advance(14_900);
  expect(a.link.isClosed).toBe(false);
  rooms.advance(300);
  expect(a.link.last("leave")).toMatchObject({
    action: Action.RECONNECT,
    reason: DisconnectReason.STATE_MISMATCH,
  });
});

test("a client that never connected is not asked for its answer", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  rooms.advance(30_000);
  expect(a.link.isClosed).toBe(false);
});

test("a failed transport asks for a resume, and ends the session five seconds later", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  rooms.advance(3_000);
  a.fail();
  expect(a.link.last("leave")).toMatchObject({
    action: Action.RESUME,
    reason: DisconnectReason.CONNECTION_TIMEOUT,
  });
  expect(a.link.isClosed).toBe(true);
  rooms.advance(4_999);
  expect(a.participant.isClosed).toBe(false);
  rooms.advance(3_001);
  expect(a.participant.isClosed).toBe(true);
  expect(b.infoOf("a")).toMatchObject({
    state: State.DISCONNECTED,
    disconnectReason: DisconnectReason.CONNECTION_TIMEOUT,
  });
});

test("before protocol 13 a failed transport just closes the connection", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { client: { protocol: 12 } }).connect();
  a.fail("publisher");
  expect(a.link.all("leave")).toEqual([]);
  expect(a.link.isClosed).toBe(true);
});

test("a resume in time keeps the session after a failed transport", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.fail();
  rooms.advance(4_000);
  a.resume();
  a.negotiate();
  a.connect("tcp");
  rooms.advance(60_000);
  expect(a.participant.isClosed).toBe(false);
});

test("a client that resumes but restarts nothing is gone soon after its connection is", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { isSinglePeerConnection: true }).connect();
  a.offer([{ mid: "0", kind: "data" }]);
  a.fail("publisher");
  a.resume();
  rooms.advance(60_000);
  expect(a.participant.isClosed).toBe(false);
  a.drop();
  rooms.advance(5_000);
  expect(a.participant.disconnectReason).toBe(DisconnectReason.CONNECTION_TIMEOUT);
});

test("a client that restarted ICE after a failure may lose its connection again", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { isSinglePeerConnection: true }).connect();
  a.offer([{ mid: "0", kind: "data" }]);
  a.fail("publisher");
  a.resume();
  a.ice = SECOND_ICE;
  a.offer();
  a.connect("tcp");
  a.drop();
  rooms.advance(60_000);
  expect(a.participant.isClosed).toBe(false);
});

test("two transports that fail together are one failure", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.fail("publisher");
  rooms.advance(4_000);
  a.fail("subscriber");
  expect(a.link.all("leave")).toHaveLength(1);
  rooms.advance(1_000);
  expect(a.participant.isClosed).toBe(true);
});

test("a client's ICE restart is answered with new credentials and candidates", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.publish("cam");
  const firstUfrag = ufragOf(a.link.last("answer").sdp);
  a.link.clear();
  rooms.thread.clear();
  a.ice = SECOND_ICE;
  a.offer();
  expect(ufragOf(a.link.last("answer").sdp)).not.toBe(firstUfrag);
  expect(a.link.all("trickle")).toHaveLength(2);
  expect(rooms.thread.commands.map(({ kind }) => kind)).toContain("restart-ice");
  expect(rooms.thread.of("set-remote")[0]).toMatchObject({ ufrag: SECOND_ICE.ufrag });
});

test("requests on a connection that was replaced are ignored", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const { session } = a;
  a.resume();
  session?.handle(new livekit.SignalRequest({ leave: {} }));
  expect(a.participant.isClosed).toBe(false);
  session?.linkLost();
  expect(a.participant.isSignalConnected).toBe(true);
});

test("the token is refreshed after a join, every five minutes and with the values of then", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", {
    claims: { name: "A", roomPreset: "p", roomConfig: { name: "c" } },
    video: { canUpdateOwnMetadata: true },
  });
  a.connect();
  a.send({ updateMetadata: { name: "B", attributes: { k: "v" } } });
  rooms.advance(300_000);
  await settle();
  expect(a.link.all("refreshToken")).toEqual(["token 1", "token 2", "token 3"]);
  expect(rooms.issued.map(({ name }) => name)).toEqual(["A", "B", "B"]);
  expect(rooms.issued.at(-1)).toMatchObject({
    identity: "a",
    attributes: { k: "v" },
    roomPreset: "p",
    roomConfig: { name: "c" },
    expiresAt: 2_000_000_000,
    video: { roomJoin: true, room: "demo" },
  });
});

test("a session whose attributes have grown beyond what a join may bring is resumed", () => {
  const rooms = new TestRooms();
  const client = rooms.join("a", { video: { canUpdateOwnMetadata: true } }).connect();
  const halves = { x: "x".repeat(60_000), y: "y".repeat(60_000) };
  for (const [key, value] of Object.entries(halves)) {
    client.send({ updateMetadata: { attributes: { [key]: value } } });
  }
  const link = client.resume({ claims: { attributes: halves } });
  expect(link.kinds[0]).toBe("reconnect");
});
