const BINS = 250;
const BIN_PPS = 2;
/** Rates below are silence or a still picture, not the codec's own rhythm. */
const BIN_MIN = 5;
const READINGS_MIN = 10;
const RECALCULATE_MS = 120_000;

/**
 * The packet rate that a stream usually has (spec-media 8.3): the fullest bin of a histogram that
 * forgets slowly. A stream that sends fewer for a while (DTX, a still screen) is not judged as
 * hard by the packets it loses.
 */
export class PacketRateMode {
  readonly #counts: Float32Array = new Float32Array(BINS);
  #readings = 0;
  #mode = 0;
  #recalculateMs = 0;

  /** Usual rate, packets per second; 0 while unknown. */
  get modePps(): number {
    return this.#mode;
  }

  add(nowMs: number, pps: number): void {
    const bin = Math.min(BINS - 1, Math.floor(pps / BIN_PPS));
    if (bin < BIN_MIN) return;
    this.#counts[bin] = this.#counts[bin]! + 1;
    this.#readings += 1;
    if (this.#readings <= READINGS_MIN) return;
    if (this.#mode !== 0 && nowMs < this.#recalculateMs) return;
    this.#recalculateMs = nowMs + RECALCULATE_MS;
    this.#recalculate();
  }

  #recalculate(): void {
    let best = 0;
    for (let bin = 1; bin < BINS; bin++) {
      if (this.#counts[bin]! > this.#counts[best]!) best = bin;
    }
    // The top bin holds all higher rates: it says nothing.
    this.#mode = best === BINS - 1 ? 0 : best * BIN_PPS;
    for (let bin = 0; bin < BINS; bin++) this.#counts[bin] = this.#counts[bin]! / 2;
  }
}
