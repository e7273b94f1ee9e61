import { expect, test } from "bun:test";
import { livekit } from "../../gen/livekit.js";
import { layerModeOf, resolveMime, trackInfoOf } from "./track-info.ts";

const { AUDIO, VIDEO } = livekit.TrackType;
const { TF_STEREO, TF_NO_DTX } = livekit.AudioTrackFeature;
const { PREFER_REGRESSION, REGRESSION, SIMULCAST } = livekit.BackupCodecPolicy;
const Mode = livekit.VideoLayer.Mode;
const ENABLED = ["video/VP8", "video/H264", "video/VP9", "audio/opus", "audio/red"];

function infoOf(
  request: livekit.IAddTrackRequest,
  context: { enabledMimes?: readonly string[]; isObs?: boolean } = {},
): livekit.TrackInfo {
  const { enabledMimes = ENABLED, isObs = false } = context;
  return trackInfoOf(new livekit.AddTrackRequest(request), { enabledMimes, isObs });
}

test("what was asked for is copied, lists without repeats and layers by quality", () => {
  const info = infoOf({
    type: VIDEO,
    name: "n",
    width: 3,
    height: 4,
    muted: true,
    source: livekit.TrackSource.CAMERA,
    disableRed: true,
    encryption: livekit.Encryption.Type.GCM,
    stream: "s",
    layers: [{ quality: 2, width: 9 }, { quality: 0 }, { quality: 1 }],
    packetTrailerFeatures: [1, 1],
  });
  expect(info).toMatchObject({
    type: VIDEO,
    name: "n",
    width: 3,
    height: 4,
    muted: true,
    disableRed: true,
    encryption: livekit.Encryption.Type.GCM,
    stream: "s",
    packetTrailerFeatures: [1],
  });
  expect(info.layers.map(({ quality }) => quality)).toEqual([0, 1, 2]);
});

test.each([
  [livekit.TrackSource.CAMERA, "camera"],
  [livekit.TrackSource.MICROPHONE, "camera"],
  [livekit.TrackSource.SCREEN_SHARE, "screen"],
  [livekit.TrackSource.SCREEN_SHARE_AUDIO, "screen"],
  [livekit.TrackSource.UNKNOWN, "unknown"],
])("source %d without a stream belongs to %s", (source, stream) => {
  expect(infoOf({ type: AUDIO, source }).stream).toBe(stream);
});

test("the older flags for stereo and DTX and the features say the same", () => {
  const byFlags = infoOf({ type: AUDIO, stereo: true, disableDtx: true });
  expect(byFlags.audioFeatures).toEqual([TF_STEREO, TF_NO_DTX]);
  const byFeatures = infoOf({ type: AUDIO, audioFeatures: [TF_STEREO, TF_NO_DTX, TF_STEREO] });
  expect(byFeatures).toMatchObject({ stereo: true, disableDtx: true });
  expect(byFeatures.audioFeatures).toEqual([TF_STEREO, TF_NO_DTX]);
});

test.each([
  { type: AUDIO, asked: PREFER_REGRESSION, policy: SIMULCAST },
  { type: AUDIO, asked: REGRESSION, policy: REGRESSION },
  { type: VIDEO, asked: PREFER_REGRESSION, policy: PREFER_REGRESSION },
])("backup codec policy $asked of type $type becomes $policy", ({ type, asked, policy }) => {
  expect(infoOf({ type, backupCodecPolicy: asked }).backupCodecPolicy).toBe(policy);
});

test("without simulcast codecs there is one entry, its codec left open", () => {
  const info = infoOf({ type: VIDEO, cid: "c", layers: [{ quality: 1 }] });
  expect(info.codecs).toHaveLength(1);
  expect(info.codecs[0]).toMatchObject({
    cid: "c",
    mimeType: "",
    videoLayerMode: Mode.ONE_SPATIAL_LAYER_PER_STREAM,
  });
  expect(info.codecs[0]?.layers).toHaveLength(1);
  expect(info.mimeType).toBe("");
});

test("simulcast codecs get their kind, an enabled substitute, a mode and layers", () => {
  const info = infoOf({
    type: VIDEO,
    cid: "c",
    layers: [{ quality: 0 }, { quality: 1 }],
    simulcastCodecs: [
      { codec: "vp9", cid: "c" },
      { codec: "video/h264", cid: "b", layers: [{ quality: 2 }], videoLayerMode: 3 },
      { codec: "AV1", cid: "a" },
      { codec: "vp8", cid: "again" },
      { codec: "" },
    ],
  });
  expect(info.codecs.map(({ mimeType, cid }) => [mimeType, cid])).toEqual([
    ["video/VP9", "c"],
    ["video/H264", "b"],
    ["video/VP8", "a"],
  ]);
  expect(info.codecs.map(({ videoLayerMode }) => videoLayerMode)).toEqual([2, 3, 1]);
  expect(info.codecs.map(({ layers }) => layers?.length)).toEqual([2, 1, 2]);
  expect(info.mimeType).toBe("video/VP9");
  expect(info.simulcast).toBe(false);
});

const SIMULCASTS: { codecs: livekit.ISimulcastCodec[]; layers: number; simulcast: boolean }[] = [
  { codecs: [{ codec: "vp8" }], layers: 2, simulcast: true },
  { codecs: [{ codec: "vp8" }], layers: 1, simulcast: false },
  { codecs: [{ codec: "vp9", videoLayerMode: 1 }], layers: 3, simulcast: true },
  { codecs: [], layers: 3, simulcast: true },
];

test.each(SIMULCASTS)(
  "simulcast with codecs and $layers layers is $simulcast",
  ({ codecs, layers, simulcast }) => {
    const info = infoOf({
      type: VIDEO,
      simulcastCodecs: codecs,
      layers: Array.from({ length: layers }, (_, quality) => ({ quality })),
    });
    expect(info.simulcast).toBe(simulcast);
  },
);

test("OBS sends its layers in a mode of its own", () => {
  const mode = (request: livekit.IAddTrackRequest) =>
    infoOf({ type: VIDEO, ...request }, { isObs: true }).codecs[0]?.videoLayerMode;
  expect(mode({})).toBe(Mode.ONE_SPATIAL_LAYER_PER_STREAM_INCOMPLETE_RTCP_SR);
  expect(mode({ simulcastCodecs: [{ codec: "h264" }] })).toBe(
    Mode.ONE_SPATIAL_LAYER_PER_STREAM_INCOMPLETE_RTCP_SR,
  );
});

test.each([
  ["video/vp9", "video", "video/VP9"],
  ["video/av1", "video", "video/VP8"],
  ["audio/red", "audio", "audio/red"],
  ["audio/nothing", "audio", "audio/opus"],
  ["constructor", "audio", "audio/opus"],
] as const)("%s of %s resolves to %s", (asked, kind, mime) => {
  expect(resolveMime(asked, kind, ENABLED)).toBe(mime);
});

test("with no codec of the kind enabled VP8 and Opus stand in", () => {
  expect(resolveMime("video/h264", "video", [])).toBe("video/VP8");
  expect(resolveMime("audio/red", "audio", [])).toBe("audio/opus");
});

test("lists of any length are cut", () => {
  const many = (length: number) => Array.from({ length }, (_, i) => i);
  const info = infoOf({
    type: VIDEO,
    layers: many(1_000).map((quality) => ({ quality })),
    simulcastCodecs: [{ codec: "vp8", layers: many(1_000).map((quality) => ({ quality })) }],
    audioFeatures: many(1_000),
    packetTrailerFeatures: many(1_000),
  });
  const lengths = [info.layers, info.codecs[0]?.layers, info.audioFeatures].map(
    (one) => one?.length,
  );
  for (const length of [...lengths, info.packetTrailerFeatures.length]) {
    expect(length).toBeLessThanOrEqual(40);
  }
});

const MODES: { codecs: livekit.ISimulcastCodec[]; isObs?: boolean; mode: string | undefined }[] = [
  { codecs: [], mode: undefined },
  { codecs: [{ codec: "vp9" }], mode: undefined },
  { codecs: [{ codec: "vp9", videoLayerMode: 2 }], mode: undefined },
  { codecs: [{ codec: "vp9", videoLayerMode: 1 }], mode: "stream-each" },
  { codecs: [{ codec: "vp8", videoLayerMode: 1 }], mode: undefined },
  { codecs: [{ codec: "vp9", videoLayerMode: 3 }], mode: "stream-each-few-reports" },
  { codecs: [], isObs: true, mode: "stream-each-few-reports" },
];

test.each(MODES)("of VP9, $codecs say that layers come as $mode", ({ codecs, isObs, mode }) => {
  const request = { type: VIDEO, simulcastCodecs: codecs };
  const info = infoOf(request, isObs === undefined ? {} : { isObs });
  expect(layerModeOf(info, "video/VP9")).toBe(mode as ReturnType<typeof layerModeOf>);
});
