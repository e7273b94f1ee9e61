import { DropReason } from "../../base/drop-reason.ts";
import { estimateIndex } from "./packet-index.ts";
import { rtpHeaderLength } from "./rtp-header-length.ts";
import { LATE_PACKETS_MAX, SkippedIndices } from "./skipped-indices.ts";
import type { SrtpCipher } from "./srtp-cipher.ts";

/** How many of the newest packets can be sent again. A power of two. */
export const REPEAT_PACKETS_MAX = 512;
/** A packet index has 48 bits. */
const INDEX_MAX = 2 ** 48 - 1;
const NOTHING_SENT = -1;
const REPEAT_MASK = REPEAT_PACKETS_MAX - 1;
const TAG_WORDS = 2;
const NO_WORDS: Int32Array = new Int32Array(0);

/** What `SentStream.claim` says about a packet index. */
export const Claim = {
  /** Never used before, and from now on it is. */
  Fresh: 0,
  /** Used: the packet may leave if it comes out as it did then, which `isRepeat` tells. */
  Used: 1,
  /** Too far behind to know whether it was used, or past the last index of a key. */
  Refused: 2,
} as const;
export type Claim = (typeof Claim)[keyof typeof Claim];

/**
 * Which packet indices of one SSRC have been sealed. The index makes the nonce, and with two
 * contents under one nonce the key that authenticates can be computed (RFC 7714 §9.1, RFC 3711
 * §9.1). So each index is given out once, whatever the numbers that come in. Where packets are to be
 * sent again under their own number their tags are kept as well: equal tags, equal packets.
 *
 * Belongs to the cipher whose nonces it counts: with no other can it protect a packet.
 *
 * In a fan-out every packet meets another one of these, out of memory that has gone cold. Six fields
 * make an object of 64 bytes, one cache line, and a packet in its turn needs no more.
 */
export class SentStream {
  readonly #ssrc: number;
  readonly #cipher: SrtpCipher;
  /** Highest index that was claimed. */
  #highest = NOTHING_SENT;
  /**
   * A number: all from there to the highest were claimed, none below was. Mostly so, and then there
   * is nothing to keep a book of.
   */
  #behind: number | SkippedIndices = 0;
  /** The end of the sealed packet, by index modulo their number. Empty until one is kept. */
  #tags: Int32Array = NO_WORDS;
  #refusedCount = 0;

  /** @param ssrc as a signed 32-bit number */
  constructor(ssrc: number, cipher: SrtpCipher) {
    this.#ssrc = ssrc;
    this.#cipher = cipher;
  }

  get refusedCount(): number {
    return this.#refusedCount;
  }

  /**
   * As `SrtpSender.protectRtp`, for whoever has looked the stream up before.
   *
   * @returns beyond those: minus DropReason.Unknown when the packet has another SSRC
   */
  protectRtp(bytes: Uint8Array, offset: number, length: number, isRepeatable: boolean): number {
    const headerLength = rtpHeaderLength(bytes, offset, offset + length);
    if (headerLength < 0) return headerLength;
    if (wordAt(bytes, offset + 8) !== this.#ssrc) return this.#refuse(DropReason.Unknown);
    const sn = (bytes[offset + 2]! << 8) | bytes[offset + 3]!;
    const index = this.estimate(sn);
    const claim = this.claim(index);
    if (claim === Claim.Refused) return this.#refuse(DropReason.TooOld);
    if (claim === Claim.Used && !this.canRepeat(index)) return this.#refuse(DropReason.Duplicate);
    const roc = (index - sn) / 65_536;
    const sealed = this.#cipher.sealRtp(bytes, offset, headerLength, length, roc);
    if (claim === Claim.Used) {
      const isRepeat = this.isRepeat(index, bytes, offset + sealed);
      return isRepeat ? sealed : this.#refuse(DropReason.Duplicate);
    }
    if (isRepeatable) this.keep(index, bytes, offset + sealed);
    return sealed;
  }

  /** As the receiver will guess it: it knows of no other index than those sent. */
  estimate(sn: number): number {
    return estimateIndex(this.#highest, sn);
  }

  claim(index: number): Claim {
    const highest = this.#highest;
    if (index === highest + 1 && typeof this.#behind === "number" && index <= INDEX_MAX) {
      this.#highest = index;
      return Claim.Fresh;
    }
    if (index > INDEX_MAX) return Claim.Refused;
    return index > highest ? this.#claimNew(index) : this.#claimOld(index);
  }

  /** Keeps what is needed to send the packet of this index again. `end`: of the sealed packet. */
  keep(index: number, bytes: Uint8Array, end: number): void {
    if (index <= this.#highest - REPEAT_PACKETS_MAX) return;
    if (this.#tags.length === 0) this.#tags = new Int32Array(REPEAT_PACKETS_MAX * TAG_WORDS);
    const at = (index & REPEAT_MASK) * TAG_WORDS;
    this.#tags[at] = wordAt(bytes, end - 8);
    this.#tags[at + 1] = wordAt(bytes, end - 4);
  }

  /** Whether what was kept of a used index allows to compare at all. */
  canRepeat(index: number): boolean {
    return this.#tags.length !== 0 && index > this.#highest - REPEAT_PACKETS_MAX;
  }

  /** Whether the packet sealed anew, up to `end`, is the one that left with this index. */
  isRepeat(index: number, bytes: Uint8Array, end: number): boolean {
    const at = (index & REPEAT_MASK) * TAG_WORDS;
    return (
      this.#tags[at] === wordAt(bytes, end - 8) && this.#tags[at + 1] === wordAt(bytes, end - 4)
    );
  }

  /** Nothing more is to come; if it does, then above what was sent. Gives the memory back. */
  retire(): void {
    this.#behind = SkippedIndices.after(this.#highest);
    this.#tags = NO_WORDS;
  }

  /** Indices that are skipped may still come late. */
  #claimNew(index: number): Claim {
    const highest = this.#highest;
    this.#highest = index;
    if (highest === NOTHING_SENT && typeof this.#behind === "number") {
      this.#behind = index;
      return Claim.Fresh;
    }
    const skipped = this.#skipped(highest);
    skipped.advance(highest, index);
    if (index - skipped.newest >= LATE_PACKETS_MAX) this.#behind = skipped.newest + 1;
    return Claim.Fresh;
  }

  #claimOld(index: number): Claim {
    const highest = this.#highest;
    if (index <= highest - LATE_PACKETS_MAX) return Claim.Refused;
    const behind = this.#behind;
    if (typeof behind === "number" && index >= behind) return Claim.Used;
    const skipped = this.#skipped(highest);
    if (index <= skipped.floor) return Claim.Refused;
    return skipped.take(index) ? Claim.Fresh : Claim.Used;
  }

  #skipped(highest: number): SkippedIndices {
    if (typeof this.#behind === "number") {
      this.#behind = SkippedIndices.below(this.#behind, highest);
    }
    return this.#behind;
  }

  #refuse(reason: DropReason): number {
    this.#refusedCount += 1;
    return -reason;
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
