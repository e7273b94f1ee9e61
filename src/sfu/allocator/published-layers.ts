import type { MediaSource } from "../downtrack/media-source.ts";
import { NO_LAYER, SPATIAL_LAYER_MAX, TEMPORAL_LAYER_MAX } from "../selector/layers.ts";
import { type LayerIndex, layerIndex, spatialOf, temporalOf } from "./layer-index.ts";

/** With fewer, the lowest temporal layer has half the pictures or more. */
const CHOPPY_TEMPORAL_LAYERS = 3;
const LAYERS = (SPATIAL_LAYER_MAX + 1) * (TEMPORAL_LAYER_MAX + 1);

/**
 * What a publisher sends of a video at one moment, as the allocation of one track sees it: which
 * spatial layers come, and what each layer takes with all that it is decoded with. A bitrate of 0
 * is a layer that cannot be had: not sent, not measured yet, or the same as the one below it.
 */
export class PublishedLayers {
  readonly #bitratesBps: Float64Array = new Float64Array(LAYERS);
  #availableMask = 0;

  /** Looks at the publisher now; all answers are about this moment until the next look. */
  take(source: MediaSource): void {
    this.#availableMask = 0;
    for (let spatial = 0; spatial <= SPATIAL_LAYER_MAX; spatial++) {
      const isAvailable = source.isLayerAvailable(spatial);
      if (isAvailable) this.#availableMask |= 1 << spatial;
      let below = 0;
      for (let temporal = 0; temporal <= TEMPORAL_LAYER_MAX; temporal++) {
        const layer = layerIndex(spatial, temporal);
        const bps = isAvailable ? source.bitrateBps(spatial, temporal) : 0;
        // Bitrates are cumulative: one that adds nothing belongs to a layer that is not there.
        const isThere = bps > below;
        this.#bitratesBps[layer] = isThere ? bps : 0;
        if (isThere) below = bps;
      }
    }
  }

  /** Bits per second; 0 of a layer that cannot be had, and of none. */
  bps(layer: LayerIndex): number {
    return layer < 0 ? 0 : this.#bitratesBps[layer]!;
  }

  isAvailable(spatial: number): boolean {
    return spatial >= 0 && ((this.#availableMask >> spatial) & 1) === 1;
  }

  /** Highest spatial layer that comes, up to `limit`; NO_LAYER when none does. */
  highestAvailable(limit: number): number {
    for (let s = Math.min(limit, SPATIAL_LAYER_MAX); s >= 0; s--) {
      if (this.isAvailable(s)) return s;
    }
    return NO_LAYER;
  }

  /** Lowest spatial layer that comes; NO_LAYER when none does. */
  lowestAvailable(): number {
    for (let s = 0; s <= SPATIAL_LAYER_MAX; s++) if (this.isAvailable(s)) return s;
    return NO_LAYER;
  }

  /** The best that can be had with neither part above these; NO_LAYER when nothing can. */
  highestWithin(spatial: number, temporal: number): LayerIndex {
    for (let s = Math.min(spatial, SPATIAL_LAYER_MAX); s >= 0; s--) {
      const layer = this.highestAt(s, temporal);
      if (layer >= 0) return layer;
    }
    return NO_LAYER;
  }

  /** As `highestWithin`, of this spatial layer alone. */
  highestAt(spatial: number, temporal: number): LayerIndex {
    for (let t = Math.min(temporal, TEMPORAL_LAYER_MAX); t >= 0; t--) {
      const layer = layerIndex(spatial, t);
      if (this.bps(layer) > 0) return layer;
    }
    return NO_LAYER;
  }

  /** The least that can be had with neither part above these; NO_LAYER when nothing can. */
  lowestWithin(spatial: number, temporal: number): LayerIndex {
    return this.#firstFrom(0, spatial, temporal);
  }

  /** The next after `layer` of those that can be had, within a maximum; NO_LAYER: there is none. */
  nextAbove(layer: LayerIndex, spatial: number, temporal: number): LayerIndex {
    return this.#firstFrom(layer + 1, spatial, temporal);
  }

  /**
   * Whether viewers would rather see a smaller picture that moves: the lowest temporal layer of
   * three or more, where a lower spatial layer has more of them.
   *
   * @param temporal highest temporal layer that may be taken
   * @param limitBps what the smaller picture may take
   */
  isChoppy(
    layer: LayerIndex,
    temporal: number,
    limitBps: number = Number.POSITIVE_INFINITY,
  ): boolean {
    if (temporal < 1 || layer < 0 || temporalOf(layer) > 0) return false;
    const spatial = spatialOf(layer);
    if (this.#temporalLayers(spatial) < CHOPPY_TEMPORAL_LAYERS) return false;
    for (let s = 0; s < spatial; s++) {
      for (let t = 1; t <= Math.min(temporal, TEMPORAL_LAYER_MAX); t++) {
        const bps = this.bps(layerIndex(s, t));
        if (bps > 0 && bps <= limitBps) return true;
      }
    }
    return false;
  }

  #temporalLayers(spatial: number): number {
    let count = 0;
    for (let t = 0; t <= TEMPORAL_LAYER_MAX; t++) {
      if (this.bps(layerIndex(spatial, t)) > 0) count += 1;
    }
    return count;
  }

  #firstFrom(first: LayerIndex, spatial: number, temporal: number): LayerIndex {
    for (let layer = Math.max(first, 0); layer <= layerIndex(spatial, temporal); layer++) {
      if (layer % (TEMPORAL_LAYER_MAX + 1) <= temporal && this.bps(layer) > 0) return layer;
    }
    return NO_LAYER;
  }
}
