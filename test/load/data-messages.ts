import { livekit } from "../../src/gen/livekit.js";
import { chunkContent } from "./chunk-pattern.ts";

function encode(packet: livekit.IDataPacket): Uint8Array {
  return livekit.DataPacket.encode(packet).finish();
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
