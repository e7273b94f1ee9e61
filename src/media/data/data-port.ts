import type { DataMember } from "./data-member.ts";
import type { PausablePort } from "./paused-sender.ts";

/** What a channel is to us. Channels of other labels are the client's own. */
export const DataChannelKind = { Reliable: 0, Lossy: 1, DataTrack: 2, Other: 3 } as const;
export type DataChannelKind = (typeof DataChannelKind)[keyof typeof DataChannelKind];

/** Where a receiver stands with the reliable messages that it has not acknowledged. */
export const Backlog = {
  /** It takes what it is sent. */
  None: 0,
  /** It is behind, and takes more all the time. */
  Congested: 1,
  /** It is behind, and has taken nothing for a while. */
  Stalled: 2,
} as const;
export type Backlog = (typeof Backlog)[keyof typeof Backlog];

/** The data channels of one peer, as rooms see them. */
export interface DataPort extends PausablePort {
  readonly peerId: number;
  /** Whose it is. Set by the hub. */
  member: DataMember | undefined;
  isOpen(channel: DataChannelKind): boolean;
  /**
   * Queues a message on a channel of ours.
   *
   * @param bytes kept by reference, not to be changed any more
   * @returns false when it was dropped: there is no such channel, or the client is too far behind, which
   *   is counted
   */
  send(nowMs: number, channel: DataChannelKind, bytes: Uint8Array): boolean;
  /** The same, as it is, on the first channel of the client's own. */
  sendRaw(nowMs: number, bytes: Uint8Array): boolean;
  /** Of the reliable channel. */
  backlog(nowMs: number): Backlog;
  /** Of the message that is being worked on. */
  readonly readingId: number;
}
