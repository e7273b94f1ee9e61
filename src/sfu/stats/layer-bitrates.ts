const SPATIAL_LAYERS = 3;
const TEMPORAL_LAYERS = 4;
const CELLS = SPATIAL_LAYERS * TEMPORAL_LAYERS;

/** What became of the windows. */
export const WindowResult = {
  /** None is over. */
  Open: 0,
  /** There are new bitrates. */
  Ended: 1,
  /** As Ended, and a layer began or ceased to be sent. */
  Changed: 2,
} as const;
export type WindowResult = (typeof WindowResult)[keyof typeof WindowResult];

/**
 * Measured bitrates of a video track by layer (spec-media 2.12): bytes are counted for a window
 * and published at its end. A published value counts the lower temporal layers in, and in an SVC
 * stream the lower spatial layers as well: it is what a subscriber of that layer would be sent.
 */
export class LayerBitrates {
  readonly #windowsMs: readonly [number, number, number];
  readonly #bytes: Float64Array = new Float64Array(CELLS);
  readonly #bitratesBps: Float64Array = new Float64Array(CELLS);
  /** Highest temporal layer of a window, by spatial layer; -1: nothing came. */
  readonly #highestTemporal: Int8Array = new Int8Array(SPATIAL_LAYERS).fill(-1);
  readonly #startMs: Float64Array = new Float64Array(SPATIAL_LAYERS);
  readonly #endMs: Float64Array = new Float64Array(SPATIAL_LAYERS).fill(Number.POSITIVE_INFINITY);
  #maxTemporalSeen = -1;
  #isSvc = false;

  /** @param windowsMs by spatial layer: 1000, for screen content 4000 */
  constructor(windowsMs: readonly [number, number, number]) {
    this.#windowsMs = windowsMs;
  }

  /** When a window ends; Infinity when nothing comes. */
  get dueMs(): number {
    return Math.min(this.#endMs[0]!, this.#endMs[1]!, this.#endMs[2]!);
  }

  /** Highest temporal layer that ever came; -1: nothing has come. */
  get maxTemporalSeen(): number {
    return this.#maxTemporalSeen;
  }

  setSvc(isSvc: boolean): void {
    this.#isSvc = isSvc;
  }

  add(nowMs: number, spatialLayer: number, temporalLayer: number, bytes: number): void {
    const spatial = spatialLayer < SPATIAL_LAYERS ? spatialLayer : SPATIAL_LAYERS - 1;
    const temporal = temporalLayer < TEMPORAL_LAYERS ? temporalLayer : TEMPORAL_LAYERS - 1;
    const cell = spatial * TEMPORAL_LAYERS + temporal;
    this.#bytes[cell] = this.#bytes[cell]! + bytes;
    if (temporal > this.#maxTemporalSeen) this.#maxTemporalSeen = temporal;
    if (this.#endMs[spatial] !== Number.POSITIVE_INFINITY) return;
    this.#startMs[spatial] = nowMs;
    this.#endMs[spatial] = nowMs + this.#windowsMs[spatial]!;
  }

  /** Of a layer that does not come: 0. */
  bitrateBps(spatial: number, temporal: number): number {
    if (spatial < 0 || spatial >= SPATIAL_LAYERS || temporal < 0) return 0;
    const row = spatial * TEMPORAL_LAYERS;
    return this.#bitratesBps[row + Math.min(temporal, TEMPORAL_LAYERS - 1)]!;
  }

  /** Highest temporal layer that came in the last window; -1: none, or none has ended yet. */
  highestTemporal(spatial: number): number {
    return this.#highestTemporal[spatial] ?? -1;
  }

  /** Publishes the windows that are over. */
  handleTimeout(nowMs: number): WindowResult {
    let result: WindowResult = WindowResult.Open;
    for (let spatial = 0; spatial < SPATIAL_LAYERS; spatial++) {
      if (nowMs < this.#endMs[spatial]!) continue;
      if (this.#publish(nowMs, spatial)) result = WindowResult.Changed;
      else if (result === WindowResult.Open) result = WindowResult.Ended;
    }
    return result;
  }

  /** @returns whether one of its temporal layers began or ceased to be sent */
  #publish(nowMs: number, spatial: number): boolean {
    let hasChanged = false;
    const perByte = 8_000 / (nowMs - this.#startMs[spatial]!);
    const row = spatial * TEMPORAL_LAYERS;
    // Without the lowest temporal layer the upper ones cannot be decoded.
    const hasBase = this.#bytes[row]! > 0;
    let total = 0;
    let highest = -1;
    for (let temporal = 0; temporal < TEMPORAL_LAYERS; temporal++) {
      const bytes = this.#bytes[row + temporal]!;
      total += bytes;
      if (bytes > 0 && hasBase) highest = temporal;
      // An upper layer that is not sent has no rate of its own, whatever is below it.
      const isAbove = this.#isSvc && spatial > 0 && total > 0;
      const lower = isAbove ? this.#bitratesBps[row - TEMPORAL_LAYERS + temporal]! : 0;
      const bps = hasBase ? Math.round(total * perByte + lower) : 0;
      if (bps > 0 !== this.#bitratesBps[row + temporal]! > 0) hasChanged = true;
      this.#bitratesBps[row + temporal] = bps;
    }
    this.#highestTemporal[spatial] = highest;
    this.#bytes.fill(0, row, row + TEMPORAL_LAYERS);
    this.#startMs[spatial] = nowMs;
    this.#endMs[spatial] =
      total === 0 ? Number.POSITIVE_INFINITY : nowMs + this.#windowsMs[spatial]!;
    return hasChanged;
  }

  reset(): void {
    this.#bytes.fill(0);
    this.#bitratesBps.fill(0);
    this.#highestTemporal.fill(-1);
    this.#endMs.fill(Number.POSITIVE_INFINITY);
  }
}
