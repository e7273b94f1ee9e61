import type { LayerTracker } from "./layer-tracker.ts";
import type { PacketRule } from "./tracker-rules.ts";

/**
 * Tells by its packets whether a spatial layer is coming (spec-media 2.12). The first packet after a start or reset
 * makes the layer available at once; a cycle without enough packets makes it unavailable; then it
 * takes many good cycles to return, so that a flapping layer is not followed.
 */
export class PacketTracker implements LayerTracker {
  readonly #rule: PacketRule;
  #isActive = false;
  #isFresh = true;
  #isPaused = false;
  #packets = 0;
  #goodCycles = 0;
  #dueMs = Number.POSITIVE_INFINITY;

  constructor(rule: PacketRule) {
    this.#rule = rule;
  }

  get isActive(): boolean {
    return this.#isActive;
  }

  get dueMs(): number {
    return this.#dueMs;
  }

  observe(nowMs: number, _marker: boolean, _extTs: number): void {
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

  setPaused(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.#isActive = false;
    this.reset();
  }
}
