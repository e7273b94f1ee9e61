/**
 * Moves the timestamps of one source onto the outgoing timeline (RFC 3550 §5.1). Timestamps are
 * extended: integers below 2^53, of which the low 32 bits go on the wire.
 */
export class TsMunger {
  /** incoming minus outgoing */
  #offset = 0;

  /** Lets incoming `extTs` leave as `outTs`, and all others at the same distance from it. */
  restart(extTs: number, outTs: number): void {
    this.#offset = extTs - outTs;
  }

  mapTs(extTs: number): number {
    return extTs - this.#offset;
  }
}
