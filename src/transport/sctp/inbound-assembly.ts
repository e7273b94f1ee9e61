import type { DataChunk } from "../../wire/sctp/data-chunk.ts";

/** Streams with an id below this are taken; data for others is acknowledged and thrown away. */
export const STREAMS_MAX = 1024;

/** Makes messages of chunks: of DATA or, where interleaving was agreed on, of I-DATA. */
export interface InboundAssembly {
  /** Bytes of incomplete messages and of those that wait for earlier ones, overhead included. */
  readonly heldBytes: number;
  /** Messages that were longer than allowed. */
  readonly rejectedMessages: number;
  /** A chunk at the front: all before it have arrived. Copies what it keeps of `bytes`. */
  pushNext(tsn: number, chunk: DataChunk, bytes: Uint8Array): void;
  /** A chunk beyond a gap, not seen before. */
  pushAhead(tsn: number, chunk: DataChunk, bytes: Uint8Array): void;
  /** All chunks up to `tsn` have been pushed. */
  advanceTo(tsn: number): void;
  /** The peer gives up what is missing up to `tsn`; entries in its chunk name messages. */
  forwardTo(tsn: number, bytes: Uint8Array, entriesOffset: number, entryCount: number): void;
  /** The peer numbers its messages anew. No ids: on all streams. */
  resetStreams(streamIds: readonly number[]): void;
}
