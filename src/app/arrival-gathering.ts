/** What arrives waits for so long, at most, until there is more of it, ms. */
const GATHER_MS = 2;
/** What goes to so many in one turn, and is no media, is a message to many; so many come of answers. */
const MANY = 8;
/** More for each of them is a part of a stream, which is not to be slowed down. */
const MESSAGE_DATAGRAMS_MAX = 2;
/** Media came or went so recently that more of it is to be expected, ms. */
const MEDIA_MS = 500;

/**
 * Tells a thread that waits by itself when it may leave its sockets alone for a moment, so that
 * what arrives gathers and costs one wake-up. After a message to many receivers their acknowledgements
 * follow, a fraction of a millisecond apart, mostly to every second one (RFC 9260 §6.2): so one is
 * taken to be like the one before the last. And after a turn that had little to take and nothing to
 * send, most of what follows is of its kind. A thread that forwards media hurries always.
 */
export class ArrivalGathering {
  #mediaPackets = 0;
  #mediaMs = Number.NEGATIVE_INFINITY;
  /** Something came after the last message to many; after the one before that. */
  #isAnswered = true;
  #wasAnswered = true;

  /**
   * A turn is over.
   *
   * @param received datagrams that it handled
   * @param sent datagrams that left
   * @param receivers to so many addresses
   * @param isBusy it has more to do
   * @param mediaPackets that the engine has received and sent since it started
   * @returns how long what arrives may wait, ms; 0: it may not
   */
  endTurn(
    nowMs: number,
    received: number,
    sent: number,
    receivers: number,
    isBusy: boolean,
    mediaPackets: number,
  ): number {
    if (mediaPackets !== this.#mediaPackets) {
      this.#mediaPackets = mediaPackets;
      this.#mediaMs = nowMs;
    }
    if (received === 0 || isBusy) return 0;
    if (receivers >= MANY && sent <= receivers * MESSAGE_DATAGRAMS_MAX) {
      return this.#afterFanOut() && this.#isCalm(nowMs) ? GATHER_MS : 0;
    }
    if (sent > 0) return 0;
    this.#isAnswered = true;
    return received < MANY && this.#isCalm(nowMs) ? GATHER_MS : 0;
  }

  /** @returns whether the receivers are going to answer this one, as far as the last two tell */
  #afterFanOut(): boolean {
    const isExpected = this.#wasAnswered;
    this.#wasAnswered = this.#isAnswered;
    this.#isAnswered = false;
    return isExpected;
  }

  #isCalm(nowMs: number): boolean {
    return nowMs - this.#mediaMs > MEDIA_MS;
  }
}
