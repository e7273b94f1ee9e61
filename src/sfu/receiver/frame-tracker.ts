import type { LayerTracker } from "./layer-tracker.ts";
import type { FrameRule } from "./tracker-rules.ts";

const CLOCK_HZ = 90_000;
const CHECK_MS = 500;
/** An interval may be this share of itself shorter, so that a check just before its end counts. */
const TOLERANCE = 0.98;
/** Slowly up, so that the interval does not get short too quickly; fast down for the opposite. */
const RISE_WEIGHT = 0.6;
const FALL_WEIGHT = 0.9;
/** Rates are kept in frames per 100 seconds. */
const RESOLUTION = 100;

/**
 * Tells by its frames whether a spatial layer is coming (spec-media 2.12,
 * `video.stream_tracker_manager`). The first packet after a start or reset makes it available at
 * once; a stretch without a frame makes it unavailable. The stretch follows the frame rate, so that
 * a slow layer is not taken for one that is gone.
 */
export class FrameTracker implements LayerTracker {
  readonly #minFps: number;
  #isActive = false;
  #isFresh = true;
  #isPaused = false;
  /** Of frames since the last check, the newest before it included; NaN: none. */
  #oldestTs = Number.NaN;
  #newestTs = Number.NaN;
  #frames = 0;
  #fps = 0;
  #dueMs = Number.POSITIVE_INFINITY;

  constructor(rule: FrameRule) {
    this.#minFps = rule.minFps;
  }

  get isActive(): boolean {
    return this.#isActive;
  }

  get dueMs(): number {
    return this.#dueMs;
  }

  observe(nowMs: number, marker: boolean, extTs: number): void {
    if (this.#isPaused) return;
    if (marker) this.#noteFrame(extTs);
    if (this.#dueMs === Number.POSITIVE_INFINITY) this.#dueMs = nowMs + this.#intervalMs;
    if (!this.#isFresh) return;
    this.#isFresh = false;
    this.#isActive = true;
  }

  #noteFrame(extTs: number): void {
    this.#frames += 1;
    if (this.#frames === 1) {
      this.#oldestTs = extTs;
      this.#newestTs = extTs;
    } else if (extTs > this.#newestTs) {
      this.#newestTs = extTs;
    } else if (extTs < this.#oldestTs) {
      this.#oldestTs = extTs;
    }
  }

  handleTimeout(nowMs: number): void {
    if (nowMs < this.#dueMs) return;
    const ticks = this.#newestTs - this.#oldestTs;
    if (this.#frames >= 2 && ticks > 0) {
      this.#smooth((CLOCK_HZ * (this.#frames - 1)) / ticks);
      this.#isActive = true;
      this.#isFresh = false;
      this.#oldestTs = this.#newestTs;
      this.#frames = 1;
      this.#dueMs = nowMs + this.#intervalMs;
      return;
    }
    this.#isActive = false;
    this.#forget();
  }

  /** Two frames at least are needed to be back. */
  #forget(): void {
    this.#frames = 0;
    this.#fps = 0;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  #smooth(fps: number): void {
    const weight = fps > this.#fps ? RISE_WEIGHT : FALL_WEIGHT;
    const next = fps * weight + this.#fps * (1 - weight);
    this.#fps = Math.round(next * RESOLUTION) / RESOLUTION;
  }

  /** Until the next check: whole steps in which a frame must come. */
  get #intervalMs(): number {
    let intervalMs = CHECK_MS;
    if (this.#fps > 0) intervalMs = Math.max(intervalMs, 1_000 / this.#fps);
    if (this.#minFps > 0) intervalMs = Math.max(intervalMs, 1_000 / this.#minFps);
    return Math.ceil((intervalMs * TOLERANCE) / CHECK_MS) * CHECK_MS;
  }

  /**
   * The next packet makes the layer available. If it was not gone yet, its going may just not have
   * shown: should it go with this check, the next packet brings it back.
   */
  reset(): void {
    this.#isFresh = true;
    if (!this.#isActive) this.#forget();
  }

  setPaused(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.#isActive = false;
    this.reset();
  }
}
