import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import type { Participant } from "../participant/participant.ts";

/** A room's data as the control side sees it: media threads forward, and are told who there is. */
export class RoomData {
  readonly roomId: number;
  readonly #present = new Set<Participant>();
  /** How many participants each thread has; those that have some. */
  readonly #members = new Map<MediaThread, number>();
  /** The same, as the other threads were told: about so many. */
  readonly #told = new Map<MediaThread, number>();

  constructor(roomId: number) {
    this.roomId = roomId;
  }

  /** Who a participant of this room is now, and what it may: where its data is forwarded. */
  tell(participant: Participant): void {
    const { transports, grant, connection, sid, identity, isAgent, isHidden, thread } = participant;
    participant.data.set(thread, this.roomId, {
      peerIds: transports.peerIds,
      primaryPeerId: transports.primary.peerId,
      sid,
      identity,
      canPublishData: grant.canPublishData,
      isAgent,
      isHidden,
      isOneShot: connection.isOneShot,
    });
    if (this.#present.has(participant)) return;
    this.#present.add(participant);
    this.#count(thread, 1);
  }

  /** The participant is in this room no more. */
  left(participant: Participant): void {
    if (this.#present.delete(participant)) this.#count(participant.thread, -1);
  }

  #count(thread: MediaThread, change: number): void {
    const count = (this.#members.get(thread) ?? 0) + change;
    if (count > 0) this.#members.set(thread, count);
    else this.#members.delete(thread);
    const told = this.#told.get(thread) ?? 0;
    // what a message costs there need not be known exactly: not each join is news for each thread
    if (count > 0 && told > 0 && count < 2 * told && 2 * count > told) return;
    const concerned = new Set([...this.#members.keys(), ...this.#told.keys()]);
    this.#told.clear();
    for (const [one, members] of this.#members) this.#told.set(one, members);
    // those on one thread reach each other
    if (concerned.size > 1) for (const one of concerned) this.#tellOthers(one);
  }

  #tellOthers(thread: MediaThread): void {
    const { roomId } = this;
    const others = [...this.#members]
      .filter(([other]) => other !== thread)
      .map(([other, members]) => ({ thread: other.index, members }));
    thread.post({ kind: "set-room-threads", roomId, others });
  }

  /** Sends a packet of the server's own to whom it names, or to everyone. */
  deliver(packet: livekit.DataPacket): void {
    const bytes = livekit.DataPacket.encode(packet).finish();
    for (const thread of this.#members.keys()) {
      thread.post({ kind: "send-server-data", roomId: this.roomId, bytes });
    }
  }

  /** Answers of this participant to this request come to us, and go to nobody else. */
  awaitRpc(requestId: string, { thread, data }: Participant): void {
    thread.post({ kind: "await-rpc", requestId, memberId: data.memberId });
  }

  forgetRpc(requestId: string, { thread }: Participant): void {
    thread.post({ kind: "forget-rpc", requestId });
  }
}
