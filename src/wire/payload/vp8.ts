import { DropReason } from "../../base/drop-reason.ts";
import type { FrameSizes, PayloadFields } from "./payload-fields.ts";

/**
 * Reads the payload descriptor of VP8 (RFC 7741 §4.2) and, in a packet that begins a frame, the
 * frame tag (§4.3) for the key frame bit and the size.
 *
 *     |X|R|N|S|R| PID |   required
 *     |I|L|T|K|  RSV  |   X
 *     |M| picture id  |   I, one more byte when M
 *     |   TL0PICIDX   |   L
 *     |TID|Y| KEYIDX  |   T or K
 *
 * @returns Truncated, or Malformed when TL0PICIDX comes without TID
 */
export function readVp8(
  bytes: Uint8Array,
  offset: number,
  length: number,
  fields: PayloadFields,
  sizes: FrameSizes,
): DropReason {
  const end = offset + length;
  if (length < 1) return DropReason.Truncated;
  const first = bytes[offset]!;
  let at = offset + 1;
  if ((first & 0x80) !== 0) {
    if (at >= end) return DropReason.Truncated;
    const present = bytes[at]!;
    const hasTid = (present & 0x20) !== 0;
    const hasKeyIdx = (present & 0x10) !== 0;
    at += 1;
    if ((present & 0x80) !== 0) {
      if (at >= end) return DropReason.Truncated;
      const isLong = (bytes[at]! & 0x80) !== 0;
      if (isLong && at + 1 >= end) return DropReason.Truncated;
      fields.pictureIdIsLong = isLong;
      fields.pictureId = isLong ? ((bytes[at]! & 0x7f) << 8) | bytes[at + 1]! : bytes[at]!;
      at += isLong ? 2 : 1;
    }
    if ((present & 0x40) !== 0) {
      if (!hasTid) return DropReason.Malformed;
      if (at >= end) return DropReason.Truncated;
      fields.tl0PicIdx = bytes[at]!;
      at += 1;
    }
    if (hasTid || hasKeyIdx) {
      if (at >= end) return DropReason.Truncated;
      const byte = bytes[at]!;
      if (hasTid) {
        fields.temporalLayer = byte >> 6;
        fields.isSwitchingPoint = (byte & 0x20) !== 0;
      }
      if (hasKeyIdx) fields.keyIdx = byte & 0x1f;
      at += 1;
    }
  }
  fields.descriptorBytes = at - offset;
  const startsPartition = (first & 0x10) !== 0;
  fields.isFrameStart = startsPartition && (first & 0x07) === 0;
  if (!startsPartition || at >= end || (bytes[at]! & 0x01) !== 0) return DropReason.None;
  fields.isKeyFrame = true;
  if (at + 10 > end) return DropReason.None;
  if (bytes[at + 3] !== 0x9d || bytes[at + 4] !== 0x01 || bytes[at + 5] !== 0x2a) {
    return DropReason.None;
  }
  // The two upper bits of each are a scaling hint.
  sizes.set(
    bytes[at + 6]! | ((bytes[at + 7]! & 0x3f) << 8),
    bytes[at + 8]! | ((bytes[at + 9]! & 0x3f) << 8),
  );
  return DropReason.None;
}
