import { Codec } from "../../wire/rtp/codec.ts";
import { Described } from "../dependency/frame-dependency.ts";
import type { MediaPacket } from "../packet/media-packet.ts";

const NONE = -1;

/**
 * Where the newest key frame of a stream begins, and whether all that followed is there: from it a
 * subscriber that comes late can be served without asking the publisher. Owned by the stream.
 */
export class KeyFrameMark {
  /** Of the first packet, as in `MediaPacket`; negative while there is none. */
  extSn: number = NONE;
  ssrc = 0;
  codec: Codec = Codec.Vp8;
  /** Monotonic ms. */
  arrivalMs: number = Number.NEGATIVE_INFINITY;
  /** Of the payloads of the key frame and of what came after it. */
  bytes = 0;
  /** By its dependency descriptor; negative where the stream has none. */
  frameNumber: number = NONE;
  generation = 0;
  newestExtSn: number = NONE;
  newestExtTs: number = NONE;
  #extTs: number = NONE;
  #packets = 0;

  /** Nothing is missing from the key frame to the newest packet. */
  get isComplete(): boolean {
    return this.extSn >= 0 && this.#packets === this.newestExtSn - this.extSn + 1;
  }

  /** Every packet that goes on to the down tracks, once; late ones too. */
  note(packet: MediaPacket): void {
    const { extSn, extTs } = packet;
    if (!packet.isOutOfOrder) {
      // layers of one picture may each begin with what looks like a key frame
      if (packet.isKeyFrame && extTs !== this.#extTs) this.#start(packet);
      this.newestExtSn = extSn;
      this.newestExtTs = extTs;
    }
    if (this.extSn < 0 || extSn < this.extSn) return;
    this.#packets += 1;
    this.bytes += packet.payloadBytes;
  }

  reset(): void {
    this.extSn = NONE;
    this.arrivalMs = Number.NEGATIVE_INFINITY;
    this.newestExtSn = NONE;
    this.newestExtTs = NONE;
    this.#extTs = NONE;
    this.#packets = 0;
    this.bytes = 0;
  }

  #start({ extSn, extTs, ssrc, codec, arrivalMs, dependency }: MediaPacket): void {
    const isDescribed = dependency.described === Described.Yes;
    this.frameNumber = isDescribed ? dependency.descriptor.extFrameNumber : NONE;
    this.generation = dependency.generation;
    this.extSn = extSn;
    this.ssrc = ssrc;
    this.codec = codec;
    this.arrivalMs = arrivalMs;
    this.#extTs = extTs;
    this.#packets = 0;
    this.bytes = 0;
  }
}
