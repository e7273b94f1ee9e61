import { Codec } from "../../wire/rtp/codec.ts";
import type { MediaSource } from "./media-source.ts";

/** One payload type that the subscriber agreed to. */
export type SendCodec = {
  readonly codec: Codec;
  readonly payloadType: number;
  /** 0: no retransmission stream for it. */
  readonly rtxPayloadType: number;
  readonly fmtp: string;
};

/**
 * Which of the subscriber's payload types a publisher's packet goes out with. The answer for the
 * last kind of packet is kept, as it holds for nearly all of them.
 */
export class SendCodecs {
  readonly #codecs: readonly SendCodec[];
  readonly #source: MediaSource;
  #codec = 0;
  #sourcePayloadType = -1;
  /** -1: the subscriber cannot take it. */
  payloadType = -1;
  rtxPayloadType = 0;
  /** Only the primary block of a RED packet may go out, as plain Opus (RFC 2198). */
  takesPrimaryOnly = false;

  constructor(codecs: readonly SendCodec[], source: MediaSource) {
    this.#codecs = codecs;
    this.#source = source;
  }

  /** Leaves the answer in the fields. */
  choose(codec: Codec, sourcePayloadType: number): void {
    if (codec === this.#codec && sourcePayloadType === this.#sourcePayloadType) return;
    this.#codec = codec;
    this.#sourcePayloadType = sourcePayloadType;
    this.takesPrimaryOnly = false;
    let chosen = this.#find(codec, sourcePayloadType);
    if (chosen === undefined && codec === Codec.Red) {
      chosen = this.#find(Codec.Opus, sourcePayloadType);
      this.takesPrimaryOnly = chosen !== undefined;
    }
    this.payloadType = chosen?.payloadType ?? -1;
    this.rtxPayloadType = chosen?.rtxPayloadType ?? 0;
  }

  /** Of several formats of one codec the one most like the publisher's. */
  #find(codec: Codec, sourcePayloadType: number): SendCodec | undefined {
    const wanted = this.#source.fmtpOf(codec, sourcePayloadType);
    let best: SendCodec | undefined;
    let bestScore = -1;
    for (const candidate of this.#codecs) {
      if (candidate.codec !== codec) continue;
      const score = likeness(wanted, candidate.fmtp);
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }
}

/** Parameters that make streams of one codec incompatible, with what they are when absent. */
const FORMAT_PARAMETERS: readonly (readonly [string, string])[] = [
  // RFC 6184 §8.1
  ["packetization-mode", "0"],
  ["profile-level-id", "42"],
  // RFC 9628 §6, AV1 RTP §7.2
  ["profile-id", "0"],
  ["profile", "0"],
];

function likeness(a: string, b: string): number {
  if (a === b) return FORMAT_PARAMETERS.length + 1;
  let score = 0;
  for (const [name, absent] of FORMAT_PARAMETERS) {
    // Of H.264's profile-level-id the first byte, the profile: levels and constraints are fuzzy.
    if (parameterOf(a, name, absent).slice(0, 2) === parameterOf(b, name, absent).slice(0, 2)) {
      score += 1;
    }
  }
  return score;
}

function parameterOf(fmtp: string, name: string, absent: string): string {
  for (const part of fmtp.split(";")) {
    const [key, value] = part.split("=");
    if (key?.trim().toLowerCase() === name) return (value ?? "").trim().toLowerCase();
  }
  return absent;
}
