import { DropReason } from "../../base/drop-reason.ts";
import { DependencyReader } from "../../wire/payload/dependency-descriptor.ts";
import type { DependencyStructure } from "../../wire/payload/dependency-structure.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import { Described } from "./frame-dependency.ts";
import { FrameIntegrity } from "./frame-integrity.ts";

/** After so long without a packet frame numbers may have begun anew (spec-media 3.6). */
const RESTART_MS = 30_000;

/**
 * The dependency descriptors of one stream (spec-media 3.6): structure, frame numbers, which frames
 * are whole, which decode targets the publisher sends. Fills `MediaPacket.dependency`.
 */
export class DependencyParser {
  readonly #reader: DependencyReader = new DependencyReader();
  readonly #integrity: FrameIntegrity = new FrameIntegrity();
  readonly #restartsAfterPause: boolean;
  #activeTargets = 0;
  #maskExtSn = -1;
  #generation = 0;
  #lastMs = Number.POSITIVE_INFINITY;

  /** @param restartsAfterPause frame numbers count as new ones after 30 s without a packet */
  constructor(restartsAfterPause: boolean) {
    this.#restartsAfterPause = restartsAfterPause;
  }

  get structure(): DependencyStructure {
    return this.#reader.structure;
  }

  /** Spatial layers with active decode targets, one bit each; -1 before the first structure. */
  get activeSpatialMask(): number {
    const structure = this.structure;
    if (structure.templateCount === 0) return -1;
    let mask = 0;
    for (let i = 0; i < structure.decodeTargetCount; i++) {
      if (((this.#activeTargets >>> i) & 1) === 1) mask |= 1 << structure.targetSpatialLayers[i]!;
    }
    return mask;
  }

  /** Reads the descriptor of a packet that is new. Each packet once. */
  read(packet: MediaPacket): void {
    const dependency = packet.dependency;
    dependency.described = Described.Unreadable;
    if (this.#restartsAfterPause && packet.arrivalMs - this.#lastMs > RESTART_MS) this.#restart();
    this.#lastMs = packet.arrivalMs;
    let reason = this.#readDescriptor(packet);
    if (
      reason === DropReason.TooOld &&
      !packet.isOutOfOrder &&
      dependency.descriptor.hasStructure
    ) {
      // By its sequence number it is the newest: the frame numbers are those of another encoder.
      this.#restart();
      reason = this.#readDescriptor(packet);
    }
    if (reason !== DropReason.None) return;
    const { descriptor } = dependency;
    const { extFrameNumber, isFirstInFrame, isLastInFrame } = descriptor;
    if (descriptor.hasActiveTargets && packet.extSn > this.#maskExtSn) {
      this.#maskExtSn = packet.extSn;
      this.#activeTargets = descriptor.activeTargets;
    }
    dependency.described = Described.Yes;
    dependency.structure = this.#reader.structure;
    dependency.keyFrameNumber = this.#reader.structureFrame;
    dependency.activeTargets = this.#activeTargets;
    dependency.isComplete = this.#integrity.add(
      packet.extSn,
      extFrameNumber,
      isFirstInFrame,
      isLastInFrame,
    );
    dependency.generation = this.#generation;
  }

  /**
   * Before the first packet: what comes is read already by another parser, which numbered the key
   * frame and its generation so.
   */
  startLike(keyFrameNumber: number, generation: number): void {
    this.#reader.startNear(keyFrameNumber);
    this.#generation = generation;
  }

  /** The stream began anew: other sequence numbers and maybe other frame numbers. */
  reset(): void {
    this.#restart();
    this.#maskExtSn = -1;
    this.#lastMs = Number.POSITIVE_INFINITY;
  }

  #readDescriptor(packet: MediaPacket): DropReason {
    const { bytes, dependencyOffset, dependencyBytes, dependency } = packet;
    return this.#reader.read(bytes, dependencyOffset, dependencyBytes, dependency.descriptor);
  }

  #restart(): void {
    this.#reader.reset();
    this.#integrity.reset();
    this.#activeTargets = 0;
    this.#generation += 1;
  }
}
