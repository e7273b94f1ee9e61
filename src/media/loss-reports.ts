import type { MediaEvent } from "../bridge/events.ts";

/** spec-media 1.6 */
const INTERVAL_MS = 1_000;

/**
 * Tells the control side how much of what a client is sent gets lost on the way: the worst of all
 * streams, at most once a second, when reports come at all.
 */
export class LossReports {
  readonly #peerId: number;
  readonly #emit: (event: MediaEvent) => void;
  #fractionLost = 0;
  #rttMs = 0;
  #reportMs = Number.NEGATIVE_INFINITY;

  constructor(peerId: number, emit: (event: MediaEvent) => void) {
    this.#peerId = peerId;
    this.#emit = emit;
  }

  /**
   * One report block about a stream of ours.
   *
   * @param fractionLost as on the wire, 0..255
   * @param rttMs of that stream, 0 while it is not known
   */
  note(nowMs: number, fractionLost: number, rttMs: number): void {
    if (fractionLost > this.#fractionLost) this.#fractionLost = fractionLost;
    if (rttMs > 0) this.#rttMs = rttMs;
    if (nowMs - this.#reportMs < INTERVAL_MS) return;
    this.#reportMs = nowMs;
    this.#emit({
      kind: "loss-report",
      peerId: this.#peerId,
      fractionLost: this.#fractionLost,
      rttMs: this.#rttMs,
    });
    this.#fractionLost = 0;
  }
}
