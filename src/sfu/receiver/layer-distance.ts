import type { LayerRates } from "../stats/layer-rates.ts";
import type { LayerAvailability } from "./layer-availability.ts";
import type { StreamEncoding } from "./receiver-spec.ts";

/** Highest spatial layer of a track that has a stream for each. */
export function topLayerOf(encodings: readonly StreamEncoding[]): number {
  let top = 0;
  for (const { spatialLayer } of encodings) if (spatialLayer > top) top = spatialLayer;
  return top;
}

/**
 * How far what comes is below what is wanted, in spatial layers (spec-media 2.12); a temporal layer
 * is a part of one.
 *
 * @param wanted highest spatial layer that is wanted; -1: none
 * @param spatial highest that comes; -1: none
 * @param temporal highest of that one
 * @param maxTemporalSeen highest that ever came; -1: nothing has come yet
 */
export function layerDistance(
  wanted: number,
  spatial: number,
  temporal: number,
  maxTemporalSeen: number,
): number {
  if (wanted < 0 || maxTemporalSeen < 0) return 0;
  const perLayer = maxTemporalSeen + 1;
  const isNone = spatial < 0;
  const steps =
    (wanted - Math.max(spatial, 0)) * perLayer +
    (isNone ? maxTemporalSeen + 1 : maxTemporalSeen - temporal);
  return Math.max(0, steps / perLayer);
}

/** The same, as it is now. @param top highest layer that there could be; -1: none is to come */
export function distanceNow(top: number, layers: LayerAvailability, rates: LayerRates): number {
  const { maxTemporalSeen } = rates;
  const measured = rates.highestTemporal(layers.highest);
  // until it has been measured, the layer is taken to be whole
  const temporal = measured < 0 ? maxTemporalSeen : measured;
  const wanted = Math.min(layers.maxExpected, top);
  return layerDistance(wanted, layers.highest, temporal, maxTemporalSeen);
}
