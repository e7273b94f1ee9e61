import { expect, test } from "bun:test";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";
import type { RtcSettings } from "../rtc-services.ts";

const { AUDIO, VIDEO } = livekit.TrackType;
const { PREFER_REGRESSION, REGRESSION, SIMULCAST } = livekit.BackupCodecPolicy;
const { SE_CODEC_UNSUPPORTED, SE_UNKNOWN } = livekit.SubscriptionError;
const SIMULCAST_CODECS = [
  { codec: "vp9", cid: "cam" },
  { codec: "vp8", cid: "" },
];
const NO_VP9 = { without: ["vp9"] };

type Scene = { rooms: TestRooms; a: TestClient; b: TestClient; c: TestClient; sid: string };

/** a publishes VP9 with VP8 for need; b takes both, c VP8 only. */
function createScene(
  policy: livekit.BackupCodecPolicy = PREFER_REGRESSION,
  settings: Partial<RtcSettings> = {},
  client: livekit.IClientInfo = {},
): Scene {
  const rooms = new TestRooms(settings);
  const [a, b, c] = ["a", "b", "c"].map((identity) => rooms.join(identity, { client }).connect());
  const layers = [0, 1, 2].map((quality) => ({ quality, height: 180 * 2 ** quality }));
  const sid = a!.publish(
    "cam",
    { simulcastCodecs: SIMULCAST_CODECS, backupCodecPolicy: policy, layers },
    { codecs: ["VP9"] },
  );
  b!.negotiate();
  return { rooms, a: a!, b: b!, c: c!, sid };
}

/** The client does what it was asked for: it announces the backup codec, and offers it. */
function publishBackup({ a, sid }: Scene): void {
  a.send({
    addTrack: {
      sid,
      cid: "backup",
      type: VIDEO,
      simulcastCodecs: [
        { codec: "vp8", cid: "backup", layers: [{ quality: 0, height: 360 }, { quality: 2 }] },
      ],
    },
  });
  a.offer([{ mid: "1", kind: "video", cid: "backup", codecs: ["VP8"] }]);
}

function receiverOf({ rooms }: Scene, mid: string): number {
  const found = [...rooms.thread.receivers.values()].find((receiver) => receiver.mid === mid);
  return found?.receiverId ?? 0;
}

/** The receivers that down tracks are fed from, in the order of the tracks. */
function sourcesOf({ rooms }: Scene): number[] {
  return [...rooms.thread.downTracks.values()].map(({ receiverId }) => receiverId);
}

function startMedia(scene: Scene, mid: string, codec: 5 | 6): void {
  scene.rooms.thread.emit({
    kind: "stream-started",
    receiverId: receiverOf(scene, mid),
    spatialLayer: 0,
    rid: "q",
    ssrc: 77,
    codec,
  });
}

/** By codec, the number of qualities that the publisher is asked for. */
function asked({ a }: Scene): Record<string, number> {
  const { subscribedCodecs } = a.link.last("subscribedQualityUpdate");
  return Object.fromEntries(
    (subscribedCodecs ?? []).map(({ codec, qualities }) => [
      codec ?? "",
      (qualities ?? []).filter(({ enabled }) => enabled).length,
    ]),
  );
}

test("one who cannot take the primary codec makes the publisher send the backup, and gets it", () => {
  const scene = createScene(SIMULCAST);
  const { rooms, b, c } = scene;
  expect(asked(scene)).toEqual({ vp9: 3 });
  c.negotiate(NO_VP9);
  expect(asked(scene)).toEqual({ vp9: 3, vp8: 3 });
  expect(rooms.thread.downTracks.size).toBe(1);
  publishBackup(scene);
  expect(sourcesOf(scene)).toEqual([receiverOf(scene, "0"), receiverOf(scene, "1")]);
  startMedia(scene, "1", 5);
  expect(rooms.thread.of("move-down-track")).toEqual([]);
  expect(asked(scene)).toEqual({ vp9: 3, vp8: 3 });
  for (const client of [b, c]) expect(client.link.all("subscriptionResponse")).toEqual([]);
  expect(rooms.thread.violations).toEqual([]);
});

test("media of the backup codec moves everybody to it, where a small room prefers that", () => {
  const scene = createScene();
  const { rooms, b, c, sid } = scene;
  c.negotiate(NO_VP9);
  publishBackup(scene);
  // not before there is something to move to
  expect(rooms.thread.of("move-down-track")).toEqual([]);
  const offers = b.link.all("offer").length;
  startMedia(scene, "1", 5);
  const backup = receiverOf(scene, "1");
  expect(sourcesOf(scene)).toEqual([backup, backup]);
  // less is asked for after a pause, as ever
  expect(asked(scene)).toEqual({ vp9: 3, vp8: 3 });
  rooms.advance(5_000);
  expect(asked(scene)).toEqual({ vp9: 0, vp8: 3 });
  const expected = rooms.thread.of("expect-layers").filter(({ spatialLayer }) => spatialLayer < 0);
  expect(expected.map(({ receiverId }) => receiverId)).toEqual([receiverOf(scene, "0")]);
  rooms.advance(60_000);
  expect(asked(scene)).toEqual({ vp9: 0, vp8: 3 });
  // without a new description
  expect(b.link.all("offer").length).toBe(offers);
  // who comes later is offered the backup first, and gets it
  const d = rooms.join("d").connect();
  d.negotiate();
  expect([...rooms.thread.downTracks.values()].at(-1)?.receiverId).toBe(backup);
  const info = d.infoOf("a") ?? d.link.last("join").otherParticipants?.[0];
  expect(info?.tracks?.find((track) => track.sid === sid)?.codecs?.[1]?.mimeType).toBe("video/VP8");
  expect(rooms.thread.violations).toEqual([]);
});

test("a client that cannot change the codec gets the track anew", () => {
  const scene = createScene(REGRESSION, {}, { sdk: livekit.ClientInfo.SDK.GO });
  const { rooms, b, c } = scene;
  c.negotiate(NO_VP9);
  const [before] = rooms.thread.downTracks.keys();
  publishBackup(scene);
  startMedia(scene, "1", 5);
  expect(rooms.thread.of("move-down-track")).toEqual([]);
  expect(rooms.thread.downTracks.has(before!)).toBe(false);
  b.negotiate();
  const backup = receiverOf(scene, "1");
  expect(sourcesOf(scene)).toEqual([backup, backup]);
  expect(rooms.thread.violations).toEqual([]);
});

test.each([
  { policy: PREFER_REGRESSION, threshold: 5, regresses: true },
  { policy: PREFER_REGRESSION, threshold: 3, regresses: false },
  { policy: PREFER_REGRESSION, threshold: 0, regresses: true },
  { policy: REGRESSION, threshold: 3, regresses: true },
  { policy: SIMULCAST, threshold: 5, regresses: false },
])(
  "with policy $policy and threshold $threshold a room of three regresses: $regresses",
  ({ policy, threshold, regresses }) => {
    const scene = createScene(policy, { codecRegressionThreshold: threshold });
    scene.c.negotiate(NO_VP9);
    publishBackup(scene);
    startMedia(scene, "1", 5);
    expect(scene.rooms.thread.of("move-down-track").length).toBe(regresses ? 1 : 0);
    scene.rooms.advance(5_000);
    expect(asked(scene)).toEqual(regresses ? { vp9: 0, vp8: 3 } : { vp9: 3, vp8: 3 });
  },
);

test("layers of the backup codec are those that were declared for it", () => {
  const scene = createScene();
  const { rooms, b, c, sid } = scene;
  b.send({ trackSetting: { trackSids: [sid], quality: livekit.VideoQuality.MEDIUM } });
  rooms.advance(200);
  const settingsOf = (index: number) => [...rooms.thread.downTracks.values()][index]?.settings;
  expect(settingsOf(0)?.maxSpatialLayer).toBe(1);
  b.send({ trackSetting: { trackSids: [sid], quality: livekit.VideoQuality.HIGH } });
  rooms.advance(200);
  expect(settingsOf(0)?.maxSpatialLayer).toBe(2);
  c.negotiate(NO_VP9);
  publishBackup(scene);
  startMedia(scene, "1", 5);
  // two layers: high is the second
  expect(settingsOf(0)?.maxSpatialLayer).toBe(1);
  expect(settingsOf(1)?.maxSpatialLayer).toBe(1);
});

test("the primary codec that comes back later is sent to nobody", () => {
  const scene = createScene();
  const { rooms, a, b, c } = scene;
  c.negotiate(NO_VP9);
  publishBackup(scene);
  startMedia(scene, "1", 5);
  a.offer([{ mid: "0", kind: "video", cid: "cam", direction: "inactive" }]);
  expect(asked(scene)).toEqual({ vp8: 3 });
  a.offer([{ mid: "0", kind: "video", cid: "cam", codecs: ["VP9"], direction: "sendonly" }]);
  startMedia(scene, "0", 6);
  expect(asked(scene)).toEqual({ vp8: 3, vp9: 0 });
  b.negotiate();
  const backup = receiverOf(scene, "1");
  expect(sourcesOf(scene)).toEqual([backup, backup]);
  expect(rooms.thread.violations).toEqual([]);
});

test("when the backup ends the primary codec is sent again, and one who needs it is missed", () => {
  const scene = createScene();
  const { rooms, a, b, c } = scene;
  c.negotiate(NO_VP9);
  publishBackup(scene);
  startMedia(scene, "1", 5);
  a.offer([{ mid: "1", kind: "video", cid: "backup", direction: "inactive" }]);
  expect(sourcesOf(scene)).toEqual([receiverOf(scene, "0")]);
  expect(b.link.all("subscriptionResponse")).toEqual([]);
  c.negotiate(NO_VP9);
  rooms.advance(18_000);
  expect(c.link.last("subscriptionResponse").err).toBe(SE_UNKNOWN);
  a.offer([{ mid: "0", kind: "video", cid: "cam", direction: "inactive" }]);
  expect(rooms.thread.receivers.size).toBe(0);
  expect(rooms.thread.violations).toEqual([]);
});

test("when the backup ends after all went over to it, the primary codec is asked for again", () => {
  const scene = createScene();
  const { rooms, a, c } = scene;
  c.negotiate(NO_VP9);
  publishBackup(scene);
  startMedia(scene, "1", 5);
  rooms.advance(5_000);
  expect(asked(scene)).toEqual({ vp9: 0, vp8: 3 });
  a.offer([{ mid: "1", kind: "video", cid: "backup", direction: "inactive" }]);
  expect(asked(scene)).toMatchObject({ vp9: 3 });
});

test("a backup that turns out to be another codec is asked for as such", () => {
  const scene = createScene();
  const { rooms, c } = scene;
  c.negotiate(NO_VP9);
  publishBackup(scene);
  startMedia(scene, "1", 5);
  rooms.advance(5_000);
  startMedia(scene, "1", 6);
  rooms.advance(5_000);
  expect(asked(scene)).toEqual({ vp9: 3 });
});

test("one who can take no codec of a track is told so", () => {
  const scene = createScene();
  scene.c.negotiate({ without: ["vp8", "vp9"] });
  expect(scene.c.link.last("subscriptionResponse").err).toBe(SE_CODEC_UNSUPPORTED);
  expect(asked(scene)).toEqual({ vp9: 3 });
});

test("a backup that nobody needs any more before it came is not asked for", () => {
  const scene = createScene();
  scene.c.negotiate(NO_VP9);
  expect(asked(scene)).toEqual({ vp9: 3, vp8: 3 });
  scene.c.send({ leave: {} });
  scene.rooms.advance(5_000);
  expect(asked(scene)).toEqual({ vp9: 3, vp8: 0 });
});

test("one who is sent another codec than it took, and has no other to go to, is told so", () => {
  const scene = createScene(SIMULCAST);
  const { rooms, c } = scene;
  c.negotiate(NO_VP9);
  publishBackup(scene);
  // the section of the backup turns out to carry VP9
  startMedia(scene, "1", 6);
  expect(c.link.last("subscriptionResponse").err).toBe(SE_CODEC_UNSUPPORTED);
  expect(rooms.thread.violations).toEqual([]);
});

test("of sound in several codecs the publisher hears at once which ones are wanted", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  a.publish(
    "mic",
    {
      type: AUDIO,
      simulcastCodecs: [
        { codec: "opus", cid: "mic" },
        { codec: "pcmu", cid: "" },
      ],
    },
    { codecs: ["opus"] },
  );
  b.negotiate({ without: ["opus", "red"] });
  const { trackSid, subscribedAudioCodecs } = a.link.last("subscribedAudioCodecUpdate");
  expect(trackSid).toStartWith("TR_");
  expect(subscribedAudioCodecs).toMatchObject([{ codec: "pcmu", enabled: true }]);
  b.send({ leave: {} });
  expect(a.link.last("subscribedAudioCodecUpdate").subscribedAudioCodecs).toMatchObject([
    { codec: "pcmu", enabled: false },
  ]);
  rooms.advance(10_000);
  expect(a.link.last("subscribedAudioCodecUpdate").subscribedAudioCodecs).toMatchObject([
    { codec: "opus", enabled: false },
    { codec: "pcmu", enabled: false },
  ]);
  expect(a.link.all("subscribedQualityUpdate")).toEqual([]);
});
