import { livekit } from "../../src/gen/livekit.js";
import { chunkContent } from "./chunk-pattern.ts";

/** Number and time in front of what a user packet carries. */
export const USER_HEADER_BYTES = 12;

function encode(packet: livekit.IDataPacket): Uint8Array {
  return livekit.DataPacket.encode(packet).finish();
}

/** A user packet whose payload holds its number and the time of sending. */
export function userPacket(
  sequence: number,
  kind: livekit.DataPacket.Kind,
  index: number,
  nowMs: number,
  payloadBytes: number,
): Uint8Array {
  const payload = Buffer.alloc(payloadBytes, 0x2a);
  payload.writeUInt32BE(index, 0);
  payload.writeDoubleBE(nowMs, 4);
  const user = { payload, topic: "bench" };
  const isReliable = kind === livekit.DataPacket.Kind.RELIABLE;
  return encode({ kind, user, ...(isReliable ? { sequence } : {}) });
}

export type UserMessage = {
  readonly index: number;
  readonly sentMs: number;
  readonly byteCount: number;
  readonly sender: string;
};

/** @returns undefined where it is none of ours */
export function readUserPacket(bytes: Uint8Array): UserMessage | undefined {
  const { user, participantIdentity } = livekit.DataPacket.decode(bytes);
  const payload = user?.payload;
  if (!payload || payload.length < USER_HEADER_BYTES) return undefined;
  const view = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
  return {
    index: view.readUInt32BE(0),
    sentMs: view.readDoubleBE(4),
    byteCount: payload.length,
    sender: participantIdentity,
  };
}

/** Header of a byte stream without a known length. */
export function streamHeader(sequence: number, streamId: string): Uint8Array {
  const streamHeader = {
    streamId,
    timestamp: 1_700_000_000_000,
    topic: "bench",
    mimeType: "application/octet-stream",
    byteHeader: { name: "bulk" },
  };
  return encode({ streamHeader, sequence });
}

export function streamChunk(sequence: number, streamId: string, chunkIndex: number): Uint8Array {
  const content = chunkContent(chunkIndex);
  return encode({ streamChunk: { streamId, chunkIndex, content }, sequence });
}

export function streamTrailer(sequence: number, streamId: string): Uint8Array {
  return encode({ streamTrailer: { streamId }, sequence });
}

export function isSame(first: Uint8Array, second: Uint8Array): boolean {
  return Buffer.compare(first, second) === 0;
}
