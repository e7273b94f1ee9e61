import { livekit } from "../../src/gen/livekit.js";

/** Of a chunk's content, as livekit-client and the native clients cut streams. */
export const CHUNK_BYTES = 15_000;
/** Number and time in front of what a user packet carries. */
export const USER_HEADER_BYTES = 12;
const PATTERN_BYTES = 1 << 20;
const PATTERN_STEP = 4099;

const PATTERN: Buffer = Buffer.alloc(PATTERN_BYTES + CHUNK_BYTES);
for (let i = 0, state = 1; i < PATTERN.length; i++) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  PATTERN[i] = state >>> 24;
}

/** What is in a chunk of that number: any other chunk's content is told from it. */
export function chunkContent(index: number): Buffer {
  const at = (index * PATTERN_STEP) % PATTERN_BYTES;
  return PATTERN.subarray(at, at + CHUNK_BYTES);
}

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
