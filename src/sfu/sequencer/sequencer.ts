import { diff16 } from "../../base/serial.ts";
import { DependencySlots } from "../dependency/dependency-slots.ts";
import type { Translation } from "../forwarder/translation.ts";

/** Answers to one subscriber's asking for one packet. */
const ANSWERS_MAX = 3;
/** A second answer is given so long after the first, at most. */
const GUARD_MAX_MS = 100;
/**
 * Of a round trip: what is asked for again sooner was asked before the answer could be there. The
 * first asking is answered at once (spec-media 5.3 has it wait twice the round trip, counted from the
 * packet itself): a receiver can only miss what a later packet told it of, and what comes 100 ms later
 * it has often given up.
 */
const GUARD_ROUND_TRIPS = 0.8;
/** So many round trips after the last answer, who asks for it has not got it. */
const ARRIVAL_ROUND_TRIPS = 1.5;
/** Slots at the beginning: a second of sound in frames of 20 ms. */
const SLOTS_FIRST = 64;
/** What left within this time is remembered, as long as there may be more slots; ms. */
const KEEP_MS = 1_000;

/** Words of a slot: outgoing number, timestamp, time, source's number, all low 32 bits. */
const TIMESTAMP = 1;
const LAST_MS = 2;
const SOURCE_SN = 3;
/** Flags, length of the descriptor and its first two bytes; then the other four. */
const FLAGS = 4;
const DESCRIPTOR = 5;
const WORDS = 6;
const FLAGS_MASK = 0xff;

const MARKER_FLAG = 0x04;
const LAYER_MASK = 0x03;
/** Asked for before, whether that was answered or taken back. */
const ASKED_FLAG = 0x08;
const COUNT_SHIFT = 4;

/** Results of `find` below zero: no packet is sent again. */
export const NACK_UNKNOWN = -1;
export const NACK_TOO_SOON = -2;
export const NACK_TOO_OFTEN = -3;
/** As NACK_TOO_OFTEN, and the last answer had time to arrive: it did not. */
export const NACK_UNANSWERABLE = -4;

/**
 * Remembers how the newest packets left, so that one that a subscriber lost can be found at the
 * publisher and sent once more as it was (spec-media 5.3). A ring by outgoing number; when it is
 * full the oldest goes. It begins small and doubles when what goes has left within the last second: the
 * publisher's side keeps no more of a stream (`PacketMemory`).
 */
export class Sequencer {
  readonly #slotsMax: number;
  #mask: number;
  /**
   * WORDS for each slot. Numbers of a stream start above 0, so 0 is an empty slot. The time is that of
   * the last answer, or of the packet itself; whole ms. Flags: bits 0-1 spatial layer of the stream,
   * 2 marker, 3 asked for, 4-5 answers given.
   */
  #words: Uint32Array;
  /** Absent until a packet leaves with a dependency descriptor. */
  #dependencies: DependencySlots | undefined;
  #newest = 0;
  #lastSourceSn = 0;

  /** @param slotsMax a power of two */
  constructor(slotsMax: number) {
    this.#slotsMax = slotsMax;
    const slots = Math.min(SLOTS_FIRST, slotsMax);
    this.#mask = slots - 1;
    this.#words = new Uint32Array(slots * WORDS);
  }

  /** Forgets everything: the source's numbers mean something else from now on. */
  clear(): void {
    this.#words.fill(0);
  }

  /** @param streamLayer which of the publisher's streams has the packet, 0..2 */
  push(nowMs: number, sourceExtSn: number, streamLayer: number, sent: Translation): void {
    const outSn = sent.outSn;
    if (outSn > this.#newest) this.#newest = outSn;
    else if (outSn <= this.#newest - this.#mask - 1) return;
    while (this.#isTaken(nowMs, outSn)) this.#grow();
    const slot = outSn & this.#mask;
    const words = this.#words;
    const at = slot * WORDS;
    const { descriptor, descriptorBytes } = sent;
    const flags = streamLayer | (sent.marker ? MARKER_FLAG : 0);
    words[at] = outSn;
    words[at + TIMESTAMP] = sent.outTs;
    words[at + LAST_MS] = nowMs;
    words[at + SOURCE_SN] = sourceExtSn;
    words[at + FLAGS] = flags;
    this.#lastSourceSn = sourceExtSn;
    if (sent.dependency.isPresent) this.#dependencies ??= new DependencySlots(this.#mask + 1);
    this.#dependencies?.put(slot, sent.dependency);
    if (descriptorBytes === 0) return;
    words[at + FLAGS] =
      flags | (descriptorBytes << 8) | (descriptor[0]! << 16) | (descriptor[1]! << 24);
    words[at + DESCRIPTOR] =
      descriptor[2]! | (descriptor[3]! << 8) | (descriptor[4]! << 16) | (descriptor[5]! << 24);
  }

  /** The slot of this number has another that left a moment ago, and there may be more slots. */
  #isTaken(nowMs: number, outSn: number): boolean {
    const at = (outSn & this.#mask) * WORDS;
    const kept = this.#words[at]!;
    if (kept === 0 || (nowMs - this.#words[at + LAST_MS]!) >>> 0 >= KEEP_MS) return false;
    return kept !== outSn >>> 0 && this.#mask + 1 < this.#slotsMax;
  }

  #grow(): void {
    const before = this.#words;
    const count = this.#mask + 1;
    const mask = 2 * count - 1;
    const words = new Uint32Array(2 * count * WORDS);
    const dependencies =
      this.#dependencies === undefined ? undefined : new DependencySlots(2 * count);
    for (let from = 0; from < count; from++) {
      const outSn = before[from * WORDS]!;
      if (outSn === 0) continue;
      const to = outSn & mask;
      for (let i = 0; i < WORDS; i++) words[to * WORDS + i] = before[from * WORDS + i]!;
      dependencies?.take(to, this.#dependencies!, from);
    }
    this.#mask = mask;
    this.#words = words;
    this.#dependencies = dependencies;
  }

  /**
   * Looks up a packet that the subscriber asks for, and counts the answer.
   *
   * @param sn as in the NACK, 16 bits
   * @returns its slot, for the getters below; or NACK_UNKNOWN, NACK_TOO_SOON, NACK_TOO_OFTEN,
   *   NACK_UNANSWERABLE
   */
  find(nowMs: number, sn: number, rttMs: number): number {
    const outSn = this.#extended(sn);
    const slot = outSn & this.#mask;
    const words = this.#words;
    const at = slot * WORDS;
    if (outSn <= 0 || words[at] !== outSn >>> 0) return NACK_UNKNOWN;
    const flags = words[at + FLAGS]!;
    const answers = (flags & FLAGS_MASK) >> COUNT_SHIFT;
    const sinceMs = (nowMs - words[at + LAST_MS]!) >>> 0;
    if (answers >= ANSWERS_MAX) {
      return sinceMs > ARRIVAL_ROUND_TRIPS * rttMs ? NACK_UNANSWERABLE : NACK_TOO_OFTEN;
    }
    const guardMs = Math.min(GUARD_MAX_MS, GUARD_ROUND_TRIPS * rttMs);
    if ((flags & ASKED_FLAG) !== 0 && sinceMs <= guardMs) return NACK_TOO_SOON;
    words[at + FLAGS] = (flags + (1 << COUNT_SHIFT)) | ASKED_FLAG;
    words[at + LAST_MS] = nowMs;
    return slot;
  }

  /** The slot of a number that `find` has just found, whatever it answered. */
  slotOf(sn: number): number {
    return this.#extended(sn) & this.#mask;
  }

  /** The extended number that is nearest to the newest. */
  #extended(sn: number): number {
    return this.#newest + diff16(sn, this.#newest & 0xffff);
  }

  /** The extended number that is kept in a slot, low 32 bits. */
  outSn(slot: number): number {
    return this.#words[slot * WORDS]!;
  }

  /** The answer that `find` counted is not given. The next one has to wait all the same. */
  takeBack(slot: number): void {
    const at = slot * WORDS + FLAGS;
    this.#words[at] = this.#words[at]! - (1 << COUNT_SHIFT);
  }

  /**
   * Looks up one of the newest packets, without counting an answer.
   *
   * @param back 0: the newest number; 1: the one before it
   * @returns its slot, or NACK_UNKNOWN
   */
  findNewest(back: number): number {
    const outSn = this.#newest - back;
    const slot = outSn & this.#mask;
    return outSn > 0 && this.#words[slot * WORDS] === outSn >>> 0 ? slot : NACK_UNKNOWN;
  }

  /** The extended number at the publisher that is nearest to the one noted last. */
  sourceExtSn(slot: number): number {
    const last = this.#lastSourceSn;
    return last + ((this.#words[slot * WORDS + SOURCE_SN]! - last) | 0);
  }

  /** Answers given so far, the present one included. */
  answerCount(slot: number): number {
    return (this.#words[slot * WORDS + FLAGS]! & FLAGS_MASK) >> COUNT_SHIFT;
  }

  streamLayer(slot: number): number {
    return this.#words[slot * WORDS + FLAGS]! & LAYER_MASK;
  }

  /** Fills `sent` with how the packet left. */
  readSent(slot: number, sent: Translation): void {
    const words = this.#words;
    const at = slot * WORDS;
    const first = words[at + FLAGS]!;
    sent.outSn = words[at]!;
    sent.outTs = words[at + TIMESTAMP]!;
    sent.marker = (first & MARKER_FLAG) !== 0;
    sent.isSwitch = false;
    sent.descriptorBytes = (first >>> 8) & 0xff;
    if (this.#dependencies === undefined) sent.dependency.isPresent = false;
    else this.#dependencies.read(slot, sent.dependency);
    if (sent.descriptorBytes === 0) return;
    const { descriptor } = sent;
    descriptor[0] = first >>> 16;
    descriptor[1] = first >>> 24;
    const rest = words[at + DESCRIPTOR]!;
    for (let i = 0; i < 4; i++) descriptor[2 + i] = rest >>> (8 * i);
  }
}
