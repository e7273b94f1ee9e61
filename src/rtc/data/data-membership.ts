import type { DataMemberSpec } from "../../bridge/data-commands.ts";
import type { MediaThread } from "../../bridge/media-thread.ts";
import type { DataMemberListener, MediaRouter } from "../media/media-router.ts";

/** What the media thread has to know of a participant at a time. */
export type DataMemberFacts = Omit<DataMemberSpec, "memberId">;

/**
 * A participant as media threads know it that forward its data: says what changes of it, and keeps what
 * they tell. Begins with the first room and ends with the session.
 */
export class DataMembership {
  readonly memberId: number;
  readonly #router: MediaRouter;
  #thread: MediaThread | undefined;
  /** What it was told last. */
  #told = "";
  #highestSequence = 0;
  #isClosed = false;

  constructor(router: MediaRouter, onRpcAnswered: (bytes: Uint8Array) => void) {
    this.memberId = router.newId();
    this.#router = router;
    const listener: DataMemberListener = {
      onRpcAnswered,
      onSequence: (highest) => {
        this.#highestSequence = highest;
      },
    };
    router.addDataMember(this.memberId, listener);
  }

  /**
   * The newest reliable message that was taken of it, 0 when there was none; up to a tenth of a second
   * old. A resumed client sends again what is newer, and what has come meanwhile is told apart.
   */
  get highestSequence(): number {
    return this.#highestSequence;
  }

  /** It is in this room, and this is how it is now. */
  set(thread: MediaThread, roomId: number, facts: DataMemberFacts): void {
    if (this.#isClosed) return;
    const member: DataMemberSpec = { memberId: this.memberId, ...facts };
    const told = JSON.stringify([roomId, member]);
    if (told === this.#told) return;
    this.#told = told;
    this.#thread = thread;
    thread.post({ kind: "set-data-member", roomId, member });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#router.removeDataMember(this.memberId);
    this.#thread?.post({ kind: "remove-data-member", memberId: this.memberId });
  }
}
