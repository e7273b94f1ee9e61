import { DropReason } from "../../base/drop-reason.ts";
import { putU16, putU32, u16, u32 } from "../bytes.ts";
import { ChunkType, DATA_BEGIN } from "./chunk-type.ts";
import { writeChunkHeader } from "./packet.ts";

/** Chunk header, TSN, stream id, stream sequence number, payload protocol id (RFC 9260 §3.3.1). */
export const DATA_HEADER_BYTES = 16;

/**
 * I-DATA instead has stream id, 16 reserved bits, message id, then the payload protocol id in a
 * first fragment and the fragment sequence number in others (RFC 8260 §2.1).
 */
export const I_DATA_HEADER_BYTES = 20;

/** One DATA or I-DATA chunk, read in place; used again for the next. */
export class DataChunk {
  flags = 0;
  tsn = 0;
  streamId = 0;
  /** Of DATA. */
  ssn = 0;
  /** Of I-DATA: message id and fragment sequence number. */
  mid = 0;
  fsn = 0;
  /** Of I-DATA only in the first fragment. */
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

/** @param length the chunk's stated length, known to lie within `bytes` */
export function readInterleavedChunk(
  bytes: Uint8Array,
  offset: number,
  length: number,
  chunk: DataChunk,
): DropReason {
  if (length <= I_DATA_HEADER_BYTES) return DropReason.Truncated;
  const isFirst = (bytes[offset + 1]! & DATA_BEGIN) !== 0;
  const either = u32(bytes, offset + 16);
  chunk.flags = bytes[offset + 1]!;
  chunk.tsn = u32(bytes, offset + 4);
  chunk.streamId = u16(bytes, offset + 8);
  chunk.mid = u32(bytes, offset + 12);
  chunk.ppid = isFirst ? either : 0;
  chunk.fsn = isFirst ? 0 : either;
  chunk.payloadOffset = offset + I_DATA_HEADER_BYTES;
  chunk.payloadBytes = length - I_DATA_HEADER_BYTES;
  return DropReason.None;
}

/**
 * Writes all of an I-DATA chunk but the payload. Returns the payload's offset.
 *
 * @param either payload protocol id in a first fragment, else the fragment sequence number
 */
export function writeInterleavedHeader(
  out: Uint8Array,
  offset: number,
  flags: number,
  tsn: number,
  streamId: number,
  mid: number,
  either: number,
  payloadBytes: number,
): number {
  writeChunkHeader(out, offset, ChunkType.IData, flags, I_DATA_HEADER_BYTES + payloadBytes);
  putU32(out, offset + 4, tsn);
  putU16(out, offset + 8, streamId);
  putU16(out, offset + 10, 0);
  putU32(out, offset + 12, mid);
  putU32(out, offset + 16, either);
  return offset + I_DATA_HEADER_BYTES;
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
