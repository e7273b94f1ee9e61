/** As in libwebrtc's `modules/video_coding/nack_requester.cc`, by its behaviour. */
const INTERVAL_MS = 20;
const RETRIES_MAX = 10;
const LIST_MAX = 1_000;
const PACKET_AGE_MAX = 10_000;
const RTT_DEFAULT_MS = 100;

type Missing = { sentMs: number; retries: number };

/** Which numbers of a stream to ask for, and when. Numbers are extended. */
export class NackRequester {
  readonly #missing = new Map<number, Missing>();
  #newest = -1;
  rttMs: number = RTT_DEFAULT_MS;
  /** Numbers that were given up after so many tries. */
  givenUp = 0;
  requested = 0;
  /** Too much was missing: only a key frame helps. */
  isKeyFrameNeeded = false;

  get isEmpty(): boolean {
    return this.#missing.size === 0;
  }

  get intervalMs(): number {
    return INTERVAL_MS;
  }

  /** @returns numbers to ask for at once */
  handlePacket(nowMs: number, extSn: number): number[] {
    if (this.#newest < 0) this.#newest = extSn - 1;
    if (extSn <= this.#newest) {
      this.#missing.delete(extSn);
      return [];
    }
    const gap = extSn - this.#newest - 1;
    if (gap > LIST_MAX) {
      this.#missing.clear();
      this.isKeyFrameNeeded = true;
    } else {
      for (let sn = this.#newest + 1; sn < extSn; sn++) {
        this.#missing.set(sn, { sentMs: Number.NEGATIVE_INFINITY, retries: 0 });
      }
      if (this.#missing.size > LIST_MAX) {
        this.#missing.clear();
        this.isKeyFrameNeeded = true;
      }
    }
    this.#newest = extSn;
    for (const sn of this.#missing.keys()) {
      if (sn < extSn - PACKET_AGE_MAX) this.#missing.delete(sn);
    }
    return gap > 0 ? this.#take(nowMs, true) : [];
  }

  /** @returns numbers to ask for again; to be called every `intervalMs` while not empty */
  handleTimeout(nowMs: number): number[] {
    return this.#take(nowMs, false);
  }

  /** All before the number is of no use any more. */
  clearUpTo(extSn: number): void {
    for (const sn of this.#missing.keys()) if (sn < extSn) this.#missing.delete(sn);
  }

  #take(nowMs: number, isNewOnly: boolean): number[] {
    const sns: number[] = [];
    for (const [sn, missing] of this.#missing) {
      const isDue = isNewOnly ? missing.retries === 0 : missing.sentMs + this.rttMs <= nowMs;
      if (!isDue) continue;
      missing.sentMs = nowMs;
      missing.retries += 1;
      sns.push(sn);
      if (missing.retries >= RETRIES_MAX) {
        this.#missing.delete(sn);
        this.givenUp += 1;
      }
    }
    this.requested += sns.length;
    return sns.sort((a, b) => a - b);
  }
}
