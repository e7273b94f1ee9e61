import { livekit } from "../gen/livekit.js";

/** Number, process and time in front of what a user packet carries. */
export const USER_HEADER_BYTES = 14;

const TOPIC = "load";

export type UserPacketOptions = {
  /** Of the sender's reliable messages, from 1 on. */
  readonly sequence: number;
  readonly kind: livekit.DataPacket.Kind;
  /** 0..2^32-1, counted by who sends. */
  readonly index: number;
  /** See `LoadRuntime`. */
  readonly processTag: number;
  readonly nowMs: number;
  /** Of the payload, `USER_HEADER_BYTES` at least. */
  readonly byteCount: number;
};

/** A user packet whose payload holds its number and the time of sending. */
export function userPacket(options: UserPacketOptions): Uint8Array {
  const { sequence, kind, index, processTag, nowMs, byteCount } = options;
  const payload = Buffer.alloc(byteCount, 0x2a);
  payload.writeUInt32BE(index, 0);
  payload.writeUInt16BE(processTag, 4);
  payload.writeDoubleBE(nowMs, 6);
  const user = { payload, topic: TOPIC };
  const isReliable = kind === livekit.DataPacket.Kind.RELIABLE;
  return livekit.DataPacket.encode({ kind, user, ...(isReliable ? { sequence } : {}) }).finish();
}

export type UserMessage = {
  readonly index: number;
  readonly processTag: number;
  readonly sentMs: number;
  readonly byteCount: number;
  readonly sender: string;
};

/** @returns undefined where it is none of ours */
export function readUserPacket(bytes: Uint8Array): UserMessage | undefined {
  const { user, participantIdentity } = livekit.DataPacket.decode(bytes);
  const payload = user?.payload;
  if (!payload || payload.length < USER_HEADER_BYTES || user.topic !== TOPIC) return undefined;
  const view = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
  return {
    index: view.readUInt32BE(0),
    processTag: view.readUInt16BE(4),
    sentMs: view.readDoubleBE(6),
    byteCount: payload.length,
    sender: participantIdentity,
  };
}
