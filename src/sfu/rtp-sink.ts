/**
 * Where a down track's packets go: the subscriber's peer, implemented in `media`. A packet is
 * written in place at the offset of `reserve`, then handed over by `sendRtp`, which protects it
 * and queues it for the next flush.
 */
export interface RtpSink {
  /** Memory that packets are written into. */
  readonly arena: Uint8Array;
  /** @returns offset at which a packet of up to `bytesMax` bytes may be written; -1: not connected */
  reserve(bytesMax: number): number;
  /**
   * @param length of the RTP packet written at the offset of the last `reserve`
   * @param isRetransmission whether it was sent before, for statistics
   * @param isRepeatable whether the very same packet, byte for byte, may be sent again
   */
  sendRtp(length: number, isRetransmission: boolean, isRepeatable: boolean): void;
  /** Protects and queues one compound RTCP packet; copied before this returns. */
  sendRtcp(bytes: Uint8Array, length: number): void;
}
