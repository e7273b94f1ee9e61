import { BitReader } from "./bit-reader.ts";
import type { FrameSizes, PayloadFields } from "./payload-fields.ts";

/** NAL unit types (H.264 table 7-1, RFC 6184 §5.2). */
const Nalu = { Sps: 7, StapA: 24, StapB: 25, Mtap16: 26, Mtap24: 27, FuA: 28, FuB: 29 } as const;

const reader = new BitReader();

/**
 * Finds the start of a key frame in an H.264 payload (RFC 6184): a sequence parameter set, alone,
 * in an aggregation packet or at the start of a fragmentation unit. Its size is read too, except
 * from a fragment. What cannot be read is no key frame; the packet goes on all the same.
 */
export function readH264(
  bytes: Uint8Array,
  offset: number,
  length: number,
  fields: PayloadFields,
  sizes: FrameSizes,
): void {
  if (length < 1) return;
  const type = bytes[offset]! & 0x1f;
  switch (type) {
    case Nalu.Sps:
      fields.isKeyFrame = true;
      readSps(bytes, offset, length, sizes);
      return;
    case Nalu.StapA:
      readAggregate(bytes, offset + 1, offset + length, 0, fields, sizes);
      return;
    case Nalu.StapB:
      readAggregate(bytes, offset + 3, offset + length, 0, fields, sizes);
      return;
    case Nalu.Mtap16:
      readAggregate(bytes, offset + 3, offset + length, 3, fields, sizes);
      return;
    case Nalu.Mtap24:
      readAggregate(bytes, offset + 3, offset + length, 4, fields, sizes);
      return;
    case Nalu.FuA:
    case Nalu.FuB: {
      if (length < 2) return;
      const header = bytes[offset + 1]!;
      const isStart = (header & 0x80) !== 0;
      // Further fragments begin nothing.
      fields.isFrameStart = isStart;
      fields.isKeyFrame = isStart && (header & 0x1f) === Nalu.Sps;
      return;
    }
    default:
      return;
  }
}

/** @param skip bytes between the size of a unit and the unit itself */
function readAggregate(
  bytes: Uint8Array,
  start: number,
  end: number,
  skip: number,
  fields: PayloadFields,
  sizes: FrameSizes,
): void {
  let at = start;
  while (at + 2 + skip < end) {
    const size = (bytes[at]! << 8) | bytes[at + 1]!;
    at += 2 + skip;
    if (size === 0 || at + size > end) return;
    if ((bytes[at]! & 0x1f) === Nalu.Sps) {
      fields.isKeyFrame = true;
      readSps(bytes, at, size, sizes);
    }
    at += size;
  }
}

/** Profiles whose parameter sets tell the chroma format (H.264 §7.3.2.1.1). */
function hasChromaFormat(profile: number): boolean {
  switch (profile) {
    case 100:
    case 110:
    case 122:
    case 244:
    case 44:
    case 83:
    case 86:
    case 118:
    case 128:
    case 138:
    case 139:
    case 134:
    case 135:
      return true;
    default:
      return false;
  }
}

/** H.264 §7.3.2.1.1, up to the cropping rectangle. */
function readSps(bytes: Uint8Array, offset: number, length: number, sizes: FrameSizes): void {
  reader.startNalu(bytes, offset + 1, length - 1);
  const profile = reader.bits(8);
  reader.skip(16);
  reader.ue();
  let chromaFormat = 1;
  if (hasChromaFormat(profile)) {
    chromaFormat = reader.ue();
    if (chromaFormat === 3) reader.skip(1);
    reader.ue();
    reader.ue();
    reader.skip(1);
    if (reader.flag()) skipScalingMatrix(chromaFormat === 3 ? 12 : 8);
  }
  reader.ue();
  const orderType = reader.ue();
  if (orderType === 0) {
    reader.ue();
  } else if (orderType === 1) {
    reader.skip(1);
    reader.ue();
    reader.ue();
    const cycle = reader.ue();
    for (let i = 0; i < cycle && !reader.isPastEnd; i++) reader.ue();
  }
  reader.ue();
  reader.skip(1);
  const widthMbs = reader.ue() + 1;
  const heightUnits = reader.ue() + 1;
  const isFrameOnly = reader.flag();
  if (!isFrameOnly) reader.skip(1);
  reader.skip(1);
  const fieldFactor = isFrameOnly ? 1 : 2;
  let width = widthMbs * 16;
  let height = heightUnits * 16 * fieldFactor;
  if (reader.flag()) {
    const unitX = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
    const unitY = (chromaFormat === 1 ? 2 : 1) * fieldFactor;
    width -= (reader.ue() + reader.ue()) * unitX;
    height -= (reader.ue() + reader.ue()) * unitY;
  }
  if (!reader.isPastEnd) sizes.set(width, height);
}

function skipScalingMatrix(lists: number): void {
  for (let i = 0; i < lists && !reader.isPastEnd; i++) {
    if (!reader.flag()) continue;
    let last = 8;
    let next = 8;
    for (let left = i < 6 ? 16 : 64; left > 0 && !reader.isPastEnd; left--) {
      if (next !== 0) next = (last + reader.se() + 256) & 255;
      last = next === 0 ? last : next;
    }
  }
}
