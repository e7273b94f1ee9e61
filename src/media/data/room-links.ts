import type { DataLink } from "./data-link.ts";
import type { DataMember } from "./data-member.ts";
import { Backlog } from "./data-port.ts";

type RoomLink = {
  readonly link: DataLink;
  /** Of the room, over there. */
  members: number;
  /** What that thread was told of our members. */
  isFlowTold: boolean;
};

/** The other media threads that have members of one room, and where their receivers stand. */
export class RoomLinks {
  readonly #roomId: number;
  #links: readonly RoomLink[] = [];
  /** Of the last `count`. */
  congested = 0;
  flowing = 0;

  constructor(roomId: number) {
    this.#roomId = roomId;
  }

  get isEmpty(): boolean {
    return this.#links.length === 0;
  }

  /** All there are. @returns those that are none any more */
  set(others: readonly { readonly link: DataLink; readonly members: number }[]): DataLink[] {
    const former = this.#links;
    this.#links = others.map(({ link, members }) => {
      const known = former.find((one) => one.link === link);
      return { link, members, isFlowTold: known?.isFlowTold ?? false };
    });
    const gone = former.filter(({ link }) => !others.some((other) => other.link === link));
    for (const one of gone) if (one.isFlowTold) one.link.tellFlow(this.#roomId, false);
    return gone.map(({ link }) => link);
  }

  /** @returns members over there */
  send(nowMs: number, senderId: number, isReliable: boolean, bytes: Uint8Array): number {
    let members = 0;
    for (const { link, members: count } of this.#links) {
      link.sendMessage(nowMs, this.#roomId, senderId, isReliable, bytes);
      members += count;
    }
    return members;
  }

  /** Threads whose receivers of what this member sends to all are behind, and those where some are not. */
  count(nowMs: number, sender: DataMember): void {
    this.congested = 0;
    this.flowing = 0;
    for (const { link } of this.#links) {
      const backlog = this.#backlogOf(nowMs, link, sender);
      if (backlog === Backlog.Congested) this.congested += 1;
      else if (backlog === Backlog.None) this.flowing += 1;
    }
  }

  /**
   * Who is named may be on any of the threads: notes those that have much to take yet.
   *
   * @param behind gets each of them once
   * @returns whether there are some
   */
  noteBehind(nowMs: number, behind: DataLink[]): boolean {
    let isBehind = false;
    for (const { link } of this.#links) {
      if (link.backlog(nowMs) !== Backlog.Congested) continue;
      isBehind = true;
      if (!behind.includes(link)) behind.push(link);
    }
    return isBehind;
  }

  #backlogOf(nowMs: number, link: DataLink, sender: DataMember): Backlog {
    const backlog = link.backlog(nowMs);
    if (backlog !== Backlog.None) return backlog;
    if (sender.pausedLinks.includes(link)) return Backlog.Congested;
    // where nobody is known to take anything, nobody is a reason to go on
    return link.isFlowing(this.#roomId) ? Backlog.None : Backlog.Stalled;
  }

  /** Some of our members take what they are sent, or none. */
  tellFlow(link: DataLink, isFlowing: boolean): void {
    const known = this.#links.find((one) => one.link === link);
    if (known === undefined || known.isFlowTold === isFlowing) return;
    known.isFlowTold = isFlowing;
    link.tellFlow(this.#roomId, isFlowing);
  }
}
