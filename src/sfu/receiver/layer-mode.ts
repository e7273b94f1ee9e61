import { Codec } from "../../wire/rtp/codec.ts";
import type { StreamEncoding } from "./receiver-spec.ts";

/**
 * How the client said that it sends the layers of a track (spec-media 3.9): each as a stream of its
 * own, and maybe with sender reports for some of them only.
 */
export type LayerMode = "stream-each" | "stream-each-few-reports";

/**
 * Whether all spatial layers come in one stream: codecs that can do so do, unless the client said
 * otherwise or its description has several streams.
 */
export function isOneStream(
  codec: Codec,
  streamCount: number,
  mode: LayerMode | undefined,
): boolean {
  const canLayer = codec === Codec.Vp9 || codec === Codec.Av1;
  return canLayer && streamCount <= 1 && mode === undefined;
}

/** Whether a stream of a layer is still what the encodings say: they may leave its SSRC open. */
export function keepsStream(
  encodings: readonly StreamEncoding[],
  layer: number,
  ssrc: number,
): boolean {
  const encoding = encodings.find((e) => e.spatialLayer === layer);
  return encoding !== undefined && (encoding.ssrc === 0 || encoding.ssrc === ssrc);
}
