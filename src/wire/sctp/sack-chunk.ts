import { putU16, putU32, u16, u32 } from "../bytes.ts";
import { ChunkType } from "./chunk-type.ts";
import { writeChunkHeader } from "./packet.ts";

/**
 * Chunk header, cumulative TSN, receiver window, counts; then gap blocks, then duplicate TSNs,
 * 4 bytes each (RFC 9260 §3.3.4).
 */
export const SACK_HEADER_BYTES = 16;
export const SACK_ENTRY_BYTES = 4;

export function readSackCumulativeTsn(bytes: Uint8Array, offset: number): number {
  return u32(bytes, offset + 4);
}

export function readSackRwnd(bytes: Uint8Array, offset: number): number {
  return u32(bytes, offset + 8);
}

export function readSackGapCount(bytes: Uint8Array, offset: number): number {
  return u16(bytes, offset + 12);
}

/** First TSN of a gap block, relative to the cumulative TSN; at least 2 in an honest SACK. */
export function readSackGapStart(bytes: Uint8Array, offset: number, index: number): number {
  return u16(bytes, offset + SACK_HEADER_BYTES + index * SACK_ENTRY_BYTES);
}

/** Last TSN of a gap block, relative to the cumulative TSN. */
export function readSackGapEnd(bytes: Uint8Array, offset: number, index: number): number {
  return u16(bytes, offset + SACK_HEADER_BYTES + index * SACK_ENTRY_BYTES + 2);
}

/** Writes header and counts; gap blocks and duplicates have been written behind them. */
export function writeSackHeader(
  out: Uint8Array,
  offset: number,
  cumulativeTsn: number,
  rwndBytes: number,
  gapCount: number,
  duplicateCount: number,
): number {
  const length = SACK_HEADER_BYTES + (gapCount + duplicateCount) * SACK_ENTRY_BYTES;
  writeChunkHeader(out, offset, ChunkType.Sack, 0, length);
  putU32(out, offset + 4, cumulativeTsn);
  putU32(out, offset + 8, rwndBytes);
  putU16(out, offset + 12, gapCount);
  putU16(out, offset + 14, duplicateCount);
  return offset + length;
}

/** FORWARD-TSN: chunk header, new cumulative TSN; then stream id and SSN pairs (RFC 3758 §3.2). */
export const FORWARD_TSN_HEADER_BYTES = 8;
export const FORWARD_TSN_ENTRY_BYTES = 4;

/** I-FORWARD-TSN: entries are stream id, flags and message id instead (RFC 8260 §2.3.1). */
export const I_FORWARD_TSN_ENTRY_BYTES = 8;
export const I_FORWARD_TSN_UNORDERED = 1;

/** Writes the header; the entries have been written behind it. Returns the chunk's end. */
export function writeForwardTsnHeader(
  out: Uint8Array,
  offset: number,
  type: typeof ChunkType.ForwardTsn | typeof ChunkType.IForwardTsn,
  cumulativeTsn: number,
  entriesBytes: number,
): number {
  const length = FORWARD_TSN_HEADER_BYTES + entriesBytes;
  writeChunkHeader(out, offset, type, 0, length);
  putU32(out, offset + 4, cumulativeTsn);
  return offset + length;
}
