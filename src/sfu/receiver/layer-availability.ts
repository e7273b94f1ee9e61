import type { MediaPacket } from "../packet/media-packet.ts";
import { FrameTracker } from "./frame-tracker.ts";
import type { LayerTracker } from "./layer-tracker.ts";
import { PacketTracker } from "./packet-tracker.ts";
import type { TrackerRules } from "./tracker-rules.ts";

export const SPATIAL_LAYERS = 3;

/**
 * Which spatial layers of a video track are coming (spec-media 2.12): one tracker per layer.
 * Where a dependency descriptor names the active layers, the trackers only tell whether anything
 * comes at all.
 */
export class LayerAvailability {
  readonly #trackers: readonly LayerTracker[];
  #activeMask = -1;
  #mask = 0;
  #highestSeen = -1;
  #maxExpected = SPATIAL_LAYERS - 1;
  #dueMs = Number.POSITIVE_INFINITY;

  constructor(rules: TrackerRules) {
    this.#trackers =
      rules.kind === "frame"
        ? rules.frame.map((rule) => new FrameTracker(rule))
        : rules.packet.map((rule) => new PacketTracker(rule));
  }

  /** Layers that are coming, one bit each. */
  get mask(): number {
    return this.#mask;
  }

  /** Highest layer that is coming; -1: none. */
  get highest(): number {
    return 31 - Math.clz32(this.#mask);
  }

  /** Highest layer that has ever come; -1: none. */
  get highestSeen(): number {
    return this.#highestSeen;
  }

  /** Highest layer that anybody wants; -1: none. */
  get maxExpected(): number {
    return this.#maxExpected;
  }

  get dueMs(): number {
    return this.#dueMs;
  }

  /**
   * A packet came. Runs once per packet of the publisher.
   *
   * @param activeMask what the stream's dependency descriptor says; -1: nothing
   * @returns true when the layers have changed
   */
  observe(nowMs: number, packet: MediaPacket, activeMask: number): boolean {
    const tracker = this.#trackers[activeMask < 0 ? packet.spatialLayer : 0]!;
    const wasActive = tracker.isActive;
    tracker.observe(nowMs, packet.marker, packet.extTs);
    if (tracker.dueMs < this.#dueMs) this.#dueMs = tracker.dueMs;
    if (tracker.isActive === wasActive && activeMask === this.#activeMask) return false;
    this.#activeMask = activeMask;
    return this.#update();
  }

  /** @returns true when the layers have changed */
  handleTimeout(nowMs: number): boolean {
    if (nowMs < this.#dueMs) return false;
    this.#dueMs = Number.POSITIVE_INFINITY;
    for (const tracker of this.#trackers) {
      tracker.handleTimeout(nowMs);
      if (tracker.dueMs < this.#dueMs) this.#dueMs = tracker.dueMs;
    }
    return this.#update();
  }

  /** Layers that are newly wanted are there with their first packet. */
  setMaxExpected(layer: number): void {
    for (let i = Math.max(0, this.#maxExpected + 1); i <= layer && i < SPATIAL_LAYERS; i++) {
      this.#trackers[i]!.reset();
    }
    this.#maxExpected = layer;
  }

  /** @returns true when the layers have changed */
  setPaused(isPaused: boolean): boolean {
    for (const tracker of this.#trackers) tracker.setPaused(isPaused);
    return this.#update();
  }

  #update(): boolean {
    let mask = 0;
    if (this.#activeMask >= 0) {
      if (this.#trackers[0]!.isActive) mask = this.#activeMask & ((1 << SPATIAL_LAYERS) - 1);
    } else {
      for (let i = 0; i < SPATIAL_LAYERS; i++) {
        if (this.#trackers[i]!.isActive) mask |= 1 << i;
      }
    }
    const hasChanged = mask !== this.#mask;
    this.#mask = mask;
    if (this.highest > this.#highestSeen) this.#highestSeen = this.highest;
    return hasChanged;
  }
}
