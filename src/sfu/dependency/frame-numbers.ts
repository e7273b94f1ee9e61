/** Only 16 bits go on the wire: a number this far ahead looks like one from before. */
const STEP_MAX = 0x8000;
/** Free numbers after such a jump, about ten seconds of three spatial layers. */
const JUMP = 6_000;

/**
 * Numbers of the frames that one subscriber gets: one count over all streams and layers that were
 * forwarded, as decoders have it (spec-media 3.4, 3.7). Within a stream the distance between two
 * numbers stays as it came, since frames name each other by it.
 */
export class FrameNumbers {
  #offset = 0;
  #lastOut = -1;

  /** Extended number of the newest frame that left; -1 before the first. */
  get lastOut(): number {
    return this.#lastOut;
  }

  /** A stream begins whose numbers have nothing to do with those before: it follows the last one. */
  restart(extFrame: number): void {
    this.#offset = this.#lastOut < 0 ? 0 : this.#lastOut + 1 - extFrame;
  }

  /** A key frame of the stream that flows: numbers that would look old are moved ahead. */
  align(extFrame: number): void {
    if (this.#lastOut < 0 || extFrame + this.#offset - this.#lastOut < STEP_MAX) return;
    this.#offset = this.#lastOut + JUMP - extFrame;
  }

  /** @returns 16 bits, for the wire */
  map(extFrame: number): number {
    const out = extFrame + this.#offset;
    if (out > this.#lastOut) this.#lastOut = out;
    return out & 0xffff;
  }
}
