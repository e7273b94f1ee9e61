import { DropReason } from "../../base/drop-reason.ts";
import { RTP_HEADER_BYTES } from "./srtp-cipher.ts";

/**
 * How much of an RTP packet SRTP leaves readable: fixed header, CSRCs, extension (RFC 3711 §3.1).
 *
 * @param end offset behind the last byte that may belong to the header
 * @returns length in bytes, or minus a DropReason
 */
export function rtpHeaderLength(bytes: Uint8Array, offset: number, end: number): number {
  if (end - offset < RTP_HEADER_BYTES) return -DropReason.Truncated;
  const first = bytes[offset]!;
  if (first >> 6 !== 2) return -DropReason.Malformed;
  let length = RTP_HEADER_BYTES + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    const at = offset + length;
    if (at + 4 > end) return -DropReason.Truncated;
    length += 4 + ((bytes[at + 2]! << 8) | bytes[at + 3]!) * 4;
  }
  return offset + length > end ? -DropReason.Truncated : length;
}
