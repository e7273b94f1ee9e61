import { putU16, putU32, u16 } from "../bytes.ts";
import { CRC32C_START, crc32c, updateCrc32c } from "./crc32c.ts";

/**
 * ```text
 *  0                   1                   2                   3
 * |       source port (16)        |     destination port (16)     |
 * |                     verification tag (32)                     |
 * |            CRC32c, least significant byte first               |
 * |  chunk type   |  chunk flags  |  chunk length, header incl.   |
 * |  chunk value, padded to 4 ...
 * ```
 * RFC 9260 §3.
 */
export const PACKET_HEADER_BYTES = 12;
export const CHUNK_HEADER_BYTES = 4;

const CHECKSUM_OFFSET = 8;
const ZEROS = new Uint8Array(4);

/** Writes the common header with a zero checksum. */
export function writePacketHeader(
  out: Uint8Array,
  sourcePort: number,
  destinationPort: number,
  tag: number,
): void {
  putU16(out, 0, sourcePort);
  putU16(out, 2, destinationPort);
  putU32(out, 4, tag);
  putU32(out, CHECKSUM_OFFSET, 0);
}

/** Fills in the checksum of a packet whose checksum field is zero. */
export function writeChecksum(out: Uint8Array, length: number): void {
  fillInChecksum(out, crc32c(out, 0, length));
}

/** @param crc any integer with these low 32 bits */
export function fillInChecksum(out: Uint8Array, crc: number): void {
  out[CHECKSUM_OFFSET] = crc;
  out[CHECKSUM_OFFSET + 1] = crc >>> 8;
  out[CHECKSUM_OFFSET + 2] = crc >>> 16;
  out[CHECKSUM_OFFSET + 3] = crc >>> 24;
}

/** True for a packet that leaves the checksum out (RFC 9653). */
export function hasZeroChecksum(bytes: Uint8Array): boolean {
  return (bytes[8]! | bytes[9]! | bytes[10]! | bytes[11]!) === 0;
}

/** @param bytes at least PACKET_HEADER_BYTES of a whole packet */
export function isChecksumRight(bytes: Uint8Array): boolean {
  let crc = updateCrc32c(CRC32C_START, bytes, 0, CHECKSUM_OFFSET);
  crc = updateCrc32c(crc, ZEROS, 0, ZEROS.length);
  crc = ~updateCrc32c(crc, bytes, PACKET_HEADER_BYTES, bytes.length - PACKET_HEADER_BYTES);
  const stated = bytes[8]! | (bytes[9]! << 8) | (bytes[10]! << 16) | (bytes[11]! << 24);
  return crc === stated;
}

/** Chunk length as stated, header included and padding left out; checked by the caller. */
export function chunkLength(bytes: Uint8Array, offset: number): number {
  return u16(bytes, offset + 2);
}

/** Writes a chunk header. Returns the offset of the value. */
export function writeChunkHeader(
  out: Uint8Array,
  offset: number,
  type: number,
  flags: number,
  length: number,
): number {
  out[offset] = type;
  out[offset + 1] = flags;
  putU16(out, offset + 2, length);
  return offset + CHUNK_HEADER_BYTES;
}

/** Zeroes the padding after a chunk or parameter that ends at `end`. Returns the padded end. */
export function writePadding(out: Uint8Array, end: number): number {
  let offset = end;
  while (offset & 3) out[offset++] = 0;
  return offset;
}
