/** Why an association ended. */
export type SctpCloseReason =
  /** We aborted it. */
  | "aborted"
  | "peer-aborted"
  /** Both sides shut down; all that was sent has arrived. */
  | "shutdown"
  /** The peer did not answer the handshake, or data, or the shutdown. */
  | "timeout"
  /** The peer broke the protocol so that there is no going on; it was told by an ABORT. */
  | "violation";

/** What an association tells its owner, in order. Drained by `pollEvent` after each handle. */
export type SctpEvent =
  | { readonly kind: "connected" }
  /** The peer started over: all streams are new, and what was in flight is lost (RFC 9260 §5.2.4). */
  | { readonly kind: "restarted" }
  | {
      readonly kind: "message";
      readonly streamId: number;
      /** Payload protocol id, 0..2^32-1. */
      readonly ppid: number;
      /** A copy that the receiver of the event owns. */
      readonly bytes: Uint8Array;
      readonly unordered: boolean;
    }
  /**
   * Streams begin again at sequence number 0 (RFC 6525): "incoming" when the peer has reset what
   * it sends, "outgoing" when the peer has answered our reset. No ids: all streams.
   */
  | {
      readonly kind: "streams-reset";
      readonly direction: "incoming" | "outgoing";
      readonly streamIds: readonly number[];
    }
  /** Fell to the stream's threshold, see `SctpAssociation.setBufferedLow`. */
  | { readonly kind: "buffered-low"; readonly streamId: number }
  | {
      readonly kind: "closed";
      readonly reason: SctpCloseReason;
      /** For the log, one line. */
      readonly detail: string;
    };
