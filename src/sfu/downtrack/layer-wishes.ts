import { type Layers, SPATIAL_LAYER_MAX, TEMPORAL_LAYER_MAX } from "../selector/layers.ts";
import type { DownTrackSettings } from "./down-track-config.ts";
import type { MediaSource } from "./media-source.ts";

/** The most that a subscriber asks of a track's layers; frames a second count as temporal layers. */
export class LayerWishes {
  /** What the server has room for. */
  limitSpatial: number = SPATIAL_LAYER_MAX;
  #maxSpatial: number = SPATIAL_LAYER_MAX;
  #maxTemporal: number = TEMPORAL_LAYER_MAX;
  #maxFrameRate = 0;

  set(settings: DownTrackSettings, layers: Layers, source: MediaSource): void {
    this.#maxSpatial = settings.maxSpatialLayer;
    this.#maxTemporal = settings.maxTemporalLayer;
    this.#maxFrameRate = settings.maxFrameRate;
    this.apply(layers, source);
  }

  /** Again when the publisher's frame rates are known, or change. */
  apply(layers: Layers, source: MediaSource): void {
    layers.maxSpatial = Math.min(this.#maxSpatial, Math.max(this.limitSpatial, 0));
    layers.maxTemporal = this.#maxTemporal;
    if (this.#maxFrameRate <= 0) return;
    let spatial = layers.maxSpatial;
    while (spatial > 0 && !source.isLayerAvailable(spatial)) spatial -= 1;
    const wanted = source.temporalLayerFor(spatial, this.#maxFrameRate);
    if (wanted < layers.maxTemporal) layers.maxTemporal = wanted;
  }
}
