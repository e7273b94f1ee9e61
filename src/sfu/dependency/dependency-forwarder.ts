import { type DependencyRewrite, rewrittenBytes } from "../../wire/payload/dependency-rewriter.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import { DependencySelector } from "./dependency-selector.ts";
import { DependencyTemporal } from "./dependency-temporal.ts";
import { FrameNumbers } from "./frame-numbers.ts";

/** An element of a header extension is no longer (RFC 8285 §4.3). */
const ELEMENT_BYTES_MAX = 255;
const NO_SSRC = -1;
/** Above all: of streams with one spatial layer only the temporal one is chosen. */
const ANY_LAYER = 255;

/**
 * What a forwarder needs for streams with dependency descriptors (spec-media 3.4, 3.7): selectors,
 * and one count of frames over all of them, which also goes on when a stream without descriptors
 * comes in between.
 */
export class DependencyForwarder {
  readonly selector: DependencySelector = new DependencySelector();
  readonly temporal: DependencyTemporal = new DependencyTemporal();
  readonly #numbers: FrameNumbers = new FrameNumbers();
  /** The stream that frame numbers are mapped from. */
  #ssrc: number = NO_SSRC;
  #generation = 0;

  /** Extended number of the newest frame that left; -1 before the first. */
  get lastFrameNumber(): number {
    return this.#numbers.lastOut;
  }

  /** The stream that flows begins anew, or stops for a while. */
  handleResync(): void {
    this.selector.invalidate();
  }

  /** The publisher's numbers mean something else from now on. */
  handleStreamRestart(): void {
    this.#ssrc = NO_SSRC;
  }

  /** A piece of a stream begins with this packet. */
  switchSource(packet: MediaPacket): void {
    this.temporal.restart(packet.dependency.descriptor.extFrameNumber);
  }

  /**
   * How the packet's descriptor leaves. Until a stream has shown its templates its packets leave
   * without: nobody could read them.
   *
   * @param isSvc all spatial layers come in one stream
   * @returns false when the descriptor would not fit: the packet is not sent
   */
  describe(packet: MediaPacket, isSvc: boolean, out: DependencyRewrite): boolean {
    const { descriptor, structure, generation, activeTargets } = packet.dependency;
    const { extFrameNumber, hasStructure } = descriptor;
    if (packet.ssrc !== this.#ssrc || generation !== this.#generation) {
      if (!hasStructure) return true;
      this.#ssrc = packet.ssrc;
      this.#generation = generation;
      this.#numbers.restart(extFrameNumber);
    } else if (hasStructure) {
      this.#numbers.align(extFrameNumber);
    }
    out.isPresent = true;
    out.hasMask = !(isSvc && hasStructure);
    out.targetCount = structure.decodeTargetCount;
    out.activeTargets = isSvc
      ? this.selector.ownTargets
      : (structure.targetsUpTo(ANY_LAYER, this.temporal.layer) & activeTargets) >>> 0;
    out.maskBit = descriptor.maskBit;
    out.maskBits = descriptor.maskBits;
    out.endBit = descriptor.endBit;
    if (rewrittenBytes(packet.dependencyBytes, out) > ELEMENT_BYTES_MAX) return false;
    out.frameNumber = this.#numbers.map(extFrameNumber);
    return true;
  }
}
