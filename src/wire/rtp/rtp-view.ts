import { DropReason } from "../../base/drop-reason.ts";
import { u32 } from "../bytes.ts";

/** RFC 3550 §5.1: the fixed header. */
export const RTP_HEADER_BYTES = 12;
const ONE_BYTE_PROFILE = 0xbede;
const TWO_BYTE_PROFILE = 0x1000;
const TWO_BYTE_PROFILE_MASK = 0xfff0;

/**
 * Where things are in one RTP packet. One object is filled again for each packet: what `readRtp`
 * leaves in it holds until the next call.
 *
 *     0                   1                   2                   3
 *    |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *    |                           timestamp                           |
 *    |                             SSRC                              |
 *    |  CSRC list (CC), extension block (X), payload, padding (P)    |
 */
export class RtpView {
  bytes: Uint8Array = new Uint8Array(0);
  /** Of the whole packet, header and padding included. */
  length = 0;
  marker = false;
  payloadType = 0;
  sn = 0;
  ts = 0;
  ssrc = 0;
  /** Where the elements of the extension block begin; 0 when there is none. */
  extensionOffset = 0;
  extensionBytes = 0;
  /** RFC 8285 §4.3: two-byte element headers instead of one-byte ones. */
  extensionTwoByte = false;
  payloadOffset = 0;
  /** Without padding. */
  payloadBytes = 0;
  paddingBytes = 0;
  /** Length of the element that `findExtension` found last. */
  elementBytes = 0;
}

/**
 * Reads the header of an RTP packet (RFC 3550 §5.1, RFC 8285). Does not look at the payload.
 *
 * @param length of the packet; `bytes` may be longer
 * @returns DropReason.None, Truncated or Malformed; the view is undefined after a refusal
 */
export function readRtp(bytes: Uint8Array, length: number, view: RtpView): DropReason {
  return readRtpAt(bytes, 0, length, view);
}

/** As `readRtp`, for a packet that begins at `start`. All offsets in the view count from 0. */
export function readRtpAt(
  bytes: Uint8Array,
  start: number,
  length: number,
  view: RtpView,
): DropReason {
  const end = start + length;
  if (length < RTP_HEADER_BYTES || end > bytes.length) return DropReason.Truncated;
  const first = bytes[start]!;
  if (first >> 6 !== 2) return DropReason.Malformed;
  const second = bytes[start + 1]!;
  let offset = start + RTP_HEADER_BYTES + (first & 0x0f) * 4;
  view.bytes = bytes;
  view.length = length;
  view.marker = second >= 128;
  view.payloadType = second & 0x7f;
  view.sn = (bytes[start + 2]! << 8) | bytes[start + 3]!;
  view.ts = u32(bytes, start + 4);
  view.ssrc = u32(bytes, start + 8);
  view.extensionOffset = 0;
  view.extensionBytes = 0;
  view.extensionTwoByte = false;
  if ((first & 0x10) !== 0) {
    if (offset + 4 > end) return DropReason.Truncated;
    const profile = (bytes[offset]! << 8) | bytes[offset + 1]!;
    const extensionBytes = ((bytes[offset + 2]! << 8) | bytes[offset + 3]!) * 4;
    offset += 4;
    if (offset + extensionBytes > end) return DropReason.Truncated;
    const twoByte = (profile & TWO_BYTE_PROFILE_MASK) === TWO_BYTE_PROFILE;
    if (twoByte || profile === ONE_BYTE_PROFILE) {
      view.extensionOffset = offset;
      view.extensionBytes = extensionBytes;
      view.extensionTwoByte = twoByte;
    }
    offset += extensionBytes;
  }
  if (offset > end) return DropReason.Truncated;
  let padding = 0;
  if ((first & 0x20) !== 0) {
    padding = bytes[end - 1]!;
    if (padding === 0 || offset + padding > end) return DropReason.Malformed;
  }
  view.payloadOffset = offset;
  view.payloadBytes = end - offset - padding;
  view.paddingBytes = padding;
  return DropReason.None;
}

/**
 * Looks an extension element up (RFC 8285 §4.2, §4.3).
 *
 * @param id 1..14 for one-byte headers, 1..255 for two-byte ones; 0 finds nothing
 * @returns offset of its data in `view.bytes`, its length in `view.elementBytes`; 0 when absent
 */
export function findExtension(view: RtpView, id: number): number {
  if (view.extensionOffset === 0 || id === 0) return 0;
  const bytes = view.bytes;
  const end = view.extensionOffset + view.extensionBytes;
  let offset = view.extensionOffset;
  while (offset < end) {
    const head = bytes[offset]!;
    if (head === 0) {
      offset += 1;
      continue;
    }
    let elementId: number;
    let elementBytes: number;
    if (view.extensionTwoByte) {
      if (offset + 2 > end) return 0;
      elementId = head;
      elementBytes = bytes[offset + 1]!;
      offset += 2;
    } else {
      elementId = head >> 4;
      if (elementId === 15) return 0;
      elementBytes = (head & 0x0f) + 1;
      offset += 1;
    }
    if (offset + elementBytes > end) return 0;
    if (elementId === id) {
      view.elementBytes = elementBytes;
      return offset;
    }
    offset += elementBytes;
  }
  return 0;
}
