import { expect, test } from "bun:test";
import { type JoinOptions, type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { SE_CODEC_UNSUPPORTED, SE_TRACK_NOTFOUND, SE_UNKNOWN } = livekit.SubscriptionError;
const { LOW, MEDIUM, HIGH, OFF } = livekit.VideoQuality;
const { AUDIO } = livekit.TrackType;

function twoClients(
  options: JoinOptions = {},
  settings = {},
): { rooms: TestRooms; a: TestClient; b: TestClient } {
  const rooms = new TestRooms(settings);
  const a = rooms.join("a").connect();
  const b = rooms.join("b", options).connect();
  return { rooms, a, b };
}

function settingsOf(
  rooms: TestRooms,
): { isDisabled: boolean; maxSpatialLayer: number } | undefined {
  return [...rooms.thread.downTracks.values()][0]?.settings;
}

test("a new track is offered to everyone with auto-subscribe and flows after the answer", () => {
  const { rooms, a, b } = twoClients();
  rooms.advance(200);
  const sid = a.publish("cam");
  rooms.advance(10);
  const offer = b.link.last("offer");
  expect(offer.sdp).toContain(`a=msid:${a.sid}|${sid} ${sid}`);
  expect(rooms.thread.downTracks.size).toBe(0);
  b.answerOffers();
  const [downTrack] = rooms.thread.downTracks.values();
  const [receiverId] = rooms.thread.receivers.keys();
  expect(downTrack).toMatchObject({
    receiverId: receiverId!,
    peerId: b.participant.transports.subscriber!.peer.peerId,
    isScreenShare: false,
    cname: `${a.sid}|${sid}`,
  });
  expect(downTrack?.rtxSsrc).toBeGreaterThan(0);
  expect(downTrack?.settings).toEqual({
    isDisabled: false,
    maxSpatialLayer: 2,
    maxTemporalLayer: 3,
    maxFrameRate: 0,
    priority: 1,
  });
  expect(a.link.last("trackSubscribed").trackSid).toBe(sid);
});

test("without auto-subscribe nothing is offered until it is asked for", () => {
  const { rooms, a, b } = twoClients({ connection: { isAutoSubscribe: false } });
  const sid = a.publish("mic", { type: AUDIO });
  b.negotiate();
  expect(rooms.thread.downTracks.size).toBe(0);
  const participantTracks = [{ participantSid: a.sid, trackSids: [sid] }];
  b.send({ subscription: { participantTracks, subscribe: true } });
  b.negotiate();
  const [downTrack] = rooms.thread.downTracks.values();
  expect(downTrack?.rtxSsrc).toBe(0);
});

test("one who joins later is subscribed to what is there, unless it does not want to be", () => {
  const rooms = new TestRooms();
  rooms.join("a").connect().publish("cam");
  rooms.join("b").connect();
  rooms.join("c", { connection: { isAutoSubscribe: false } }).connect();
  expect(rooms.thread.downTracks.size).toBe(1);
});

test("unsubscribing makes the section inactive, and another track puts it to use", () => {
  const { rooms, a, b } = twoClients();
  const sid = a.publish("cam");
  b.negotiate();
  b.send({ subscription: { trackSids: [sid], subscribe: false } });
  expect(rooms.thread.downTracks.size).toBe(0);
  b.negotiate();
  expect(b.link.last("offer").sdp).toContain("a=inactive");
  a.publish("screen");
  b.negotiate();
  expect(b.link.last("offer").sdp?.match(/^m=video/gm)).toHaveLength(1);
  b.send({ subscription: { trackSids: [sid], subscribe: true } });
  b.negotiate();
  expect(rooms.thread.downTracks.size).toBe(2);
  expect(rooms.thread.violations).toEqual([]);
});

test("track_subscribed is told once for a track, and not for hidden subscribers", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const hidden = rooms.join("h", { video: { hidden: true } }).connect();
  a.publish("cam");
  hidden.negotiate();
  expect(a.link.all("trackSubscribed")).toEqual([]);
  for (const identity of ["b", "c"]) rooms.join(identity).connect();
  expect(a.link.all("trackSubscribed")).toHaveLength(1);
});

test("a wish for a track that nobody has is given up and told after a minute", () => {
  const { rooms, b } = twoClients();
  b.send({ subscription: { trackSids: ["TR_no"], subscribe: true } });
  rooms.advance(59_000);
  expect(b.link.all("subscriptionResponse")).toEqual([]);
  rooms.advance(4_000);
  expect(b.link.all("subscriptionResponse")).toHaveLength(1);
  expect(b.link.last("subscriptionResponse")).toMatchObject({
    trackSid: "TR_no",
    err: SE_TRACK_NOTFOUND,
  });
  rooms.advance(120_000);
  expect(b.link.all("subscriptionResponse")).toHaveLength(1);
});

test("a wish that is taken back is never told as not found", () => {
  const { rooms, b } = twoClients();
  b.send({ subscription: { trackSids: ["TR_no"], subscribe: true } });
  b.send({ subscription: { trackSids: ["TR_no"], subscribe: false } });
  rooms.advance(70_000);
  expect(b.link.all("subscriptionResponse")).toEqual([]);
});

test("a track whose codec the subscriber has not is told as unsupported and dropped", () => {
  const { rooms, a, b } = twoClients();
  const sid = a.publish("cam", {}, { codecs: ["VP9", "VP8"] });
  b.negotiate({ without: ["vp9"] });
  expect(b.link.last("subscriptionResponse")).toMatchObject({
    trackSid: sid,
    err: SE_CODEC_UNSUPPORTED,
  });
  rooms.advance(70_000);
  expect(b.link.all("subscriptionResponse")).toHaveLength(1);
  expect(rooms.thread.downTracks.size).toBe(0);
  expect(b.participant.isClosed).toBe(false);
});

test("a refused section counts as unsupported", () => {
  const { rooms, a, b } = twoClients();
  a.publish("cam");
  rooms.advance(200);
  const mid = Object.keys(b.link.last("offer").midToTrackId ?? {})[0] ?? "";
  b.answerOffers({ rejectedMids: [mid] });
  expect(b.link.last("subscriptionResponse").err).toBe(SE_CODEC_UNSUPPORTED);
});

test("a subscriber without RED takes the Opus in it", () => {
  const { rooms, a, b } = twoClients();
  a.publish("mic", { type: AUDIO }, { codecs: ["opus", "red"] });
  expect([...rooms.thread.receivers.values()][0]?.codecs[0]?.payloadType).toBe(63);
  b.negotiate({ without: ["red"] });
  expect(rooms.thread.downTracks.size).toBe(1);
  expect(b.link.all("subscriptionResponse")).toEqual([]);
});

test("a client with two codecs of a track to choose from is bound to the one it has", () => {
  const { rooms, a, b } = twoClients();
  const simulcastCodecs = [
    { codec: "vp9", cid: "cam" },
    { codec: "vp8", cid: "backup" },
  ];
  a.publish("cam", { simulcastCodecs }, { codecs: ["VP9"] });
  a.offer([{ mid: "1", kind: "video", cid: "backup", codecs: ["VP8"] }]);
  b.negotiate({ without: ["vp9"] });
  const [downTrack] = rooms.thread.downTracks.values();
  expect(rooms.thread.receivers.get(downTrack?.receiverId ?? 0)?.mid).toBe("1");
  a.offer([{ mid: "1", kind: "video", cid: "backup", direction: "inactive" }]);
  b.negotiate({ without: ["vp9"] });
  expect(rooms.thread.downTracks.size).toBe(0);
  // it may come again: the publisher is asked for it
  expect(b.link.all("subscriptionResponse")).toEqual([]);
  expect(rooms.thread.violations).toEqual([]);
});

test("when one codec of a track stops its subscribers are moved to the other", () => {
  const { rooms, a, b } = twoClients();
  const simulcastCodecs = [
    { codec: "vp9", cid: "cam" },
    { codec: "vp8", cid: "backup" },
  ];
  a.publish("cam", { simulcastCodecs }, { codecs: ["VP9"] });
  a.offer([{ mid: "1", kind: "video", cid: "backup", codecs: ["VP8"] }]);
  b.negotiate();
  a.offer([{ mid: "0", kind: "video", cid: "cam", direction: "inactive" }]);
  b.negotiate();
  const [downTrack] = rooms.thread.downTracks.values();
  expect(rooms.thread.receivers.get(downTrack?.receiverId ?? 0)?.mid).toBe("1");
  expect(rooms.thread.violations).toEqual([]);
});

test("a publisher that turns out to send another codec loses the subscribers that have it not", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const c = rooms.join("c").connect();
  a.publish("cam", {}, { codecs: ["VP8", "H264"] });
  b.negotiate();
  c.negotiate({ without: ["h264"] });
  const [receiver] = rooms.thread.receivers.values();
  rooms.thread.emit({
    kind: "stream-started",
    receiverId: receiver!.receiverId,
    spatialLayer: 0,
    rid: "",
    ssrc: 1,
    codec: receiver!.codecs[1]!.codec,
  });
  expect(b.link.all("subscriptionResponse")).toEqual([]);
  expect(c.link.last("subscriptionResponse").err).toBe(SE_CODEC_UNSUPPORTED);
  expect(
    a.link.last("subscribedQualityUpdate").subscribedCodecs?.map(({ codec }) => codec),
  ).toEqual(["h264"]);
});

test("losing canSubscribe ends the subscriptions, getting it back restores them", () => {
  const { rooms, a, b } = twoClients();
  a.publish("cam");
  b.negotiate();
  const { grant } = b.participant;
  b.participant.setGrant({ ...grant, canSubscribe: false });
  b.negotiate();
  expect(rooms.thread.downTracks.size).toBe(0);
  rooms.advance(120_000);
  expect(b.link.all("subscriptionResponse")).toEqual([]);
  b.participant.setGrant(grant);
  b.negotiate();
  expect(rooms.thread.downTracks.size).toBe(1);
});

test("a publisher's permissions are told when first known, on each change, and obeyed", () => {
  const { rooms, a, b } = twoClients();
  const sid = a.publish("cam");
  b.negotiate();
  const updates = () =>
    b.link.all("subscriptionPermissionUpdate").map((update) => {
      expect(update).toMatchObject({ participantSid: a.sid, trackSid: sid });
      return update.allowed;
    });
  expect(updates()).toEqual([true]);
  a.send({ subscriptionPermission: { allParticipants: false } });
  expect(updates()).toEqual([true, false]);
  expect(rooms.thread.downTracks.size).toBe(0);
  b.negotiate();
  rooms.advance(120_000);
  expect(b.link.all("subscriptionResponse")).toEqual([]);
  const trackPermissions = [{ participantSid: b.sid, trackSids: [sid] }];
  a.send({ subscriptionPermission: { trackPermissions } });
  b.negotiate();
  expect(updates()).toEqual([true, false, true]);
  expect(rooms.thread.downTracks.size).toBe(1);
});

test("permissions hold for later tracks and later sessions of an identity, and spare recorders", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.send({
    subscriptionPermission: { trackPermissions: [{ participantIdentity: "b", allTracks: true }] },
  });
  a.publish("cam");
  const b = rooms.join("b").connect();
  rooms.join("c").connect();
  rooms.join("r", { video: { recorder: true, hidden: true } }).connect();
  expect(rooms.thread.downTracks.size).toBe(2);
  b.send({ leave: {} });
  rooms.join("b").connect();
  expect(rooms.thread.downTracks.size).toBe(2);
});

test("settings are taken before the track exists, for a minute", () => {
  const { rooms, a, b } = twoClients();
  a.send({ addTrack: { cid: "cam", type: livekit.TrackType.VIDEO } });
  const sid = a.link.last("trackPublished").track?.sid ?? "";
  b.send({ trackSetting: { trackSids: [sid], disabled: true, priority: 7 } });
  rooms.advance(50_000);
  a.offer([{ mid: "0", kind: "video", cid: "cam" }]);
  b.negotiate();
  expect(settingsOf(rooms)).toMatchObject({ isDisabled: true, priority: 7 });
});

test("settings that came more than a minute before the track are forgotten", () => {
  const { rooms, a, b } = twoClients();
  a.send({ addTrack: { cid: "cam", type: livekit.TrackType.VIDEO } });
  const sid = a.link.last("trackPublished").track?.sid ?? "";
  b.send({ trackSetting: { trackSids: [sid], disabled: true } });
  rooms.advance(61_000);
  a.offer([{ mid: "0", kind: "video", cid: "cam" }]);
  b.negotiate();
  expect(settingsOf(rooms)?.isDisabled).toBe(false);
});

test("settings for tracks that never come are bounded, and the old make room", () => {
  const { rooms, a, b } = twoClients();
  const many = Array.from({ length: 20_000 }, (_, i) => `TR_${i}`);
  b.send({ trackSetting: { trackSids: many, disabled: true } });
  a.send({ addTrack: { cid: "cam", type: livekit.TrackType.VIDEO } });
  const sid = a.link.last("trackPublished").track?.sid ?? "";
  rooms.advance(64_000);
  b.send({ trackSetting: { trackSids: [sid], disabled: true } });
  a.offer([{ mid: "0", kind: "video", cid: "cam" }]);
  b.negotiate();
  expect(settingsOf(rooms)?.isDisabled).toBe(true);
});

test("wishes for tracks that never come are bounded, and others still work", () => {
  const { rooms, a, b } = twoClients({ connection: { isAutoSubscribe: false } });
  const many = Array.from({ length: 25_000 }, (_, i) => `TR_${i}`);
  b.send({ subscription: { trackSids: many, subscribe: true } });
  const sid = a.publish("cam");
  b.send({ subscription: { trackSids: [sid], subscribe: true } });
  b.negotiate();
  expect(rooms.thread.downTracks.size).toBe(0);
  b.send({ subscription: { trackSids: many.slice(0, 10), subscribe: false } });
  b.send({ subscription: { trackSids: [sid], subscribe: true } });
  b.negotiate();
  expect(rooms.thread.downTracks.size).toBe(1);
});

test("enabling is applied at once, other changes after 100 ms, the last one wins", () => {
  const { rooms, a, b } = twoClients();
  const layers = [LOW, MEDIUM, HIGH].map((quality) => ({ quality }));
  const sid = a.publish("cam", { layers });
  b.negotiate();
  b.send({ trackSetting: { trackSids: [sid], disabled: true, quality: HIGH } });
  b.send({ trackSetting: { trackSids: [sid], quality: MEDIUM } });
  expect(settingsOf(rooms)).toMatchObject({ isDisabled: false, maxSpatialLayer: 1 });
  b.send({ trackSetting: { trackSids: [sid], quality: LOW } });
  rooms.advance(50);
  b.send({ trackSetting: { trackSids: [sid], quality: HIGH } });
  rooms.advance(99);
  expect(settingsOf(rooms)?.maxSpatialLayer).toBe(1);
  rooms.advance(1);
  expect(settingsOf(rooms)?.maxSpatialLayer).toBe(2);
  b.send({ trackSetting: { trackSids: [sid], quality: OFF } });
  rooms.advance(100);
  expect(settingsOf(rooms)?.isDisabled).toBe(true);
});

test("an adaptive stream starts low, and what it had disabled before is enabled when it is bound", () => {
  const { rooms, a, b } = twoClients({ connection: { isAdaptiveStream: true } });
  const layers = [LOW, MEDIUM, HIGH].map((quality) => ({ quality, height: 180 * 2 ** quality }));
  const sid = a.publish("cam", { layers });
  b.send({ trackSetting: { trackSids: [sid], disabled: true } });
  b.negotiate();
  expect(settingsOf(rooms)).toMatchObject({ isDisabled: false, maxSpatialLayer: 0 });
  b.send({ trackSetting: { trackSids: [sid], width: 1_280, height: 720 } });
  rooms.advance(100);
  expect(settingsOf(rooms)?.maxSpatialLayer).toBe(2);
  b.send({ trackSetting: { trackSids: [sid], disabled: true } });
  rooms.advance(100);
  expect(settingsOf(rooms)?.isDisabled).toBe(true);
});

test("per-kind limits hold back what is too much, silently, until there is room", () => {
  const { rooms, a, b } = twoClients({}, { subscriptionLimitVideo: 1, subscriptionLimitAudio: 1 });
  const first = a.publish("one");
  a.publish("two");
  a.publish("mic", { type: AUDIO });
  b.negotiate();
  expect(rooms.thread.downTracks.size).toBe(2);
  rooms.advance(70_000);
  expect(b.link.all("subscriptionResponse")).toEqual([]);
  b.send({ subscription: { trackSids: [first], subscribe: false } });
  rooms.advance(3_000);
  b.negotiate();
  expect(rooms.thread.downTracks.size).toBe(2);
});

test("a connected subscriber whose track is not bound within 15 s is told, once, and goes on", () => {
  const { rooms, a, b } = twoClients();
  const { subscriber } = b.participant.transports;
  let refusals = 0;
  const addTrack = subscriber!.addTrack.bind(subscriber);
  subscriber!.addTrack = () => {
    refusals += 1;
    return false;
  };
  const sid = a.publish("cam");
  rooms.advance(14_000);
  expect(b.link.all("subscriptionResponse")).toEqual([]);
  rooms.advance(16_000);
  expect(refusals).toBeGreaterThan(5);
  expect(b.link.all("subscriptionResponse")).toHaveLength(1);
  expect(b.link.last("subscriptionResponse")).toMatchObject({ trackSid: sid, err: SE_UNKNOWN });
  subscriber!.addTrack = addTrack;
  rooms.advance(3_000);
  b.negotiate();
  expect(rooms.thread.downTracks.size).toBe(1);
});

test("a publisher that leaves takes its tracks from its subscribers", () => {
  const { rooms, a, b } = twoClients();
  a.publish("cam");
  b.negotiate();
  a.send({ leave: {} });
  expect(rooms.thread.downTracks.size).toBe(0);
  expect(rooms.router.debugInfo()).toMatchObject({ downTracks: 0, receivers: 0 });
  b.negotiate();
  expect(b.link.last("offer").sdp).toContain("a=inactive");
  expect(rooms.thread.violations).toEqual([]);
});

test("a subscriber is told when a video flows, and when it is paused; of a mute nothing", () => {
  const { rooms, a, b } = twoClients();
  const sid = a.publish("cam");
  b.negotiate();
  const [downTrackId = 0] = rooms.thread.downTracks.keys();
  const changed = { kind: "forwarding-changed", downTrackId, spatialLayer: 0 } as const;
  for (const streamState of ["active", "active", "paused", "paused", "active"] as const) {
    rooms.thread.emit({ ...changed, streamState });
  }
  for (const streamState of ["inactive", "active"] as const) {
    rooms.thread.emit({ ...changed, streamState });
  }
  const states = b.link.all("streamStateUpdate").flatMap(({ streamStates }) => streamStates ?? []);
  const { ACTIVE, PAUSED } = livekit.StreamState;
  expect(states.map(({ state }) => state)).toEqual([ACTIVE, PAUSED, ACTIVE, ACTIVE]);
  expect(states[0]).toMatchObject({ trackSid: sid, participantSid: a.sid });
});

test("a video that is paused for bandwidth cannot be disabled, before or after it is known", () => {
  const { rooms, a, b } = twoClients();
  const sid = a.publish("cam");
  b.negotiate();
  const [downTrackId = 0] = rooms.thread.downTracks.keys();
  const changed = { kind: "forwarding-changed", downTrackId, spatialLayer: -1 } as const;
  const disable = { trackSetting: { trackSids: [sid], disabled: true } };
  const wanted = (): unknown => a.link.last("subscribedQualityUpdate").subscribedCodecs?.[0];
  const before = wanted();
  rooms.thread.emit({ ...changed, streamState: "paused" });
  b.send(disable);
  rooms.advance(6_000);
  expect(settingsOf(rooms)?.isDisabled).toBe(false);
  expect(wanted()).toEqual(before);
  rooms.thread.emit({ ...changed, streamState: "active" });
  b.send(disable);
  rooms.advance(200);
  expect(settingsOf(rooms)?.isDisabled).toBe(true);
  // The engine was faster: it did not mute what it had paused already.
  rooms.thread.emit({ ...changed, streamState: "paused" });
  rooms.advance(6_000);
  expect(wanted()).toEqual(before);
});

test("what is paused is not disabled, or nobody would try to send it again", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const sid = a.publish("cam");
  b.negotiate();
  const [downTrackId = 0] = rooms.thread.downTracks.keys();
  const disable = (disabled: boolean): boolean => {
    b.send({ trackSetting: { trackSids: [sid], disabled } });
    rooms.advance(200);
    return rooms.thread.downTracks.get(downTrackId)!.settings.isDisabled;
  };
  const tell = (streamState: "paused" | "active"): void =>
    rooms.thread.emit({ kind: "forwarding-changed", downTrackId, spatialLayer: -1, streamState });
  tell("paused");
  expect(disable(true)).toBe(false);
  tell("active");
  expect(disable(true)).toBe(true);
  expect(disable(false)).toBe(false);
});

test("synchronised streams share the stream's name, except in Firefox", () => {
  const rooms = new TestRooms({ syncStreams: true });
  const a = rooms.join("a").connect();
  const sid = a.publish("cam", { stream: "main" });
  const modern = rooms.join("b");
  const firefox = rooms.join("c", { client: { browser: "Firefox" } });
  expect(modern.link.last("offer").sdp).toContain(`a=msid:${a.sid}|main ${sid}`);
  expect(firefox.link.last("offer").sdp).toContain(`a=msid:${a.sid}|${sid} ${sid}`);
});

test("a sid that is longer than any track's is not kept", () => {
  const rooms = new TestRooms();
  const b = rooms.join("b");
  const trackSids = ["TR_1", "x".repeat(64), "x".repeat(65), "x".repeat(100_000)];
  b.send({ trackSetting: { trackSids, disabled: true } });
  expect(b.participant.subscriptions.wishCount).toBe(2);
  b.send({ subscription: { trackSids, subscribe: true } });
  expect(b.participant.subscriptions.wishCount).toBe(2);
});

test.each([
  { sdk: livekit.ClientInfo.SDK.JS, isAnew: false },
  { sdk: livekit.ClientInfo.SDK.GO, isAnew: true },
  { sdk: livekit.ClientInfo.SDK.UNKNOWN, isAnew: true },
])("video that changes its codec comes anew to SDK $sdk: $isAnew", ({ sdk, isAnew }) => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b", { client: { sdk } }).connect();
  const sid = a.publish("cam", {}, { codecs: ["VP8", "H264"] });
  b.negotiate();
  const [before] = rooms.thread.downTracks.keys();
  const [receiver] = rooms.thread.receivers.values();
  rooms.thread.emit({
    kind: "stream-started",
    receiverId: receiver!.receiverId,
    spatialLayer: 0,
    rid: "",
    ssrc: 1,
    codec: receiver!.codecs[1]!.codec,
  });
  b.negotiate();
  const [after] = rooms.thread.downTracks.keys();
  expect(after !== before).toBe(isAnew);
  expect(rooms.thread.downTracks.size).toBe(1);
  expect(b.participant.subscriptions.subscribedTracks().map((track) => track.sid)).toEqual([sid]);
  expect(b.link.all("subscriptionResponse")).toEqual([]);
  expect(rooms.thread.violations).toEqual([]);
});

test("there are no rounds without a wish", () => {
  const { rooms, b } = twoClients();
  rooms.advance(20_000);
  const without = rooms.scheduler.pendingCount;
  b.send({ subscription: { trackSids: ["TR_none"], subscribe: true } });
  expect(rooms.scheduler.pendingCount).toBe(without + 1);
  rooms.advance(70_000); // it is given up
  expect(rooms.scheduler.pendingCount).toBe(without);
});
