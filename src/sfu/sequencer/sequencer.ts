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
const DESCRIPTOR_SLOT_BYTES = 8;

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
 * full the oldest goes. Allocates nothing after the constructor.
 */
export class Sequencer {
  readonly #mask: number;
  /** Low 32 bits of the outgoing number. Numbers of a stream start above 0, so 0 is an empty slot. */
  readonly #outSns: Uint32Array;
  readonly #sourceSns: Float64Array;
  readonly #timestamps: Uint32Array;
  /** Time of the last answer, or of the packet itself; whole ms, low 32 bits. */
  readonly #lastMs: Uint32Array;
  /** Bits 0-1 spatial layer of the stream, 2 marker, 3 asked for, 4-5 answers given. */
  readonly #flags: Uint8Array;
  /** Length of the descriptor, then its bytes. Empty for codecs whose payload leaves as it is. */
  #descriptors: Uint8Array = new Uint8Array(0);
  /** Absent until a packet leaves with a dependency descriptor. */
  #dependencies: DependencySlots | undefined;
  #newest = 0;

  /** @param slotCount a power of two */
  constructor(slotCount: number) {
    this.#mask = slotCount - 1;
    this.#outSns = new Uint32Array(slotCount);
    this.#sourceSns = new Float64Array(slotCount);
    this.#timestamps = new Uint32Array(slotCount);
    this.#lastMs = new Uint32Array(slotCount);
    this.#flags = new Uint8Array(slotCount);
  }

  /** Forgets everything: the source's numbers mean something else from now on. */
  clear(): void {
    this.#outSns.fill(0);
  }

  /** @param streamLayer which of the publisher's streams has the packet, 0..2 */
  push(nowMs: number, sourceExtSn: number, streamLayer: number, sent: Translation): void {
    const outSn = sent.outSn;
    if (outSn > this.#newest) this.#newest = outSn;
    else if (outSn <= this.#newest - this.#mask - 1) return;
    const slot = outSn & this.#mask;
    this.#outSns[slot] = outSn;
    this.#sourceSns[slot] = sourceExtSn;
    this.#timestamps[slot] = sent.outTs;
    this.#lastMs[slot] = nowMs;
    this.#flags[slot] = streamLayer | (sent.marker ? MARKER_FLAG : 0);
    if (sent.dependency.isPresent) this.#dependencies ??= new DependencySlots(this.#mask + 1);
    this.#dependencies?.put(slot, sent.dependency);
    const length = sent.descriptorBytes;
    if (length > 0) {
      if (this.#descriptors.length === 0) {
        this.#descriptors = new Uint8Array((this.#mask + 1) * DESCRIPTOR_SLOT_BYTES);
      }
      const at = slot * DESCRIPTOR_SLOT_BYTES;
      this.#descriptors[at] = length;
      for (let i = 0; i < length; i++) this.#descriptors[at + 1 + i] = sent.descriptor[i]!;
    } else if (this.#descriptors.length !== 0) {
      this.#descriptors[slot * DESCRIPTOR_SLOT_BYTES] = 0;
    }
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
    if (outSn <= 0 || this.#outSns[slot] !== outSn >>> 0) return NACK_UNKNOWN;
    const flags = this.#flags[slot]!;
    const answers = flags >> COUNT_SHIFT;
    const sinceMs = (nowMs - this.#lastMs[slot]!) >>> 0;
    if (answers >= ANSWERS_MAX) {
      return sinceMs > ARRIVAL_ROUND_TRIPS * rttMs ? NACK_UNANSWERABLE : NACK_TOO_OFTEN;
    }
    const guardMs = Math.min(GUARD_MAX_MS, GUARD_ROUND_TRIPS * rttMs);
    if ((flags & ASKED_FLAG) !== 0 && sinceMs <= guardMs) return NACK_TOO_SOON;
    this.#flags[slot] = (flags + (1 << COUNT_SHIFT)) | ASKED_FLAG;
    this.#lastMs[slot] = nowMs;
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
    return this.#outSns[slot]!;
  }

  /** The answer that `find` counted is not given. The next one has to wait all the same. */
  takeBack(slot: number): void {
    this.#flags[slot] = this.#flags[slot]! - (1 << COUNT_SHIFT);
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
    return outSn > 0 && this.#outSns[slot] === outSn >>> 0 ? slot : NACK_UNKNOWN;
  }

  sourceExtSn(slot: number): number {
    return this.#sourceSns[slot]!;
  }

  /** Answers given so far, the present one included. */
  answerCount(slot: number): number {
    return this.#flags[slot]! >> COUNT_SHIFT;
  }

  streamLayer(slot: number): number {
    return this.#flags[slot]! & LAYER_MASK;
  }

  /** Fills `sent` with how the packet left. */
  readSent(slot: number, sent: Translation): void {
    sent.outSn = this.#outSns[slot]!;
    sent.outTs = this.#timestamps[slot]!;
    sent.marker = (this.#flags[slot]! & MARKER_FLAG) !== 0;
    sent.isSwitch = false;
    sent.descriptorBytes = 0;
    if (this.#dependencies === undefined) sent.dependency.isPresent = false;
    else this.#dependencies.read(slot, sent.dependency);
    if (this.#descriptors.length === 0) return;
    const at = slot * DESCRIPTOR_SLOT_BYTES;
    const length = this.#descriptors[at]!;
    sent.descriptorBytes = length;
    for (let i = 0; i < length; i++) sent.descriptor[i] = this.#descriptors[at + 1 + i]!;
  }
}
