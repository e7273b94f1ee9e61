import type { BitReader } from "./bit-reader.ts";

export const TEMPLATES_MAX = 64;
export const DECODE_TARGETS_MAX = 32;
export const CHAINS_MAX = 32;
/** Frames that one frame refers to. AV1 has seven reference slots; more is refused. */
export const FRAME_DIFFS_MAX = 8;
const SPATIAL_LAYERS_MAX = 4;
const TEMPORAL_LAYERS_MAX = 8;

/** Decode target indications (AV1 RTP specification, A.4). */
export const Dti = { NotPresent: 0, Discardable: 1, Switch: 2, Required: 3 } as const;

/**
 * The templates that frames refer to until a key frame brings new ones (AV1 RTP specification,
 * A.8.3.1). Tables by template are flat: `template * width + index`.
 */
export class DependencyStructure {
  /** 0: nothing was read yet. */
  templateCount = 0;
  templateIdOffset = 0;
  decodeTargetCount = 0;
  chainCount = 0;
  maxSpatialLayer = 0;
  maxTemporalLayer = 0;
  readonly spatialLayers: Uint8Array = new Uint8Array(TEMPLATES_MAX);
  readonly temporalLayers: Uint8Array = new Uint8Array(TEMPLATES_MAX);
  /** Width DECODE_TARGETS_MAX. */
  readonly dtis: Uint8Array = new Uint8Array(TEMPLATES_MAX * DECODE_TARGETS_MAX);
  /** Width FRAME_DIFFS_MAX. */
  readonly frameDiffs: Uint8Array = new Uint8Array(TEMPLATES_MAX * FRAME_DIFFS_MAX);
  readonly frameDiffCounts: Uint8Array = new Uint8Array(TEMPLATES_MAX);
  /** Width CHAINS_MAX. */
  readonly chainDiffs: Uint8Array = new Uint8Array(TEMPLATES_MAX * CHAINS_MAX);
  /** The chain of each decode target, where there are chains. */
  readonly protectedBy: Uint8Array = new Uint8Array(DECODE_TARGETS_MAX);
  /** Highest layers that a decode target has. */
  readonly targetSpatialLayers: Uint8Array = new Uint8Array(DECODE_TARGETS_MAX);
  readonly targetTemporalLayers: Uint8Array = new Uint8Array(DECODE_TARGETS_MAX);
  /** The decode targets, highest spatial layer first, of one spatial layer the highest temporal. */
  readonly targetOrder: Uint8Array = new Uint8Array(DECODE_TARGETS_MAX);
  /** By spatial layer; 0 when the structure tells no sizes. */
  resolutionCount = 0;
  readonly widths: Uint16Array = new Uint16Array(SPATIAL_LAYERS_MAX);
  readonly heights: Uint16Array = new Uint16Array(SPATIAL_LAYERS_MAX);

  /** All decode targets, as a mask of 32 bits. */
  get allTargets(): number {
    return (2 ** this.decodeTargetCount - 1) >>> 0;
  }

  /** Decode targets that need no layer above these, as a mask of 32 bits. */
  targetsUpTo(spatial: number, temporal: number): number {
    let mask = 0;
    for (let i = 0; i < this.decodeTargetCount; i++) {
      if (this.targetSpatialLayers[i]! > spatial || this.targetTemporalLayers[i]! > temporal) {
        continue;
      }
      mask |= 1 << i;
    }
    return mask >>> 0;
  }

  /**
   * Reads template_dependency_structure().
   *
   * @returns false when it is cut or beyond the limits; it is empty then
   */
  read(reader: BitReader): boolean {
    this.templateCount = 0;
    this.templateIdOffset = reader.bits(6);
    this.decodeTargetCount = reader.bits(5) + 1;
    const templateCount = this.#readLayers(reader);
    if (templateCount === 0) return false;
    for (let t = 0; t < templateCount; t++) {
      for (let i = 0; i < this.decodeTargetCount; i++) {
        this.dtis[t * DECODE_TARGETS_MAX + i] = reader.bits(2);
      }
    }
    for (let t = 0; t < templateCount; t++) {
      let count = 0;
      while (reader.flag()) {
        if (count === FRAME_DIFFS_MAX) return false;
        this.frameDiffs[t * FRAME_DIFFS_MAX + count] = reader.bits(4) + 1;
        count += 1;
      }
      this.frameDiffCounts[t] = count;
    }
    if (!this.#readChains(reader, templateCount)) return false;
    this.#findTargetLayers(templateCount);
    this.#sortTargets();
    this.resolutionCount = 0;
    if (reader.flag()) {
      for (let s = 0; s <= this.maxSpatialLayer; s++) {
        this.widths[s] = reader.bits(16) + 1;
        this.heights[s] = reader.bits(16) + 1;
      }
      this.resolutionCount = this.maxSpatialLayer + 1;
    }
    if (reader.isPastEnd) return false;
    this.templateCount = templateCount;
    return true;
  }

  /** @returns number of templates, 0 when there are too many or the layers go too high */
  #readLayers(reader: BitReader): number {
    let spatial = 0;
    let temporal = 0;
    let count = 0;
    this.maxTemporalLayer = 0;
    for (;;) {
      if (count === TEMPLATES_MAX || reader.isPastEnd) return 0;
      this.spatialLayers[count] = spatial;
      this.temporalLayers[count] = temporal;
      this.maxTemporalLayer = Math.max(this.maxTemporalLayer, temporal);
      count += 1;
      const next = reader.bits(2);
      if (next === 3) break;
      if (next === 1) {
        temporal += 1;
      } else if (next === 2) {
        temporal = 0;
        spatial += 1;
      }
      if (spatial === SPATIAL_LAYERS_MAX || temporal === TEMPORAL_LAYERS_MAX) return 0;
    }
    this.maxSpatialLayer = spatial;
    return count;
  }

  #readChains(reader: BitReader, templateCount: number): boolean {
    this.chainCount = reader.ns(this.decodeTargetCount + 1);
    if (this.chainCount === 0) return true;
    if (this.chainCount > CHAINS_MAX) return false;
    for (let i = 0; i < this.decodeTargetCount; i++) {
      this.protectedBy[i] = reader.ns(this.chainCount);
    }
    for (let t = 0; t < templateCount; t++) {
      for (let i = 0; i < this.chainCount; i++) {
        this.chainDiffs[t * CHAINS_MAX + i] = reader.bits(4);
      }
    }
    return !reader.isPastEnd;
  }

  #findTargetLayers(templateCount: number): void {
    this.targetSpatialLayers.fill(0);
    this.targetTemporalLayers.fill(0);
    for (let t = 0; t < templateCount; t++) {
      for (let i = 0; i < this.decodeTargetCount; i++) {
        if (this.dtis[t * DECODE_TARGETS_MAX + i] === Dti.NotPresent) continue;
        const spatial = Math.max(this.targetSpatialLayers[i]!, this.spatialLayers[t]!);
        const temporal = Math.max(this.targetTemporalLayers[i]!, this.temporalLayers[t]!);
        this.targetSpatialLayers[i] = spatial;
        this.targetTemporalLayers[i] = temporal;
      }
    }
  }

  /** Insertion sort: few targets, and most structures list them in order already. */
  #sortTargets(): void {
    const order = this.targetOrder;
    for (let i = 0; i < this.decodeTargetCount; i++) {
      const height = this.#heightOf(i);
      let at = i;
      while (at > 0 && this.#heightOf(order[at - 1]!) < height) {
        order[at] = order[at - 1]!;
        at -= 1;
      }
      order[at] = i;
    }
  }

  #heightOf(target: number): number {
    return (
      this.targetSpatialLayers[target]! * TEMPORAL_LAYERS_MAX + this.targetTemporalLayers[target]!
    );
  }
}
