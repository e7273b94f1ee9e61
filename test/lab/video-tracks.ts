import type { ReceiveCodec, ReceiverSpec } from "../../src/bridge/commands.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { Av1Packetizer } from "./av1-packetizer.ts";
import { DependencyWriter } from "./dependency-writer.ts";
import type { EncoderOptions, LayerOptions } from "./encoder.ts";
import { H264Packetizer } from "./h264-packetizer.ts";
import type { Packetizer } from "./packetizer.ts";
import type { Random } from "./random.ts";
import type { VideoPublisherOptions, VideoStreamStart } from "./video-publisher.ts";
import { Vp8Packetizer } from "./vp8-packetizer.ts";
import { Vp9Packetizer } from "./vp9-packetizer.ts";

export const VIDEO_PAYLOAD_TYPE = 96;
export const VIDEO_RTX_PAYLOAD_TYPE = 97;

/** What a camera sends, and how. */
export type VideoMode = "vp8" | "vp8-dd" | "h264" | "vp9" | "vp9-dd" | "av1";

export type VideoTrackOptions = {
  readonly mode: VideoMode;
  /** Lowest first, 1..3; 150, 500 and 1,700 kbit/s unless told. */
  readonly layers?: readonly LayerOptions[];
  /** 1..3 */
  readonly temporalLayers?: number;
  readonly framesPerSecond?: number;
  readonly keyFrameFactor?: number;
  /** Of SVC: layers build upon each other in key pictures only (L3T3_KEY). */
  readonly isKeySvc?: boolean;
  readonly starts?: readonly VideoStreamStart[];
  readonly firstPictureId?: number;
  readonly firstTl0?: number;
  /** Of dependency descriptors, 16 bits. */
  readonly firstFrameNumber?: number;
  readonly isShortPictureId?: boolean;
  readonly hasKeyIndex?: boolean;
  readonly ntpOffsetMs?: number;
  readonly silentReports?: readonly number[];
  readonly isScreenShare?: boolean;
};

/** As clients publish 720p: 180p, 360p and 720p. */
export const THREE_LAYERS: readonly LayerOptions[] = [
  { bitrateBps: 150_000, width: 320, height: 180 },
  { bitrateBps: 500_000, width: 640, height: 360 },
  { bitrateBps: 1_700_000, width: 1280, height: 720 },
];

const RIDS = ["q", "h", "f"] as const;
const ENCODE_DELAY_MS = 30;

const CODECS: { readonly [mode in VideoMode]: Codec } = {
  vp8: Codec.Vp8,
  "vp8-dd": Codec.Vp8,
  h264: Codec.H264,
  vp9: Codec.Vp9,
  "vp9-dd": Codec.Vp9,
  av1: Codec.Av1,
};

export function codecOf(mode: VideoMode): Codec {
  return CODECS[mode];
}

/** All spatial layers come in one stream. */
export function isSvcMode(mode: VideoMode): boolean {
  return mode === "vp9" || mode === "vp9-dd" || mode === "av1";
}

export function receiveCodecOf(mode: VideoMode): ReceiveCodec {
  return {
    codec: codecOf(mode),
    payloadType: VIDEO_PAYLOAD_TYPE,
    rtxPayloadType: VIDEO_RTX_PAYLOAD_TYPE,
    fmtp: fmtpOf(mode),
    hasNack: true,
    hasPli: true,
  };
}

export function fmtpOf(mode: VideoMode): string {
  const isH264 = mode === "h264";
  return isH264 ? "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f" : "";
}

/** Both descriptions of a track: for the publisher of the lab, and for the engine. */
export function videoTrack(
  receiverId: number,
  peerId: number,
  options: VideoTrackOptions,
  random: Random,
): { publisher: VideoPublisherOptions; spec: ReceiverSpec } {
  const { mode } = options;
  const layers = options.layers ?? THREE_LAYERS;
  const mid = `v${receiverId}`;
  const encoder: EncoderOptions = {
    layers,
    framesPerSecond: options.framesPerSecond ?? 30,
    // nothing in H.264 tells its temporal layers
    temporalLayers: mode === "h264" ? 1 : (options.temporalLayers ?? 3),
    isSvc: isSvcMode(mode),
    isKeySvc: options.isKeySvc ?? false,
    keysTogether: true,
    keyFrameFactor: options.keyFrameFactor ?? 6,
  };
  const streams = encoder.isSvc ? layers.slice(0, 1) : layers;
  const rids = streams.length > 1 ? RIDS.slice(0, streams.length) : [];
  const spec: ReceiverSpec = {
    receiverId,
    peerId,
    mid,
    media: "video",
    codecs: [receiveCodecOf(mode)],
    encodings: streams.map((_, spatialLayer) => ({
      spatialLayer,
      rid: rids[spatialLayer] ?? "",
      ssrc: 0,
      rtxSsrc: 0,
    })),
    isScreenShare: options.isScreenShare ?? false,
    observeAudioLevel: false,
    isMuted: false,
  };
  return {
    spec,
    publisher: {
      track: receiverId,
      mid,
      encoder,
      packetizers: streams.map(() => packetizerOf(options, encoder, random)),
      payloadType: VIDEO_PAYLOAD_TYPE,
      rtxPayloadType: VIDEO_RTX_PAYLOAD_TYPE,
      rids,
      encodeDelayMs: ENCODE_DELAY_MS,
      ...(options.starts === undefined ? {} : { starts: options.starts }),
      ...(options.ntpOffsetMs === undefined ? {} : { ntpOffsetMs: options.ntpOffsetMs }),
      ...(options.silentReports === undefined ? {} : { silentReports: options.silentReports }),
    },
  };
}

function packetizerOf(
  options: VideoTrackOptions,
  encoder: EncoderOptions,
  random: Random,
): Packetizer {
  const { mode, firstPictureId, firstTl0, isShortPictureId, hasKeyIndex } = options;
  const isDescribed = mode === "vp8-dd" || mode === "vp9-dd" || mode === "av1";
  const dependencies = isDescribed
    ? new DependencyWriter(encoder, encoder.isSvc, random, options.firstFrameNumber)
    : undefined;
  if (mode === "h264") return new H264Packetizer();
  if (mode === "av1") return new Av1Packetizer(dependencies!);
  if (mode === "vp9" || mode === "vp9-dd") {
    return new Vp9Packetizer(encoder.layers, firstPictureId ?? random.uint32(), dependencies);
  }
  return new Vp8Packetizer(
    {
      temporalLayers: encoder.temporalLayers,
      ...(firstPictureId === undefined ? {} : { firstPictureId }),
      ...(firstTl0 === undefined ? {} : { firstTl0 }),
      isShort: isShortPictureId ?? false,
      hasKeyIndex: hasKeyIndex ?? false,
    },
    random,
    dependencies,
  );
}
