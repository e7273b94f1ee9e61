import { DropReason } from "../../base/drop-reason.ts";
import type { FrameSizes, PayloadFields } from "./payload-fields.ts";

/** RFC 9628 §4.2.1: at most three references of a flexible-mode picture. */
const REFERENCES_MAX = 3;

/**
 * Reads the payload descriptor of VP9 (RFC 9628 §4.2), flexible mode or not, and the first byte of
 * a frame for the key frame bit.
 *
 *     |I|P|L|F|B|E|V|Z|   required
 *     |M| picture id  |   I, one more byte when M
 *     | TID |U| SID |D|   L
 *     |   TL0PICIDX   |   L and not F
 *     |   P_DIFF    |N|   F and P, up to three
 *     | scalability.. |   V
 */
export function readVp9(
  bytes: Uint8Array,
  offset: number,
  length: number,
  fields: PayloadFields,
  sizes: FrameSizes,
): DropReason {
  const end = offset + length;
  if (length < 1) return DropReason.Truncated;
  const first = bytes[offset]!;
  const isPredicted = (first & 0x40) !== 0;
  const isFlexible = (first & 0x10) !== 0;
  const begins = (first & 0x08) !== 0;
  let at = offset + 1;
  if ((first & 0x80) !== 0) {
    if (at >= end) return DropReason.Truncated;
    const isLong = (bytes[at]! & 0x80) !== 0;
    if (isLong && at + 1 >= end) return DropReason.Truncated;
    fields.pictureIdIsLong = isLong;
    fields.pictureId = isLong ? ((bytes[at]! & 0x7f) << 8) | bytes[at + 1]! : bytes[at]!;
    at += isLong ? 2 : 1;
  }
  if ((first & 0x20) !== 0) {
    if (at + (isFlexible ? 1 : 2) > end) return DropReason.Truncated;
    const layers = bytes[at]!;
    fields.temporalLayer = layers >> 5;
    fields.isSwitchingPoint = (layers & 0x10) !== 0;
    fields.spatialLayer = (layers >> 1) & 0x07;
    at += 1;
    if (!isFlexible) {
      fields.tl0PicIdx = bytes[at]!;
      at += 1;
    }
  }
  if (isFlexible && isPredicted) {
    for (let i = 0; ; i++) {
      if (at >= end) return DropReason.Truncated;
      const hasMore = (bytes[at]! & 0x01) !== 0;
      at += 1;
      if (!hasMore) break;
      if (i === REFERENCES_MAX - 1) return DropReason.Malformed;
    }
  }
  if ((first & 0x02) !== 0) {
    at = readScalability(bytes, at, end, sizes);
    if (at === 0) return DropReason.Truncated;
  }
  fields.isInterPicturePredicted = isPredicted;
  fields.isLayerFrameStart = begins;
  fields.isLayerFrameEnd = (first & 0x04) !== 0;
  fields.isFrameStart = begins;
  fields.isKeyFrame = begins && at < end && isKeyFrameHeader(bytes[at]!);
  return DropReason.None;
}

/** First byte of the uncompressed header (VP9 bitstream §6.2): marker, profile, type. */
function isKeyFrameHeader(byte: number): boolean {
  if (byte >> 6 !== 2) return false;
  // Profile 3 has one reserved bit before show_existing_frame and frame_type.
  return (byte & 0x30) === 0x30 ? (byte & 0x06) === 0 : (byte & 0x0c) === 0;
}

/**
 * The scalability structure (§4.2.1): sizes for all spatial layers, then the picture group.
 *
 * @returns offset after it; 0 when truncated
 */
function readScalability(bytes: Uint8Array, start: number, end: number, sizes: FrameSizes): number {
  if (start >= end) return 0;
  const head = bytes[start]!;
  const layers = (head >> 5) + 1;
  let at = start + 1;
  if ((head & 0x10) !== 0) {
    if (at + layers * 4 > end) return 0;
    for (let i = 0; i < layers; i++) {
      sizes.widths[i] = (bytes[at]! << 8) | bytes[at + 1]!;
      sizes.heights[i] = (bytes[at + 2]! << 8) | bytes[at + 3]!;
      at += 4;
    }
    sizes.count = layers;
  }
  if ((head & 0x08) === 0) return at;
  if (at >= end) return 0;
  const pictures = bytes[at]!;
  at += 1;
  for (let i = 0; i < pictures; i++) {
    if (at >= end) return 0;
    at += 1 + ((bytes[at]! >> 2) & 0x03);
  }
  return at <= end ? at : 0;
}
