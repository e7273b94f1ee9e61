import { expect, test } from "bun:test";
import { settle, TEST_SETTINGS, TestRooms } from "../../../test/support/test-room.ts";
import { ServerError } from "../../base/errors.ts";
import { livekit } from "../../gen/livekit.js";

const { DisconnectReason, ParticipantInfo } = livekit;
const { State } = ParticipantInfo;
const Action = livekit.LeaveRequest.Action;

test("the join response tells room, participant, others, server, pings, ICE servers and codecs", () => {
  const rooms = new TestRooms();
  rooms.join("first", { claims: { name: "First", metadata: "m", attributes: { k: "v" } } });
  const joined = rooms.join("second", {
    claims: { name: "Second" },
    client: { clientProtocol: 2, capabilities: [1] },
  });
  const join = joined.link.last("join");
  expect(join.room).toMatchObject({
    sid: expect.stringMatching(/^RM_\w{12}$/),
    name: "demo",
    emptyTimeout: 300,
    departureTimeout: 20,
    maxParticipants: 0,
    numParticipants: 2,
    numPublishers: 0,
    activeRecording: false,
    creationTime: Math.floor(rooms.scheduler.wallMs() / 1000),
    creationTimeMs: rooms.scheduler.wallMs(),
    turnPassword: expect.stringMatching(/^\w{32}$/),
  });
  expect(join.room?.enabledCodecs?.map(({ mime }) => mime)).toEqual(
    TEST_SETTINGS.enabledCodecs.map(({ mime }) => mime),
  );
  expect(join.participant).toMatchObject({
    sid: expect.stringMatching(/^PA_\w{12}$/),
    identity: "second",
    name: "Second",
    state: State.JOINING,
    version: 0,
    clientProtocol: 2,
    capabilities: [1],
    region: "here",
    kind: ParticipantInfo.Kind.STANDARD,
    isPublisher: false,
    joinedAtMs: rooms.scheduler.wallMs(),
  });
  expect(join.participant?.permission).toMatchObject({
    canSubscribe: true,
    canPublish: true,
    canPublishData: true,
    canUpdateMetadata: false,
    hidden: false,
    recorder: false,
  });
  expect(join.otherParticipants).toHaveLength(1);
  expect(join.otherParticipants?.[0]).toMatchObject({
    identity: "first",
    name: "First",
    metadata: "m",
    attributes: { k: "v" },
    state: State.JOINED,
  });
  expect(join).toMatchObject({
    subscriberPrimary: true,
    fastPublish: true,
    pingInterval: 5,
    pingTimeout: 15,
    serverVersion: "1.2.3",
    serverRegion: "here",
    alternativeUrl: "",
  });
  expect(join.serverInfo).toMatchObject({
    edition: livekit.ServerInfo.Edition.Standard,
    version: "1.2.3",
    protocol: 18,
    agentProtocol: 1,
    region: "here",
    nodeId: "ND_test",
  });
  expect(join.iceServers?.[0]).toMatchObject({ urls: ["stun:127.0.0.1:3478"] });
  expect(join.sifTrailer).toHaveLength(32);
  expect(join.clientConfiguration).toBeFalsy();
  expect(join.enabledPublishCodecs?.map(({ mime }) => mime)).toEqual([
    "video/VP8",
    "video/H264",
    "video/VP9",
    "video/AV1",
    "video/H265",
    "audio/PCMU",
    "audio/PCMA",
    "audio/opus",
    "audio/red",
  ]);
});

test("the trailer of server-injected frames is the room's own and stays", () => {
  const rooms = new TestRooms();
  const [a, b, other] = [rooms.join("a"), rooms.join("b"), rooms.join("a", { room: "other" })];
  const trailer = a.link.last("join").sifTrailer;
  expect(b.link.last("join").sifTrailer).toEqual(trailer!);
  expect(other.link.last("join").sifTrailer).not.toEqual(trailer!);
});

test.each([
  { title: "protocol 2", options: { client: { protocol: 2 } }, isPrimary: false },
  { title: "protocol 3", options: { client: { protocol: 3 } }, isPrimary: true },
  { title: "no canSubscribe", options: { video: { canSubscribe: false } }, isPrimary: false },
  { title: "one peer connection", options: { isSinglePeerConnection: true }, isPrimary: false },
])("subscriber_primary with $title is $isPrimary", ({ options, isPrimary }) => {
  const rooms = new TestRooms();
  expect(rooms.join("a", options).link.last("join").subscriberPrimary).toBe(isPrimary);
});

test("fast_publish is false without canPublish", () => {
  const rooms = new TestRooms();
  const { link } = rooms.join("a", { video: { canPublish: false } });
  expect(link.last("join").fastPublish).toBe(false);
});

test("a browser's shortcomings shape the client configuration and the publish codecs", () => {
  const rooms = new TestRooms();
  const client = { browser: "Safari", browserVersion: "18.4" };
  const join = rooms.join("a", { client }).link.last("join");
  const disabled = join.clientConfiguration?.disabledCodecs;
  expect(disabled?.codecs?.map(({ mime }) => mime)).toEqual(["video/AV1"]);
  expect(disabled?.publish?.map(({ mime }) => mime)).toEqual(["video/VP9"]);
  const mimes = join.enabledPublishCodecs?.map(({ mime }) => mime);
  expect(mimes).not.toContain("video/AV1");
  expect(mimes).not.toContain("video/VP9");
});

test("a joining client hears join, its subscriber offer with candidates, and a token", async () => {
  const rooms = new TestRooms();
  const { link } = rooms.join("a");
  await settle();
  expect(link.kinds).toEqual(["join", "offer", "trickle", "trickle", "refreshToken"]);
  const offer = link.last("offer");
  expect(offer.type).toBe("offer");
  expect(offer.id).toBeGreaterThan(0);
  expect(offer.id).toBeLessThanOrEqual(256);
  expect(offer.sdp).toContain("m=application");
  const candidates = link.all("trickle");
  expect(candidates.map(({ final }) => final)).toEqual([false, true]);
  for (const { candidateInit, target } of candidates) {
    expect(target).toBe(livekit.SignalTarget.SUBSCRIBER);
    expect(JSON.parse(candidateInit ?? "").candidate).toStartWith("candidate:");
  }
});

test("the first offer of a join into a live room carries the tracks that are there", () => {
  const rooms = new TestRooms();
  const publisher = rooms.join("a").connect();
  const sid = publisher.publish("cam");
  const { link } = rooms.join("b");
  const offer = link.last("offer");
  expect(offer.sdp).toContain(`a=msid:${publisher.sid}|${sid} ${sid}`);
  expect(Object.values(offer.midToTrackId ?? {})).toEqual([sid]);
});

test("add_track requests and the offer of a join request are handled after join, in order", () => {
  const rooms = new TestRooms();
  const { AUDIO, VIDEO } = livekit.TrackType;
  const { MICROPHONE, CAMERA } = livekit.TrackSource;
  const { link } = rooms.join("a", {
    isSinglePeerConnection: true,
    addTracks: [
      { cid: "m", name: "mic", type: AUDIO, source: MICROPHONE },
      { cid: "c", name: "cam", type: VIDEO, source: CAMERA },
    ],
    offer: { type: "offer", sdp: "not a description", id: 1 },
  });
  expect(link.kinds).toEqual(["join", "trackPublished", "trackPublished", "leave"]);
  expect(link.all("trackPublished").map(({ cid }) => cid)).toEqual(["m", "c"]);
});

test("the same identity again ends the former session and takes its place", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w").connect();
  const first = rooms.join("a").connect();
  first.publish("cam");
  const firstSid = first.sid;
  watcher.link.clear();
  const second = rooms.join("a");
  expect(first.link.last("leave")).toMatchObject({
    action: Action.DISCONNECT,
    reason: DisconnectReason.DUPLICATE_IDENTITY,
    canReconnect: false,
  });
  expect(first.link.isClosed).toBe(true);
  expect(second.sid).not.toBe(firstSid);
  expect(rooms.room().participants()).toHaveLength(2);
  rooms.advance(3_000);
  const infos = watcher.link.all("update").flatMap(({ participants }) => participants ?? []);
  expect(infos.filter(({ identity }) => identity === "a").map(({ sid }) => sid)).toEqual([
    second.sid,
  ]);
});

test("before protocol 12 a client hears that the former session ended", () => {
  const rooms = new TestRooms();
  const old = rooms.join("old", { client: { protocol: 11 } });
  const first = rooms.join("a");
  const firstSid = first.sid;
  rooms.advance(3_000);
  old.link.clear();
  const second = rooms.join("a");
  rooms.advance(3_000);
  const infos = old.link.all("update").flatMap(({ participants }) => participants ?? []);
  expect(infos.map(({ sid, state }) => [sid, state])).toEqual([
    [firstSid, State.DISCONNECTED],
    [second.sid, State.JOINED],
  ]);
});

test("a full room refuses one more, whoever is there stays, and a place that is left is free", () => {
  const rooms = new TestRooms({ maxParticipants: 2 });
  const a = rooms.join("a");
  rooms.join("b");
  expect(() => rooms.join("c")).toThrow(ServerError);
  expect(a.link.isClosed).toBe(false);
  const timers = rooms.scheduler.pendingCount;
  expect(() => rooms.join("c")).toThrow("max_participants");
  expect(rooms.scheduler.pendingCount).toBe(timers);
  expect(rooms.router.debugInfo()).toMatchObject({ peers: 4 });
  expect(rooms.join("a").link.kinds[0]).toBe("join");
  rooms.join("agent", { claims: { kind: "agent" } });
  rooms.join("recorder", { video: { recorder: true, hidden: true } });
  rooms.room().findParticipant("b")!.close(DisconnectReason.CLIENT_INITIATED);
  expect(rooms.join("c").link.kinds[0]).toBe("join");
});

test("an agent whose identity a refused participant claims keeps its session", () => {
  const rooms = new TestRooms({ maxParticipants: 1 });
  const agent = rooms.join("x", { claims: { kind: "agent" } });
  rooms.join("a");
  expect(() => rooms.join("x")).toThrow(ServerError);
  expect(agent.link.isClosed).toBe(false);
});

test.each([
  { title: "metadata", claims: { metadata: "m".repeat(11) } },
  { title: "attributes", claims: { attributes: { key: "v".repeat(8) } } },
])("a token with $title over the limit does not join", ({ claims }) => {
  const rooms = new TestRooms({ maxMetadataBytes: 10, maxAttributesBytes: 10 });
  expect(() => rooms.join("a", { claims })).toThrow("exceeds limits");
  expect(rooms.rooms.rooms()).toEqual([]);
});

test("a limit of zero is none", () => {
  const rooms = new TestRooms({ maxMetadataBytes: 0, maxAttributesBytes: 0 });
  const claims = { metadata: "m".repeat(1_000), attributes: { key: "v".repeat(1_000) } };
  expect(rooms.join("a", { claims }).link.kinds[0]).toBe("join");
});

test("hidden participants are in nobody's join response or updates but see the others", () => {
  const rooms = new TestRooms();
  const connection = { isAutoSubscribe: false };
  const a = rooms.join("a", { connection }).connect();
  const hidden = rooms.join("h", { video: { hidden: true, canUpdateOwnMetadata: true } }).connect();
  expect(hidden.link.last("join").otherParticipants?.map(({ identity }) => identity)).toEqual([
    "a",
  ]);
  const b = rooms.join("b", { connection }).connect();
  expect(b.link.last("join").otherParticipants?.map(({ identity }) => identity)).toEqual(["a"]);
  hidden.publish("cam");
  hidden.send({ updateMetadata: { requestId: 1, name: "new" } });
  rooms.advance(10_000);
  expect(a.updated).not.toContain("h");
  expect(b.updated).not.toContain("h");
  expect(hidden.infoOf("h")?.name).toBe("new");
  expect(hidden.updated).toContain("b");
  hidden.participant.close(DisconnectReason.CLIENT_INITIATED);
  rooms.advance(10_000);
  expect(a.updated).not.toContain("h");
  expect(rooms.room().info().numParticipants).toBe(2);
});

test("kind, kind details and agent grant of the token show in the participant", () => {
  const rooms = new TestRooms();
  const agent = rooms.join("agent", {
    claims: { kind: "agent", kindDetails: ["cloud_agent", "no_such", "constructor"] },
    video: { agent: true },
  });
  expect(agent.link.last("join").participant).toMatchObject({
    kind: ParticipantInfo.Kind.AGENT,
    kindDetails: [ParticipantInfo.KindDetail.CLOUD_AGENT],
    permission: { agent: true },
  });
});

test("an attribute may have any name, __proto__ too", () => {
  const rooms = new TestRooms();
  const attributes = JSON.parse('{"__proto__":"p","constructor":"c"}');
  const a = rooms.join("a", {
    claims: JSON.parse('{"attributes":{"__proto__":"p","constructor":"c"}}'),
    video: { canUpdateOwnMetadata: true },
  });
  expect(a.link.last("join").participant?.attributes).toEqual(attributes);
  a.send({ updateMetadata: { requestId: 1, attributes: JSON.parse('{"__proto__":"q"}') } });
  expect(Object.entries(a.infoOf("a")?.attributes ?? {}).sort()).toEqual([
    ["__proto__", "q"],
    ["constructor", "c"],
  ]);
  a.send({ updateMetadata: { requestId: 1, attributes: JSON.parse('{"__proto__":""}') } });
  expect(Object.keys(a.infoOf("a")?.attributes ?? {})).toEqual(["constructor"]);
});

test("a participant that does not become active within a minute is removed", () => {
  const rooms = new TestRooms();
  const active = rooms.join("a").connect();
  const waiting = rooms.join("b");
  rooms.advance(59_999);
  expect(waiting.link.isClosed).toBe(false);
  rooms.advance(1);
  expect(waiting.link.last("leave").reason).toBe(DisconnectReason.JOIN_FAILURE);
  expect(active.link.isClosed).toBe(false);
  expect(rooms.observed).toEqual(["active a", "aborted b"]);
});

test("becoming active is observed once, leaving after it as well", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect().connect();
  a.send({ leave: { reason: DisconnectReason.CLIENT_INITIATED } });
  expect(rooms.observed).toEqual(["active a", "left a"]);
});
