import { newTrackId } from "../../base/ids.ts";
import type { ReceiverSpec } from "../../bridge/commands.ts";
import { livekit } from "../../gen/livekit.js";

const { TrackSource, TrackType, AudioTrackFeature, BackupCodecPolicy } = livekit;
const LayerMode = livekit.VideoLayer.Mode;

/** What one request may bring in a list; more than any client declares. */
const LAYERS_MAX = 8;
export const FEATURES_MAX = 32;
const SIMULCAST_CODECS_MAX = 16;

/** What of the client and the room bears on the codecs of a new track. */
export type TrackInfoContext = {
  /** `video/VP8` and so on: what this participant may publish, in preference order. */
  readonly enabledMimes: readonly string[];
  /** OBS sends sender reports for some layers only (spec: layer mode 3). */
  readonly isObs: boolean;
};

function sourceLetter(source: livekit.TrackSource): "C" | "M" | "S" | "s" | "" {
  switch (source) {
    case TrackSource.CAMERA:
      return "C";
    case TrackSource.MICROPHONE:
      return "M";
    case TrackSource.SCREEN_SHARE:
      return "S";
    case TrackSource.SCREEN_SHARE_AUDIO:
      return "s";
    default:
      return "";
  }
}

function streamName(source: livekit.TrackSource): string {
  switch (source) {
    case TrackSource.CAMERA:
    case TrackSource.MICROPHONE:
      return "camera";
    case TrackSource.SCREEN_SHARE:
    case TrackSource.SCREEN_SHARE_AUDIO:
      return "screen";
    default:
      return "unknown";
  }
}

/** The enabled codec a client gets for what it asked, by `video/…` or `audio/…` in lower case. */
export function resolveMime(
  requested: string,
  kind: "audio" | "video",
  enabled: readonly string[],
): string {
  const ofKind = enabled.filter((mime) => mime.toLowerCase().startsWith(`${kind}/`));
  const exact = ofKind.find((mime) => mime.toLowerCase() === requested.toLowerCase());
  return exact ?? ofKind[0] ?? (kind === "video" ? "video/VP8" : "audio/opus");
}

/** A codec as clients name it in `add_track`, with or without its kind. */
function fullMime(codec: string, kind: "audio" | "video"): string {
  return codec.includes("/") ? codec : `${kind}/${codec}`;
}

/** The entry of a codec that a client names again, for a backup publication. */
export function codecEntryOf(
  info: livekit.TrackInfo,
  codec: string,
  kind: "audio" | "video",
): livekit.ISimulcastCodecInfo | undefined {
  const mime = fullMime(codec, kind).toLowerCase();
  return info.codecs.find((entry) => (entry.mimeType ?? "").toLowerCase() === mime);
}

/** Copies, lowest quality first. */
export function layersOf(layers: readonly livekit.IVideoLayer[]): livekit.VideoLayer[] {
  return layers
    .slice(0, LAYERS_MAX)
    .map((layer) => new livekit.VideoLayer(layer))
    .sort((a, b) => a.quality - b.quality);
}

function codecEntries(
  request: livekit.AddTrackRequest,
  kind: "audio" | "video",
  context: TrackInfoContext,
): livekit.SimulcastCodecInfo[] {
  const single = context.isObs
    ? LayerMode.ONE_SPATIAL_LAYER_PER_STREAM_INCOMPLETE_RTCP_SR
    : LayerMode.ONE_SPATIAL_LAYER_PER_STREAM;
  if (request.simulcastCodecs.length === 0) {
    const layers = layersOf(request.layers);
    return [new livekit.SimulcastCodecInfo({ cid: request.cid, layers, videoLayerMode: single })];
  }
  const entries: livekit.SimulcastCodecInfo[] = [];
  for (const raw of request.simulcastCodecs.slice(0, SIMULCAST_CODECS_MAX)) {
    const asked = new livekit.SimulcastCodec(raw);
    if (asked.codec === "") continue;
    const mimeType = resolveMime(fullMime(asked.codec, kind), kind, context.enabledMimes);
    if (entries.some((entry) => entry.mimeType.toLowerCase() === mimeType.toLowerCase())) continue;
    const isSvc = /\/(vp9|av1)$/i.test(mimeType);
    entries.push(
      new livekit.SimulcastCodecInfo({
        mimeType,
        cid: asked.cid,
        layers: layersOf(asked.layers.length > 0 ? asked.layers : request.layers),
        videoLayerMode:
          asked.videoLayerMode !== LayerMode.MODE_UNUSED
            ? asked.videoLayerMode
            : isSvc
              ? LayerMode.MULTIPLE_SPATIAL_LAYERS_PER_STREAM
              : single,
      }),
    );
  }
  return entries;
}

/** The TrackInfo that answers an `add_track` (spec-signalling 4.1, "TrackInfo rules"). */
export function trackInfoOf(
  request: livekit.AddTrackRequest,
  context: TrackInfoContext,
): livekit.TrackInfo {
  const kind = request.type === TrackType.AUDIO ? "audio" : "video";
  const features = new Set(request.audioFeatures.slice(0, FEATURES_MAX));
  if (request.stereo) features.add(AudioTrackFeature.TF_STEREO);
  if (request.disableDtx) features.add(AudioTrackFeature.TF_NO_DTX);
  const codecs = codecEntries(request, kind, context);
  const first = codecs[0];
  const policy =
    kind === "audio" && request.backupCodecPolicy !== BackupCodecPolicy.REGRESSION
      ? BackupCodecPolicy.SIMULCAST
      : request.backupCodecPolicy;
  return new livekit.TrackInfo({
    sid: newTrackId(kind, sourceLetter(request.source)),
    type: request.type,
    name: request.name,
    width: request.width,
    height: request.height,
    muted: request.muted,
    source: request.source,
    layers: layersOf(request.layers),
    disableDtx: request.disableDtx || features.has(AudioTrackFeature.TF_NO_DTX),
    disableRed: request.disableRed,
    stereo: request.stereo || features.has(AudioTrackFeature.TF_STEREO),
    encryption: request.encryption,
    stream: request.stream !== "" ? request.stream : streamName(request.source),
    audioFeatures: [...features],
    packetTrailerFeatures: [...new Set(request.packetTrailerFeatures.slice(0, FEATURES_MAX))],
    backupCodecPolicy: policy,
    codecs,
    mimeType: first?.mimeType ?? "",
    simulcast:
      kind === "video" &&
      first !== undefined &&
      first.videoLayerMode !== LayerMode.MULTIPLE_SPATIAL_LAYERS_PER_STREAM &&
      first.layers.length > 1,
  });
}

/**
 * How the client said that it sends the layers of a codec (spec-media 3.9).
 *
 * @returns undefined when it said nothing, or that all come in one stream
 */
export function layerModeOf(
  info: livekit.TrackInfo,
  mime: string,
): ReceiverSpec["layerMode"] | undefined {
  const isOf = ({ mimeType }: livekit.ISimulcastCodecInfo): boolean =>
    mimeType?.toLowerCase() === mime.toLowerCase();
  const declared = info.codecs.find(isOf);
  const mode = (declared ?? info.codecs[0])?.videoLayerMode;
  if (mode === LayerMode.ONE_SPATIAL_LAYER_PER_STREAM_INCOMPLETE_RTCP_SR) {
    return "stream-each-few-reports";
  }
  // An entry without a codec is of a client that names none, and so says nothing of its layers.
  const isOneEach = declared?.videoLayerMode === LayerMode.ONE_SPATIAL_LAYER_PER_STREAM;
  return isOneEach ? "stream-each" : undefined;
}
