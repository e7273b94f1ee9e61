const SPATIAL_LAYERS = 3;
const TEMPORAL_LAYERS = 4;
const CELLS = SPATIAL_LAYERS * TEMPORAL_LAYERS;

/** Long enough that one frame more or less matters little at 7.5 frames a second. */
const WINDOW_MS = 2_000;
/** Share of a new window in the rate: encoders vary, and subscribers are not to go to and fro. */
const SMOOTHING = 0.3;
/** By how much of itself a rate must change to be told again. */
const NEWS_SHARE = 0.2;

/**
 * Measured frame rates of a video track by layer (spec-media 2.15), to find the temporal layer for a
 * rate that a subscriber asked for. Frames are told apart by their timestamps.
 */
export class LayerFrameRates {
  readonly #frames: Float64Array = new Float64Array(CELLS);
  /** Of each temporal layer with those below it; 0: nothing comes, or nothing is known yet. */
  readonly #rates: Float64Array = new Float64Array(CELLS);
  readonly #told: Float64Array = new Float64Array(CELLS);
  readonly #lastTs: Float64Array = new Float64Array(SPATIAL_LAYERS).fill(-1);
  #startMs = 0;
  #dueMs = Number.POSITIVE_INFINITY;

  /** When the window ends; Infinity when nothing comes. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /** One packet in order: `extTs` is unwrapped. Runs once per packet of the publisher. */
  add(nowMs: number, spatialLayer: number, temporalLayer: number, extTs: number): void {
    const spatial = spatialLayer < SPATIAL_LAYERS ? spatialLayer : SPATIAL_LAYERS - 1;
    if (this.#lastTs[spatial] === extTs) return;
    this.#lastTs[spatial] = extTs;
    const temporal = temporalLayer < TEMPORAL_LAYERS ? temporalLayer : TEMPORAL_LAYERS - 1;
    const cell = spatial * TEMPORAL_LAYERS + temporal;
    this.#frames[cell] = this.#frames[cell]! + 1;
    if (this.#dueMs !== Number.POSITIVE_INFINITY) return;
    this.#startMs = nowMs;
    this.#dueMs = nowMs + WINDOW_MS;
  }

  /**
   * The lowest temporal layer that comes near a frame rate.
   *
   * @param framesPerSecond above 0
   * @param otherwise what to answer when none does, or nothing was measured yet
   */
  temporalLayerFor(spatial: number, framesPerSecond: number, otherwise: number): number {
    const row = Math.min(spatial, SPATIAL_LAYERS - 1) * TEMPORAL_LAYERS;
    for (let temporal = 0; temporal < TEMPORAL_LAYERS; temporal++) {
      if (this.#rates[row + temporal]! >= framesPerSecond * 0.9) return temporal;
    }
    return otherwise;
  }

  /** Ends the window if it is over. @returns whether rates are other than they were told to be */
  handleTimeout(nowMs: number): boolean {
    if (nowMs < this.#dueMs) return false;
    const perFrame = 1_000 / (nowMs - this.#startMs);
    let total = 0;
    let isNews = false;
    for (let cell = 0; cell < CELLS; cell++) {
      if (cell % TEMPORAL_LAYERS === 0) total = 0;
      total += this.#frames[cell]!;
      const measured = total * perFrame;
      const known = this.#rates[cell]!;
      const isFirst = known === 0 || measured === 0;
      this.#rates[cell] = isFirst ? measured : known + (measured - known) * SMOOTHING;
      if (this.#isNews(cell)) isNews = true;
    }
    const isSilent = this.#frames.every((frames) => frames === 0);
    this.#frames.fill(0);
    this.#startMs = nowMs;
    this.#dueMs = isSilent ? Number.POSITIVE_INFINITY : nowMs + WINDOW_MS;
    return isNews;
  }

  #isNews(cell: number): boolean {
    const rate = this.#rates[cell]!;
    if (Math.abs(rate - this.#told[cell]!) <= rate * NEWS_SHARE) return false;
    this.#told[cell] = rate;
    return true;
  }

  /** Nothing comes for now; what was measured holds for when it comes again. */
  pause(): void {
    this.#frames.fill(0);
    this.#dueMs = Number.POSITIVE_INFINITY;
  }
}
