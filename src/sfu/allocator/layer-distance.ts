import {
  type Layers,
  NO_LAYER,
  SPATIAL_LAYER_MAX,
  TEMPORAL_LAYER_MAX,
} from "../selector/layers.ts";
import { type LayerIndex, spatialOf, temporalOf } from "./layer-index.ts";
import type { PublishedLayers } from "./published-layers.ts";

/**
 * How far a target is from what the subscriber could have (spec-media 4.7), in spatial layers: 0
 * when all is well. A temporal layer counts as a part of one, having nothing as one more. Only
 * what is published now counts, so that a publisher's own trouble is not taken for ours. Below 0
 * when more than what was asked for is sent, since nothing else is published.
 */
export function layerDistance(
  published: PublishedLayers,
  layers: Layers,
  target: LayerIndex,
): number {
  if (layers.maxSpatial < 0 || layers.maxSeenSpatial < 0) return 0;
  const seenTemporal = Math.max(layers.maxSeenTemporal, 0);
  const best = published.highestWithin(layers.maxSpatial, layers.maxTemporal);
  const available = published.highestAvailable(layers.maxSpatial);
  const isMeasured = published.highestWithin(SPATIAL_LAYER_MAX, TEMPORAL_LAYER_MAX) >= 0;
  // A layer that has just come is not measured yet.
  const isBestNew = !isMeasured || available > spatialOf(best);
  const bestSpatial = Math.max(isBestNew ? available : spatialOf(best), 0);
  const bestTemporal = isBestNew
    ? Math.min(layers.maxTemporal, available === NO_LAYER ? 0 : seenTemporal)
    : temporalOf(best);
  const steps = seenTemporal + 1;
  const isPaused = target < 0;
  const spatialSteps = bestSpatial - (isPaused ? 0 : spatialOf(target));
  const targetTemporal = isPaused ? 0 : Math.min(temporalOf(target), seenTemporal);
  const distance = spatialSteps * steps + (bestTemporal - targetTemporal) + (isPaused ? steps : 0);
  return distance / steps;
}
