import { StreamTracker, trackerRuleOf } from "./stream-tracker.ts";

export const SPATIAL_LAYERS = 3;

/**
 * Which spatial layers of a video track are coming (spec-media 2.12): one packet tracker per layer.
 * Where a dependency descriptor names the active layers, the trackers only tell whether anything
 * comes at all.
 */
export class LayerAvailability {
  readonly #trackers: readonly StreamTracker[];
  #activeMask = -1;
  #mask = 0;
  #maxExpected = SPATIAL_LAYERS - 1;
  #dueMs = Number.POSITIVE_INFINITY;

  constructor(isScreenShare: boolean) {
    this.#trackers = Array.from(
      { length: SPATIAL_LAYERS },
      (_, layer) => new StreamTracker(trackerRuleOf(isScreenShare, layer)),
    );
  }

  /** Layers that are coming, one bit each. */
  get mask(): number {
    return this.#mask;
  }

  /** Highest layer that is coming; -1: none. */
  get highest(): number {
    return 31 - Math.clz32(this.#mask);
  }

  /** Highest layer that anybody wants; -1: none. */
  get maxExpected(): number {
    return this.#maxExpected;
  }

  get dueMs(): number {
    return this.#dueMs;
  }

  /**
   * A packet came.
   *
   * @param activeMask what the stream's dependency descriptor says; -1: nothing
   * @returns true when the layers have changed
   */
  observe(nowMs: number, spatialLayer: number, activeMask: number): boolean {
    const tracker = this.#trackers[activeMask < 0 ? spatialLayer : 0]!;
    const wasActive = tracker.isActive;
    tracker.observe(nowMs);
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
    return hasChanged;
  }
}
