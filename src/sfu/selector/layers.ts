/** Spatial layers are 0..2, temporal ones 0..3; -1 stands for none. */
export const SPATIAL_LAYER_MAX = 2;
export const TEMPORAL_LAYER_MAX = 3;
export const NO_LAYER = -1;

/**
 * The layers of one forwarded video stream: what is wished for, and where it is. The allocator
 * sets `target` and `request`, selectors move `current` towards the target.
 */
export class Layers {
  /** What the subscriber asked for. */
  maxSpatial: number = SPATIAL_LAYER_MAX;
  maxTemporal: number = TEMPORAL_LAYER_MAX;
  /** Highest spatial layer that was ever published. */
  maxSeenSpatial: number = NO_LAYER;
  /** Highest temporal layer that was ever published, in any spatial one. */
  maxSeenTemporal: number = NO_LAYER;
  /** What the allocator chose; none while paused. */
  targetSpatial: number = NO_LAYER;
  targetTemporal: number = NO_LAYER;
  /** The layer that key frames are asked of. */
  requestSpatial: number = NO_LAYER;
  /** There is not enough bandwidth for what is above the target. */
  isDeficient = false;
  /** What is forwarded. */
  currentSpatial: number = NO_LAYER;
  currentTemporal: number = NO_LAYER;
  /** Of the stream that flows: where `currentTemporal` and `currentSpatial` last rose, from what. */
  #temporalExtSn = -1;
  #temporalBefore: number = NO_LAYER;
  #spatialExtSn = -1;
  #spatialBefore: number = NO_LAYER;

  #savedSpatial: number = NO_LAYER;
  #savedTemporal: number = NO_LAYER;
  #savedTargetSpatial: number = NO_LAYER;

  /** Remembers where things are before a switch that may yet be refused. */
  save(): void {
    this.#savedSpatial = this.currentSpatial;
    this.#savedTemporal = this.currentTemporal;
    this.#savedTargetSpatial = this.targetSpatial;
  }

  /** Takes the switch since the last `save` back. */
  rollBack(): void {
    this.currentSpatial = this.#savedSpatial;
    this.currentTemporal = this.#savedTemporal;
    this.targetSpatial = this.#savedTargetSpatial;
  }

  /** From this number of the stream on. */
  raiseTemporal(temporal: number, extSn: number): void {
    this.#temporalBefore = this.currentTemporal;
    this.#temporalExtSn = extSn;
    this.currentTemporal = temporal;
  }

  raiseSpatial(spatial: number, extSn: number): void {
    this.#spatialBefore = this.currentSpatial;
    this.#spatialExtSn = extSn;
    this.currentSpatial = spatial;
  }

  /** What was forwarded where a packet that comes late belongs. */
  temporalAt(extSn: number): number {
    return extSn < this.#temporalExtSn ? this.#temporalBefore : this.currentTemporal;
  }

  spatialAt(extSn: number): number {
    return extSn < this.#spatialExtSn ? this.#spatialBefore : this.currentSpatial;
  }

  /** Another stream flows from now on, with numbers of its own. */
  forgetRaises(): void {
    this.#temporalExtSn = -1;
    this.#spatialExtSn = -1;
  }

  /** Nothing is forwarded any more; the next key frame starts anew. */
  clearCurrent(): void {
    this.currentSpatial = NO_LAYER;
    this.currentTemporal = NO_LAYER;
  }
}
