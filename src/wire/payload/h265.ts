import { BitReader } from "./bit-reader.ts";
import type { FrameSizes, PayloadFields } from "./payload-fields.ts";

/** NAL unit types (H.265 table 7-1, RFC 7798 §4.4). */
const Nalu = { TsaN: 2, StsaR: 5, Sps: 33, Pps: 34, Aggregation: 48, Fragment: 49 } as const;

const reader = new BitReader();

/**
 * Finds the start of a key frame in an H.265 payload (RFC 7798): a sequence or picture parameter
 * set, alone, in an aggregation packet or at the start of a fragment; and the temporal layer, and
 * whether it can be gone up to here, which temporal sub-layer access pictures say (H.265 §7.4.2.2).
 *
 *     |F|   type    |  layer id | TID |   payload header
 */
export function readH265(
  bytes: Uint8Array,
  offset: number,
  length: number,
  fields: PayloadFields,
  sizes: FrameSizes,
): void {
  if (length < 2) return;
  const type = (bytes[offset]! >> 1) & 0x3f;
  const temporalPlus1 = bytes[offset + 1]! & 0x07;
  fields.temporalLayer = temporalPlus1 === 0 ? 0 : temporalPlus1 - 1;
  if (type === Nalu.Fragment) {
    if (length < 3) return;
    const header = bytes[offset + 2]!;
    const isStart = (header & 0x80) !== 0;
    fields.isFrameStart = isStart;
    fields.isKeyFrame = isStart && isParameterSet(header & 0x3f);
    fields.isSwitchingPoint = isAccessPicture(header & 0x3f);
    return;
  }
  if (type !== Nalu.Aggregation) {
    readUnit(bytes, offset, length, fields, sizes);
    return;
  }
  const end = offset + length;
  let at = offset + 2;
  while (at + 2 < end) {
    const size = (bytes[at]! << 8) | bytes[at + 1]!;
    at += 2;
    if (size < 2 || at + size > end) return;
    readUnit(bytes, at, size, fields, sizes);
    at += size;
  }
}

function isAccessPicture(type: number): boolean {
  return type >= Nalu.TsaN && type <= Nalu.StsaR;
}

function isParameterSet(type: number): boolean {
  return type === Nalu.Sps || type === Nalu.Pps;
}

function readUnit(
  bytes: Uint8Array,
  offset: number,
  length: number,
  fields: PayloadFields,
  sizes: FrameSizes,
): void {
  const type = (bytes[offset]! >> 1) & 0x3f;
  if (isAccessPicture(type)) fields.isSwitchingPoint = true;
  if (!isParameterSet(type)) return;
  fields.isKeyFrame = true;
  if (type === Nalu.Sps) readSps(bytes, offset, length, sizes);
}

/** H.265 §7.3.2.2.1, up to the conformance window. */
function readSps(bytes: Uint8Array, offset: number, length: number, sizes: FrameSizes): void {
  reader.startNalu(bytes, offset + 2, length - 2);
  reader.skip(4);
  const subLayers = reader.bits(3);
  reader.skip(1);
  skipProfileTierLevel(subLayers);
  reader.ue();
  const chromaFormat = reader.ue();
  if (chromaFormat === 3) reader.skip(1);
  let width = reader.ue();
  let height = reader.ue();
  if (reader.flag()) {
    const unitX = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
    const unitY = chromaFormat === 1 ? 2 : 1;
    width -= (reader.ue() + reader.ue()) * unitX;
    height -= (reader.ue() + reader.ue()) * unitY;
  }
  if (!reader.isPastEnd) sizes.set(width, height);
}

/** H.265 §7.3.3, with the general profile present. */
function skipProfileTierLevel(subLayers: number): void {
  reader.skip(96);
  let present = 0;
  for (let i = 0; i < subLayers; i++) present |= reader.bits(2) << (2 * i);
  if (subLayers > 0) reader.skip(2 * (8 - subLayers));
  for (let i = 0; i < subLayers; i++) {
    const flags = (present >> (2 * i)) & 3;
    if ((flags & 2) !== 0) reader.skip(88);
    if ((flags & 1) !== 0) reader.skip(8);
  }
}
