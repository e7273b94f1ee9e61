import { livekit } from "../../gen/livekit.js";

const { VideoQuality } = livekit;

/** What a layer may be declared as, ascending. */
export const QUALITIES: readonly livekit.VideoQuality[] = [
  VideoQuality.LOW,
  VideoQuality.MEDIUM,
  VideoQuality.HIGH,
];

/** What is wanted of a codec: -1 is nothing, else the index into QUALITIES. */
export type Rank = -1 | 0 | 1 | 2;

/** A layer serves a request of which it has this share. */
const TOLERANCE = 0.9;
const SPATIAL_LAYER_MAX = 2;
/** Layer sizes to assume when nothing is declared, by the shorter side. */
const ASSUMED_HEIGHTS = [180, 360] as const;

/**
 * The spatial layer of a quality, by the qualities that the track declares (spec-media 3.9).
 *
 * @param declared ascending, without repeats; empty when nothing is declared
 */
export function layerForQuality(
  quality: livekit.VideoQuality,
  declared: readonly livekit.VideoQuality[],
): number {
  if (declared.length === 0) return Math.max(0, Math.min(quality, SPATIAL_LAYER_MAX));
  const exact = declared.indexOf(quality);
  if (exact >= 0) return exact;
  const below = declared.filter((other) => other < quality).length;
  // a quality between or above the declared ones takes the next higher layer, or the highest
  return Math.min(below, declared.length - 1);
}

/** The inverse: which quality a layer stands for. */
export function qualityForLayer(
  layer: number,
  declared: readonly livekit.VideoQuality[],
): livekit.VideoQuality {
  if (declared.length === 0) return QUALITIES[Math.min(layer, SPATIAL_LAYER_MAX)]!;
  return declared[Math.min(layer, declared.length - 1)]!;
}

/** @param layer -1..2; -1 wants nothing */
export function rankOf(layer: number, declared: readonly livekit.VideoQuality[]): Rank {
  return layer < 0 ? -1 : (QUALITIES.indexOf(qualityForLayer(layer, declared)) as Rank);
}

/** Back from a rank: the highest layer that it takes, -1..2. */
export function layerOfRank(rank: Rank, declared: readonly livekit.VideoQuality[]): number {
  return rank < 0 ? -1 : layerForQuality(QUALITIES[rank]!, declared);
}

/**
 * The lowest quality whose layer covers a requested size (spec-media 7.1, step 3).
 *
 * @param layers as declared in the track info
 */
export function qualityForSize(
  width: number,
  height: number,
  layers: readonly livekit.IVideoLayer[],
  original: { readonly width: number; readonly height: number },
): livekit.VideoQuality {
  const declared = layers
    .filter((layer) => (layer.height ?? 0) > 0)
    .map((layer) => ({ quality: layer.quality ?? VideoQuality.LOW, size: layer.height ?? 0 }))
    .sort((a, b) => a.size - b.size);
  const isPortrait = original.height > original.width;
  const sizes =
    declared.length > 0
      ? declared
      : [...ASSUMED_HEIGHTS, isPortrait ? original.width : original.height].map((size, index) => ({
          quality: index as livekit.VideoQuality,
          size,
        }));
  if (declared.length === 0 && original.width === 0) return VideoQuality.HIGH;
  const asked = declared.length === 0 && isPortrait ? width : height;
  const requested = Math.floor(asked * TOLERANCE);
  for (const [index, layer] of sizes.entries()) {
    const next = sizes[index + 1];
    if (layer.size >= requested && next?.size !== layer.size) return layer.quality;
  }
  return sizes.at(-1)?.quality ?? VideoQuality.HIGH;
}
