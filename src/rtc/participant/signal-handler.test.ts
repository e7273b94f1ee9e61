import { expect, test } from "bun:test";
import { TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const Reason = livekit.RequestResponse.Reason;

test("an empty request, an unknown one and one without effect change nothing", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.link.clear();
  a.send({});
  a.send({ updateLayers: { trackSid: "TR_x" } });
  a.send({ ping: 1 });
  a.session?.handle(livekit.SignalRequest.decode(Uint8Array.of(0xfa, 0x3f, 0)));
  expect(a.link.messages).toEqual([]);
  expect(a.participant.isClosed).toBe(false);
});

test("a candidate that is no JSON is answered, a good one is not", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.link.clear();
  a.send({ trickle: { candidateInit: "{", target: livekit.SignalTarget.PUBLISHER } });
  expect(a.link.last("requestResponse")).toMatchObject({
    requestId: 0,
    reason: Reason.UNCLASSIFIED_ERROR,
    trickle: { candidateInit: "{" },
  });
  a.link.clear();
  a.send({ trickle: { candidateInit: JSON.stringify({ candidate: "", sdpMid: null }) } });
  expect(a.link.messages).toEqual([]);
});

test("requests for unknown tracks are answered with NOT_FOUND and an echo", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  const requests: livekit.ISignalRequest[] = [
    { mute: { sid: "TR_no", muted: true } },
    { updateAudioTrack: { trackSid: "TR_no", features: [0] } },
    { updateVideoTrack: { trackSid: "TR_no", width: 1, height: 2 } },
    { unpublishDataTrackRequest: { pubHandle: 4 } },
  ];
  const echoes = ["mute", "updateAudioTrack", "updateVideoTrack", "unpublishDataTrack"];
  for (const [index, request] of requests.entries()) {
    a.link.clear();
    a.send(request);
    const response = a.link.last("requestResponse") as livekit.RequestResponse;
    expect(response.reason).toBe(Reason.NOT_FOUND);
    expect(response.request).toBe(echoes[index] as never);
    expect(response.requestId).toBe(0);
  }
});

test("Rust clients before protocol 10 get no request responses", () => {
  const rooms = new TestRooms();
  const client = { sdk: livekit.ClientInfo.SDK.RUST, protocol: 9 };
  const a = rooms.join("a", { client });
  a.send({ mute: { sid: "TR_no" } });
  expect(a.link.all("requestResponse")).toEqual([]);
});

test("metadata is updated for all, then acknowledged; success is told from protocol 15 on", () => {
  const rooms = new TestRooms();
  const video = { canUpdateOwnMetadata: true };
  const claims = { attributes: { gone: "1", kept: "2" }, metadata: "old", name: "Old" };
  const a = rooms.join("a", { video, claims });
  a.link.clear();
  a.send({ updateMetadata: { requestId: 7, name: "N", attributes: { gone: "", added: "3" } } });
  expect(a.link.kinds).toEqual(["update", "requestResponse"]);
  expect(a.infoOf("a")).toMatchObject({ name: "N", metadata: "old" });
  expect(a.infoOf("a")?.attributes).toEqual({ kept: "2", added: "3" });
  expect(a.link.last("requestResponse")).toMatchObject({
    requestId: 7,
    reason: Reason.OK,
    updateMetadata: { name: "N" },
  });
  const old = rooms.join("old", { video, client: { protocol: 14 } });
  old.send({ updateMetadata: { requestId: 8, name: "N" } });
  expect(old.link.all("requestResponse")).toEqual([]);
  expect(old.infoOf("old")?.name).toBe("N");
});

test("an update that changes nothing is acknowledged and told to nobody", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { video: { canUpdateOwnMetadata: true }, claims: { name: "N" } });
  a.link.clear();
  a.send({ updateMetadata: { requestId: 1, name: "N", attributes: { absent: "" } } });
  expect(a.link.kinds).toEqual(["requestResponse"]);
});

test("metadata without the permission is refused", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { claims: { metadata: "old" } });
  a.send({ updateMetadata: { requestId: 9, metadata: "new" } });
  expect(a.link.last("requestResponse")).toMatchObject({
    requestId: 9,
    reason: Reason.NOT_ALLOWED,
    message: "does not have permission to update own metadata",
  });
  expect(a.participant.profile.metadata).toBe("old");
});

test.each([
  { update: { name: "é".repeat(129) }, message: "exceeds name length limit" },
  { update: { metadata: "m".repeat(1_001) }, message: "exceeds metadata size limit" },
  { update: { attributes: { k: "v".repeat(500) } }, message: "exceeds attributes size limit" },
])("an update over a limit is refused: $message", ({ update, message }) => {
  const rooms = new TestRooms({ maxMetadataBytes: 1_000, maxAttributesBytes: 500 });
  const a = rooms.join("a", { video: { canUpdateOwnMetadata: true } });
  a.send({ updateMetadata: { requestId: 1, ...update } });
  expect(a.link.last("requestResponse")).toMatchObject({ reason: Reason.LIMIT_EXCEEDED, message });
});

test.each([
  { update: { name: "é".repeat(128) } },
  { update: { metadata: "m".repeat(1_000) } },
  { update: { attributes: { k: "v".repeat(499) } } },
])("an update at the limit is taken", ({ update }) => {
  const rooms = new TestRooms({ maxMetadataBytes: 1_000, maxAttributesBytes: 500 });
  const a = rooms.join("a", { video: { canUpdateOwnMetadata: true } });
  a.send({ updateMetadata: { requestId: 1, ...update } });
  expect(a.link.last("requestResponse").reason).toBe(Reason.OK);
});

test("attributes that add up are bounded in total, and can be deleted and replaced at the bound", () => {
  const rooms = new TestRooms({ maxAttributesBytes: 100 });
  const a = rooms.join("a", { video: { canUpdateOwnMetadata: true } });
  const update = (attributes: Record<string, string>): number => {
    a.send({ updateMetadata: { requestId: 1, attributes } });
    return a.link.last("requestResponse").reason ?? 0;
  };
  let last = Reason.OK as number;
  let count = 0;
  while (last === Reason.OK && count < 100) {
    last = update({ [`key${count}`]: "v".repeat(90) });
    count += 1;
  }
  expect(last).toBe(Reason.LIMIT_EXCEEDED);
  expect(Object.keys(a.participant.profile.attributes).length).toBeGreaterThan(10);
  expect(update({ key0: "w".repeat(90) })).toBe(Reason.OK);
  expect(update({ key0: "", key1: "" })).toBe(Reason.OK);
  expect(update({ other: "v".repeat(90) })).toBe(Reason.OK);
});

test("features of an audio track are replaced, and stereo and DTX follow them", () => {
  const rooms = new TestRooms();
  const { TF_STEREO, TF_NO_DTX, TF_NOISE_SUPPRESSION } = livekit.AudioTrackFeature;
  const a = rooms.join("a").connect();
  const watcher = rooms.join("w");
  const sid = a.publish("mic", { type: livekit.TrackType.AUDIO, stereo: true });
  const features = [TF_NO_DTX, TF_NOISE_SUPPRESSION, TF_NO_DTX];
  a.send({ updateAudioTrack: { trackSid: sid, features } });
  expect(watcher.infoOf("a")?.tracks?.[0]).toMatchObject({
    audioFeatures: [TF_NO_DTX, TF_NOISE_SUPPRESSION],
    stereo: false,
    disableDtx: true,
  });
  a.send({ addTrack: { cid: "later", type: livekit.TrackType.AUDIO } });
  const announced = a.link.last("trackPublished").track?.sid ?? "";
  a.send({ updateAudioTrack: { trackSid: announced, features: [TF_STEREO] } });
  expect(a.link.all("requestResponse")).toEqual([]);
  a.offer([{ mid: "9", kind: "audio", cid: "later" }]);
  const later = watcher.infoOf("a")?.tracks?.find((track) => track.sid === announced);
  expect(later).toMatchObject({ audioFeatures: [TF_STEREO], stereo: true });
});

test("the size of a video track is changed for all", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const sid = a.publish("cam");
  a.send({ updateVideoTrack: { trackSid: sid, width: 640, height: 360 } });
  expect(a.infoOf("a")?.tracks?.[0]).toMatchObject({ width: 640, height: 360 });
});

test("a client whose sync state is right goes on, and its wishes are taken", () => {
  const rooms = new TestRooms();
  const publisher = rooms.join("p").connect();
  const seen = publisher.publish("seen");
  const unseen = publisher.publish("unseen");
  const a = rooms.join("a").connect();
  a.send({ addTrack: { cid: "own", type: livekit.TrackType.VIDEO } });
  const own = a.link.last("trackPublished").track?.sid ?? "";
  a.send({ publishDataTrackRequest: { pubHandle: 3, name: "d" } });
  a.resume();
  a.send({
    syncState: {
      publishTracks: [{ cid: "own", track: { sid: own } }],
      publishDataTracks: [{ info: { sid: a.participant.dataTracks.list()[0]?.sid ?? "" } }],
      trackSidsDisabled: [seen],
      subscription: { trackSids: [unseen], subscribe: false },
    },
  });
  expect(a.participant.isClosed).toBe(false);
  a.negotiate();
  const [downTrack, ...others] = [...rooms.thread.downTracks.values()];
  expect(others).toEqual([]);
  expect(downTrack?.settings.isDisabled).toBe(true);
});

test("sync state with a track that has no sid, or a data track nobody knows, is a mismatch", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.send({ syncState: { publishTracks: [{ cid: "x" }] } });
  expect(a.participant.isClosed).toBe(true);
  const b = rooms.join("b").connect();
  b.send({ syncState: { publishDataTracks: [{ info: { sid: "DTR_no" } }] } });
  expect(b.participant.isClosed).toBe(true);
});

test("data blobs are off, and who asks for them is told", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  const answers = (request: livekit.ISignalRequest): unknown[] => {
    a.send(request);
    const { requestId, reason, message } = a.link.last("requestResponse");
    return [requestId, reason, message];
  };
  const key = { generic: "k" };
  expect(answers({ storeDataBlobRequest: { requestId: 3, blob: { key } } })).toEqual([
    3,
    Reason.NOT_ALLOWED,
    "data blob not enabled",
  ]);
  const get = (participantIdentity: string, asked: livekit.IDataBlobKey): unknown[] =>
    answers({ getDataBlobRequest: { requestId: 4, participantIdentity, key: asked } });
  expect(get("a", {})).toEqual([4, Reason.INVALID_REQUEST, "data blob key is required"]);
  expect(get("nobody", key)).toEqual([4, Reason.NOT_FOUND, "participant not found"]);
  expect(get("a", key)).toEqual([4, Reason.NOT_FOUND, "data blob not found"]);
});

test("a bug while a request is handled costs its client a reconnect and nobody else anything", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  a.participant.publications.addTrack = () => {
    throw new Error("a bug");
  };
  a.send({ addTrack: { cid: "x" } });
  expect(a.link.last("leave").action).toBe(livekit.LeaveRequest.Action.RECONNECT);
  expect(b.participant.isClosed).toBe(false);
  expect(rooms.errors).toEqual([new Error("a bug")]);
});
