import { DropReason } from "../../base/drop-reason.ts";
import { putU16, u16 } from "../bytes.ts";

/** Without extensions. */
export const DATA_TRACK_HEADER_BYTES = 12;

const VERSION_SHIFT = 5;
const SUPPORTED_VERSION = 0;
const EXTENSIONS_FLAG = 0x04;
const HANDLE_OFFSET = 2;
const WORD_BYTES = 4;
/** Of the field that states the extensions' length; it counts as a part of them. */
const WORDS_BYTES = 2;
/** Id and length of one extension. */
const EXTENSION_HEADER_BYTES = 2;
const PADDING_ID = 0;

/** In which packet an extension id was seen last; so that nothing is cleared between packets. */
const seenIn = new Float64Array(256);
let packetNumber = 0;

/**
 * Whether a message is a data track packet (spec-signalling 9.7).
 *
 * ```text
 *  0                   1                   2                   3
 * |V    |S|F|X|   reserved        | handle                        |
 * | sequence number               | frame number                  |
 * | timestamp, 90 kHz                                             |
 * | words of extensions, if X     | id, length, data; padding ... |
 * ```
 *
 * The extensions take (words + 1) * 4 bytes, the field itself included, and end with the first id 0.
 * An id that comes twice makes the packet invalid.
 *
 * @param length of the packet, from the start of `bytes` on
 */
export function checkDataTrackPacket(bytes: Uint8Array, length: number): DropReason {
  if (length < DATA_TRACK_HEADER_BYTES) return DropReason.Truncated;
  const first = bytes[0]!;
  if (first >>> VERSION_SHIFT !== SUPPORTED_VERSION) return DropReason.Unsupported;
  if ((first & EXTENSIONS_FLAG) === 0) return DropReason.None;
  if (length < DATA_TRACK_HEADER_BYTES + WORDS_BYTES) return DropReason.Truncated;
  const words = u16(bytes, DATA_TRACK_HEADER_BYTES) + 1;
  const end = DATA_TRACK_HEADER_BYTES + words * WORD_BYTES;
  if (end > length) return DropReason.Truncated;
  return checkExtensions(bytes, DATA_TRACK_HEADER_BYTES + WORDS_BYTES, end);
}

/** Each id at most once, so that a packet costs no more than 255 steps. */
function checkExtensions(bytes: Uint8Array, start: number, end: number): DropReason {
  packetNumber += 1;
  for (let offset = start; offset < end; ) {
    const id = bytes[offset]!;
    if (id === PADDING_ID) return DropReason.None;
    if (offset + EXTENSION_HEADER_BYTES > end) return DropReason.Malformed;
    if (seenIn[id] === packetNumber) return DropReason.Malformed;
    seenIn[id] = packetNumber;
    offset += EXTENSION_HEADER_BYTES + bytes[offset + 1]!;
    if (offset > end) return DropReason.Malformed;
  }
  return DropReason.None;
}

/**
 * The track that a packet is of: 1..65535, unique for its sender; 0 is nobody's.
 *
 * @param bytes a packet that was checked
 */
export function dataTrackHandle(bytes: Uint8Array): number {
  return u16(bytes, HANDLE_OFFSET);
}

/** Makes the packet one of the track that the receiver knows by this handle; the rest stays. */
export function putDataTrackHandle(bytes: Uint8Array, handle: number): void {
  putU16(bytes, HANDLE_OFFSET, handle);
}
