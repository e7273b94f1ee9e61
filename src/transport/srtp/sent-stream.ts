import { estimateIndex } from "./packet-index.ts";

/** How far behind the newest packet a late one may still be sent, in packets. A power of two. */
export const LATE_PACKETS_MAX = 2048;
/** How many of the newest packets can be sent again. A power of two. */
export const REPEAT_PACKETS_MAX = 512;
/** A packet index has 48 bits. */
const INDEX_MAX = 2 ** 48 - 1;
const NOTHING_SENT = -1;
const LATE_MASK = LATE_PACKETS_MAX - 1;
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
 * §9.1). So each index is given out once, whatever the numbers that come in: a bitmap behind the
 * highest, as receivers keep against replays. Where packets are to be sent again under their own
 * number their tags are kept as well: equal tags, equal packets.
 */
export class SentStream {
  /** Highest index that was claimed. */
  #highest = NOTHING_SENT;
  /** Nothing up to here may be claimed. */
  #floor = NOTHING_SENT;
  /** One bit for each index, by index modulo the window: claimed. Allocated at the first packet. */
  #claimed: Int32Array = NO_WORDS;
  /** The end of the sealed packet, by index modulo their number. Empty until one is kept. */
  #tags: Int32Array = NO_WORDS;

  /** As the receiver will guess it: it knows of no other index than those sent. */
  estimate(sn: number): number {
    return estimateIndex(this.#highest, sn);
  }

  claim(index: number): Claim {
    const highest = this.#highest;
    if (index > highest) {
      if (index > INDEX_MAX) return Claim.Refused;
      this.#advance(index);
      this.#mark(index);
      return Claim.Fresh;
    }
    if (index <= this.#floor || index <= highest - LATE_PACKETS_MAX) return Claim.Refused;
    const bit = index & LATE_MASK;
    if (((this.#claimed[bit >> 5]! >> (bit & 31)) & 1) === 1) return Claim.Used;
    this.#mark(index);
    return Claim.Fresh;
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
    this.#floor = this.#highest;
    this.#claimed = NO_WORDS;
    this.#tags = NO_WORDS;
  }

  /** Indices that are skipped may still come late. */
  #advance(index: number): void {
    if (this.#claimed.length === 0) {
      this.#claimed = new Int32Array(LATE_PACKETS_MAX / 32);
    } else if (index - this.#highest >= LATE_PACKETS_MAX) {
      this.#claimed.fill(0);
    } else {
      for (let skipped = this.#highest + 1; skipped <= index; skipped++) {
        const bit = skipped & LATE_MASK;
        this.#claimed[bit >> 5] = this.#claimed[bit >> 5]! & ~(1 << (bit & 31));
      }
    }
    this.#highest = index;
  }

  #mark(index: number): void {
    const bit = index & LATE_MASK;
    this.#claimed[bit >> 5] = this.#claimed[bit >> 5]! | (1 << (bit & 31));
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
