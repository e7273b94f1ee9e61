import { DropReason } from "../../base/drop-reason.ts";
import { RedBlocks, readRed } from "../../wire/payload/red.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import type { MediaPacket } from "../packet/media-packet.ts";

/** Redundancy is taken from blocks up to this far back; senders use one or two. */
const BLOCKS_BACK_MAX = 2;
/** Packets that come later than this are new to us. */
const JUMP_MAX = 8;
/** Packets behind the newest of which it is known whether they went out. */
const HISTORY = 31;

/** Scratch of the thread: filled by `take`, read by the `read` calls that follow. */
const BLOCKS: RedBlocks = new RedBlocks();

/**
 * Turns one track's RED into the plain Opus that is in it (RFC 2198, spec-media 2.13 b). The copies
 * that a packet has of those before it stand in for what was lost. What went out once does not go
 * out again: neither the copies of it nor the packet itself, should it come late.
 */
export class RedDecoder {
  /** -1 before the first packet. */
  #newestSn = -1;
  /** By distance from the newest, one bit each: went out. */
  #taken = 0;
  #highestSn = -1;
  #highestTs = -1;
  /** Blocks that `take` found worth sending, and how far back they are. */
  readonly #indices: Uint8Array = new Uint8Array(BLOCKS_BACK_MAX + 1);
  /** 1: a newer one went out before it. */
  readonly #isLate: Uint8Array = new Uint8Array(BLOCKS_BACK_MAX + 1);
  #count = 0;

  /** A packet of the stream that is plain Opus, and goes out as it is. */
  note(extSn: number): void {
    this.#advance(extSn);
    this.#mark(extSn);
  }

  /** @returns how many plain packets `packet`, which is RED, is worth: 0 to 3, oldest first */
  take(packet: MediaPacket): number {
    this.#count = 0;
    const { bytes, payloadOffset, payloadBytes, extSn } = packet;
    if (readRed(bytes, payloadOffset, payloadBytes, BLOCKS) !== DropReason.None) return 0;
    this.#advance(extSn);
    const { primary } = BLOCKS;
    for (let index = Math.max(primary - BLOCKS_BACK_MAX, 0); index <= primary; index++) {
      const sn = extSn - (primary - index);
      const ts = packet.extTs - BLOCKS.tsOffsets[index]!;
      if (BLOCKS.lengths[index] === 0 || this.#isTaken(sn) || this.#isInverted(sn, ts)) continue;
      this.#mark(sn);
      this.#isLate[this.#count] = sn < this.#highestSn ? 1 : 0;
      this.#indices[this.#count] = index;
      this.#count += 1;
      if (sn > this.#highestSn) this.#highestSn = sn;
      if (ts > this.#highestTs) this.#highestTs = ts;
    }
    return this.#count;
  }

  /**
   * Fills `out` with the packet of number `position`, 0 up to what `take` returned. The header
   * extensions and the marker are those of the RED packet.
   */
  read(position: number, packet: MediaPacket, out: MediaPacket): void {
    const index = this.#indices[position]!;
    out.bytes = packet.bytes;
    out.payloadOffset = BLOCKS.offsets[index]!;
    out.payloadBytes = BLOCKS.lengths[index]!;
    out.codec = Codec.Opus;
    out.payloadType = BLOCKS.payloadTypes[index]!;
    out.marker = packet.marker;
    out.ssrc = packet.ssrc;
    out.extSn = packet.extSn - (BLOCKS.primary - index);
    out.extTs = packet.extTs - BLOCKS.tsOffsets[index]!;
    out.arrivalMs = packet.arrivalMs;
    out.isOutOfOrder = this.#isLate[position] === 1;
    out.captureTimeOffset = packet.captureTimeOffset;
    out.captureTimeBytes = packet.captureTimeBytes;
  }

  #advance(extSn: number): void {
    const distance = extSn - this.#newestSn;
    if (this.#newestSn < 0) {
      // of what was before the beginning nothing is missed
      this.#taken = ~1;
    } else if (distance > JUMP_MAX) {
      this.#taken = 0;
    } else if (distance > 0) {
      this.#taken <<= distance;
    } else {
      return;
    }
    this.#newestSn = extSn;
  }

  #isTaken(extSn: number): boolean {
    const age = this.#newestSn - extSn;
    return age <= HISTORY && ((this.#taken >> age) & 1) === 1;
  }

  #mark(extSn: number): void {
    const age = this.#newestSn - extSn;
    if (age >= 0 && age <= HISTORY) this.#taken |= 1 << age;
  }

  /** Older by its number and newer by its timestamp, or the reverse: a lie of the sender's. */
  #isInverted(extSn: number, extTs: number): boolean {
    if (this.#highestSn < 0) return false;
    return (
      (extSn > this.#highestSn && extTs < this.#highestTs) ||
      (extSn < this.#highestSn && extTs > this.#highestTs)
    );
  }
}

/** Makes plain Opus of a stored RED packet, for a retransmission. @returns false: it is malformed */
export function takePrimary(packet: MediaPacket): boolean {
  const { bytes, payloadOffset, payloadBytes } = packet;
  if (readRed(bytes, payloadOffset, payloadBytes, BLOCKS) !== DropReason.None) return false;
  packet.codec = Codec.Opus;
  packet.payloadType = BLOCKS.payloadTypes[BLOCKS.primary]!;
  packet.payloadOffset = BLOCKS.offsets[BLOCKS.primary]!;
  packet.payloadBytes = BLOCKS.lengths[BLOCKS.primary]!;
  return true;
}
