import { DATA_BEGIN, DATA_END, DATA_UNORDERED } from "../../wire/sctp/chunk-type.ts";
import {
  ABANDONED,
  ACKED,
  BLOCK_END,
  FLAGS,
  FLYING,
  FRAGMENT_UNIT,
  FREE,
  LENGTH,
  LOST,
  OFFSET,
  PACKET,
  RECORD_SHIFT,
  SENDS,
  SENT_MS,
  STATE,
} from "./chunk-record.ts";
import type { OutboundMessage, OutboundStreams } from "./outbound-streams.ts";
import { SentOrder } from "./sent-order.ts";

/** DATA chunks that may await acknowledgement. A power of two. */
const CHUNKS_MAX = 16_384;
/** Kept free for the numbers that given-up messages take, one each. */
const CHUNKS_RESERVED = 8;
const SLOTS_MIN = 8;
/** Transmissions on record after which those that are over are swept out. */
const RECORDS_MAX = 4 * CHUNKS_MAX;
const NO_BYTES = new Uint8Array(0);

/**
 * DATA chunks that have a TSN and are not yet acknowledged cumulatively: a ring by TSN, counted
 * from our initial one. A chunk is a part of its message, never a copy.
 */
export class InFlight {
  readonly #streams: OutboundStreams;
  readonly #canForward: boolean;
  #mask: number = SLOTS_MIN - 1;
  #records: Float64Array = new Float64Array(SLOTS_MIN << RECORD_SHIFT);
  #messages: (OutboundMessage | undefined)[] = new Array(SLOTS_MIN).fill(undefined);

  #cumulative = -1;
  #next = 0;
  #flightBytes = 0;
  #lostCount = 0;
  #lostFrom = 0;
  #abandonedCount = 0;
  #advancedPoint = -1;

  readonly #order: SentOrder = new SentOrder();
  /** Number of the packet that is being written, or will be next. */
  #packet = 0;
  /** The highest number of a packet that is known to have arrived. */
  #newestDelivered = -1;
  /** Chunks of packets from this number on make the window grow when they arrive. */
  #growthFrom = 0;
  #minRttMs = 0;
  #newestBefore = -1;
  /** The chunk that was sent again as a probe of the tail: was it lost? Nobody knows. */
  #tailProbe = -1;

  /** Of the SACK in hand: bytes it acknowledged first. */
  ackedBytes = 0;
  /** Of the SACK in hand: those of them that left after the window was reduced last. */
  growthBytes = 0;
  /** Of the SACK in hand: chunks taken for lost that had arrived all the same. */
  spuriousCount = 0;
  /** Of the SACK in hand: how many packets late a chunk arrived, at most; 0: in order. */
  reorderedPackets = 0;
  /** Of the SACK in hand: it acknowledged a chunk that was sent more than once. */
  hasRepeated = false;
  /** Of the SACK in hand: round trip of the newest chunk that was sent just once; -1 when none. */
  rttMs = -1;

  /** Of the last search for losses: chunks that were found. */
  lostCount = 0;
  /** Of the last search: one of them left after the window was reduced last. */
  hasNewLoss = false;
  /** When the oldest packet that was overtaken counts as lost; Infinity: none. */
  reorderDueMs: number = Number.POSITIVE_INFINITY;

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

  get packet(): number {
    return this.#packet;
  }

  get newestDelivered(): number {
    return this.#newestDelivered;
  }

  /** What is sent from here on travels in another packet. */
  endPacket(): void {
    this.#packet += 1;
  }

  /** The window was reduced for what has been sent so far. */
  beginRecovery(): void {
    this.#growthFrom = this.#packet;
  }

  get hasRoom(): boolean {
    return this.#next - this.#cumulative <= CHUNKS_MAX - CHUNKS_RESERVED;
  }

  /** Where the record of a chunk begins. */
  #at(tsn: number): number {
    return (tsn & this.#mask) << RECORD_SHIFT;
  }

  message(tsn: number): OutboundMessage {
    return this.#messages[tsn & this.#mask]!;
  }

  offset(tsn: number): number {
    return this.#records[this.#at(tsn) + OFFSET]!;
  }

  length(tsn: number): number {
    return this.#records[this.#at(tsn) + LENGTH]!;
  }

  /** Which fragment of its message it is, from 0. */
  fragment(tsn: number): number {
    return Math.floor(this.#records[this.#at(tsn) + FLAGS]! / FRAGMENT_UNIT);
  }

  flags(tsn: number): number {
    return this.#records[this.#at(tsn) + FLAGS]! & (FRAGMENT_UNIT - 1);
  }

  isAbandoned(tsn: number): boolean {
    return this.#records[this.#at(tsn) + STATE] === ABANDONED;
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
    const at = this.#at(tsn);
    this.#records[at + OFFSET] = offset;
    this.#records[at + FLAGS] = flags + message.fragmentCount * FRAGMENT_UNIT;
    message.fragmentCount += 1;
    this.#records[at + LENGTH] = length;
    this.#records[at + SENT_MS] = nowMs;
    this.#record(tsn, at);
    message.sentBytes = offset + length;
    this.#flightBytes += length;
    return tsn;
  }

  /** The lowest chunk that is to be sent again, or -1. Gives up messages whose time has passed. */
  nextLost(nowMs: number): number {
    if (this.#lostCount === 0) return -1;
    let tsn = Math.max(this.#lostFrom, this.#cumulative + 1);
    for (; tsn < this.#next; tsn++) {
      const at = this.#at(tsn);
      if (this.#records[at + STATE] !== LOST) continue;
      const message = this.#messages[at >> RECORD_SHIFT]!;
      if (!this.isExpired(message, nowMs)) break;
      this.abandon(message);
    }
    this.#lostFrom = tsn;
    return this.#lostCount > 0 && tsn < this.#next ? tsn : -1;
  }

  /** A lost chunk is being sent again. */
  resend(tsn: number, nowMs: number): void {
    const at = this.#at(tsn);
    this.#records[at + STATE] = FLYING;
    this.#records[at + SENDS] = this.#records[at + SENDS]! + 1;
    this.#records[at + SENT_MS] = nowMs;
    this.#record(tsn, at);
    this.#flightBytes += this.#records[at + LENGTH]!;
    this.#lostCount -= 1;
  }

  /** @param minRttMs a chunk sent again and acknowledged sooner than this had arrived before */
  beginSack(minRttMs: number): void {
    this.ackedBytes = 0;
    this.growthBytes = 0;
    this.spuriousCount = 0;
    this.reorderedPackets = 0;
    this.hasRepeated = false;
    this.rttMs = -1;
    this.#minRttMs = minRttMs;
    this.#newestBefore = this.#newestDelivered;
  }

  /** @param tsn from the cumulative TSN up to the last one sent: the caller has checked */
  acknowledgeTo(tsn: number, nowMs: number): void {
    for (let next = this.#cumulative + 1; next <= tsn; next++) {
      const at = this.#at(next);
      this.#acknowledge(next, at, nowMs);
      if (this.#records[at + STATE] === ABANDONED) this.#abandonedCount -= 1;
      this.#records[at + STATE] = FREE;
      const message = this.#messages[at >> RECORD_SHIFT]!;
      this.#messages[at >> RECORD_SHIFT] = undefined;
      if (message.lastTsn === next) this.#streams.recycle(message);
    }
    this.#cumulative = tsn;
  }

  /** A gap block, within what was sent and beyond the cumulative TSN: the caller has checked. */
  acknowledgeRange(first: number, last: number, nowMs: number): void {
    for (let tsn = first; tsn <= last; tsn++) {
      const at = this.#at(tsn);
      const known = this.#records[at + BLOCK_END]!;
      if (last > known) this.#records[at + BLOCK_END] = last;
      if (this.#acknowledge(tsn, at, nowMs)) this.#records[at + STATE] = ACKED;
      else if (known > tsn) tsn = known;
    }
  }

  /**
   * Takes chunks for lost that left in packets well before one that has arrived: by at least
   * `reorderPackets` packets, or longer ago than `lossDelayMs` (RFC 8985 §6.2; RFC 9002 §6.1).
   * Costs one step for each transmission, however many SACKs come.
   */
  detectLosses(nowMs: number, reorderPackets: number, lossDelayMs: number): void {
    this.lostCount = 0;
    this.hasNewLoss = false;
    this.reorderDueMs = Number.POSITIVE_INFINITY;
    const order = this.#order;
    while (order.count > 0) {
      const tsn = order.headTsn;
      const at = this.#at(tsn);
      const packet = order.headNumber;
      if (this.#isFlyingIn(tsn, packet)) {
        if (packet >= this.#newestDelivered) return;
        const isOvertaken = packet + reorderPackets <= this.#newestDelivered;
        const lostMs = this.#records[at + SENT_MS]! + lossDelayMs;
        if (!isOvertaken && lostMs > nowMs) {
          this.reorderDueMs = lostMs;
          return;
        }
        this.lostCount += 1;
        if (packet >= this.#growthFrom) this.hasNewLoss = true;
        this.#lose(tsn, at);
      }
      order.shift();
    }
  }

  /** All that was sent is acknowledged: nothing can be lost. */
  forgetOrder(): void {
    this.lostCount = 0;
    this.hasNewLoss = false;
    this.reorderDueMs = Number.POSITIVE_INFINITY;
    this.#order.clear();
  }

  /** The newest chunk that flies, or -1: sent again it draws a SACK that tells of those before. */
  findTail(): number {
    for (let tsn = this.#next - 1; tsn > this.#cumulative; tsn--) {
      if (this.#records[this.#at(tsn) + STATE] === FLYING) return tsn;
    }
    return -1;
  }

  /** A chunk is to be sent again as a probe, without knowing whether it was lost. */
  probeTail(tsn: number): void {
    this.#tailProbe = tsn;
    this.#lose(tsn, this.#at(tsn));
  }

  /** A probe was refused for want of room: it is sent again, and says nothing about the path. */
  loseProbe(tsn: number): void {
    const at = this.#at(tsn);
    if (tsn > this.#cumulative && this.#records[at + STATE] === FLYING) this.#lose(tsn, at);
  }

  /**
   * The timer ran out: all that flies counts as lost (RFC 9260 §6.3.3).
   *
   * @returns how many chunks
   */
  loseAll(): number {
    const lostBefore = this.#lostCount;
    const first = this.#cumulative + 1;
    // The peer took back what it had acknowledged beyond a gap: its right (§6.2.1), and rare.
    const isReneged = this.hasOutstanding && this.#records[this.#at(first) + STATE] === ACKED;
    for (let tsn = first; tsn < this.#next; tsn++) {
      const at = this.#at(tsn);
      if (isReneged) this.#records[at + BLOCK_END] = tsn;
      if (this.#records[at + STATE] === ACKED && isReneged) {
        this.#streams.retake(
          this.#messages[at >> RECORD_SHIFT]!.stream,
          this.#records[at + LENGTH]!,
        );
        this.#flightBytes += this.#records[at + LENGTH]!;
        this.#records[at + STATE] = FLYING;
      }
      if (this.#records[at + STATE] === FLYING) this.#lose(tsn, at);
    }
    this.#order.clear();
    this.reorderDueMs = Number.POSITIVE_INFINITY;
    return this.#lostCount - lostBefore;
  }

  /**
   * Gives a message up: what flies of it no longer counts, and what has no TSN yet gets none,
   * save one number at its end, so that the peer learns that the message is over (RFC 3758 §3.5).
   * Of a message that has not been begun the peer learns nothing: it has no number to name.
   */
  abandon(message: OutboundMessage): void {
    if (message.isAbandoned) return;
    message.isAbandoned = true;
    const end = message.lastTsn;
    for (let tsn = Math.max(message.firstTsn, this.#cumulative + 1); tsn <= end; tsn++) {
      const at = this.#at(tsn);
      if (this.#messages[at >> RECORD_SHIFT] !== message) continue;
      const state = this.#records[at + STATE];
      if (state === FLYING) this.#flightBytes -= this.#records[at + LENGTH]!;
      if (state === LOST) this.#lostCount -= 1;
      if (state !== ACKED) this.#streams.release(message.stream, this.#records[at + LENGTH]!);
      this.#records[at + STATE] = ABANDONED;
      this.#abandonedCount += 1;
    }
    const unsentBytes = message.bytes.length - message.sentBytes;
    if (unsentBytes > 0) {
      this.#streams.release(message.stream, unsentBytes);
      this.#streams.finish(message);
    }
    if (unsentBytes > 0 && message.sentBytes > 0) {
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
    let advanced = Math.max(this.#cumulative, this.#advancedPoint);
    if (this.#abandonedCount === 0) return advanced;
    let isInsideMessage = false;
    for (let tsn = advanced + 1; tsn < this.#next; tsn++) {
      const at = this.#at(tsn);
      const flags = this.#records[at + FLAGS]!;
      if (this.#records[at + STATE] === ABANDONED) {
        advanced = tsn;
        isInsideMessage = false;
        continue;
      }
      if (this.#records[at + STATE] !== ACKED) break;
      if (this.#streams.isInterleaved) continue; // the peer tells messages apart by their ids
      if (!isInsideMessage && !(flags & DATA_BEGIN)) break;
      isInsideMessage = (flags & DATA_END) === 0;
    }
    this.#advancedPoint = advanced;
    return advanced;
  }

  #lose(tsn: number, at: number): void {
    this.#flightBytes -= this.#records[at + LENGTH]!;
    this.#records[at + STATE] = LOST;
    this.#lostCount += 1;
    if (tsn < this.#lostFrom) this.#lostFrom = tsn;
    if (!this.#canForward) return;
    const message = this.#messages[at >> RECORD_SHIFT]!;
    if (this.#records[at + SENDS]! > message.maxRetransmits) this.abandon(message);
  }

  /** Returns true when the chunk had not been acknowledged or given up before. */
  #acknowledge(tsn: number, at: number, nowMs: number): boolean {
    const state = this.#records[at + STATE];
    if (state !== FLYING && state !== LOST) return false;
    const length = this.#records[at + LENGTH]!;
    const packet = this.#records[at + PACKET]!;
    const isFirst = this.#records[at + SENDS] === 1;
    const ageMs = nowMs - this.#records[at + SENT_MS]!;
    if (isFirst) this.rttMs = ageMs;
    else this.hasRepeated = true;
    // Sent again, and answered sooner than an answer can be: an earlier one had arrived.
    const isEarlier = !isFirst && ageMs < this.#minRttMs;
    if (state === FLYING) {
      this.#flightBytes -= length;
      if (isFirst) this.#noteReordering(packet);
      else if (isEarlier && tsn !== this.#tailProbe) this.spuriousCount += 1;
    } else {
      this.#lostCount -= 1;
      this.#noteReordering(packet);
      if (tsn !== this.#tailProbe) this.spuriousCount += 1;
    }
    if (!isEarlier && packet > this.#newestDelivered) this.#newestDelivered = packet;
    this.ackedBytes += length;
    if (packet >= this.#growthFrom) this.growthBytes += length;
    this.#streams.release(this.#messages[at >> RECORD_SHIFT]!.stream, length);
    return true;
  }

  /** Only packets from before this SACK count: what it brings together came in any order. */
  #noteReordering(packet: number): void {
    const late = this.#newestBefore - packet;
    if (late > this.reorderedPackets) this.reorderedPackets = late;
  }

  #isFlyingIn(tsn: number, packet: number): boolean {
    if (tsn <= this.#cumulative) return false;
    const at = this.#at(tsn);
    return this.#records[at + STATE] === FLYING && this.#records[at + PACKET] === packet;
  }

  #record(tsn: number, at: number): void {
    this.#records[at + PACKET] = this.#packet;
    if (this.#order.isFull && this.#order.count >= RECORDS_MAX) this.#sweepRecords();
    this.#order.push(tsn, this.#packet);
  }

  /** One turn of the whole record; what flies is kept, CHUNKS_MAX at most. */
  #sweepRecords(): void {
    const order = this.#order;
    for (let left = order.count; left > 0; left--) {
      const tsn = order.headTsn;
      const packet = order.headNumber;
      order.shift();
      if (this.#isFlyingIn(tsn, packet)) order.push(tsn, packet);
    }
  }

  #append(message: OutboundMessage, flags: number, state: number): number {
    if (this.#next - this.#cumulative > this.#mask) this.#grow();
    const tsn = this.#next;
    this.#next = tsn + 1;
    const at = this.#at(tsn);
    this.#records[at + STATE] = state;
    this.#records[at + FLAGS] = flags;
    this.#records[at + SENDS] = 1;
    this.#records[at + LENGTH] = 0;
    this.#records[at + OFFSET] = 0;
    this.#records[at + BLOCK_END] = tsn;
    this.#messages[at >> RECORD_SHIFT] = message;
    message.lastTsn = tsn;
    return tsn;
  }

  #grow(): void {
    const slots = (this.#mask + 1) * 2;
    const first = this.#cumulative + 1;
    const end = this.#next;
    const records = new Float64Array(slots << RECORD_SHIFT);
    const messages: (OutboundMessage | undefined)[] = new Array(slots).fill(undefined);
    for (let tsn = first; tsn < end; tsn++) {
      const from = this.#at(tsn);
      const slot = tsn & (slots - 1);
      const to = slot << RECORD_SHIFT;
      for (let i = 0; i < 1 << RECORD_SHIFT; i++) records[to + i] = this.#records[from + i]!;
      messages[slot] = this.#messages[from >> RECORD_SHIFT];
    }
    this.#records = records;
    this.#messages = messages;
    this.#mask = slots - 1;
  }
}
