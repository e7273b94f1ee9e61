import { Codec, clockHzOf } from "../../wire/rtp/codec.ts";

/** One codec of a media section, as negotiated with the publisher. */
export type StreamCodec = {
  readonly codec: Codec;
  readonly payloadType: number;
  /** 0: no retransmission stream. */
  readonly rtxPayloadType: number;
  readonly fmtp: string;
  readonly hasNack: boolean;
  readonly hasPli: boolean;
};

const PAYLOAD_TYPES = 128;

/** Codecs by payload type, for a look-up per packet. */
export class CodecTable {
  readonly #byPayloadType: (StreamCodec | undefined)[];
  readonly #byRtxPayloadType: (StreamCodec | undefined)[];
  readonly list: readonly StreamCodec[];

  constructor(codecs: readonly StreamCodec[]) {
    this.list = codecs;
    this.#byPayloadType = new Array<StreamCodec | undefined>(PAYLOAD_TYPES).fill(undefined);
    this.#byRtxPayloadType = new Array<StreamCodec | undefined>(PAYLOAD_TYPES).fill(undefined);
    for (const codec of codecs) {
      this.#byPayloadType[codec.payloadType & 127] = codec;
      if (codec.rtxPayloadType !== 0) this.#byRtxPayloadType[codec.rtxPayloadType & 127] = codec;
    }
  }

  /** @param payloadType 0..127 */
  find(payloadType: number): StreamCodec | undefined {
    return this.#byPayloadType[payloadType];
  }

  /** Format parameters of a codec under that payload type; "" when it is none. */
  fmtpOf(codec: Codec, payloadType: number): string {
    const found = this.#byPayloadType[payloadType & 127];
    return found !== undefined && found.codec === codec ? found.fmtp : "";
  }

  /** The codec whose packets are repeated with this payload type (RFC 4588 §8.6). */
  findRtx(payloadType: number): StreamCodec | undefined {
    return this.#byRtxPayloadType[payloadType];
  }

  /** All codecs of a section that we forward have the same clock, but for G.711. */
  get clockHz(): number {
    return clockHzOf(this.list[0]?.codec ?? Codec.Opus);
  }
}

/** NACK makes no sense for RED, which repairs itself (spec-media 2.8). */
export function wantsNack(codec: StreamCodec): boolean {
  return codec.hasNack && codec.codec !== Codec.Red;
}
