/** A video track as the prober sees it: bytes that may be sent more than once. */
export interface ProbeTrack {
  /** The client takes part in estimation by it, knows its stream, and wants it. */
  readonly canProbe: boolean;
  /** All that left so far, headers included: media, retransmissions, probes. */
  readonly sentBytes: number;
  /**
   * Sends the newest packets once more, or else padding.
   *
   * @param bytes how much; the last packet may go beyond
   * @returns how much was sent; 0: nothing can be, now
   */
  sendProbe(nowMs: number, bytes: number): number;
}
