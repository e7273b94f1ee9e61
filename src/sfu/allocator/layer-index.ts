import { NO_LAYER } from "../selector/layers.ts";

/**
 * A layer of a video as one number, so that layers compare as spec-media orders them: by the
 * spatial layer first, then by the temporal one. NO_LAYER (-1) stands for none, below all others.
 */
export type LayerIndex = number;

const TEMPORAL_LAYERS = 4;

/** @param spatial 0..2, or NO_LAYER; `temporal` 0..3 */
export function layerIndex(spatial: number, temporal: number): LayerIndex {
  return spatial < 0 || temporal < 0 ? NO_LAYER : spatial * TEMPORAL_LAYERS + temporal;
}

/** NO_LAYER of none. */
export function spatialOf(layer: LayerIndex): number {
  return layer < 0 ? NO_LAYER : Math.floor(layer / TEMPORAL_LAYERS);
}

/** NO_LAYER of none. */
export function temporalOf(layer: LayerIndex): number {
  return layer < 0 ? NO_LAYER : layer % TEMPORAL_LAYERS;
}
