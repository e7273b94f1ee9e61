import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import { livekit } from "../../gen/livekit.js";
import type { Participant } from "../participant/participant.ts";
import type { ParticipantChange } from "../participant/participant-room.ts";
import { updateFrame } from "../signal/signal-frame.ts";
import type { RoomMember } from "./room-member.ts";

/** Joins and leaves of pure subscribers are told together, this often (spec-signalling 6.2). */
const BATCH_MS = 3_000;

export type ParticipantUpdatesHost = {
  readonly scheduler: Scheduler;
  /** A message is cut near this size, bytes. */
  readonly batchTargetBytes: number;
  participants(): Iterable<Participant>;
};

/**
 * Tells the participants of a room about each other. A message is encoded once for the room, and
 * what need not be told at once is collected by identity, so that a join storm stays linear.
 */
export class ParticipantUpdates {
  readonly #host: ParticipantUpdatesHost;
  /** What waits for the next flush, by identity. */
  readonly #batch = new Map<string, Uint8Array>();
  /** ParticipantInfo of each as of its last change. */
  readonly #encoded = new WeakMap<RoomMember, Uint8Array>();
  #timer: Cancel | undefined;

  constructor(host: ParticipantUpdatesHost) {
    this.#host = host;
  }

  /** What others are told of a participant, encoded once for all of them: not to be changed. */
  infoOf(participant: RoomMember): Uint8Array {
    let info = this.#encoded.get(participant);
    if (info === undefined) {
      info = livekit.ParticipantInfo.encode(participant.info()).finish();
      this.#encoded.set(participant, info);
    }
    return info;
  }

  /** To be called with every change: until the next one `infoOf` says the same. */
  changed(participant: RoomMember, change: ParticipantChange): void {
    this.#encoded.delete(participant);
    if (change === "details") return;
    const info = this.infoOf(participant);
    const isProfile = change !== "state";
    if (participant.isHidden) {
      if (isProfile) this.#sendTo(this.#itself(participant), [info]);
      return;
    }
    // the next session of this identity is told instead of the end of this one
    if (
      participant.isClosed &&
      participant.disconnectReason === livekit.DisconnectReason.DUPLICATE_IDENTITY
    ) {
      this.#batch.delete(participant.identity);
      this.#tellOldClients(info);
      return;
    }
    if (isProfile || participant.isPublisher) {
      this.#batch.delete(participant.identity);
      this.#sendTo(this.#host.participants(), [info]);
      return;
    }
    this.#batch.set(participant.identity, info);
    this.#timer ??= this.#host.scheduler.after(BATCH_MS, () => this.flush());
  }

  /** Sends one participant's pending update now: its media is about to follow. */
  hasten(participant: RoomMember): void {
    const info = this.#batch.get(participant.identity);
    if (info === undefined) return;
    this.#batch.delete(participant.identity);
    this.#sendTo(this.#host.participants(), [info]);
  }

  flush(): void {
    this.#timer?.();
    this.#timer = undefined;
    const infos = [...this.#batch.values()];
    this.#batch.clear();
    this.#sendTo(this.#host.participants(), infos);
  }

  /** Nobody, when another room forwards it. */
  #itself(member: RoomMember): Participant[] {
    return [...this.#host.participants()].filter((participant) => participant === member);
  }

  /** Everything there is, to one who resumed; a ParticipantInfo each. */
  sendAll(to: Participant, infos: readonly Uint8Array[]): void {
    this.#sendTo([to], infos);
  }

  /** Before protocol 12 a client needs to hear that the former session ended. */
  #tellOldClients(info: Uint8Array): void {
    const old = [...this.#host.participants()].filter(({ client }) => !client.reconnectsByIdentity);
    this.#sendTo(old, [info]);
  }

  #sendTo(to: Iterable<Participant>, infos: readonly Uint8Array[]): void {
    if (infos.length === 0) return;
    const recipients = [...to].filter((participant) => participant.isReady);
    if (recipients.length === 0) return;
    for (const chunk of this.#cut(infos)) {
      const frame = updateFrame(chunk);
      for (const recipient of recipients) recipient.sendFrame(frame);
    }
  }

  #cut(infos: readonly Uint8Array[]): Uint8Array[][] {
    const chunks: Uint8Array[][] = [];
    let chunk: Uint8Array[] = [];
    let bytes = 0;
    for (const info of infos) {
      if (chunk.length > 0 && bytes + info.length > this.#host.batchTargetBytes) {
        chunks.push(chunk);
        chunk = [];
        bytes = 0;
      }
      chunk.push(info);
      bytes += info.length;
    }
    chunks.push(chunk);
    return chunks;
  }

  close(): void {
    this.#timer?.();
    this.#batch.clear();
  }
}
