import { Dti } from "../../wire/payload/dependency-structure.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import type { Layers } from "../selector/layers.ts";
import type { FrameDependency } from "./frame-dependency.ts";

/** Frames that a decision is kept for. A power of two. */
export const FRAME_WINDOW = 64;
const MASK = FRAME_WINDOW - 1;

const OPEN = 0;
const FORWARDED = 1;
const DROPPED = 2;

/**
 * Temporal layers of a stream that has one spatial layer and dependency descriptors (spec-media
 * 3.4): up where the encoder indicates it and the subscriber has what the frame refers to, down at
 * the end of a frame. A frame is decided on once, for all its packets.
 */
export class DependencyTemporal {
  readonly #decisions: Uint8Array = new Uint8Array(FRAME_WINDOW);
  #newest = -1;
  #first = 0;
  #layer = 0;

  /** Temporal layer that was forwarded when the last packet was looked at. */
  get layer(): number {
    return this.#layer;
  }

  /** Another stream, or one that goes on after a pause: it begins with this key frame. */
  restart(extFrame: number): void {
    this.#newest = extFrame;
    this.#first = extFrame;
    this.#decisions.fill(OPEN);
  }

  /**
   * Call once per packet of the stream that flows.
   *
   * @returns whether the packet is within the temporal layer that is forwarded
   */
  select(packet: MediaPacket, layers: Layers): boolean {
    const { dependency } = packet;
    const frame = dependency.descriptor.extFrameNumber;
    if (frame > this.#newest) this.#advance(frame);
    else if (frame < this.#first || frame <= this.#newest - FRAME_WINDOW) return false;
    const slot = frame & MASK;
    if (this.#decisions[slot] === OPEN) {
      this.#decisions[slot] = this.#decide(packet, dependency, layers) ? FORWARDED : DROPPED;
    }
    const isWithin = this.#decisions[slot] === FORWARDED;
    this.#layer = layers.currentTemporal;
    if (packet.isOutOfOrder || !packet.marker) return isWithin;
    if (layers.currentTemporal > layers.targetTemporal) {
      layers.currentTemporal = layers.targetTemporal;
    }
    return isWithin;
  }

  #decide(packet: MediaPacket, dependency: FrameDependency, layers: Layers): boolean {
    const { descriptor } = dependency;
    if (!packet.isOutOfOrder) {
      const { currentTemporal, targetTemporal } = layers;
      if (packet.isKeyFrame) {
        layers.currentTemporal = targetTemporal;
      } else if (
        currentTemporal < targetTemporal &&
        descriptor.isFirstInFrame &&
        this.#has(dependency, FORWARDED)
      ) {
        layers.currentTemporal = switchableLayer(dependency, currentTemporal, targetTemporal);
      }
    }
    if (descriptor.temporalLayer > layers.currentTemporal) return false;
    return this.#has(dependency, OPEN);
  }

  /** Whether all frames that this one needs went out; with OPEN, whether none was left out. */
  #has(dependency: FrameDependency, wanted: number): boolean {
    const { extFrameNumber, frameDiffs, frameDiffCount } = dependency.descriptor;
    for (let i = 0; i < frameDiffCount; i++) {
      const reference = extFrameNumber - frameDiffs[i]!;
      const isKept = reference >= this.#first && reference > this.#newest - FRAME_WINDOW;
      const decision = isKept ? this.#decisions[reference & MASK]! : OPEN;
      if (decision === DROPPED || decision < wanted) return false;
    }
    return true;
  }

  #advance(frame: number): void {
    const from = Math.max(this.#newest + 1, frame - MASK);
    for (let f = from; f <= frame; f++) this.#decisions[f & MASK] = OPEN;
    this.#newest = frame;
  }
}

/** The highest temporal layer above `current` that can be gone up to with this frame. */
function switchableLayer(dependency: FrameDependency, current: number, target: number): number {
  const { descriptor, structure } = dependency;
  let highest = current;
  for (let i = 0; i < structure.decodeTargetCount; i++) {
    const temporal = structure.targetTemporalLayers[i]!;
    if (temporal > target || temporal <= highest) continue;
    if (descriptor.dtis[i] === Dti.Switch) highest = temporal;
  }
  return highest;
}
