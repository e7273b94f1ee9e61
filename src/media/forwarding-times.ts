import type { ForwardingCounters } from "../bridge/events.ts";
import { FORWARDING_BOUNDS_MS } from "../bridge/forwarding-bounds.ts";

/** How long packets stayed in this thread, by batch: what comes together leaves together. */
export class ForwardingTimes {
  readonly #counts: Float64Array = new Float64Array(FORWARDING_BOUNDS_MS.length + 1);
  #packets = 0;
  #sumMs = 0;
  #squareSumMs = 0;

  /** @param ms from the first packet of a batch until the batch was sent on */
  note(ms: number, packets: number): void {
    let bucket = 0;
    while (bucket < FORWARDING_BOUNDS_MS.length && ms > FORWARDING_BOUNDS_MS[bucket]!) bucket += 1;
    this.#counts[bucket] = this.#counts[bucket]! + packets;
    this.#packets += packets;
    this.#sumMs += ms * packets;
    this.#squareSumMs += ms * ms * packets;
  }

  sums(): ForwardingCounters {
    return {
      counts: [...this.#counts],
      packets: this.#packets,
      sumMs: this.#sumMs,
      squareSumMs: this.#squareSumMs,
    };
  }
}
