/**
 * Whoever takes media says something every few seconds: reports, checks of its path. One that was
 * silent for so long is gone, or cut off.
 */
export const QUIET_MS = 8_000;
/** What all silent ones together are sent, datagrams a second. */
export const QUIET_DATAGRAMS_MAX = 50;
const WINDOW_MS = 1_000;

/**
 * Holds back what goes to addresses that have fallen silent. The system keeps datagrams for a
 * neighbour that it cannot find (212 kB of them for each, for some seconds), and takes the room for
 * them from the socket: two clients that left the local network without a word could fill a socket's
 * buffer of the usual size, and nobody would be sent anything. A trickle still goes, for who may hear
 * without being heard; the first datagram from there opens the way again.
 */
export class QuietPaths {
  /** By path: when it was heard last, monotonic ms; 0: never, and it is not waited for. */
  readonly #heardMs: Float64Array;
  #windowEndMs = Number.NEGATIVE_INFINITY;
  #left = 0;

  constructor(pathsMax: number) {
    this.#heardMs = new Float64Array(pathsMax);
  }

  heard(path: number, nowMs: number): void {
    this.#heardMs[path] = nowMs;
  }

  /** The number is for another address from now on. */
  forget(path: number): void {
    this.#heardMs[path] = 0;
  }

  /** Whether a datagram may go there. Runs once per datagram. */
  admits(path: number, nowMs: number): boolean {
    const heardMs = this.#heardMs[path]!;
    if (heardMs === 0 || nowMs - heardMs < QUIET_MS) return true;
    if (nowMs >= this.#windowEndMs) {
      this.#windowEndMs = nowMs + WINDOW_MS;
      this.#left = QUIET_DATAGRAMS_MAX;
    }
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }
}
