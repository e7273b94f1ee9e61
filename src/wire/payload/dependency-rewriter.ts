import { FLAG_BITS, MANDATORY_BYTES } from "./dependency-descriptor.ts";

/** What a rewritten descriptor may have more than the one it was: flags and a mask of 32 bits. */
export const DEPENDENCY_GROWTH_BYTES = 5;

const FLAGS_BIT = MANDATORY_BYTES * 8;
/** active_decode_targets_present_flag, the second of five. */
const HAS_MASK = 0x08;

/**
 * How a dependency descriptor leaves: with another frame number, and maybe another mask of active
 * decode targets. All else is copied bit by bit, so that what the publisher's encoder meant by it
 * stays what it was. One object is filled again for each packet.
 */
export class DependencyRewrite {
  /** false: the packet leaves without a descriptor; the rest means nothing. */
  isPresent = false;
  /** 16 bits. */
  frameNumber = 0;
  /** The mask is written, whether there was one or not; else it stays as it came. */
  hasMask = false;
  /** 32 bits, of which the lowest `targetCount` are written. */
  activeTargets = 0;
  targetCount = 0;
  /** As `DependencyDescriptor` has them, of the descriptor that came. */
  maskBit = 0;
  maskBits = 0;
  endBit = 0;
}

/**
 * Length of the rewritten descriptor.
 *
 * @param length of the one that came
 */
export function rewrittenBytes(length: number, rewrite: DependencyRewrite): number {
  if (!rewrite.hasMask) return length;
  return (rewrite.endBit - rewrite.maskBits + rewrite.targetCount + 7) >> 3;
}

/**
 * Writes the rewritten descriptor (AV1 RTP specification, A.8.2).
 *
 *     | mandatory: frame number | flags | structure | mask | of the frame's own | zeros |
 *
 * @param length of the descriptor that came, at `offset`
 * @returns offset after it
 */
export function writeDependency(
  bytes: Uint8Array,
  offset: number,
  length: number,
  rewrite: DependencyRewrite,
  out: Uint8Array,
  at: number,
): number {
  const end = at + rewrittenBytes(length, rewrite);
  if (rewrite.hasMask) {
    for (let i = at; i < end; i++) out[i] = 0;
    writeExtended(bytes, offset, length, rewrite, out, at);
  } else {
    for (let i = MANDATORY_BYTES; i < length; i++) out[at + i] = bytes[offset + i]!;
  }
  out[at] = bytes[offset]!;
  out[at + 1] = rewrite.frameNumber >> 8;
  out[at + 2] = rewrite.frameNumber;
  return end;
}

/** All behind the mandatory part, into zeros. */
function writeExtended(
  bytes: Uint8Array,
  offset: number,
  length: number,
  rewrite: DependencyRewrite,
  out: Uint8Array,
  at: number,
): void {
  const { maskBit, maskBits, endBit, targetCount } = rewrite;
  const from = offset * 8;
  const flags = length > MANDATORY_BYTES ? bytes[offset + MANDATORY_BYTES]! >> (8 - FLAG_BITS) : 0;
  let to = at * 8 + FLAGS_BIT;
  putBits(out, to, FLAG_BITS, flags | HAS_MASK);
  to += FLAG_BITS;
  const structureBit = FLAGS_BIT + FLAG_BITS;
  to = copyBits(bytes, from + structureBit, maskBit - structureBit, out, to);
  putBits(out, to, targetCount, rewrite.activeTargets);
  to += targetCount;
  copyBits(bytes, from + maskBit + maskBits, endBit - maskBit - maskBits, out, to);
}

/** @returns bit after them in `out` */
function copyBits(
  bytes: Uint8Array,
  fromBit: number,
  count: number,
  out: Uint8Array,
  toBit: number,
): number {
  let from = fromBit;
  let to = toBit;
  let left = count;
  while (left > 0) {
    const width = Math.min(left, 8);
    const index = from >> 3;
    // Sixteen bits hold the eight wanted wherever they begin; past the end nothing is wanted.
    const pair = (bytes[index]! << 8) | (bytes[index + 1] ?? 0);
    putBits(out, to, width, (pair >> (16 - (from & 7) - width)) & ((1 << width) - 1));
    from += width;
    to += width;
    left -= width;
  }
  return to;
}

/** Into zeros. @param width 0..32 */
function putBits(out: Uint8Array, bit: number, width: number, value: number): void {
  let at = bit;
  let left = width;
  while (left > 0) {
    const room = 8 - (at & 7);
    const count = Math.min(left, room);
    const part = (value >>> (left - count)) & ((1 << count) - 1);
    out[at >> 3] = out[at >> 3]! | (part << (room - count));
    at += count;
    left -= count;
  }
}
