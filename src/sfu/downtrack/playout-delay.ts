/** What a room bounds the delay by, when it gives no upper bound (10 s is Chrome's own). */
const MAX_DEFAULT_MS = 10_000;
/** 12 bits of 10 ms. */
const DELAY_MAX_MS = 40_950;
const UNIT_MS = 10;
/** How far the delay is above the jitter, and how fast it may change: sound has to follow. */
const JITTER_FACTOR = 10;
const CHANGE_MAX_MS_PER_S = 80;
/** Where more of the packets than this are asked for again, waiting longer helps, percent. */
const NACK_PERCENT_MAX = 60;
const MS_PER_NACK_PERCENT = 2;

export const PLAYOUT_DELAY_BYTES = 3;
/** Result of `extensionFor`: the packet goes without. */
export const NO_PLAYOUT_DELAY = -1;

/** In ms; `maxMs` 0 leaves the upper bound to us. */
export type PlayoutDelayRange = { readonly minMs: number; readonly maxMs: number };

const State = { Changed: 0, Sending: 1, Acknowledged: 2 } as const;
type State = (typeof State)[keyof typeof State];

/**
 * How long a subscriber is to hold video back before it shows it (spec-media 5.8): the playout-delay
 * header extension, as libwebrtc defines it, with a lower bound that follows the jitter that the
 * subscriber reports. A change is told with each packet until a report covers one that told it.
 */
export class PlayoutDelay {
  readonly #minMs: number;
  readonly #maxMs: number;
  readonly #followsJitter: boolean;
  #delayMs: number;
  #state: State = State.Changed;
  #firstSn = 0;
  #firstMs = Number.NEGATIVE_INFINITY;
  #packets = 0;
  #nacks = 0;

  /** @param followsJitter not for screen shares: few frames in bursts look like jitter */
  constructor({ minMs, maxMs }: PlayoutDelayRange, followsJitter: boolean) {
    const upperMs = maxMs === 0 && minMs > 0 ? MAX_DEFAULT_MS : maxMs;
    this.#maxMs = Math.min(upperMs, DELAY_MAX_MS);
    this.#minMs = Math.min(minMs, this.#maxMs);
    this.#delayMs = this.#minMs;
    this.#followsJitter = followsJitter;
  }

  /** Of the extension's lower bound, ms. */
  get delayMs(): number {
    return this.#delayMs;
  }

  /**
   * @param outSn extended number that the packet leaves with
   * @returns 24 bits of the extension, lower bound first; or NO_PLAYOUT_DELAY
   */
  extensionFor(nowMs: number, outSn: number): number {
    if (this.#state === State.Acknowledged) return NO_PLAYOUT_DELAY;
    if (this.#state === State.Changed) {
      this.#state = State.Sending;
      this.#firstSn = outSn;
      this.#firstMs = nowMs;
    }
    return (Math.floor(this.#delayMs / UNIT_MS) << 12) | Math.floor(this.#maxMs / UNIT_MS);
  }

  /**
   * @param highestSn newest that the subscriber has, extended as we count
   * @param packets sent so far
   * @param nacks asked for again so far
   */
  handleReport(
    nowMs: number,
    highestSn: number,
    jitterMs: number,
    packets: number,
    nacks: number,
  ): void {
    if (this.#state === State.Sending && highestSn >= this.#firstSn) {
      this.#state = State.Acknowledged;
    }
    const newPackets = packets - this.#packets;
    const nackPercent = newPackets > 0 ? Math.floor(((nacks - this.#nacks) * 100) / newPackets) : 0;
    this.#packets = packets;
    this.#nacks = nacks;
    if (!this.#followsJitter) return;
    let targetMs = JITTER_FACTOR * Math.floor(jitterMs);
    if (nackPercent > NACK_PERCENT_MAX) {
      targetMs += (nackPercent - NACK_PERCENT_MAX) * MS_PER_NACK_PERCENT;
    }
    const elapsedS = Math.min((nowMs - this.#firstMs) / 1000, 1);
    const stepMs = Math.floor(CHANGE_MAX_MS_PER_S * elapsedS);
    const currentMs = this.#delayMs;
    targetMs = Math.max(Math.min(targetMs, currentMs + stepMs), currentMs - stepMs);
    targetMs = Math.min(Math.max(targetMs, this.#minMs), this.#maxMs);
    if (targetMs === currentMs) return;
    this.#delayMs = targetMs;
    this.#state = State.Changed;
  }
}
