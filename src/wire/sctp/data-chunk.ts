import { DropReason } from "../../base/drop-reason.ts";
import { putU16, putU32, u16, u32 } from "../bytes.ts";
import { ChunkType } from "./chunk-type.ts";
import { writeChunkHeader } from "./packet.ts";

/** Chunk header, TSN, stream id, stream sequence number, payload protocol id (RFC 9260 §3.3.1). */
export const DATA_HEADER_BYTES = 16;

/** One DATA chunk, read in place; used again for the next. */
export class DataChunk {
  flags = 0;
  tsn = 0;
  streamId = 0;
  ssn = 0;
  ppid = 0;
  payloadOffset = 0;
  payloadBytes = 0;
}

/** @param length the chunk's stated length, known to lie within `bytes` */
export function readDataChunk(
  bytes: Uint8Array,
  offset: number,
  length: number,
  chunk: DataChunk,
): DropReason {
  if (length <= DATA_HEADER_BYTES) return DropReason.Truncated; // no user data: an error, §6.2
  chunk.flags = bytes[offset + 1]!;
  chunk.tsn = u32(bytes, offset + 4);
  chunk.streamId = u16(bytes, offset + 8);
  chunk.ssn = u16(bytes, offset + 10);
  chunk.ppid = u32(bytes, offset + 12);
  chunk.payloadOffset = offset + DATA_HEADER_BYTES;
  chunk.payloadBytes = length - DATA_HEADER_BYTES;
  return DropReason.None;
}

/** Writes all but the payload. Returns the payload's offset. */
export function writeDataHeader(
  out: Uint8Array,
  offset: number,
  flags: number,
  tsn: number,
  streamId: number,
  ssn: number,
  ppid: number,
  payloadBytes: number,
): number {
  writeChunkHeader(out, offset, ChunkType.Data, flags, DATA_HEADER_BYTES + payloadBytes);
  putU32(out, offset + 4, tsn);
  putU16(out, offset + 8, streamId);
  putU16(out, offset + 10, ssn);
  putU32(out, offset + 12, ppid);
  return offset + DATA_HEADER_BYTES;
}
