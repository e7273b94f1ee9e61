import { RingQueue } from "../../transport/sctp/ring-queue.ts";
import type { DataMember } from "./data-member.ts";

/** Of numbered messages kept for those who are joining (spec-signalling 9.4). */
const CACHE_MS = 10_000;
const CACHE_BYTES_MAX = 100_000;
/** Messages without a number for one participant that is joining, bytes in total. */
const HELD_BYTES_MAX = 100_000;

type CachedMessage = {
  readonly order: number;
  readonly atMs: number;
  readonly bytes: Uint8Array;
  readonly senderId: number;
  /** Whom it is for; both empty: for all. */
  readonly identities: readonly string[];
  readonly sids: readonly string[];
};

/**
 * Reliable messages of one room for participants whose channel is still opening: numbered ones are
 * kept once for all of them, and only while there is somebody to keep them for; others with whom they
 * are for. Each hears what was sent since it joined, in the order of sending.
 */
export class ReplayCache {
  readonly #messages: RingQueue<CachedMessage> = new RingQueue();
  #bytes = 0;
  #order = 0;
  #joining = 0;

  /** Somebody is joining: from now on there is something to keep. */
  join(member: DataMember): void {
    member.replayFrom = this.#order;
    this.#joining += 1;
  }

  /** It is established, or has left. */
  leave(member: DataMember): void {
    member.held.length = 0;
    member.heldBytes = 0;
    this.#joining -= 1;
    if (this.#joining > 0) return;
    this.#messages.clear();
    this.#bytes = 0;
  }

  get isNeeded(): boolean {
    return this.#joining > 0;
  }

  remember(
    nowMs: number,
    bytes: Uint8Array,
    senderId: number,
    identities: readonly string[],
    sids: readonly string[],
  ): void {
    const order = this.#order++;
    this.#messages.push({ order, atMs: nowMs, bytes, senderId, identities, sids });
    this.#bytes += bytes.length;
    while (this.#bytes > CACHE_BYTES_MAX || this.#messages.peek()!.atMs < nowMs - CACHE_MS) {
      this.#bytes -= this.#messages.shift()!.bytes.length;
      if (this.#messages.count === 0) return;
    }
  }

  /** @returns false when there is no room for it any more */
  hold(member: DataMember, bytes: Uint8Array): boolean {
    if (member.heldBytes + bytes.length > HELD_BYTES_MAX) return false;
    member.held.push({ order: this.#order++, bytes });
    member.heldBytes += bytes.length;
    return true;
  }

  /** What the member has missed since it joined, oldest first. */
  missedBy(nowMs: number, member: DataMember): Uint8Array[] {
    const { replayFrom, held, spec } = member;
    const missed = [...held];
    for (let i = this.#messages.count; i > 0; i--) {
      const message = this.#messages.shift()!;
      this.#messages.push(message);
      const { order, atMs, senderId, identities, sids } = message;
      if (order < replayFrom || atMs < nowMs - CACHE_MS || senderId === member.memberId) continue;
      const isForAll = identities.length === 0 && sids.length === 0;
      if (isForAll || identities.includes(spec.identity) || sids.includes(spec.sid)) {
        missed.push(message);
      }
    }
    return missed.sort((a, b) => a.order - b.order).map(({ bytes }) => bytes);
  }
}
