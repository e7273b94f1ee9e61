const NONE = -1;

/**
 * Chunks that are sent although the peer has no room for them, to learn when it has (RFC 9260 §6.1,
 * rule A): the first at once, since some peers tell nobody when their window opens again, the others
 * when their time has come.
 */
export class WindowProbe {
  /** The chunk that is on its way as such a probe, -1: none. */
  tsn: number = NONE;
  /** Sent since the window was open. */
  count = 0;
  #isTimeUp = false;
  #isRefused = false;

  get isDue(): boolean {
    return this.count === 0 || this.#isTimeUp;
  }

  get isFlying(): boolean {
    return this.tsn !== NONE;
  }

  /** The peer has answered since, and had no room for it: it was not lost. */
  get isRefused(): boolean {
    return this.isFlying && this.#isRefused;
  }

  timeUp(): void {
    this.#isTimeUp = true;
  }

  sent(tsn: number): void {
    this.tsn = tsn;
    this.count += 1;
    this.#isTimeUp = false;
    this.#isRefused = false;
  }

  /** A SACK came. @param cumulative it acknowledges all up to here */
  judge(cumulative: number): void {
    if (cumulative < this.tsn) this.#isRefused = true;
    else this.end();
  }

  /** The refused one goes again. */
  repeated(): void {
    this.count += 1;
    this.#isRefused = false;
  }

  /** It is a chunk like others from here on. */
  end(): void {
    this.tsn = NONE;
  }

  windowOpened(): void {
    this.count = 0;
  }
}
