import { Dti } from "../../wire/payload/dependency-structure.ts";
import type { FrameDependency } from "./frame-dependency.ts";

const SPATIAL_LAYERS = 3;
const TEMPORAL_LAYERS = 4;
const CELLS = SPATIAL_LAYERS * TEMPORAL_LAYERS;

/**
 * Measured bitrates of an SVC stream by decode target (spec-media 2.12): a packet counts for every
 * target that its frame is present in, so that a value is what a subscriber of that layer is sent,
 * however layers depend on each other. Published at the end of a window.
 */
export class TargetBitrates {
  readonly #windowMs: number;
  readonly #bytes: Float64Array = new Float64Array(CELLS);
  readonly #bitratesBps: Float64Array = new Float64Array(CELLS);
  #startMs = 0;
  #dueMs = Number.POSITIVE_INFINITY;
  #isMeasured = false;

  /** @param windowMs 1000, for screen content 4000 */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** When the window ends; Infinity when nothing comes. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /** A window has ended since the beginning, or since the stream came anew. */
  get isMeasured(): boolean {
    return this.#isMeasured;
  }

  /** Packets of a readable descriptor. Runs once per packet of the publisher. */
  add(nowMs: number, dependency: FrameDependency, bytes: number): void {
    const { structure, descriptor } = dependency;
    // Targets stand in order: those of one layer next to each other, which count once.
    let counted = -1;
    for (let i = 0; i < structure.decodeTargetCount; i++) {
      const target = structure.targetOrder[i]!;
      if (descriptor.dtis[target] === Dti.NotPresent) continue;
      const spatial = structure.targetSpatialLayers[target]!;
      const temporal = structure.targetTemporalLayers[target]!;
      if (spatial >= SPATIAL_LAYERS || temporal >= TEMPORAL_LAYERS) continue;
      const cell = spatial * TEMPORAL_LAYERS + temporal;
      if (cell === counted) continue;
      counted = cell;
      this.#bytes[cell] = this.#bytes[cell]! + bytes;
    }
    if (this.#dueMs !== Number.POSITIVE_INFINITY) return;
    this.#startMs = nowMs;
    this.#dueMs = nowMs + this.#windowMs;
  }

  /** Of a layer without a decode target: 0. */
  bitrateBps(spatial: number, temporal: number): number {
    if (spatial < 0 || spatial >= SPATIAL_LAYERS || temporal < 0) return 0;
    const row = spatial * TEMPORAL_LAYERS;
    return this.#bitratesBps[row + Math.min(temporal, TEMPORAL_LAYERS - 1)]!;
  }

  /** Publishes the window if it is over. */
  handleTimeout(nowMs: number): void {
    if (nowMs < this.#dueMs) return;
    const perByte = 8_000 / (nowMs - this.#startMs);
    let total = 0;
    for (let cell = 0; cell < CELLS; cell++) {
      total += this.#bytes[cell]!;
      this.#bitratesBps[cell] = Math.round(this.#bytes[cell]! * perByte);
    }
    this.#isMeasured = total > 0;
    this.#bytes.fill(0);
    this.#startMs = nowMs;
    this.#dueMs = total === 0 ? Number.POSITIVE_INFINITY : nowMs + this.#windowMs;
  }

  reset(): void {
    this.#bytes.fill(0);
    this.#bitratesBps.fill(0);
    this.#isMeasured = false;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }
}
