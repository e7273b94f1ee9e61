/** RFC 9260 §6.2. */
const DELAY_MS = 200;
const PACKETS = 2;

/** When a SACK is due: with every second packet of data, at once after anything odd, or in time. */
export class SackSchedule {
  #isReady = false;
  #dueMs: number = Number.POSITIVE_INFINITY;
  #packets = 0;

  /** To be sent in any case. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Worth sending along with data. */
  get isPending(): boolean {
    return this.#packets > 0;
  }

  /** A packet with data has been taken. */
  handlePacket(nowMs: number, isUrgent: boolean): void {
    this.#packets += 1;
    if (isUrgent || this.#packets >= PACKETS) this.#isReady = true;
    else this.#dueMs = nowMs + DELAY_MS;
  }

  handleTimeout(nowMs: number): void {
    if (nowMs < this.#dueMs) return;
    this.#isReady = true;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  pollTimeout(): number {
    return this.#dueMs;
  }

  /** It has been written, or there is nobody to send it to. */
  clear(): void {
    this.#isReady = false;
    this.#packets = 0;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }
}
