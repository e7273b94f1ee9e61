/** What arrives waits for so long, at most, until there is more of it, ms. */
const GATHER_MS = 2;
/** Media came or went so recently that more of it is to be expected, ms. */
const MEDIA_MS = 500;

/**
 * Tells a thread that waits by itself when it may leave its sockets alone for a moment, so that
 * what arrives gathers and costs one wake-up. After a turn that had nothing to send, most of what
 * follows is of its kind: acknowledgements of many receivers of one message, a fraction of a
 * millisecond apart. A thread that forwards media hurries always.
 */
export class ArrivalGathering {
  #mediaPackets = 0;
  #mediaMs = Number.NEGATIVE_INFINITY;

  /**
   * A turn is over.
   *
   * @param received datagrams that it handled
   * @param hasSent it sent something, or has more to do
   * @param mediaPackets that the engine has received and sent since it started
   * @returns how long what arrives may wait, ms; 0: it may not
   */
  endTurn(nowMs: number, received: number, hasSent: boolean, mediaPackets: number): number {
    if (mediaPackets !== this.#mediaPackets) {
      this.#mediaPackets = mediaPackets;
      this.#mediaMs = nowMs;
    }
    const isCalm = received > 0 && !hasSent && nowMs - this.#mediaMs > MEDIA_MS;
    return isCalm ? GATHER_MS : 0;
  }
}
