/** How a layer is judged to be there (spec-media 2.12). */
export type TrackerRule = {
  /** Packets in a cycle, at least, for the cycle to count. */
  readonly samples: number;
  /** Cycles in a row that must count until a layer that was gone is back. */
  readonly cycles: number;
  readonly cycleMs: number;
};

const CAMERA_LOWEST: TrackerRule = { samples: 1, cycles: 4, cycleMs: 500 };
const CAMERA_UPPER: TrackerRule = { samples: 5, cycles: 20, cycleMs: 500 };
const SCREEN: TrackerRule = { samples: 1, cycles: 1, cycleMs: 2_000 };

export function trackerRuleOf(isScreenShare: boolean, spatialLayer: number): TrackerRule {
  if (isScreenShare) return SCREEN;
  return spatialLayer === 0 ? CAMERA_LOWEST : CAMERA_UPPER;
}

/**
 * Tells whether packets of one spatial layer are coming. The first packet after a start or reset
 * makes the layer available at once; a cycle without enough packets makes it unavailable; then it
 * takes many good cycles to return, so that a flapping layer is not followed.
 */
export class StreamTracker {
  readonly #rule: TrackerRule;
  #isActive = false;
  #isFresh = true;
  #isPaused = false;
  #packets = 0;
  #goodCycles = 0;
  #dueMs = Number.POSITIVE_INFINITY;

  constructor(rule: TrackerRule) {
    this.#rule = rule;
  }

  get isActive(): boolean {
    return this.#isActive;
  }

  /** When the cycle ends; Infinity while nothing comes. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /** A packet of the layer came; padding does not count. */
  observe(nowMs: number): void {
    if (this.#isPaused) return;
    this.#packets += 1;
    if (this.#dueMs !== Number.POSITIVE_INFINITY) return;
    this.#dueMs = nowMs + this.#rule.cycleMs;
    if (!this.#isFresh) return;
    this.#isFresh = false;
    this.#isActive = true;
    this.#goodCycles = 0;
  }

  handleTimeout(nowMs: number): void {
    if (nowMs < this.#dueMs) return;
    if (this.#packets >= this.#rule.samples) {
      this.#goodCycles += 1;
      if (this.#goodCycles >= this.#rule.cycles) this.#isActive = true;
      if (this.#isActive) this.#isFresh = false;
    } else {
      this.#goodCycles = 0;
      this.#isActive = false;
    }
    // With nothing at all there is nothing to time until the next packet.
    const isIdle = this.#packets === 0 || this.#isFresh;
    this.#packets = 0;
    this.#dueMs = isIdle ? Number.POSITIVE_INFINITY : nowMs + this.#rule.cycleMs;
  }

  /**
   * The next packet makes the layer available: it is expected again. If it was not gone yet, its
   * going may just not have shown: should it go in this cycle, the next packet brings it back.
   */
  reset(): void {
    this.#isFresh = true;
    if (this.#isActive) return;
    this.#packets = 0;
    this.#goodCycles = 0;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  /** The track is muted: the layer is gone, whatever comes. */
  setPaused(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.#isActive = false;
    this.reset();
  }
}
