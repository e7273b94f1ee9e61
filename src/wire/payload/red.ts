import { DropReason } from "../../base/drop-reason.ts";

/** Redundant blocks and the primary; senders use two or three. */
export const RED_BLOCKS_MAX = 8;

/**
 * The blocks of a RED payload (RFC 2198 §3), oldest first, the primary last. One object is filled
 * again for each packet.
 *
 *     |1| block PT    |  timestamp offset, 14 bits |  length, 10 bits |   each redundant block
 *     |0| block PT    |                                                   the primary
 */
export class RedBlocks {
  /** The primary included; 0 after a refusal. */
  count = 0;
  readonly payloadTypes: Uint8Array = new Uint8Array(RED_BLOCKS_MAX);
  /** How much older than the packet's timestamp; 0 for the primary. */
  readonly tsOffsets: Uint16Array = new Uint16Array(RED_BLOCKS_MAX);
  /** Where each block is in the bytes that were read. */
  readonly offsets: Uint32Array = new Uint32Array(RED_BLOCKS_MAX);
  readonly lengths: Uint16Array = new Uint16Array(RED_BLOCKS_MAX);

  /** Index of the primary block. */
  get primary(): number {
    return this.count - 1;
  }
}

/** Splits a RED payload into its blocks, without copying. */
export function readRed(
  bytes: Uint8Array,
  offset: number,
  length: number,
  blocks: RedBlocks,
): DropReason {
  blocks.count = 0;
  const end = offset + length;
  let at = offset;
  let count = 0;
  let redundantBytes = 0;
  for (;;) {
    if (at >= end) return DropReason.Truncated;
    if (count === RED_BLOCKS_MAX) return DropReason.Malformed;
    const head = bytes[at]!;
    blocks.payloadTypes[count] = head & 0x7f;
    if ((head & 0x80) === 0) break;
    if (at + 4 > end) return DropReason.Truncated;
    blocks.tsOffsets[count] = (bytes[at + 1]! << 6) | (bytes[at + 2]! >> 2);
    const blockBytes = ((bytes[at + 2]! & 0x03) << 8) | bytes[at + 3]!;
    blocks.lengths[count] = blockBytes;
    redundantBytes += blockBytes;
    count += 1;
    at += 4;
  }
  at += 1;
  if (at + redundantBytes > end) return DropReason.Truncated;
  for (let i = 0; i < count; i++) {
    blocks.offsets[i] = at;
    at += blocks.lengths[i]!;
  }
  blocks.tsOffsets[count] = 0;
  blocks.offsets[count] = at;
  blocks.lengths[count] = end - at;
  blocks.count = count + 1;
  return DropReason.None;
}
