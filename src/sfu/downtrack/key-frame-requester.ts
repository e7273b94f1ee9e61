const RETRY_MIN_MS = 200;
const RETRY_MAX_MS = 1_000;

/**
 * When to ask the publisher for a key frame, so that a subscriber gets onto its layer
 * (spec-media 5.5): at once when a layer is wished for, then again every two round trips.
 */
export class KeyFrameRequester {
  #dueMs = Number.NEGATIVE_INFINITY;
  #layer = -1;

  /** @returns when to ask for this layer, in monotonic ms; may be in the past */
  dueMs(layer: number): number {
    return layer === this.#layer ? this.#dueMs : Number.NEGATIVE_INFINITY;
  }

  /** @returns whether to ask now; counts as asked */
  take(nowMs: number, layer: number, rttMs: number): boolean {
    if (nowMs < this.dueMs(layer)) return false;
    this.#layer = layer;
    this.#dueMs = nowMs + Math.min(Math.max(2 * rttMs, RETRY_MIN_MS), RETRY_MAX_MS);
    return true;
  }
}
