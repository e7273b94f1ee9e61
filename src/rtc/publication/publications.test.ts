import { expect, test } from "bun:test";
import { TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const Reason = livekit.RequestResponse.Reason;
const { AUDIO, VIDEO, DATA } = livekit.TrackType;
const { CAMERA, MICROPHONE, SCREEN_SHARE, SCREEN_SHARE_AUDIO } = livekit.TrackSource;

function announced(link: { all(kind: "trackPublished"): { cid?: string | null }[] }): string[] {
  return link.all("trackPublished").map(({ cid }) => cid ?? "");
}

test.each([
  { type: VIDEO, source: CAMERA, sid: /^TR_VC\w{12}$/ },
  { type: AUDIO, source: MICROPHONE, sid: /^TR_AM\w{12}$/ },
  { type: VIDEO, source: SCREEN_SHARE, sid: /^TR_VS\w{12}$/ },
  { type: AUDIO, source: SCREEN_SHARE_AUDIO, sid: /^TR_As\w{12}$/ },
  { type: AUDIO, source: 99 as livekit.TrackSource, sid: /^TR_A\w{12}$/ },
])("add_track of type $type and source $source is answered with a sid", ({ type, source, sid }) => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  a.send({ addTrack: { cid: "c", name: "n", type, source } });
  const { cid, track } = a.link.last("trackPublished");
  expect(cid).toBe("c");
  expect(track?.sid).toMatch(sid);
  expect(track?.name).toBe("n");
});

test("who comes later hears which stream the first layer is, and nobody is told of it", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const watcher = rooms.join("watcher").connect();
  const layers = [{ quality: livekit.VideoQuality.LOW }, { quality: livekit.VideoQuality.HIGH }];
  a.publish(
    "cam",
    { layers, simulcastCodecs: [{ codec: "vp8", cid: "cam" }] },
    { codecs: ["VP8"] },
  );
  const updates = watcher.link.all("update").length;
  const [receiverId] = rooms.thread.receivers.keys();
  const stream = {
    receiverId: receiverId!,
    spatialLayer: 0,
    rid: "q",
    ssrc: 4711,
    codec: 5,
  } as const;
  rooms.thread.emit({ kind: "stream-started", ...stream });
  expect(watcher.link.all("update").length).toBe(updates);
  const late = rooms.join("late");
  const [info] = late.link.last("join").otherParticipants?.filter((p) => p.identity === "a") ?? [];
  expect(info?.tracks?.[0]?.layers?.[0]).toMatchObject({ ssrc: 4711, rid: "q" });
  expect(info?.tracks?.[0]?.codecs?.[0]?.layers?.[0]).toMatchObject({ ssrc: 4711, rid: "q" });
  expect(info?.version).toBeGreaterThan(watcher.infoOf("a")?.version ?? 0);
});

test("the source is checked before the type, the type before the sid", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { video: { canPublishSources: ["microphone"] } });
  const reasonOf = (addTrack: livekit.IAddTrackRequest): number => {
    a.send({ addTrack });
    const response = a.link.last("requestResponse");
    expect(response.addTrack?.cid).toBe(addTrack.cid ?? "");
    return response.reason ?? 0;
  };
  const wrongType = { cid: "x", type: DATA, sid: "TR_no" };
  expect(reasonOf({ ...wrongType, source: CAMERA })).toBe(Reason.NOT_ALLOWED);
  expect(reasonOf({ ...wrongType, source: MICROPHONE })).toBe(Reason.UNSUPPORTED_TYPE);
  expect(reasonOf({ ...wrongType, source: MICROPHONE, type: AUDIO })).toBe(Reason.NOT_FOUND);
});

test("an announced track is nobody's news and no publication", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w").connect();
  const a = rooms.join("a").connect();
  a.send({ addTrack: { cid: "c", type: VIDEO } });
  expect(watcher.infoOf("a")).toBeUndefined();
  expect(a.participant.info()).toMatchObject({ tracks: [], isPublisher: false });
  expect(rooms.observed).not.toContain("published a ");
});

test("the twenty-first announced track is refused", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  for (let i = 0; i < 20; i++) a.send({ addTrack: { cid: `c${i}`, type: VIDEO } });
  a.send({ addTrack: { cid: "c20", type: VIDEO } });
  expect(a.link.last("requestResponse")).toMatchObject({
    reason: Reason.LIMIT_EXCEEDED,
    message: "too many pending tracks, rejecting new track, numPendingTracks: 20",
  });
});

test("abandoned announcements make room once the publisher has been connected for 30 s", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  for (let i = 0; i < 20; i++) a.send({ addTrack: { cid: `c${i}`, type: VIDEO, muted: i === 3 } });
  rooms.advance(29_000);
  a.connect();
  rooms.advance(29_000);
  a.send({ addTrack: { cid: "early", type: VIDEO } });
  expect(a.link.last("requestResponse").reason).toBe(Reason.LIMIT_EXCEEDED);
  const muted = a.link.all("trackPublished")[3]?.track?.sid;
  rooms.advance(1_000);
  a.send({ addTrack: { cid: "late", type: VIDEO } });
  expect(announced(a.link).at(-1)).toBe("late");
  const released = a.link.all("trackUnpublished").map(({ trackSid }) => trackSid);
  expect(released).toHaveLength(19);
  expect(released).not.toContain(muted);
});

test("an announcement that is unmuted has another 30 s", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  for (let i = 0; i < 20; i++) a.send({ addTrack: { cid: `c${i}`, type: VIDEO, muted: true } });
  rooms.advance(40_000);
  const [first] = a.link.all("trackPublished");
  a.send({ mute: { sid: first?.track?.sid ?? "", muted: false } });
  expect(a.link.all("requestResponse")).toEqual([]);
  a.send({ addTrack: { cid: "more", type: VIDEO } });
  expect(a.link.last("requestResponse").reason).toBe(Reason.LIMIT_EXCEEDED);
});

test("tracks of one client id are queued, three at most, while one is announced or published", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const sid = a.publish("c");
  const add = (): number => {
    a.send({ addTrack: { cid: "c", name: "next", type: VIDEO } });
    return a.link.last("requestResponse").reason ?? 0;
  };
  expect([add(), add(), add()]).toEqual([Reason.QUEUED, Reason.QUEUED, Reason.QUEUED]);
  expect(add()).toBe(Reason.LIMIT_EXCEEDED);
  expect(a.link.last("requestResponse").message).toBe(
    "too many pending queued tracks, rejecting new track, numPendingTracksQueued: 3",
  );
  expect(announced(a.link)).toEqual(["c"]);
  a.unpublish("c");
  expect(a.participant.publications.track(sid)).toBeUndefined();
  expect(announced(a.link)).toEqual(["c", "c"]);
  a.offer([{ mid: "1", kind: "video", cid: "c" }]);
  expect(a.participant.publications.tracks().map(({ info }) => info.name)).toEqual(["next"]);
  a.offer([{ mid: "1", kind: "video", cid: "c", direction: "inactive" }]);
  expect(announced(a.link)).toEqual(["c", "c", "c"]);
});

test("queued tracks are known to sync_state and can be muted", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.publish("c");
  a.send({ addTrack: { cid: "c", type: VIDEO } });
  a.unpublish("c");
  const queuedSid = a.link.last("trackPublished").track?.sid ?? "";
  a.send({ addTrack: { cid: "c", type: VIDEO } });
  expect(a.participant.publications.isKnown(queuedSid)).toBe(true);
  a.send({ mute: { sid: queuedSid, muted: true } });
  a.offer([{ mid: "1", kind: "video", cid: "c" }]);
  expect(a.participant.publications.track(queuedSid)?.info.muted).toBe(true);
});

test("a queued track has its turn although the section of the first was guessed", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.send({ addTrack: { cid: "announced", name: "first", type: VIDEO } });
  a.offer([{ mid: "0", kind: "video", cid: "other" }]);
  expect(a.participant.publications.tracks()[0]?.info.name).toBe("first");
  a.send({ addTrack: { cid: "announced", name: "second", type: VIDEO } });
  expect(a.link.last("requestResponse").reason).toBe(Reason.QUEUED);
  a.offer([{ mid: "0", kind: "video", cid: "other", direction: "inactive" }]);
  expect(a.link.last("trackPublished").track?.name).toBe("second");
});

test("a track is published when its section is negotiated, muted ones too, and told to everyone", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w").connect();
  const a = rooms.join("a").connect();
  const sid = a.publish("c", { muted: true, width: 640, height: 360 }, { codecs: ["VP9", "VP8"] });
  for (const client of [a, watcher]) {
    expect(client.infoOf("a")?.tracks?.[0]).toMatchObject({
      sid,
      muted: true,
      mid: "0",
      mimeType: "video/VP9",
      width: 640,
    });
  }
  expect(rooms.observed).toContain("published a c");
  const [receiver] = rooms.thread.receivers.values();
  expect(receiver).toMatchObject({ mid: "0", media: "video", isMuted: true, isScreenShare: false });
  expect(receiver?.codecs.map(({ payloadType }) => payloadType)).toEqual([98, 96]);
  expect(receiver?.codecs[0]?.rtxPayloadType).toBe(99);
});

test("only microphones are observed for speech, only screens are screens", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.publish("m", { type: AUDIO, source: MICROPHONE });
  a.publish("s", { type: AUDIO, source: SCREEN_SHARE_AUDIO });
  a.publish("v", { type: VIDEO, source: SCREEN_SHARE });
  const flags = [...rooms.thread.receivers.values()].map((receiver) => [
    receiver.observeAudioLevel,
    receiver.isScreenShare,
  ]);
  expect(flags).toEqual([
    [true, false],
    [false, false],
    [false, true],
  ]);
});

test("a section that names its track goes before one that has to be guessed", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.send({ addTrack: { cid: "named", name: "named", type: VIDEO } });
  a.send({ addTrack: { cid: "replaced", name: "replaced", type: VIDEO } });
  a.offer([
    { mid: "0", kind: "video", cid: "unknown" },
    { mid: "1", kind: "video", cid: "named" },
  ]);
  const mids = a.participant.publications.tracks().map(({ info }) => [info.name, info.mid]);
  expect(Object.fromEntries(mids)).toEqual({ named: "1", replaced: "0" });
});

test("a section is guessed to be of its own kind only", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.send({ addTrack: { cid: "x", type: AUDIO } });
  a.offer([{ mid: "0", kind: "video", cid: "other" }]);
  a.offer([{ mid: "1", kind: "video", cid: "x" }]);
  expect(a.participant.publications.tracks()).toEqual([]);
});

test("a section whose track was taken away is not guessed to be the next one", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const grant = a.participant.grant;
  const sid = a.publish("screen", { source: SCREEN_SHARE });
  a.participant.setGrant({ ...grant, canPublishSources: ["camera"] });
  expect(a.link.last("trackUnpublished").trackSid).toBe(sid);
  a.send({ addTrack: { cid: "cam", type: VIDEO, source: CAMERA } });
  a.offer();
  expect(a.participant.publications.tracks()).toEqual([]);
  a.offer([{ mid: "1", kind: "video", cid: "cam" }]);
  expect(a.participant.publications.tracks().map(({ info }) => info.mid)).toEqual(["1"]);
});

test("a source that is forbidden between announcement and offer is not published", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.send({ addTrack: { cid: "cam", type: VIDEO, source: CAMERA } });
  a.participant.setGrant({ ...a.participant.grant, canPublish: false });
  a.offer([{ mid: "0", kind: "video", cid: "cam" }]);
  const { track } = a.link.last("trackPublished");
  expect(a.link.last("trackUnpublished").trackSid).toBe(track?.sid ?? "none");
  expect(rooms.thread.receivers.size).toBe(0);
});

test("before protocol 7 a track that was taken away is told as a mute", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { client: { protocol: 6 } }).connect();
  const sid = a.publish("cam");
  a.participant.setGrant({ ...a.participant.grant, canPublish: false });
  expect(a.link.all("trackUnpublished")).toEqual([]);
  expect(a.link.last("mute")).toMatchObject({ sid, muted: true });
});

test.each([
  { title: "inactive", change: { direction: "inactive" } as const },
  { title: "refused", change: { isRejected: true } },
  { title: "receiving only", change: { direction: "recvonly" } as const },
])("a section that turns $title ends its track", ({ change }) => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w").connect();
  const a = rooms.join("a").connect();
  a.publish("cam");
  a.publish("other");
  a.offer([{ mid: "0", kind: "video", cid: "cam", ...change }]);
  expect(watcher.infoOf("a")?.tracks?.map(({ name }) => name)).toEqual(["other"]);
  expect(rooms.thread.receivers.size).toBe(1);
  expect(rooms.observed).toContain("unpublished a cam");
  expect(rooms.router.debugInfo()).toMatchObject({ receivers: 1 });
});

test("a section that changes its track id goes on, unless that id was announced", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const sid = a.publish("cam");
  a.offer([{ mid: "0", kind: "video", cid: "replaced" }]);
  expect(a.participant.publications.tracks().map((track) => track.sid)).toEqual([sid]);
  a.send({ addTrack: { cid: "next", name: "next", type: VIDEO } });
  a.offer([{ mid: "0", kind: "video", cid: "next" }]);
  expect(a.participant.publications.tracks().map(({ info }) => info.name)).toEqual(["next"]);
  expect(rooms.thread.violations).toEqual([]);
});

test("further offers update the receivers", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.publish("cam");
  rooms.thread.clear();
  a.offer([{ mid: "0", kind: "video", cid: "cam", codecs: ["H264"] }]);
  expect(
    rooms.thread.of("update-receiver")[0]?.codecs.map(({ payloadType }) => payloadType),
  ).toEqual([108]);
  expect(rooms.thread.of("add-receiver")).toEqual([]);
});

test("a backup codec joins its track, and leaves it alone when it stops", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w").connect();
  const a = rooms.join("a").connect();
  const simulcastCodecs = [{ codec: "vp9", cid: "cam" }, { codec: "vp8" }];
  const sid = a.publish("cam", { simulcastCodecs }, { codecs: ["VP9"] });
  a.send({
    addTrack: {
      sid,
      cid: "backup",
      type: VIDEO,
      simulcastCodecs: [
        { codec: "vp8", cid: "backup", layers: [{ quality: 2, height: 720 }] },
        { codec: "h264", cid: "nobody's" },
      ],
    },
  });
  const { cid, track } = a.link.last("trackPublished");
  expect([cid, track?.sid]).toEqual(["backup", sid]);
  expect(track?.codecs?.map((codec) => [codec.mimeType, codec.cid])).toEqual([
    ["video/VP9", "cam"],
    ["video/VP8", "backup"],
  ]);
  expect(track?.codecs?.[1]?.layers?.[0]?.height).toBe(720);
  a.offer([{ mid: "1", kind: "video", cid: "backup", codecs: ["VP8"] }]);
  expect(rooms.thread.receivers.size).toBe(2);
  expect(watcher.infoOf("a")?.tracks?.[0]?.codecs?.[1]?.mid).toBe("1");
  const published = a.participant.publications.track(sid);
  expect(published?.mimes).toEqual(["video/VP9", "video/VP8"]);
  a.offer([{ mid: "1", kind: "video", cid: "backup", direction: "inactive" }]);
  expect(published?.receivers.map(({ mimes }) => mimes[0])).toEqual(["video/VP9"]);
  expect(rooms.thread.receivers.size).toBe(1);
  expect(rooms.thread.violations).toEqual([]);
});

test("two sections of one track id make one receiver", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.publish("cam");
  a.send({ addTrack: { cid: "other", type: VIDEO } });
  a.offer([{ mid: "5", kind: "video", cid: "cam" }]);
  expect(rooms.thread.receivers.size).toBe(1);
  expect(a.participant.publications.tracks()).toHaveLength(1);
});

test("muting is told to everyone once, and to the media thread", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w").connect();
  const a = rooms.join("a").connect();
  const sid = a.publish("cam");
  watcher.link.clear();
  a.send({ mute: { sid, muted: true } });
  a.send({ mute: { sid, muted: true } });
  expect(watcher.link.all("update")).toHaveLength(1);
  expect(watcher.infoOf("a")?.tracks?.[0]?.muted).toBe(true);
  expect(rooms.thread.of("mute-receiver")).toHaveLength(1);
  expect(a.link.all("requestResponse")).toEqual([]);
});

test("a first packet of a codec that was not promised changes the track", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w").connect();
  const a = rooms.join("a").connect();
  a.publish("cam", {}, { codecs: ["VP8", "H264"] });
  const [receiver] = rooms.thread.receivers.values();
  const { receiverId, codecs } = receiver!;
  const started = { kind: "stream-started", receiverId, rid: "", ssrc: 7 } as const;
  watcher.link.clear();
  rooms.thread.emit({ ...started, spatialLayer: 0, codec: codecs[0]!.codec });
  expect(watcher.link.all("update")).toEqual([]);
  rooms.thread.emit({ ...started, spatialLayer: 0, codec: codecs[1]!.codec });
  expect(watcher.infoOf("a")?.tracks?.[0]?.mimeType).toBe("video/H264");
});

test("layers that start and sizes that are measured fill the track info", () => {
  const rooms = new TestRooms();
  const watcher = rooms.join("w").connect();
  const a = rooms.join("a").connect();
  const layers = [{ quality: 0 }, { quality: 2, width: 1280, height: 720 }];
  a.publish("cam", { layers }, { rids: ["q", "h"] });
  const [receiver] = rooms.thread.receivers.values();
  const { receiverId, codecs } = receiver!;
  expect(receiver?.encodings.map(({ rid, spatialLayer }) => [rid, spatialLayer])).toEqual([
    ["q", 0],
    ["h", 1],
  ]);
  const codec = codecs[0]!.codec;
  rooms.thread.emit({
    kind: "stream-started",
    receiverId,
    rid: "h",
    ssrc: 9,
    spatialLayer: 1,
    codec,
  });
  const size = { kind: "video-size-changed", receiverId } as const;
  rooms.thread.emit({ ...size, spatialLayer: 0, width: 320, height: 180 });
  rooms.thread.emit({ ...size, spatialLayer: 1, width: 640, height: 360 });
  rooms.thread.emit({ ...size, spatialLayer: 2, width: 1, height: 1 });
  const seen = watcher.infoOf("a")?.tracks?.[0]?.layers;
  expect(seen?.[0]).toMatchObject({ width: 320, height: 180 });
  expect(seen?.[1]).toMatchObject({ rid: "h", ssrc: 9, spatialLayer: 1, width: 1280, height: 720 });
});

test("a publisher of 128 tracks may announce no more", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const cids = Array.from({ length: 128 }, (_, i) => `c${i}`);
  for (let from = 0; from < cids.length; from += 16) {
    const some = cids.slice(from, from + 16);
    for (const cid of some) a.send({ addTrack: { cid, type: VIDEO } });
    a.offer(some.map((cid, i) => ({ mid: String(from + i), kind: "video", cid })));
  }
  expect(a.participant.publications.tracks()).toHaveLength(128);
  a.send({ addTrack: { cid: "more", type: VIDEO } });
  expect(a.link.last("requestResponse").reason).toBe(Reason.LIMIT_EXCEEDED);
});

const { INVALID_NAME, INVALID_REQUEST } = Reason;

test.each([
  { title: "a name", bytes: 256, refused: INVALID_NAME, of: (name: string) => ({ name }) },
  { title: "a cid", bytes: 256, refused: INVALID_REQUEST, of: (cid: string) => ({ cid }) },
  { title: "a stream", bytes: 256, refused: INVALID_REQUEST, of: (stream: string) => ({ stream }) },
  {
    title: "a codec",
    bytes: 256,
    refused: INVALID_REQUEST,
    of: (codec: string) => ({ simulcastCodecs: [{ codec }] }),
  },
  {
    title: "the cid of a codec",
    bytes: 256,
    refused: INVALID_REQUEST,
    of: (cid: string) => ({ simulcastCodecs: [{ codec: "vp8", cid }] }),
  },
  {
    title: "the rid of a layer",
    bytes: 64,
    refused: INVALID_REQUEST,
    of: (rid: string) => ({ layers: [{ rid }] }),
  },
  {
    title: "the rid of a codec's layer",
    bytes: 64,
    refused: INVALID_REQUEST,
    of: (rid: string) => ({ simulcastCodecs: [{ codec: "vp8", layers: [{ rid }] }] }),
  },
])("$title of up to $bytes bytes is announced, a longer one refused", ({ bytes, refused, of }) => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  a.send({ addTrack: { cid: "fits", type: VIDEO, ...of("é".repeat(bytes / 2)) } });
  expect(a.link.all("trackPublished")).toHaveLength(1);
  a.send({ addTrack: { cid: "long", type: VIDEO, ...of(`x${"é".repeat(bytes / 2)}`) } });
  expect(a.link.all("trackPublished")).toHaveLength(1);
  expect(a.link.last("requestResponse")).toMatchObject({ reason: refused });
  expect(a.link.last("requestResponse").message).toContain(`${bytes} bytes`);
  expect(a.link.last("requestResponse").addTrack?.type).toBe(VIDEO);
});

test("a backup codec is bounded as the track is", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const sid = a.publish("cam", {
    simulcastCodecs: [{ codec: "vp8", cid: "cam" }, { codec: "vp9" }],
  });
  const simulcastCodecs = [{ codec: "vp9", cid: "c".repeat(257) }];
  a.send({ addTrack: { cid: "cam", type: VIDEO, sid, simulcastCodecs } });
  expect(a.link.last("requestResponse").reason).toBe(INVALID_REQUEST);
  expect(a.participant.publications.track(sid)?.info.codecs[1]?.cid).toBe("");
});

test("audio features of an update are no more than of an announcement", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const sid = a.publish("mic", { type: AUDIO });
  const features = Array.from({ length: 10_000 }, (_, index) => index);
  a.send({ updateAudioTrack: { trackSid: sid, features } });
  expect(a.participant.publications.track(sid)?.info.audioFeatures).toHaveLength(32);
});
