import type { DependencyStructure } from "../../wire/payload/dependency-structure.ts";
import { CHAINS_MAX, Dti } from "../../wire/payload/dependency-structure.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import { type Layers, NO_LAYER } from "../selector/layers.ts";
import { type LayerSelector, Selection } from "../selector/selection.ts";
import { Decision, FrameDecisions } from "./frame-decisions.ts";
import { Described, type FrameDependency } from "./frame-dependency.ts";

const NO_TARGET = -1;
const NO_SSRC = -1;

/**
 * Chooses the layers of AV1 and VP9 with all spatial layers in one stream, by what each frame's
 * dependency descriptor says of it (spec-media 3.7; AV1 RTP specification, A.3 and A.5): the
 * highest decode target at or below the wished for whose chain of frames is intact. A frame is
 * decided on once, with its first packet that comes, and all its packets share the decision.
 *
 * Beyond the reference: a target that changes takes effect with the next picture, so that no
 * picture loses its end; and while nothing at or below the target can be decoded, the layer that
 * flows goes on until the key frame comes, unless bandwidth is short.
 */
export class DependencySelector implements LayerSelector {
  readonly #frames: FrameDecisions = new FrameDecisions();
  /** By chain: the frame that it began with. */
  readonly #chainStarts: Float64Array = new Float64Array(CHAINS_MAX);
  /** Chains of active decode targets, one bit each. */
  #activeChains = 0;
  #activeTargets = 0;
  #ownTargets = 0;
  #isValid = false;
  #keyFrameNumber = 0;
  #structureId = 0;
  #structure: DependencyStructure | undefined;
  #generation = 0;
  #ssrc: number = NO_SSRC;
  /** Timestamp of the picture that the target was read for. */
  #targetTs = -1;
  #targetSpatial: number = NO_LAYER;
  #targetTemporal: number = NO_LAYER;

  /** Decode targets that the subscriber gets, 32 bits. */
  get ownTargets(): number {
    return this.#ownTargets;
  }

  /** Waits for the next key frame: what came before is no longer what the subscriber has. */
  invalidate(): void {
    this.#isValid = false;
    this.#frames.clear();
    this.#targetTs = -1;
  }

  /** Whether a decode target of this spatial layer can be decoded now; else a key frame is needed. */
  isSynced(spatial: number): boolean {
    const structure = this.#structure;
    if (!this.#isValid || structure === undefined) return false;
    for (let i = 0; i < structure.decodeTargetCount; i++) {
      if (structure.targetSpatialLayers[i] === spatial && this.#isIntact(structure, i)) return true;
    }
    return false;
  }

  select(packet: MediaPacket, layers: Layers): Selection {
    return this.#look(packet, layers, true);
  }

  /** Instead of `select` where the packet has no way out: its frame will never be whole. */
  leaveOut(packet: MediaPacket, layers: Layers): void {
    this.#look(packet, layers, false);
  }

  #look(packet: MediaPacket, layers: Layers, canLeave: boolean): Selection {
    const dependency = packet.dependency;
    if (dependency.described !== Described.Yes) {
      this.#noteUnreadable(packet);
      return Selection.Skip;
    }
    if (dependency.generation !== this.#generation || packet.ssrc !== this.#ssrc) {
      this.#generation = dependency.generation;
      this.#ssrc = packet.ssrc;
      this.invalidate();
    }
    if (!this.#isValid && !(packet.isKeyFrame && !packet.isOutOfOrder)) return Selection.Skip;
    const frame = dependency.descriptor.extFrameNumber;
    this.#takeStructure(dependency, layers);
    if (dependency.keyFrameNumber !== this.#keyFrameNumber) {
      // A key frame passed by that we did not see.
      this.invalidate();
      return Selection.Skip;
    }
    const frames = this.#frames;
    frames.note(frame);
    let decision = frames.of(frame);
    if (decision === Decision.Open) {
      this.#noteTarget(packet, layers);
      this.#updateActive(dependency, frame);
      const isWanted = this.#decide(dependency, frame, layers, canLeave);
      decision = isWanted ? Decision.Begun : Decision.Dropped;
      frames.decide(frame, decision);
    } else if (!canLeave && decision === Decision.Begun) {
      decision = Decision.Dropped;
      frames.decide(frame, decision);
    }
    if (decision === Decision.Dropped || decision === Decision.Missing) return Selection.Skip;
    if (dependency.isComplete) frames.decide(frame, Decision.Forwarded);
    const { isLastInFrame, spatialLayer } = dependency.descriptor;
    return isLastInFrame && spatialLayer === layers.currentSpatial
      ? Selection.TakeAndMark
      : Selection.Take;
  }

  /** Its packet is left out for good, so the frame will never be whole. */
  #noteUnreadable(packet: MediaPacket): void {
    if (!this.#isValid || packet.ssrc !== this.#ssrc) return;
    const frame = packet.dependency.descriptor.extFrameNumber;
    this.#frames.note(frame);
    if (this.#frames.of(frame) <= Decision.Begun) this.#frames.decide(frame, Decision.Dropped);
  }

  #decide(dependency: FrameDependency, frame: number, layers: Layers, canLeave: boolean): boolean {
    const { descriptor, structure } = dependency;
    const frames = this.#frames;
    const isOld = frame < this.#keyFrameNumber;
    this.#followChains(dependency, frame);
    if (!canLeave) return false;
    const target = isOld
      ? this.#highestTarget(structure, layers.currentSpatial, layers.currentTemporal, true)
      : this.#chooseTarget(structure, layers);
    if (target === NO_TARGET || descriptor.dtis[target] === Dti.NotPresent) return false;
    for (let i = 0; i < descriptor.frameDiffCount; i++) {
      if (frames.of(frame - descriptor.frameDiffs[i]!) === Decision.Dropped) return false;
    }
    if (!isOld) this.#switchTo(structure, target, layers);
    return true;
  }

  /**
   * Other templates have other chains, which begin anew. Those that are sent again change nothing:
   * where a key frame begins chains, its differences say so. With layers that do not depend on each
   * other every layer of a key picture brings them.
   */
  #takeStructure(dependency: FrameDependency, layers: Layers): void {
    const { descriptor, structure } = dependency;
    if (!descriptor.hasStructure) return;
    const isSame = this.#isValid && structure.templateIdOffset === this.#structureId;
    this.#structure = structure;
    this.#structureId = structure.templateIdOffset;
    this.#keyFrameNumber = dependency.keyFrameNumber;
    this.#ownTargets = structure.targetsUpTo(layers.currentSpatial, layers.currentTemporal);
    if (isSame) return;
    this.#isValid = true;
    this.#activeChains = 0;
    this.#activeTargets = 0;
    this.#frames.breakAll();
    this.#chainStarts.fill(Number.NEGATIVE_INFINITY);
  }

  /** A chain whose targets become active waits for a frame that it begins with. */
  #updateActive(dependency: FrameDependency, frame: number): void {
    const { structure, activeTargets } = dependency;
    if (activeTargets === this.#activeTargets) return;
    this.#activeTargets = activeTargets;
    let chains = 0;
    if (structure.chainCount > 0) {
      for (let i = 0; i < structure.decodeTargetCount; i++) {
        if (((activeTargets >>> i) & 1) === 1) chains |= 1 << structure.protectedBy[i]!;
      }
    }
    this.#frames.breakChains(chains & ~this.#activeChains, frame - 1);
    this.#activeChains = chains;
  }

  /** The target is read once for each picture. */
  #noteTarget(packet: MediaPacket, layers: Layers): void {
    if (packet.extTs <= this.#targetTs) return;
    this.#targetTs = packet.extTs;
    this.#targetSpatial = layers.targetSpatial;
    this.#targetTemporal = layers.targetTemporal;
  }

  /** A frame that comes late says nothing of chains that began after it. */
  #followChains(dependency: FrameDependency, frame: number): void {
    const { descriptor, structure } = dependency;
    const frames = this.#frames;
    for (let chain = 0; chain < structure.chainCount; chain++) {
      const bit = 1 << chain;
      if ((this.#activeChains & bit) === 0 || frame < this.#chainStarts[chain]!) continue;
      const diff = descriptor.chainDiffs[chain]!;
      if (diff === 0) {
        this.#chainStarts[chain] = frame;
        frames.beginChain(chain, frame);
        continue;
      }
      const decision = frames.of(frame - diff);
      if (decision <= Decision.Begun) frames.expect(frame - diff, chain);
      else if (decision !== Decision.Forwarded) frames.breakChains(bit, frame - diff);
    }
  }

  #chooseTarget(structure: DependencyStructure, layers: Layers): number {
    const target = this.#highestTarget(structure, this.#targetSpatial, this.#targetTemporal, false);
    if (target !== NO_TARGET || layers.isDeficient) return target;
    if (layers.currentSpatial <= this.#targetSpatial) return NO_TARGET;
    return this.#highestTarget(structure, layers.currentSpatial, this.#targetTemporal, false);
  }

  #highestTarget(
    structure: DependencyStructure,
    spatial: number,
    temporal: number,
    isAnyChain: boolean,
  ): number {
    for (let i = 0; i < structure.decodeTargetCount; i++) {
      const target = structure.targetOrder[i]!;
      if (structure.targetSpatialLayers[target]! > spatial) continue;
      if (structure.targetTemporalLayers[target]! > temporal) continue;
      if (isAnyChain || this.#isIntact(structure, target)) return target;
    }
    return NO_TARGET;
  }

  /** Without chains there is nothing that tells of a lost frame. */
  #isIntact(structure: DependencyStructure, target: number): boolean {
    if (((this.#activeTargets >>> target) & 1) === 0) return false;
    if (structure.chainCount === 0) return true;
    return ((this.#frames.brokenChains >>> structure.protectedBy[target]!) & 1) === 0;
  }

  #switchTo(structure: DependencyStructure, target: number, layers: Layers): void {
    const spatial = structure.targetSpatialLayers[target]!;
    const temporal = structure.targetTemporalLayers[target]!;
    const isSame = spatial === layers.currentSpatial && temporal === layers.currentTemporal;
    if (isSame && this.#ownTargets !== 0) return;
    layers.save();
    layers.currentSpatial = spatial;
    layers.currentTemporal = temporal;
    this.#ownTargets = structure.targetsUpTo(spatial, temporal);
  }
}
