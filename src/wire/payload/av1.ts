import type { PayloadFields } from "./payload-fields.ts";

/** OBU types (AV1 §6.2.2). */
const Obu = { SequenceHeader: 1, TemporalDelimiter: 2, FrameHeader: 3, Frame: 6 } as const;

/**
 * Finds the start of a key frame in an AV1 payload (AV1 RTP specification §4.4): a new coded video
 * sequence, its sequence header first, and in the same packet the header of a shown key frame.
 *
 *     |Z|Y| W |N|-|-|-|   aggregation header
 */
export function readAv1(
  bytes: Uint8Array,
  offset: number,
  length: number,
  fields: PayloadFields,
): void {
  if (length < 1) return;
  const head = bytes[offset]!;
  const continues = (head & 0x80) !== 0;
  const elements = (head >> 4) & 0x03;
  fields.isFrameStart = !continues;
  if (continues || (head & 0x08) === 0) return;
  const end = offset + length;
  let at = offset + 1;
  let hasSequence = false;
  for (let i = 1; at < end; i++) {
    let size = end - at;
    if (elements === 0 || i < elements) {
      const sizeBytes = leb128Bytes(bytes, at, end);
      if (sizeBytes === 0) return;
      size = leb128(bytes, at, sizeBytes);
      at += sizeBytes;
      if (size > end - at) return;
    }
    if (size > 0) {
      const type = (bytes[at]! >> 3) & 0x0f;
      if (!hasSequence) {
        if (type !== Obu.SequenceHeader && type !== Obu.TemporalDelimiter) return;
        hasSequence = type === Obu.SequenceHeader;
      } else if (type === Obu.FrameHeader || type === Obu.Frame) {
        fields.isKeyFrame = isKeyFrameHeader(bytes, at, at + size);
        return;
      }
    }
    at += size;
    if (elements !== 0 && i === elements) return;
  }
}

/** show_existing_frame 0 and frame_type KEY_FRAME (AV1 §5.9.2) behind the OBU header. */
function isKeyFrameHeader(bytes: Uint8Array, offset: number, end: number): boolean {
  const head = bytes[offset]!;
  let at = offset + 1;
  if ((head & 0x04) !== 0) at += 1;
  if ((head & 0x02) !== 0) {
    const sizeBytes = leb128Bytes(bytes, at, end);
    if (sizeBytes === 0) return false;
    at += sizeBytes;
  }
  return at < end && bytes[at]! >> 5 === 0;
}

/** How many bytes a LEB128 number has; 0 when it is cut or longer than eight. */
function leb128Bytes(bytes: Uint8Array, offset: number, end: number): number {
  for (let i = 0; i < 8 && offset + i < end; i++) {
    if ((bytes[offset + i]! & 0x80) === 0) return i + 1;
  }
  return 0;
}

function leb128(bytes: Uint8Array, offset: number, count: number): number {
  let value = 0;
  for (let i = count - 1; i >= 0; i--) value = value * 128 + (bytes[offset + i]! & 0x7f);
  return value;
}
