import { BitWriter } from "../support/bit-writer.ts";
import type { EncodedFrame, EncoderOptions } from "./encoder.ts";
import { Encoder } from "./encoder.ts";
import { PUBLISHED_IDS } from "./extensions.ts";
import { Random } from "./random.ts";
import type { Element } from "./rtp-writer.ts";

const Dti = { NotPresent: 0, Discardable: 1, Switch: 2, Required: 3 } as const;

/** What a dependency descriptor says of a frame (AV1 RTP specification, A.4). */
type Dependency = {
  readonly spatialLayer: number;
  readonly temporalLayer: number;
  readonly dtis: readonly number[];
  /** Frame numbers back. */
  readonly frameDiffs: readonly number[];
  readonly chainDiffs: readonly number[];
};

/** More would take too many bits in a template. */
const TEMPLATE_DIFF_MAX = 15;
/** Patterns repeat at least once in so many pictures. */
const PROBED_PICTURES = 17;
/** A changed mask of decode targets is told in so many pictures. */
const MASK_PICTURES = 4;

/** Numbers frames of one stream, and relates them to those before. */
class DependencyTracker {
  readonly #options: EncoderOptions;
  readonly #spatialCount: number;
  /** By spatial layer and encoder frame: the number that the frame got. */
  readonly #numbers = new Map<number, number>();
  readonly #lastInChain: number[];
  #next: number;

  constructor(options: EncoderOptions, spatialCount: number, first: number) {
    this.#options = options;
    this.#spatialCount = spatialCount;
    this.#next = first;
    this.#lastInChain = new Array<number>(spatialCount).fill(-1);
  }

  add(frame: EncodedFrame, layer: number): { number: number; dependency: Dependency } {
    const number = this.#next++;
    const { references, isInterLayer, isKeyFrame, isKeyPicture, temporalLayer } = frame;
    if (isKeyFrame) this.#lastInChain.fill(-1);
    const frameDiffs = references.map((back) => number - this.#numberOf(layer, frame.frame - back));
    if (isInterLayer) frameDiffs.push(number - this.#numberOf(layer - 1, frame.frame));
    const chainDiffs = this.#lastInChain.map((last) => (last < 0 ? 0 : number - last));
    for (let chain = layer; chain < this.#spatialCount; chain++) {
      const isOwn = chain === layer || isKeyPicture || !this.#options.isKeySvc;
      if (temporalLayer === 0 && isOwn) this.#lastInChain[chain] = number;
    }
    this.#numbers.set(layer * 2 ** 32 + frame.frame, number);
    if (this.#numbers.size > 200) this.#numbers.delete(this.#numbers.keys().next().value!);
    const dtis = this.#dtisOf(frame, layer);
    return {
      number,
      dependency: { spatialLayer: layer, temporalLayer, dtis, frameDiffs, chainDiffs },
    };
  }

  #numberOf(layer: number, frame: number): number {
    return this.#numbers.get(layer * 2 ** 32 + frame) ?? 0;
  }

  /** As libwebrtc's full and key structures have them. */
  #dtisOf(frame: EncodedFrame, layer: number): number[] {
    const dtis: number[] = [];
    const { temporalLayers, isKeySvc } = this.#options;
    const { temporalLayer, isKeyPicture, isSync } = frame;
    for (let s = 0; s < this.#spatialCount; s++) {
      for (let t = 0; t < temporalLayers; t++) {
        const isUnrelated = isKeySvc && !isKeyPicture && s !== layer;
        if (s < layer || t < temporalLayer || isUnrelated) dtis.push(Dti.NotPresent);
        else if (s > layer) dtis.push(isKeyPicture ? Dti.Switch : Dti.Required);
        else if (temporalLayer === 0) dtis.push(Dti.Switch);
        else if (t === temporalLayer) dtis.push(Dti.Discardable);
        else dtis.push(isSync ? Dti.Switch : Dti.Required);
      }
    }
    return dtis;
  }
}

/**
 * Dependency descriptors of one stream: templates for what the encoder does over and over, custom
 * fields where it does otherwise, the structure with each key frame, and a mask of active decode
 * targets when a layer comes or goes.
 */
export class DependencyWriter {
  readonly #options: EncoderOptions;
  readonly #tracker: DependencyTracker;
  readonly #templates: readonly Dependency[];
  readonly #spatialCount: number;
  readonly #templateOffset: number;
  #activeTop: number;
  #maskPictures = 0;
  #maskFrame = -1;

  /** @param isLayered the stream has all spatial layers; else it is one of a simulcast */
  constructor(options: EncoderOptions, isLayered: boolean, random: Random, firstNumber?: number) {
    this.#options = options;
    this.#spatialCount = isLayered ? options.layers.length : 1;
    const first = firstNumber ?? random.uint32() & 0xffff;
    this.#tracker = new DependencyTracker(options, this.#spatialCount, first + 2 ** 16);
    this.#templates = templatesOf(options, this.#spatialCount);
    // as libwebrtc numbers them: each stream of a simulcast from zero on
    this.#templateOffset = isLayered ? random.uint32() & 0x3f : 0;
    this.#activeTop = this.#spatialCount - 1;
  }

  /** @returns the elements of the frame's packets, by index and count */
  describe(frame: EncodedFrame): (index: number, count: number) => readonly Element[] {
    const layer = this.#spatialCount > 1 ? frame.spatialLayer : 0;
    const { number, dependency } = this.#tracker.add(frame, layer);
    this.#noteActive(frame, layer);
    const hasStructure = frame.isKeyFrame;
    const hasMask =
      this.#maskPictures > 0 || (hasStructure && this.#activeTop < this.#spatialCount - 1);
    const exact = this.#templates.findIndex((it) => isSame(it, dependency));
    const template =
      exact >= 0 ? exact : this.#templates.findIndex((it) => isOfLayer(it, dependency));
    const custom = exact >= 0 ? undefined : dependency;
    const plain = custom === undefined;
    return (index, count) => {
      const writer = new BitWriter();
      writer
        .u(1, index === 0 ? 1 : 0)
        .u(1, index === count - 1 ? 1 : 0)
        .u(6, (template + this.#templateOffset) & 0x3f)
        .u(16, number & 0xffff);
      const isExtended = (hasStructure && index === 0) || hasMask || !plain;
      if (isExtended) this.#writeExtended(writer, hasStructure && index === 0, hasMask, custom);
      return [{ id: PUBLISHED_IDS.dependencyDescriptor, bytes: writer.bytes() }];
    };
  }

  /** The highest layer of the last picture is the highest that is active. */
  #noteActive(frame: EncodedFrame, layer: number): void {
    if (this.#maskFrame !== frame.frame && layer === 0 && this.#maskPictures > 0) {
      this.#maskPictures -= 1;
    }
    this.#maskFrame = frame.frame;
    if (!frame.isLastLayer || layer === this.#activeTop || this.#spatialCount === 1) return;
    this.#activeTop = layer;
    this.#maskPictures = MASK_PICTURES;
  }

  #writeExtended(
    writer: BitWriter,
    hasStructure: boolean,
    hasMask: boolean,
    custom: Dependency | undefined,
  ): void {
    writer.u(1, hasStructure ? 1 : 0).u(1, hasMask ? 1 : 0);
    for (let i = 0; i < 3; i++) writer.u(1, custom === undefined ? 0 : 1);
    if (hasStructure) this.#writeStructure(writer);
    if (hasMask) {
      const { temporalLayers } = this.#options;
      const targets = this.#spatialCount * temporalLayers;
      writer.u(targets, 2 ** ((this.#activeTop + 1) * temporalLayers) - 1);
    }
    if (custom === undefined) return;
    for (const dti of custom.dtis) writer.u(2, dti);
    for (const diff of custom.frameDiffs) {
      if (diff <= 16) writer.u(2, 1).u(4, diff - 1);
      else if (diff <= 256) writer.u(2, 2).u(8, diff - 1);
      else writer.u(2, 3).u(12, diff - 1);
    }
    writer.u(2, 0);
    for (const diff of custom.chainDiffs) writer.u(8, Math.min(diff, 255));
  }

  /** template_dependency_structure(), A.8.3.1. */
  #writeStructure(writer: BitWriter): void {
    const templates = this.#templates;
    const { temporalLayers, layers } = this.#options;
    writer.u(6, this.#templateOffset).u(5, this.#spatialCount * temporalLayers - 1);
    for (const [index, { spatialLayer, temporalLayer }] of templates.entries()) {
      const next = templates[index + 1];
      if (next === undefined) writer.u(2, 3);
      else if (next.spatialLayer > spatialLayer) writer.u(2, 2);
      else writer.u(2, next.temporalLayer > temporalLayer ? 1 : 0);
    }
    for (const { dtis } of templates) for (const dti of dtis) writer.u(2, dti);
    for (const { frameDiffs } of templates) {
      for (const diff of frameDiffs) writer.u(1, 1).u(4, diff - 1);
      writer.u(1, 0);
    }
    writer.ns(this.#spatialCount * temporalLayers + 1, this.#spatialCount);
    for (let s = 0; s < this.#spatialCount; s++) {
      for (let t = 0; t < temporalLayers; t++) writer.ns(this.#spatialCount, s);
    }
    for (const { chainDiffs } of templates) for (const diff of chainDiffs) writer.u(4, diff);
    if (this.#spatialCount === 1) {
      writer.u(1, 0);
      return;
    }
    writer.u(1, 1);
    for (const { width, height } of layers) writer.u(16, width - 1).u(16, height - 1);
  }
}

/** Everything that the encoder does from a key frame on while all layers are active. */
function templatesOf(options: EncoderOptions, spatialCount: number): Dependency[] {
  const layers = options.layers.slice(0, spatialCount);
  const probe = new Encoder({ ...options, layers }, new Random(1));
  const tracker = new DependencyTracker(options, spatialCount, 1_000);
  const found: Dependency[] = [];
  for (let i = 0; i < PROBED_PICTURES; i++) {
    for (const frame of probe.encode(0)) {
      const { dependency } = tracker.add(frame, spatialCount > 1 ? frame.spatialLayer : 0);
      const isSmall = [...dependency.frameDiffs, ...dependency.chainDiffs].every(
        (diff) => diff <= TEMPLATE_DIFF_MAX,
      );
      if (isSmall && !found.some((it) => isSame(it, dependency))) found.push(dependency);
    }
  }
  return found.sort((a, b) => a.spatialLayer - b.spatialLayer || a.temporalLayer - b.temporalLayer);
}

function isOfLayer(a: Dependency, b: Dependency): boolean {
  return a.spatialLayer === b.spatialLayer && a.temporalLayer === b.temporalLayer;
}

function isSame(a: Dependency, b: Dependency): boolean {
  return (
    isOfLayer(a, b) &&
    String(a.dtis) === String(b.dtis) &&
    String(a.frameDiffs) === String(b.frameDiffs) &&
    String(a.chainDiffs) === String(b.chainDiffs)
  );
}
