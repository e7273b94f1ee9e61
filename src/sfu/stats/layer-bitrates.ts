const SPATIAL_LAYERS = 3;
const TEMPORAL_LAYERS = 4;
const CELLS = SPATIAL_LAYERS * TEMPORAL_LAYERS;

/**
 * Measured bitrates of a video track by layer (spec-media 2.12): bytes are counted for a window
 * and published at its end. A published value counts the lower temporal layers in, and in an SVC
 * stream the lower spatial layers as well: it is what a subscriber of that layer would be sent.
 */
export class LayerBitrates {
  readonly #windowMs: number;
  readonly #bytes: Float64Array = new Float64Array(CELLS);
  readonly #bitratesBps: Float64Array = new Float64Array(CELLS);
  #startMs = 0;
  #dueMs = Number.POSITIVE_INFINITY;
  #isSvc = false;

  /** @param windowMs 1000, for screen content 4000 */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** When the window ends; Infinity when nothing comes. */
  get dueMs(): number {
    return this.#dueMs;
  }

  setSvc(isSvc: boolean): void {
    this.#isSvc = isSvc;
  }

  add(nowMs: number, spatialLayer: number, temporalLayer: number, bytes: number): void {
    const spatial = spatialLayer < SPATIAL_LAYERS ? spatialLayer : SPATIAL_LAYERS - 1;
    const temporal = temporalLayer < TEMPORAL_LAYERS ? temporalLayer : TEMPORAL_LAYERS - 1;
    const cell = spatial * TEMPORAL_LAYERS + temporal;
    this.#bytes[cell] = this.#bytes[cell]! + bytes;
    if (this.#dueMs !== Number.POSITIVE_INFINITY) return;
    this.#startMs = nowMs;
    this.#dueMs = nowMs + this.#windowMs;
  }

  /** Of a layer that does not come: 0. */
  bitrateBps(spatial: number, temporal: number): number {
    if (spatial < 0 || spatial >= SPATIAL_LAYERS || temporal < 0) return 0;
    const row = spatial * TEMPORAL_LAYERS;
    return this.#bitratesBps[row + Math.min(temporal, TEMPORAL_LAYERS - 1)]!;
  }

  /** Publishes the window if it is over. @returns true when a layer began or ceased to be sent */
  handleTimeout(nowMs: number): boolean {
    if (nowMs < this.#dueMs) return false;
    let hasChanged = false;
    const perByte = 8_000 / (nowMs - this.#startMs);
    let total = 0;
    for (let spatial = 0; spatial < SPATIAL_LAYERS; spatial++) {
      const row = spatial * TEMPORAL_LAYERS;
      let sum = 0;
      for (let temporal = 0; temporal < TEMPORAL_LAYERS; temporal++) {
        const bytes = this.#bytes[row + temporal]!;
        total += bytes;
        sum += bytes * perByte;
        const below = this.#isSvc && spatial > 0 ? row - TEMPORAL_LAYERS + temporal : -1;
        // An upper layer that is not sent has no rate of its own, whatever is below it.
        const lower = below >= 0 && sum > 0 ? this.#bitratesBps[below]! : 0;
        // Without the lowest temporal layer the upper ones cannot be decoded.
        const hasBase = this.#bytes[row]! > 0;
        const bps = hasBase ? Math.round(sum + lower) : 0;
        if (bps > 0 !== this.#bitratesBps[row + temporal]! > 0) hasChanged = true;
        this.#bitratesBps[row + temporal] = bps;
      }
    }
    this.#bytes.fill(0);
    this.#startMs = nowMs;
    this.#dueMs = total === 0 ? Number.POSITIVE_INFINITY : nowMs + this.#windowMs;
    return hasChanged;
  }

  reset(): void {
    this.#bytes.fill(0);
    this.#bitratesBps.fill(0);
    this.#dueMs = Number.POSITIVE_INFINITY;
  }
}
