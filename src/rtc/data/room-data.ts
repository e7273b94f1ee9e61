import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import type { Participant } from "../participant/participant.ts";

/** A room's data as the control side sees it: media threads forward, and are told who there is. */
export class RoomData {
  readonly roomId: number;
  readonly #thread: () => MediaThread;

  /** @param thread that the room is on at the time */
  constructor(roomId: number, thread: () => MediaThread) {
    this.roomId = roomId;
    this.#thread = thread;
  }

  /** Who a participant of this room is now, and what it may: where its data is forwarded. */
  tell(participant: Participant): void {
    const { transports, grant, connection, sid, identity, isAgent, isHidden } = participant;
    participant.data.set(this.#thread(), this.roomId, {
      peerIds: transports.peerIds,
      primaryPeerId: transports.primary.peerId,
      sid,
      identity,
      canPublishData: grant.canPublishData,
      isAgent,
      isHidden,
      isOneShot: connection.isOneShot,
    });
  }

  /** Sends a packet of the server's own to whom it names, or to everyone. */
  deliver(packet: livekit.DataPacket): void {
    const bytes = livekit.DataPacket.encode(packet).finish();
    this.#thread().post({ kind: "send-server-data", roomId: this.roomId, bytes });
  }

  /** Answers of this member to this request come to us, and go to nobody else. */
  awaitRpc(requestId: string, memberId: number): void {
    this.#thread().post({ kind: "await-rpc", requestId, memberId });
  }

  forgetRpc(requestId: string): void {
    this.#thread().post({ kind: "forget-rpc", requestId });
  }
}
