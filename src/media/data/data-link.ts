import type { Backlog } from "./data-port.ts";

/** Another media thread, as rooms see it that have members there. */
export interface DataLink {
  readonly thread: number;
  /**
   * Takes a message to the room's members there.
   *
   * @param senderId of the member that it is from
   * @param bytes with its true sender; kept by reference, not to be changed any more
   * @returns false when it was dropped: the thread is too far behind, which is counted
   */
  sendMessage(
    nowMs: number,
    roomId: number,
    senderId: number,
    isReliable: boolean,
    bytes: Uint8Array,
  ): boolean;
  /** Of reliable messages that the thread has not taken yet. */
  backlog(nowMs: number): Backlog;
  /** Some members of the room there take what they are sent, as far as is known. */
  isFlowing(roomId: number): boolean;
  /** To the thread: receivers here of what that member sends are behind. */
  pauseSender(memberId: number, isForAll: boolean): void;
  resumeSender(memberId: number): void;
  /** To the thread: whether members of the room here take what they are sent. */
  tellFlow(roomId: number, isFlowing: boolean): void;
}
