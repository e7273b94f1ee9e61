/** Frames that are watched at a time: two seconds of three spatial layers at 30 frames a second. */
export const FRAMES_MAX = 180;
/** A frame of more packets is not watched to its end. */
export const FRAME_PACKETS_MAX = 1024;

const NONE = -1;

/**
 * Tells when all packets of a frame are there: first and last came, and as many as lie between
 * (spec-media 3.6). One ring, by frame number; a new frame takes the place of the oldest.
 */
export class FrameIntegrity {
  readonly #frames: Float64Array = new Float64Array(FRAMES_MAX).fill(NONE);
  readonly #firstSns: Float64Array = new Float64Array(FRAMES_MAX);
  readonly #lastSns: Float64Array = new Float64Array(FRAMES_MAX);
  readonly #packets: Uint16Array = new Uint16Array(FRAMES_MAX);
  #newest = NONE;

  /**
   * Takes one packet; never the same twice.
   *
   * @param frameNumber extended, 0 or above
   * @returns whether its frame is whole
   */
  add(extSn: number, frameNumber: number, isFirst: boolean, isLast: boolean): boolean {
    if (frameNumber > this.#newest) this.#newest = frameNumber;
    else if (frameNumber <= this.#newest - FRAMES_MAX) return false;
    const slot = frameNumber % FRAMES_MAX;
    if (this.#frames[slot] !== frameNumber) {
      this.#frames[slot] = frameNumber;
      this.#firstSns[slot] = NONE;
      this.#lastSns[slot] = NONE;
      this.#packets[slot] = 0;
    }
    if (isFirst && this.#firstSns[slot] === NONE) this.#firstSns[slot] = extSn;
    if (isLast && this.#lastSns[slot] === NONE) this.#lastSns[slot] = extSn;
    const packets = this.#packets[slot]! + 1;
    if (packets > FRAME_PACKETS_MAX) return false;
    this.#packets[slot] = packets;
    const first = this.#firstSns[slot]!;
    const last = this.#lastSns[slot]!;
    return first !== NONE && last !== NONE && last - first + 1 === packets;
  }

  reset(): void {
    this.#frames.fill(NONE);
    this.#newest = NONE;
  }
}
