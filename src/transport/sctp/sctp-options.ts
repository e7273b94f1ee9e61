export type SctpOptions = {
  /** Uniform over 0..2^32-1, unpredictable: tags, initial TSN, cookies. */
  readonly random: () => number;
  /** 5000 unless SDP says otherwise. */
  readonly localPort?: number;
  readonly remotePort?: number;
  /** The peer's `a=max-message-size`; longer messages are refused by `send`. */
  readonly maxMessageBytes?: number;
  /** Our `a=max-message-size`; longer messages of the peer are dropped. */
  readonly receiveMessageBytesMax?: number;
  readonly receiveBufferBytes?: number;
  readonly sendBufferBytes?: number;
  /** Largest SCTP packet sent, 576..65535. */
  readonly packetBytesMax?: number;
  /** The congestion window never falls below this, bytes; 0 or absent: the standard's floor. */
  readonly minWindowBytes?: number;
  /** What may leave at once when a loss is found, whatever the window; 0 or absent: one packet. */
  readonly fastRetransmitBytes?: number;
  /** What a window of acknowledged bytes adds to it in congestion avoidance; 0 or absent: one packet. */
  readonly growthStepBytes?: number;
  /** Interleave messages when the peer offers it too (RFC 8260); absent: yes. */
  readonly interleaving?: boolean;
  /** Offer to go without checksums, and do so when the peer offers it too (RFC 9653). */
  readonly zeroChecksum?: boolean;
};

export type SctpSendResult =
  | "sent"
  /** The send buffer is full; nothing was taken. */
  | "full"
  /** Longer than the peer takes. */
  | "too-large"
  /** The association is over or shutting down, or the stream is being reset. */
  | "closed";
