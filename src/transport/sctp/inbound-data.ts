import { DropReason } from "../../base/drop-reason.ts";
import { diff16, diff32 } from "../../base/serial.ts";
import { putU16, putU32, u16 } from "../../wire/bytes.ts";
import { DATA_BEGIN, DATA_END, DATA_UNORDERED } from "../../wire/sctp/chunk-type.ts";
import type { DataChunk } from "../../wire/sctp/data-chunk.ts";
import {
  FORWARD_TSN_ENTRY_BYTES,
  SACK_ENTRY_BYTES,
  SACK_HEADER_BYTES,
  writeSackHeader,
} from "../../wire/sctp/sack-chunk.ts";
import { EVENT_OVERHEAD_BYTES, type EventQueue } from "./event-queue.ts";
import { MessageAssembly } from "./message-assembly.ts";

/** Streams with an id below this are taken; data for others is acknowledged and thrown away. */
export const STREAMS_MAX = 1024;
/** Chunks this far beyond the cumulative TSN are dropped. A power of two. */
export const TSN_WINDOW = 8192;

/**
 * The peer counts payload, we count what a message costs, and it hears of that a round trip later:
 * data in order is taken beyond the window up to this many times the buffer. Dropping it would
 * cost the peer a timeout for what is on the way already.
 */
const OVERRUN_FACTOR = 2;
const RING_SLOTS_MIN = 64;
const GAP_BLOCKS_MAX = 200;
const DUPLICATES_MAX = 8;
const NO_BYTES = new Uint8Array(0);

const EMPTY = 0;
/** Received, its message is incomplete or waits for an earlier one. */
const HELD = 1;
/** Its message has been handed up already. */
const DELIVERED = 2;

/**
 * Received DATA: what is acknowledged, what waits behind a gap, and the messages made of it
 * (RFC 9260 §6.2, §6.5, §6.9; RFC 3758 §3.6).
 *
 * TSNs are counted from the peer's initial TSN, so that they are small plain integers. Chunks in
 * order never enter the ring. Chunks beyond a gap are copied into it, by TSN modulo its size; the
 * fragments of one message that touch form a run, whose length stands at both of its ends. A
 * message that is complete and whose turn it is leaves at once, so that a loss on one stream does
 * not delay the others.
 */
export class InboundData {
  readonly #events: EventQueue;
  readonly #capacityBytes: number;
  readonly #initialTsn: number;
  readonly #assembly: MessageAssembly;
  readonly #messageBytesMax: number;
  readonly #nextSsn: Uint16Array = new Uint16Array(STREAMS_MAX);
  readonly #packetBytes: number;
  /** The least window that is worth telling about, and the least growth of one that was small. */
  readonly #updateBytesMin: number;
  readonly #updateBytesStep: number;
  /** The window that the peer was last told of. */
  #advertisedBytes: number;

  /** All TSNs up to here have arrived or were given up by the peer. */
  #cumulative = -1;
  #highest = -1;
  #heldBytes = 0;
  #rejectedMessages = 0;

  #mask = -1;
  #states: Uint8Array = NO_BYTES;
  #flags: Uint8Array = NO_BYTES;
  #streamIds: Uint16Array = new Uint16Array(0);
  #ssns: Uint16Array = new Uint16Array(0);
  #ppids: Uint32Array = new Uint32Array(0);
  #runs: Uint16Array = new Uint16Array(0);
  #payloads: Uint8Array[] = [];
  /** Complete ordered messages beyond a gap that wait: stream and SSN to first TSN. At most TSN_WINDOW. */
  readonly #waiting: Map<number, number> = new Map();

  readonly #duplicates: Uint32Array = new Uint32Array(DUPLICATES_MAX);
  #duplicateCount = 0;

  /**
   * @param capacityBytes receive buffer that is shared with messages nobody has polled yet
   * @param messageBytesMax longer messages are dropped whole
   * @param packetBytes what the peer's packets carry, about
   */
  constructor(
    events: EventQueue,
    initialTsn: number,
    capacityBytes: number,
    messageBytesMax: number,
    packetBytes: number,
  ) {
    this.#events = events;
    this.#packetBytes = packetBytes;
    this.#advertisedBytes = capacityBytes;
    this.#updateBytesMin = Math.min(2 * packetBytes, capacityBytes >> 1);
    this.#updateBytesStep = Math.max(2 * packetBytes, capacityBytes >> 2);
    this.#initialTsn = initialTsn;
    this.#capacityBytes = capacityBytes;
    this.#messageBytesMax = messageBytesMax;
    this.#assembly = new MessageAssembly(messageBytesMax);
  }

  /** Cumulative TSN as on the wire. */
  get cumulativeTsn(): number {
    return (this.#initialTsn + this.#cumulative) >>> 0;
  }

  /** True when chunks beyond the cumulative TSN have arrived. */
  get hasGap(): boolean {
    return this.#highest > this.#cumulative;
  }

  /** What the peer may still send, in bytes. */
  get rwndBytes(): number {
    return Math.max(0, this.#capacityBytes - this.#usedBytes());
  }

  /**
   * True when the peer last heard of a small window and should hear that it is open again. Small
   * steps are not worth a packet, nor small packets in return (silly windows, RFC 9260 §6.2).
   */
  get isWindowUpdateDue(): boolean {
    if (this.#advertisedBytes > this.#capacityBytes / 2) return false;
    const freeBytes = this.rwndBytes;
    if (this.#advertisedBytes < this.#packetBytes) return freeBytes >= this.#updateBytesMin;
    return freeBytes - this.#advertisedBytes >= this.#updateBytesStep;
  }

  /** Messages that were longer than allowed. */
  get rejectedMessages(): number {
    return this.#rejectedMessages;
  }

  /** True when everything up to the wire TSN has arrived. */
  hasReached(tsn: number): boolean {
    return diff32(tsn, this.cumulativeTsn) <= 0;
  }

  /** Takes a chunk whose payload lies in `bytes`; copies what it keeps. */
  push(chunk: DataChunk, bytes: Uint8Array): DropReason {
    const tsn = this.#unwrap(chunk.tsn);
    if (tsn <= this.#cumulative) return this.#noteDuplicate(chunk.tsn);
    if (tsn >= this.#cumulative + TSN_WINDOW) return DropReason.Full;
    if (this.#events.messageBytes >= OVERRUN_FACTOR * this.#capacityBytes) return DropReason.Full;
    if (tsn === this.#cumulative + 1) {
      // Always taken, however full the buffer is: only this chunk can empty it.
      this.#cumulative = tsn;
      if (this.#highest < tsn) this.#highest = tsn;
      this.#takeInOrder(
        chunk.flags,
        chunk.streamId,
        chunk.ssn,
        chunk.ppid,
        bytes,
        chunk.payloadOffset,
        chunk.payloadBytes,
      );
      if (this.#highest > tsn) this.#drainRing();
      return DropReason.None;
    }
    if (this.#usedBytes() + chunk.payloadBytes > this.#capacityBytes) return DropReason.Full;
    if (tsn - this.#cumulative > this.#mask) this.#growRing(tsn - this.#cumulative);
    if (this.#states[tsn & this.#mask] !== EMPTY) return this.#noteDuplicate(chunk.tsn);
    this.#hold(tsn, chunk, bytes);
    return DropReason.None;
  }

  /**
   * The peer gives up all TSNs up to the new cumulative one; the pairs that follow in the chunk
   * name the ordered messages among them.
   *
   * @param pairsOffset where the pairs begin in `bytes`
   * @returns TooOld when it says nothing new
   */
  forward(wireTsn: number, bytes: Uint8Array, pairsOffset: number, pairCount: number): DropReason {
    const target = this.#unwrap(wireTsn);
    if (target <= this.#cumulative) return DropReason.TooOld;
    const lastKnown = Math.min(target, this.#highest);
    while (this.#cumulative < lastKnown) {
      this.#cumulative += 1;
      if (this.#states[this.#cumulative & this.#mask] === EMPTY) this.#assembly.discard();
      else this.#takeFromRing(this.#cumulative);
    }
    if (target > this.#cumulative) {
      this.#assembly.discard();
      this.#cumulative = target;
    }
    if (this.#highest < target) this.#highest = target;
    for (let i = 0; i < pairCount; i++) {
      const streamId = u16(bytes, pairsOffset + i * FORWARD_TSN_ENTRY_BYTES);
      const ssn = u16(bytes, pairsOffset + i * FORWARD_TSN_ENTRY_BYTES + 2);
      if (streamId < STREAMS_MAX && diff16(ssn, this.#nextSsn[streamId]!) >= 0) {
        this.#nextSsn[streamId] = ssn + 1;
        this.#releaseWaiting(streamId);
      }
    }
    this.#drainRing();
    return DropReason.None;
  }

  /** The peer begins again at stream sequence number 0. No ids: on all streams. */
  resetStreams(streamIds: readonly number[]): void {
    if (streamIds.length === 0) this.#nextSsn.fill(0);
    for (const streamId of streamIds) {
      if (streamId < STREAMS_MAX) this.#nextSsn[streamId] = 0;
    }
  }

  /**
   * Writes a SACK chunk and forgets the duplicates.
   *
   * @param room bytes free at `offset`, at least SACK_HEADER_BYTES
   * @returns the chunk's end
   */
  writeSack(out: Uint8Array, offset: number, room: number): number {
    const entriesMax = (room - SACK_HEADER_BYTES) >> 2;
    let at = offset + SACK_HEADER_BYTES;
    const gapCount = this.hasGap
      ? this.#writeGaps(out, at, Math.min(entriesMax, GAP_BLOCKS_MAX))
      : 0;
    at += gapCount * SACK_ENTRY_BYTES;
    const duplicateCount = Math.min(this.#duplicateCount, entriesMax - gapCount);
    for (let i = 0; i < duplicateCount; i++) {
      putU32(out, at, this.#duplicates[i]!);
      at += SACK_ENTRY_BYTES;
    }
    this.#duplicateCount = 0;
    this.#advertisedBytes = this.rwndBytes;
    return writeSackHeader(
      out,
      offset,
      this.cumulativeTsn,
      this.#advertisedBytes,
      gapCount,
      duplicateCount,
    );
  }

  #writeGaps(out: Uint8Array, offset: number, blocksMax: number): number {
    let blocks = 0;
    let at = offset;
    let tsn = this.#cumulative + 1;
    while (tsn <= this.#highest && blocks < blocksMax) {
      while (tsn <= this.#highest && this.#states[tsn & this.#mask] === EMPTY) tsn += 1;
      if (tsn > this.#highest) break;
      putU16(out, at, tsn - this.#cumulative);
      while (tsn <= this.#highest && this.#states[tsn & this.#mask] !== EMPTY) tsn += 1;
      putU16(out, at + 2, tsn - 1 - this.#cumulative);
      at += SACK_ENTRY_BYTES;
      blocks += 1;
    }
    return blocks;
  }

  #unwrap(wireTsn: number): number {
    return this.#cumulative + diff32(wireTsn, this.#initialTsn + this.#cumulative);
  }

  #usedBytes(): number {
    return this.#heldBytes + this.#assembly.heldBytes + this.#events.messageBytes;
  }

  #noteDuplicate(wireTsn: number): DropReason {
    if (this.#duplicateCount < DUPLICATES_MAX) {
      this.#duplicates[this.#duplicateCount] = wireTsn;
      this.#duplicateCount += 1;
    }
    return DropReason.Duplicate;
  }

  /** One chunk at the front: the whole message, or the next fragment of the one being put together. */
  #takeInOrder(
    flags: number,
    streamId: number,
    ssn: number,
    ppid: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): void {
    const unordered = (flags & DATA_UNORDERED) !== 0;
    if (flags & DATA_BEGIN) {
      if (this.#assembly.isOpen) this.#assembly.discard();
      if (flags & DATA_END) {
        const whole =
          length > this.#messageBytesMax ? undefined : bytes.slice(offset, offset + length);
        this.#deliver(streamId, ssn, ppid, unordered, whole);
        return;
      }
      this.#assembly.begin(streamId, ssn, unordered);
    } else if (!this.#assembly.isContinuedBy(streamId, ssn, unordered)) {
      this.#assembly.discard();
      return;
    }
    this.#assembly.append(bytes, offset, length);
    if (flags & DATA_END) this.#deliver(streamId, ssn, ppid, unordered, this.#assembly.finish());
  }

  /** Hands a message up. TSNs are delivered in order here, so its SSN is right by construction. */
  #deliver(
    streamId: number,
    ssn: number,
    ppid: number,
    unordered: boolean,
    message: Uint8Array | undefined,
  ): void {
    if (streamId >= STREAMS_MAX) return;
    if (message === undefined) this.#rejectedMessages += 1;
    else this.#events.pushMessage(streamId, ppid, message, unordered);
    if (unordered) return;
    this.#nextSsn[streamId] = ssn + 1;
    if (this.#waiting.size > 0) {
      this.#waiting.delete(waitingKey(streamId, ssn));
      this.#releaseWaiting(streamId);
    }
  }

  #drainRing(): void {
    while (
      this.#cumulative < this.#highest &&
      this.#states[(this.#cumulative + 1) & this.#mask] !== EMPTY
    ) {
      this.#cumulative += 1;
      this.#takeFromRing(this.#cumulative);
    }
  }

  /** Empties an occupied slot that has come to the front. */
  #takeFromRing(tsn: number): void {
    const slot = tsn & this.#mask;
    const isDelivered = this.#states[slot] === DELIVERED;
    this.#states[slot] = EMPTY;
    if (isDelivered) return;
    const payload = this.#payloads[slot]!;
    this.#payloads[slot] = NO_BYTES;
    this.#heldBytes -= payload.length + EVENT_OVERHEAD_BYTES;
    this.#takeInOrder(
      this.#flags[slot]!,
      this.#streamIds[slot]!,
      this.#ssns[slot]!,
      this.#ppids[slot]!,
      payload,
      0,
      payload.length,
    );
  }

  /** Keeps a chunk that came before one that is missing. */
  #hold(tsn: number, chunk: DataChunk, bytes: Uint8Array): void {
    const slot = tsn & this.#mask;
    this.#states[slot] = HELD;
    this.#flags[slot] = chunk.flags;
    this.#streamIds[slot] = chunk.streamId;
    this.#ssns[slot] = chunk.ssn;
    this.#ppids[slot] = chunk.ppid;
    this.#payloads[slot] = bytes.slice(
      chunk.payloadOffset,
      chunk.payloadOffset + chunk.payloadBytes,
    );
    this.#heldBytes += chunk.payloadBytes + EVENT_OVERHEAD_BYTES;
    if (tsn > this.#highest) this.#highest = tsn;

    let first = tsn;
    let last = tsn;
    if (!(chunk.flags & DATA_BEGIN) && this.#isNeighbour(tsn - 1, chunk, DATA_END)) {
      first -= this.#runs[(tsn - 1) & this.#mask]!;
    }
    if (!(chunk.flags & DATA_END) && this.#isNeighbour(tsn + 1, chunk, DATA_BEGIN)) {
      last += this.#runs[(tsn + 1) & this.#mask]!;
    }
    this.#runs[first & this.#mask] = last - first + 1;
    this.#runs[last & this.#mask] = last - first + 1;
    const isComplete =
      this.#flags[first & this.#mask]! & DATA_BEGIN && this.#flags[last & this.#mask]! & DATA_END;
    if (isComplete) this.#completeRun(first, last);
  }

  /** True when the slot holds a fragment of the chunk's message; `edge` is the flag that parts them. */
  #isNeighbour(tsn: number, chunk: DataChunk, edge: number): boolean {
    if (tsn <= this.#cumulative || tsn > this.#highest) return false;
    const slot = tsn & this.#mask;
    return (
      this.#states[slot] === HELD &&
      !(this.#flags[slot]! & edge) &&
      this.#streamIds[slot] === chunk.streamId &&
      ((this.#flags[slot]! ^ chunk.flags) & DATA_UNORDERED) === 0 &&
      ((chunk.flags & DATA_UNORDERED) !== 0 || this.#ssns[slot] === chunk.ssn)
    );
  }

  #completeRun(first: number, last: number): void {
    const slot = first & this.#mask;
    const streamId = this.#streamIds[slot]!;
    const ssn = this.#ssns[slot]!;
    if (streamId >= STREAMS_MAX) return;
    if (this.#flags[slot]! & DATA_UNORDERED) {
      this.#deliverRun(first, last);
    } else if (ssn === this.#nextSsn[streamId]) {
      this.#deliverRun(first, last);
      this.#releaseWaiting(streamId);
    } else {
      this.#waiting.set(waitingKey(streamId, ssn), first);
    }
  }

  /** Hands up the messages of a stream whose turn has come although chunks before them are missing. */
  #releaseWaiting(streamId: number): void {
    while (this.#waiting.size > 0) {
      const key = waitingKey(streamId, this.#nextSsn[streamId]!);
      const first = this.#waiting.get(key);
      if (first === undefined) return;
      this.#waiting.delete(key);
      const isHere = first > this.#cumulative && this.#states[first & this.#mask] === HELD;
      if (isHere) this.#deliverRun(first, first + this.#runs[first & this.#mask]! - 1);
      else return;
    }
  }

  #deliverRun(first: number, last: number): void {
    let total = 0;
    for (let tsn = first; tsn <= last; tsn++) total += this.#payloads[tsn & this.#mask]!.length;
    const slot = first & this.#mask;
    const isTooLarge = total > this.#messageBytesMax;
    // A message of one fragment leaves as the copy that was held.
    let message = first === last || isTooLarge ? this.#payloads[slot]! : new Uint8Array(total);
    let at = 0;
    for (let tsn = first; tsn <= last; tsn++) {
      const index = tsn & this.#mask;
      const payload = this.#payloads[index]!;
      if (message !== payload && !isTooLarge) message.set(payload, at);
      at += payload.length;
      this.#payloads[index] = NO_BYTES;
      this.#states[index] = DELIVERED;
      this.#heldBytes -= payload.length + EVENT_OVERHEAD_BYTES;
    }
    if (isTooLarge) {
      this.#rejectedMessages += 1;
      message = NO_BYTES;
    }
    const unordered = (this.#flags[slot]! & DATA_UNORDERED) !== 0;
    const streamId = this.#streamIds[slot]!;
    if (!unordered) this.#nextSsn[streamId] = this.#ssns[slot]! + 1;
    if (!isTooLarge) {
      this.#events.pushMessage(streamId, this.#ppids[slot]!, message, unordered);
    }
  }

  /** Makes room for `distance` TSNs beyond the cumulative one, less than TSN_WINDOW. */
  #growRing(distance: number): void {
    let slots = Math.max(this.#mask + 1, RING_SLOTS_MIN);
    while (slots <= distance) slots *= 2;
    const mask = slots - 1;
    const states = new Uint8Array(slots);
    const flags = new Uint8Array(slots);
    const streamIds = new Uint16Array(slots);
    const ssns = new Uint16Array(slots);
    const ppids = new Uint32Array(slots);
    const runs = new Uint16Array(slots);
    const payloads: Uint8Array[] = new Array(slots).fill(NO_BYTES);
    for (let tsn = this.#cumulative + 1; tsn <= this.#highest; tsn++) {
      const from = tsn & this.#mask;
      const to = tsn & mask;
      states[to] = this.#states[from]!;
      flags[to] = this.#flags[from]!;
      streamIds[to] = this.#streamIds[from]!;
      ssns[to] = this.#ssns[from]!;
      ppids[to] = this.#ppids[from]!;
      runs[to] = this.#runs[from]!;
      payloads[to] = this.#payloads[from]!;
    }
    this.#mask = mask;
    this.#states = states;
    this.#flags = flags;
    this.#streamIds = streamIds;
    this.#ssns = ssns;
    this.#ppids = ppids;
    this.#runs = runs;
    this.#payloads = payloads;
  }
}

function waitingKey(streamId: number, ssn: number): number {
  return streamId * 65_536 + ssn;
}
