/** Smaller bursts would refuse a single packet for ever. */
const BURST_BYTES_MIN = 1_500;

/** What may be spent on retransmissions of one kind of media (`rtc.rtx_budget`). */
export type RtxBudgetLimits = {
  /** Retransmitted bytes for each byte of media sent; 0: no limit. */
  readonly maxRatio: number;
  /** What may be spent at once, bytes; at least 1,500 are taken. */
  readonly burstBytes: number;
};

/** No limit. */
export const NO_RTX_LIMITS: RtxBudgetLimits = { maxRatio: 0, burstBytes: 0 };

/**
 * A token bucket for the retransmissions of one down track (spec-media 5.4). Media that is sent
 * fills it. It is open while there is anything in it, so that the last packet may overdraw it.
 */
export class RtxBudget {
  readonly #maxRatio: number;
  readonly #capacityBytes: number;
  #tokensBytes: number;
  #sentBytes = 0;

  constructor(limits: RtxBudgetLimits) {
    this.#maxRatio = limits.maxRatio;
    this.#capacityBytes = Math.max(limits.burstBytes, BURST_BYTES_MIN);
    this.#tokensBytes = this.#capacityBytes;
  }

  /** One more retransmission may leave. */
  get isOpen(): boolean {
    return this.#maxRatio <= 0 || this.#tokensBytes > 0;
  }

  /** @param totalBytes of media sent so far, headers included: a counter that only grows */
  noteSent(totalBytes: number): void {
    const filledBytes = this.#tokensBytes + (totalBytes - this.#sentBytes) * this.#maxRatio;
    this.#tokensBytes = Math.min(filledBytes, this.#capacityBytes);
    this.#sentBytes = totalBytes;
  }

  spend(bytes: number): void {
    this.#tokensBytes -= bytes;
  }
}
