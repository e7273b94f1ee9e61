import { Codec, clockHzOf } from "../../wire/rtp/codec.ts";
import type { MediaSource } from "./media-source.ts";

/** One payload type that the subscriber agreed to. */
export type SendCodec = {
  readonly codec: Codec;
  readonly payloadType: number;
  /** 0: no retransmission stream for it. */
  readonly rtxPayloadType: number;
  readonly fmtp: string;
};

/** How the codecs of a track may be turned into one another on the way. */
export type SendCodecOptions = {
  /** End-to-end encrypted: nothing can be taken apart or put together. */
  readonly isEncrypted: boolean;
  /** Plain Opus leaves as RED where the subscriber takes it. */
  readonly encodesRed: boolean;
};

const AS_PUBLISHED: SendCodecOptions = { isEncrypted: false, encodesRed: false };

/** How packets of one payload type of the publisher's go out. */
type Choice = {
  readonly codec: Codec;
  readonly sent: SendCodec | undefined;
  readonly takesPrimaryOnly: boolean;
  readonly redPayloadType: number;
};

/**
 * Which of the subscriber's payload types a publisher's packet goes out with. The answer for the
 * last kind of packet is at hand, as it holds for nearly all of them. Those for others are kept by
 * payload type: finding one compares texts, and a publisher may go from one to another with each
 * packet.
 */
export class SendCodecs {
  readonly #codecs: readonly SendCodec[];
  readonly source: MediaSource;
  readonly #options: SendCodecOptions;
  #codec: Codec | 0 = 0;
  #sourcePayloadType = -1;
  /** By the publisher's payload type, 0..127. */
  readonly #choices: (Choice | undefined)[] = [];
  /** -1: the subscriber cannot take it. */
  payloadType = -1;
  rtxPayloadType = 0;
  /** Only what is in a RED packet may go out, as plain Opus (RFC 2198). */
  takesPrimaryOnly = false;
  /** Of plain Opus that goes out as RED; -1: it goes out as it is. */
  redPayloadType = -1;
  /** It can mend some loss by itself (RFC 7587 §6.1, `useinbandfec`). */
  hasFec = false;

  constructor(
    codecs: readonly SendCodec[],
    source: MediaSource,
    options: SendCodecOptions = AS_PUBLISHED,
  ) {
    this.#codecs = codecs;
    this.source = source;
    this.#options = options;
  }

  /** Of the packets that leave; 0 before the first was chosen for. */
  get sentCodec(): Codec | 0 {
    if (this.takesPrimaryOnly) return Codec.Opus;
    return this.redPayloadType >= 0 ? Codec.Red : this.#codec;
  }

  /** Of the packets that leave, or would first. */
  get clockHz(): number {
    return clockHzOf(this.sentCodec || (this.#codecs[0]?.codec ?? Codec.Opus));
  }

  /** The publisher's payload types mean something else from now on. */
  reset(): void {
    this.#codec = 0;
    this.#sourcePayloadType = -1;
    this.#choices.length = 0;
  }

  /** Leaves the answer in the fields. */
  choose(codec: Codec, sourcePayloadType: number): void {
    if (codec === this.#codec && sourcePayloadType === this.#sourcePayloadType) return;
    this.#codec = codec;
    this.#sourcePayloadType = sourcePayloadType;
    let choice = this.#choices[sourcePayloadType];
    if (choice === undefined || choice.codec !== codec) {
      choice = this.#choiceFor(codec, sourcePayloadType);
      if (sourcePayloadType >= 0) this.#choices[sourcePayloadType] = choice;
    }
    const { sent } = choice;
    this.takesPrimaryOnly = choice.takesPrimaryOnly;
    this.redPayloadType = choice.redPayloadType;
    this.payloadType = sent?.payloadType ?? -1;
    this.rtxPayloadType = sent?.rtxPayloadType ?? 0;
    this.hasFec = sent?.fmtp.includes("useinbandfec=1") ?? false;
  }

  #choiceFor(codec: Codec, sourcePayloadType: number): Choice {
    const { isEncrypted, encodesRed } = this.#options;
    let sent = this.#find(codec, sourcePayloadType);
    let takesPrimaryOnly = false;
    let redPayloadType = -1;
    if (sent === undefined && codec === Codec.Red && !isEncrypted) {
      sent = this.#find(Codec.Opus, sourcePayloadType);
      takesPrimaryOnly = sent !== undefined;
    } else if (codec === Codec.Opus && encodesRed && !isEncrypted) {
      const canCarry = sent !== undefined && !this.source.carries(Codec.Red);
      redPayloadType = canCarry ? (this.#find(Codec.Red, -1)?.payloadType ?? -1) : -1;
    }
    return { codec, sent, takesPrimaryOnly, redPayloadType };
  }

  /**
   * Chooses before there is a packet: the first codec that both sides have.
   *
   * @returns false when there is none
   */
  chooseFirst(): boolean {
    const { isEncrypted } = this.#options;
    for (const { codec } of this.#codecs) {
      const isInside = codec === Codec.Opus && !isEncrypted && this.source.carries(Codec.Red);
      if (!this.source.carries(codec) && !isInside) continue;
      this.choose(codec, -1);
      return true;
    }
    return false;
  }

  /** Of several formats of one codec the one most like the publisher's. */
  #find(codec: Codec, sourcePayloadType: number): SendCodec | undefined {
    const wanted = this.source.fmtpOf(codec, sourcePayloadType);
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
