import { DATA_BEGIN, DATA_END, DATA_UNORDERED } from "../../wire/sctp/chunk-type.ts";
import type { OutboundMessage, OutboundStreams } from "./outbound-streams.ts";

/** DATA chunks that may await acknowledgement. A power of two. */
const CHUNKS_MAX = 16_384;
/** Kept free for the numbers that given-up messages take, one each. */
const CHUNKS_RESERVED = 8;
const SLOTS_MIN = 64;
/** Reports of later chunks after which one counts as lost (RFC 9260 §7.2.4). */
const MISSES_MAX = 3;
const SENDS_CAP = 0xffff;
const NO_BYTES = new Uint8Array(0);

const FREE = 0;
const FLYING = 1;
/** To be sent again. */
const LOST = 2;
/** Acknowledged by a gap block. */
const ACKED = 3;
/** Given up; the peer is told by FORWARD-TSN. */
const ABANDONED = 4;

/**
 * DATA chunks that have a TSN and are not yet acknowledged cumulatively: a ring by TSN, counted
 * from our initial one. A chunk is a part of its message, never a copy.
 */
export class InFlight {
  readonly #streams: OutboundStreams;
  readonly #canForward: boolean;
  #mask: number = SLOTS_MIN - 1;
  #states: Uint8Array = new Uint8Array(SLOTS_MIN);
  #flags: Uint8Array = new Uint8Array(SLOTS_MIN);
  #misses: Uint8Array = new Uint8Array(SLOTS_MIN);
  #sends: Uint16Array = new Uint16Array(SLOTS_MIN);
  #lengths: Uint16Array = new Uint16Array(SLOTS_MIN);
  #offsets: Float64Array = new Float64Array(SLOTS_MIN);
  #sentMs: Float64Array = new Float64Array(SLOTS_MIN);
  /** The next TSN when the chunk was sent last: only later ones witness against it. */
  #witnesses: Float64Array = new Float64Array(SLOTS_MIN);
  #messages: (OutboundMessage | undefined)[] = new Array(SLOTS_MIN).fill(undefined);

  #cumulative = -1;
  #next = 0;
  #flightBytes = 0;
  #lostCount = 0;
  #lostFrom = 0;
  #abandonedCount = 0;

  /** Of the SACK in hand: bytes it acknowledged first. */
  ackedBytes = 0;
  /** Of the SACK in hand: the highest TSN it acknowledged first; -1 when none. */
  newestAcked = -1;
  /** Of the SACK in hand: round trip of the newest chunk that was sent just once; -1 when none. */
  rttMs = -1;

  /** @param canForward false: nothing with a TSN is ever given up */
  constructor(streams: OutboundStreams, canForward: boolean) {
    this.#streams = streams;
    this.#canForward = canForward;
  }

  /** All up to here is acknowledged. */
  get cumulative(): number {
    return this.#cumulative;
  }

  /** The TSN that the next new chunk gets. */
  get next(): number {
    return this.#next;
  }

  /** Payload bytes sent and neither acknowledged nor taken for lost. */
  get flightBytes(): number {
    return this.#flightBytes;
  }

  get hasOutstanding(): boolean {
    return this.#next > this.#cumulative + 1;
  }

  get abandonedCount(): number {
    return this.#abandonedCount;
  }

  get hasLost(): boolean {
    return this.#lostCount > 0;
  }

  get hasRoom(): boolean {
    return this.#next - this.#cumulative <= CHUNKS_MAX - CHUNKS_RESERVED;
  }

  message(tsn: number): OutboundMessage {
    return this.#messages[tsn & this.#mask]!;
  }

  offset(tsn: number): number {
    return this.#offsets[tsn & this.#mask]!;
  }

  length(tsn: number): number {
    return this.#lengths[tsn & this.#mask]!;
  }

  flags(tsn: number): number {
    return this.#flags[tsn & this.#mask]!;
  }

  isAbandoned(tsn: number): boolean {
    return this.#states[tsn & this.#mask] === ABANDONED;
  }

  /** True when a message with a TSN is to be given up. */
  isExpired(message: OutboundMessage, nowMs: number): boolean {
    return this.#canForward && message.expiresMs <= nowMs;
  }

  /** Gives the next `length` bytes of a message a TSN and counts them as sent. */
  add(message: OutboundMessage, length: number, nowMs: number): number {
    const offset = message.sentBytes;
    let flags = message.unordered ? DATA_UNORDERED : 0;
    if (offset === 0) {
      flags |= DATA_BEGIN;
      message.firstTsn = this.#next;
    }
    if (offset + length === message.bytes.length) flags |= DATA_END;
    const tsn = this.#append(message, flags, FLYING);
    const slot = tsn & this.#mask;
    this.#offsets[slot] = offset;
    this.#lengths[slot] = length;
    this.#sentMs[slot] = nowMs;
    message.sentBytes = offset + length;
    this.#flightBytes += length;
    return tsn;
  }

  /** The lowest chunk that is to be sent again, or -1. Gives up messages whose time has passed. */
  nextLost(nowMs: number): number {
    if (this.#lostCount === 0) return -1;
    let tsn = Math.max(this.#lostFrom, this.#cumulative + 1);
    for (; tsn < this.#next; tsn++) {
      const slot = tsn & this.#mask;
      if (this.#states[slot] !== LOST) continue;
      const message = this.#messages[slot]!;
      if (!this.isExpired(message, nowMs)) break;
      this.abandon(message);
    }
    this.#lostFrom = tsn;
    return this.#lostCount > 0 && tsn < this.#next ? tsn : -1;
  }

  /** A lost chunk is being sent again. */
  resend(tsn: number, nowMs: number): void {
    const slot = tsn & this.#mask;
    this.#states[slot] = FLYING;
    this.#misses[slot] = 0;
    this.#sends[slot] = Math.min(this.#sends[slot]! + 1, SENDS_CAP);
    this.#sentMs[slot] = nowMs;
    this.#witnesses[slot] = this.#next;
    this.#flightBytes += this.#lengths[slot]!;
    this.#lostCount -= 1;
  }

  beginSack(): void {
    this.ackedBytes = 0;
    this.newestAcked = -1;
    this.rttMs = -1;
  }

  /** @param tsn from the cumulative TSN up to the last one sent: the caller has checked */
  acknowledgeTo(tsn: number, nowMs: number): void {
    for (let at = this.#cumulative + 1; at <= tsn; at++) {
      const slot = at & this.#mask;
      this.#acknowledge(at, slot, nowMs);
      if (this.#states[slot] === ABANDONED) this.#abandonedCount -= 1;
      this.#states[slot] = FREE;
      this.#messages[slot] = undefined;
    }
    this.#cumulative = tsn;
  }

  /** A gap block, within what was sent and beyond the cumulative TSN: the caller has checked. */
  acknowledgeRange(first: number, last: number, nowMs: number): void {
    for (let at = first; at <= last; at++) {
      const slot = at & this.#mask;
      if (this.#acknowledge(at, slot, nowMs)) this.#states[slot] = ACKED;
    }
  }

  /**
   * Counts a report of absence for each flying chunk below the acknowledged chunk `limit`, unless
   * it was sent again after that one; the third report makes it lost.
   *
   * @returns true when a chunk was lost
   */
  countMisses(limit: number): boolean {
    let hasLoss = false;
    for (let tsn = this.#cumulative + 1; tsn < limit; tsn++) {
      const slot = tsn & this.#mask;
      if (this.#states[slot] !== FLYING || this.#witnesses[slot]! > limit) continue;
      const misses = this.#misses[slot]! + 1;
      this.#misses[slot] = misses;
      if (misses < MISSES_MAX) continue;
      hasLoss = true;
      this.#lose(tsn, slot);
    }
    return hasLoss;
  }

  /** A probe was refused for want of room: it is sent again, and says nothing about the path. */
  loseProbe(tsn: number): void {
    const slot = tsn & this.#mask;
    if (tsn > this.#cumulative && this.#states[slot] === FLYING) this.#lose(tsn, slot);
  }

  /** The timer ran out: all that flies counts as lost (RFC 9260 §6.3.3). */
  loseAll(): void {
    const first = this.#cumulative + 1;
    // The peer took back what it had acknowledged beyond a gap: its right (§6.2.1), and rare.
    const isReneged = this.hasOutstanding && this.#states[first & this.#mask] === ACKED;
    for (let tsn = first; tsn < this.#next; tsn++) {
      const slot = tsn & this.#mask;
      if (this.#states[slot] === ACKED && isReneged) {
        this.#streams.retake(this.#messages[slot]!.stream, this.#lengths[slot]!);
        this.#flightBytes += this.#lengths[slot]!;
        this.#states[slot] = FLYING;
      }
      if (this.#states[slot] === FLYING) this.#lose(tsn, slot);
    }
  }

  /**
   * Gives a message up: what flies of it no longer counts, and what has no TSN yet gets none,
   * save one number at its end, so that the peer learns that the message is over (RFC 3758 §3.5).
   */
  abandon(message: OutboundMessage): void {
    if (message.isAbandoned) return;
    message.isAbandoned = true;
    const end = message.firstTsn + message.chunkCount;
    for (let tsn = Math.max(message.firstTsn, this.#cumulative + 1); tsn < end; tsn++) {
      const slot = tsn & this.#mask;
      const state = this.#states[slot];
      if (state === FLYING) this.#flightBytes -= this.#lengths[slot]!;
      if (state === LOST) this.#lostCount -= 1;
      if (state !== ACKED) this.#streams.release(message.stream, this.#lengths[slot]!);
      this.#states[slot] = ABANDONED;
      this.#abandonedCount += 1;
    }
    const unsentBytes = message.bytes.length - message.sentBytes;
    if (unsentBytes > 0) {
      this.#streams.release(message.stream, unsentBytes);
      if (this.#streams.isHead(message)) this.#streams.finishHead();
      this.#append(message, DATA_END | (message.unordered ? DATA_UNORDERED : 0), ABANDONED);
      this.#abandonedCount += 1;
    }
    message.bytes = NO_BYTES;
  }

  /**
   * How far the peer can be told to move on: up to the last given-up chunk that is reached over
   * chunks that are given up, or that make whole acknowledged messages (RFC 3758 §3.5, C2, which
   * stops at acknowledged ones and so needs a round trip for each loss).
   */
  findAdvancedPoint(): number {
    let advanced = this.#cumulative;
    if (this.#abandonedCount === 0) return advanced;
    let isInsideMessage = false;
    for (let tsn = this.#cumulative + 1; tsn < this.#next; tsn++) {
      const slot = tsn & this.#mask;
      const flags = this.#flags[slot]!;
      if (this.#states[slot] === ABANDONED) {
        advanced = tsn;
        isInsideMessage = false;
        continue;
      }
      if (this.#states[slot] !== ACKED) break;
      if (!isInsideMessage && !(flags & DATA_BEGIN)) break;
      isInsideMessage = (flags & DATA_END) === 0;
    }
    return advanced;
  }

  #lose(tsn: number, slot: number): void {
    this.#flightBytes -= this.#lengths[slot]!;
    this.#states[slot] = LOST;
    this.#misses[slot] = 0;
    this.#lostCount += 1;
    if (tsn < this.#lostFrom) this.#lostFrom = tsn;
    const message = this.#messages[slot]!;
    if (this.#canForward && this.#sends[slot]! > message.maxRetransmits) this.abandon(message);
  }

  /** Returns true when the chunk had not been acknowledged or given up before. */
  #acknowledge(tsn: number, slot: number, nowMs: number): boolean {
    const state = this.#states[slot];
    if (state !== FLYING && state !== LOST) return false;
    const length = this.#lengths[slot]!;
    if (state === FLYING) this.#flightBytes -= length;
    else this.#lostCount -= 1;
    this.ackedBytes += length;
    this.newestAcked = tsn;
    if (this.#sends[slot] === 1) this.rttMs = nowMs - this.#sentMs[slot]!;
    this.#streams.release(this.#messages[slot]!.stream, length);
    return true;
  }

  #append(message: OutboundMessage, flags: number, state: number): number {
    if (this.#next - this.#cumulative > this.#mask) this.#grow();
    const tsn = this.#next;
    this.#next = tsn + 1;
    const slot = tsn & this.#mask;
    this.#states[slot] = state;
    this.#flags[slot] = flags;
    this.#misses[slot] = 0;
    this.#sends[slot] = 1;
    this.#lengths[slot] = 0;
    this.#offsets[slot] = 0;
    this.#witnesses[slot] = tsn;
    this.#messages[slot] = message;
    message.chunkCount += 1;
    return tsn;
  }

  #grow(): void {
    const slots = (this.#mask + 1) * 2;
    const mask = slots - 1;
    const states = new Uint8Array(slots);
    const flags = new Uint8Array(slots);
    const misses = new Uint8Array(slots);
    const sends = new Uint16Array(slots);
    const lengths = new Uint16Array(slots);
    const offsets = new Float64Array(slots);
    const sentMs = new Float64Array(slots);
    const witnesses = new Float64Array(slots);
    const messages: (OutboundMessage | undefined)[] = new Array(slots).fill(undefined);
    for (let tsn = this.#cumulative + 1; tsn < this.#next; tsn++) {
      const from = tsn & this.#mask;
      const to = tsn & mask;
      states[to] = this.#states[from]!;
      flags[to] = this.#flags[from]!;
      misses[to] = this.#misses[from]!;
      sends[to] = this.#sends[from]!;
      lengths[to] = this.#lengths[from]!;
      offsets[to] = this.#offsets[from]!;
      sentMs[to] = this.#sentMs[from]!;
      witnesses[to] = this.#witnesses[from]!;
      messages[to] = this.#messages[from];
    }
    this.#mask = mask;
    this.#states = states;
    this.#flags = flags;
    this.#misses = misses;
    this.#sends = sends;
    this.#lengths = lengths;
    this.#offsets = offsets;
    this.#sentMs = sentMs;
    this.#witnesses = witnesses;
    this.#messages = messages;
  }
}
