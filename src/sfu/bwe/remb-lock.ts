/** A stream that is listed no more is given up for another after so long. */
const LOCK_MS = 2_500;

/** What a REMB lists. */
export type RembStreams = {
  rembSsrcCount(): number;
  rembSsrc(index: number): number;
};

/**
 * Which REMBs of a client count (spec-media 6.3). Most clients send one for all their streams, but
 * one for each stream is allowed too: then those that list one certain stream are taken, and the
 * others would only say it again.
 */
export class RembLock {
  #ssrc = 0;
  #seenMs: number = Number.NEGATIVE_INFINITY;

  /**
   * @param ours streams that we send, by SSRC: a REMB that lists none of them is a straggler
   * @returns whether this REMB counts
   */
  accept(nowMs: number, remb: RembStreams, ours: { has(ssrc: number): boolean }): boolean {
    const count = remb.rembSsrcCount();
    let first = 0;
    for (let i = 0; i < count; i++) {
      const ssrc = remb.rembSsrc(i);
      if (ssrc === 0 || !ours.has(ssrc)) continue;
      if (ssrc === this.#ssrc) {
        this.#seenMs = nowMs;
        return true;
      }
      if (first === 0) first = ssrc;
    }
    if (first === 0 || nowMs - this.#seenMs < LOCK_MS) return false;
    this.#ssrc = first;
    this.#seenMs = nowMs;
    return true;
  }
}
