import { putU32 } from "../../wire/bytes.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { MediaPacket } from "../packet/media-packet.ts";
import type { MediaSource } from "./media-source.ts";
import { copyBytes } from "./rtp-writer.ts";

/** Copies of earlier packets in one packet: two losses in a row are repaired. */
const BLOCKS_BACK_MAX = 2;
/** RFC 2198 §3: 14 bits of timestamp offset, 10 of length. */
const TS_OFFSET_END = 1 << 14;
const BLOCK_BYTES_END = 1 << 10;
const BLOCK_HEAD_BYTES = 4;
/** With headers and protection a packet stays below the usual path MTU. */
const PAYLOAD_BYTES_MAX = 1_400;

/**
 * Makes RED of plain Opus (RFC 2198, spec-media 2.13 a): each packet carries the two before it. They
 * are read from the publisher's store, so nothing is kept here but the last result: many subscribers
 * are sent the same packet one after the other.
 */
class RedEncoder {
  /** The payload of the packet that was encoded last. */
  readonly bytes: Uint8Array = new Uint8Array(PAYLOAD_BYTES_MAX);
  #length = 0;
  /** The memory of the publisher's stream tells it from others. */
  #store: Uint8Array | undefined;
  #extSn = -1;
  #ssrc = -1;
  #payloadType = -1;
  #arrivalMs = -1;
  readonly #earlier: readonly MediaPacket[] = [new MediaPacket(), new MediaPacket()];

  /**
   * @param payloadType of Opus, as the subscriber knows it
   * @returns length of the payload in `bytes`; 0: the packet is too long, and has to go as it is
   */
  encode(source: MediaSource, packet: MediaPacket, payloadType: number): number {
    const isSame =
      packet.extSn === this.#extSn &&
      packet.ssrc === this.#ssrc &&
      packet.arrivalMs === this.#arrivalMs &&
      payloadType === this.#payloadType &&
      packet.bytes === this.#store;
    if (isSame) return this.#length;
    this.#extSn = packet.extSn;
    this.#ssrc = packet.ssrc;
    this.#arrivalMs = packet.arrivalMs;
    this.#payloadType = payloadType;
    this.#store = packet.bytes;
    this.#length = this.#write(source, packet, payloadType);
    return this.#length;
  }

  #write(source: MediaSource, packet: MediaPacket, payloadType: number): number {
    if (packet.payloadBytes >= BLOCK_BYTES_END) return 0;
    let total = 1 + packet.payloadBytes;
    for (let back = 1; back <= BLOCKS_BACK_MAX; back++) {
      const earlier = this.#earlier[back - 1]!;
      if (!isBlock(source, packet, back, earlier)) earlier.payloadBytes = 0;
      else total += BLOCK_HEAD_BYTES + earlier.payloadBytes;
    }
    const out = this.bytes;
    const oldest = total > PAYLOAD_BYTES_MAX ? 0 : BLOCKS_BACK_MAX;
    let end = 0;
    for (let back = oldest; back > 0; back--) {
      const earlier = this.#earlier[back - 1]!;
      if (earlier.payloadBytes === 0) continue;
      const tsOffset = packet.extTs - earlier.extTs;
      putU32(out, end, ((0x80 | payloadType) << 24) | (tsOffset << 10) | earlier.payloadBytes);
      end += BLOCK_HEAD_BYTES;
    }
    out[end++] = payloadType;
    for (let back = oldest; back > 0; back--) end = putPayload(this.#earlier[back - 1]!, out, end);
    return putPayload(packet, out, end);
  }
}

/** Reads an earlier packet. @returns whether it can be a redundant block of this one */
function isBlock(
  source: MediaSource,
  packet: MediaPacket,
  back: number,
  earlier: MediaPacket,
): boolean {
  if (!source.readForRetransmission(0, packet.extSn - back, earlier)) return false;
  const tsOffset = packet.extTs - earlier.extTs;
  return (
    earlier.codec === Codec.Opus &&
    earlier.payloadBytes > 0 &&
    earlier.payloadBytes < BLOCK_BYTES_END &&
    tsOffset > 0 &&
    tsOffset < TS_OFFSET_END
  );
}

function putPayload(packet: MediaPacket, out: Uint8Array, at: number): number {
  return copyBytes(packet.bytes, packet.payloadOffset, packet.payloadBytes, out, at);
}

/** One for each thread. */
export const RED_ENCODER: RedEncoder = new RedEncoder();
