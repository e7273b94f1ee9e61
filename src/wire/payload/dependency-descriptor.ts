import { DropReason } from "../../base/drop-reason.ts";
import { unwrap16 } from "../../base/serial.ts";
import { BitReader } from "./bit-reader.ts";
import {
  CHAINS_MAX,
  DECODE_TARGETS_MAX,
  DependencyStructure,
  Dti,
  FRAME_DIFFS_MAX,
} from "./dependency-structure.ts";

/** What one packet's dependency descriptor says (AV1 RTP specification, A.8). Filled again each time. */
export class DependencyDescriptor {
  isFirstInFrame = false;
  isLastInFrame = false;
  /** 0..63, as on the wire. */
  templateId = 0;
  /** 16 bits, as on the wire. */
  frameNumber = 0;
  /** Unwrapped by the reader that filled this; -1 when the packet was too short to tell. */
  extFrameNumber = 0;
  /** The packet brought a template structure: it begins a key frame. */
  hasStructure = false;
  /** The packet brought a mask of active decode targets, or a structure, which activates all. */
  hasActiveTargets = false;
  /** 32 bits; meaningful when `hasActiveTargets`. */
  activeTargets = 0;
  spatialLayer = 0;
  temporalLayer = 0;
  /** Indications by decode target, of the template or of the frame's own. */
  readonly dtis: Uint8Array = new Uint8Array(DECODE_TARGETS_MAX);
  readonly frameDiffs: Uint16Array = new Uint16Array(FRAME_DIFFS_MAX);
  frameDiffCount = 0;
  readonly chainDiffs: Uint8Array = new Uint8Array(CHAINS_MAX);
  /**
   * Where a mask of active decode targets stands, or would: bits from the descriptor's first. Its
   * width there, 0 when there is none, and where all that is not padding ends. For a rewriter.
   */
  maskBit = 0;
  maskBits = 0;
  endBit = 0;
}

/** The mandatory part: start, end, template id and frame number. */
export const MANDATORY_BYTES = 3;
/** The five flags that follow it in a longer descriptor. */
export const FLAG_BITS = 5;
const NO_FRAME = -1;
/** One circle up, so that a late frame does not unwrap below zero. */
const FIRST_CIRCLE = 0x10000;

/**
 * Reads the dependency descriptors of one stream. It keeps the newest template structure: without
 * one, a frame's layer cannot be told. What came before the structure that is kept began is of
 * templates that are gone: it is dropped. A structure that is sent again with the same id is no
 * such beginning, so that late packets of before can be read (spec-media 3.6).
 */
export class DependencyReader {
  readonly #bits: BitReader = new BitReader();
  #structure: DependencyStructure = new DependencyStructure();
  #spare: DependencyStructure = new DependencyStructure();
  #structureFrame = Number.NEGATIVE_INFINITY;
  /** The frame since which structures have had this id. */
  #structureStart = Number.NEGATIVE_INFINITY;
  #highestFrame = NO_FRAME;

  /** The newest structure; `templateCount` is 0 before the first. */
  get structure(): DependencyStructure {
    return this.#structure;
  }

  /** Extended number of the frame that brought the structure; -Infinity before the first. */
  get structureFrame(): number {
    return this.#structureFrame;
  }

  /**
   * @returns Truncated; WrongState when the structure it refers to is not known; TooOld when that
   *   was given up; Malformed. The reader is left as it is then.
   */
  read(bytes: Uint8Array, offset: number, length: number, out: DependencyDescriptor): DropReason {
    if (length < MANDATORY_BYTES) {
      out.extFrameNumber = NO_FRAME;
      return DropReason.Truncated;
    }
    const first = bytes[offset]!;
    out.isFirstInFrame = (first & 0x80) !== 0;
    out.isLastInFrame = (first & 0x40) !== 0;
    out.templateId = first & 0x3f;
    out.frameNumber = (bytes[offset + 1]! << 8) | bytes[offset + 2]!;
    out.extFrameNumber =
      this.#highestFrame === NO_FRAME
        ? out.frameNumber + FIRST_CIRCLE
        : unwrap16(out.frameNumber, this.#highestFrame);
    out.hasStructure = false;
    out.hasActiveTargets = false;
    let structure = this.#structure;
    let hasCustomDtis = false;
    let hasCustomDiffs = false;
    let hasCustomChains = false;
    out.maskBit = MANDATORY_BYTES * 8 + FLAG_BITS;
    out.maskBits = 0;
    out.endBit = out.maskBit;
    const bits = this.#bits;
    bits.start(bytes, offset + MANDATORY_BYTES, length - MANDATORY_BYTES);
    if (length > MANDATORY_BYTES) {
      const hasStructure = bits.flag();
      const hasActiveTargets = bits.flag();
      hasCustomDtis = bits.flag();
      hasCustomDiffs = bits.flag();
      hasCustomChains = bits.flag();
      if (hasStructure) {
        if (!out.isFirstInFrame) return DropReason.Malformed;
        out.hasStructure = true;
        if (out.extFrameNumber < this.#structureFrame) return DropReason.TooOld;
        structure = this.#spare;
        if (!structure.read(bits)) return DropReason.Malformed;
        out.hasActiveTargets = true;
        out.activeTargets = structure.allTargets;
        out.maskBit = bits.bitPosition - offset * 8;
      }
      if (hasActiveTargets) {
        if (structure.templateCount === 0) return DropReason.WrongState;
        out.hasActiveTargets = true;
        out.maskBits = structure.decodeTargetCount;
        out.activeTargets = bits.bits(out.maskBits);
      }
    }
    if (structure.templateCount === 0) return DropReason.WrongState;
    const template = (out.templateId - structure.templateIdOffset) & 63;
    if (template >= structure.templateCount) return DropReason.WrongState;
    out.spatialLayer = structure.spatialLayers[template]!;
    out.temporalLayer = structure.temporalLayers[template]!;
    this.#readDtis(structure, template, hasCustomDtis, out);
    if (!this.#readDiffs(structure, template, hasCustomDiffs, out)) return DropReason.Malformed;
    this.#readChains(structure, template, hasCustomChains, out);
    if (bits.isPastEnd) return DropReason.Truncated;
    if (length > MANDATORY_BYTES) out.endBit = bits.bitPosition - offset * 8;
    if (out.extFrameNumber < this.#structureStart) return DropReason.TooOld;
    this.#keep(out);
    return DropReason.None;
  }

  /** Before the first packet: one of this extended frame number is among those that come. */
  startNear(extFrameNumber: number): void {
    this.#highestFrame = extFrameNumber;
  }

  /** Forgets everything, for a stream that starts anew. */
  reset(): void {
    this.#structure.templateCount = 0;
    this.#structureFrame = Number.NEGATIVE_INFINITY;
    this.#structureStart = Number.NEGATIVE_INFINITY;
    this.#highestFrame = NO_FRAME;
  }

  #keep(out: DependencyDescriptor): void {
    if (out.extFrameNumber > this.#highestFrame) this.#highestFrame = out.extFrameNumber;
    if (!out.hasStructure) return;
    const old = this.#structure;
    const isSameId = old.templateCount > 0 && old.templateIdOffset === this.#spare.templateIdOffset;
    if (!isSameId) this.#structureStart = out.extFrameNumber;
    this.#structure = this.#spare;
    this.#spare = old;
    this.#structureFrame = out.extFrameNumber;
  }

  #readDtis(
    structure: DependencyStructure,
    template: number,
    isCustom: boolean,
    out: DependencyDescriptor,
  ): void {
    const from = template * DECODE_TARGETS_MAX;
    for (let i = 0; i < structure.decodeTargetCount; i++) {
      out.dtis[i] = isCustom ? this.#bits.bits(2) : structure.dtis[from + i]!;
    }
  }

  #readDiffs(
    structure: DependencyStructure,
    template: number,
    isCustom: boolean,
    out: DependencyDescriptor,
  ): boolean {
    const from = template * FRAME_DIFFS_MAX;
    if (!isCustom) {
      out.frameDiffCount = structure.frameDiffCounts[template]!;
      for (let i = 0; i < out.frameDiffCount; i++) {
        out.frameDiffs[i] = structure.frameDiffs[from + i]!;
      }
      return true;
    }
    out.frameDiffCount = 0;
    for (;;) {
      const size = this.#bits.bits(2);
      if (size === 0) return true;
      if (out.frameDiffCount === FRAME_DIFFS_MAX) return false;
      out.frameDiffs[out.frameDiffCount] = this.#bits.bits(4 * size) + 1;
      out.frameDiffCount += 1;
    }
  }

  #readChains(
    structure: DependencyStructure,
    template: number,
    isCustom: boolean,
    out: DependencyDescriptor,
  ): void {
    const from = template * CHAINS_MAX;
    for (let i = 0; i < structure.chainCount; i++) {
      out.chainDiffs[i] = isCustom ? this.#bits.bits(8) : structure.chainDiffs[from + i]!;
    }
  }
}

/** Whether some decode target of the frame's own layers can be switched to here. */
export function isSwitchIndicated(
  descriptor: DependencyDescriptor,
  structure: DependencyStructure,
): boolean {
  for (let i = 0; i < structure.decodeTargetCount; i++) {
    if (
      descriptor.dtis[i] === Dti.Switch &&
      structure.targetTemporalLayers[i] === descriptor.temporalLayer &&
      structure.targetSpatialLayers[i] === descriptor.spatialLayer
    ) {
      return true;
    }
  }
  return false;
}
