import type { StreamCodec } from "../buffer/codec-table.ts";
import type { LayerMode } from "./layer-mode.ts";

/** One encoding of a track. Either the SSRC or the rid identifies it; both may. */
export type StreamEncoding = {
  /** 0..2, low to high quality. */
  readonly spatialLayer: number;
  /** "" when the section has no rids. */
  readonly rid: string;
  /** 0: learnt from mid and rid of the first packets. */
  readonly ssrc: number;
  /** 0: none, or learnt from the repaired rid. */
  readonly rtxSsrc: number;
};

/** One published track, as the control side describes it. */
export type TrackSpec = {
  readonly receiverId: number;
  readonly mid: string;
  readonly media: "audio" | "video";
  readonly codecs: readonly StreamCodec[];
  readonly encodings: readonly StreamEncoding[];
  /** Screen content has its own tracker times (spec-media 2.12). */
  readonly isScreenShare: boolean;
  /** Level observation for active speakers. */
  readonly observeAudioLevel: boolean;
  readonly isMuted: boolean;
  /** absent: not said */
  readonly layerMode?: LayerMode;
};

/** What receivers tell the control side. */
export type ReceiverEvent =
  | {
      readonly kind: "stream-started";
      readonly receiverId: number;
      readonly spatialLayer: number;
      readonly rid: string;
      readonly ssrc: number;
      readonly codec: StreamCodec["codec"];
    }
  | {
      readonly kind: "layers-changed";
      readonly receiverId: number;
      readonly availableLayers: readonly number[];
    }
  | {
      readonly kind: "video-size-changed";
      readonly receiverId: number;
      readonly spatialLayer: number;
      readonly width: number;
      readonly height: number;
    };
