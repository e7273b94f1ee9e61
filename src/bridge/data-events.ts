/** What a media thread tells the control thread of data that it forwards. */
export type DataEvent = RpcAnswered | DataSequences | DataStreamsStarted | DataChannelFailed;

/** An ack, or a response with payload or error, to a request that `await-rpc` named. */
export type RpcAnswered = {
  readonly kind: "rpc-answered";
  readonly memberId: number;
  /** The DataPacket as it came. */
  readonly bytes: Uint8Array;
};

/** The newest numbers of reliable messages that were taken, of members of whom it changed. */
export type DataSequences = {
  readonly kind: "data-sequences";
  readonly memberIds: readonly number[];
  /** In the order of `memberIds`. */
  readonly highest: readonly number[];
};

/** Headers of text and byte streams that were forwarded, for the metric. */
export type DataStreamsStarted = {
  readonly kind: "data-streams-started";
  readonly streams: readonly StartedDataStream[];
};

export type StartedDataStream = {
  readonly type: "text" | "bytes" | "unknown";
  readonly mimeType: string;
  /** Identities that it names. */
  readonly destinations: number;
  /** undefined: not announced. */
  readonly totalBytes: number | undefined;
};

/** A channel of ours, or all of the peer's, ended: something was sent and could not be. Once a peer. */
export type DataChannelFailed = { readonly kind: "data-channel-failed"; readonly peerId: number };
