/**
 * What a sink knows of the stream of one SSRC. In a fan-out every packet meets other objects, out of
 * memory that has gone cold: whoever keeps this saves the sink the way to it.
 */
export interface SinkStream {
  /**
   * Protects the packet at `offset` in place.
   *
   * @returns length of the protected packet; minus a DropReason: it must not leave
   */
  protectRtp(bytes: Uint8Array, offset: number, length: number, isRepeatable: boolean): number;
}

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
  /** For `sendRtp`, as long as the sink lives. Undefined: not connected, or too many SSRCs. */
  streamOf(ssrc: number): SinkStream | undefined;
  /**
   * @param length of the RTP packet written at the offset of the last `reserve`
   * @param isRetransmission whether it was sent before, for statistics
   * @param isRepeatable whether the very same packet, byte for byte, may be sent again
   * @param stream what `streamOf` gave for the packet's SSRC; absent: the sink looks for it
   */
  sendRtp(
    length: number,
    isRetransmission: boolean,
    isRepeatable: boolean,
    stream?: SinkStream,
  ): void;
  /** Protects and queues one compound RTCP packet; copied before this returns. */
  sendRtcp(bytes: Uint8Array, length: number): void;
}
