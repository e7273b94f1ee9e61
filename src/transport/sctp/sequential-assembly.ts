import { diff16 } from "../../base/serial.ts";
import { u16 } from "../../wire/bytes.ts";
import { DATA_BEGIN, DATA_END, DATA_UNORDERED } from "../../wire/sctp/chunk-type.ts";
import type { DataChunk } from "../../wire/sctp/data-chunk.ts";
import { FORWARD_TSN_ENTRY_BYTES } from "../../wire/sctp/sack-chunk.ts";
import { EVENT_OVERHEAD_BYTES, type EventQueue } from "./event-queue.ts";
import { type InboundAssembly, STREAMS_MAX } from "./inbound-assembly.ts";
import { MessageBuffer } from "./message-buffer.ts";

const RING_SLOTS_MIN = 64;
const NO_BYTES = new Uint8Array(0);

const EMPTY = 0;
/** Received, its message is incomplete or waits for an earlier one. */
const HELD = 1;
/** Its message has been handed up already. */
const DELIVERED = 2;

/**
 * Messages made of DATA chunks, whose fragments have consecutive TSNs (RFC 9260 §6.5, §6.9;
 * RFC 3758 §3.6). Chunks in order never enter the ring: there is one message at the front. Chunks
 * beyond a gap are copied into it, by TSN modulo its size; the fragments of one message that touch
 * form a run, whose length stands at both of its ends. A message that is complete and whose turn
 * it is leaves at once, so that a loss on one stream does not delay the others.
 */
export class SequentialAssembly implements InboundAssembly {
  readonly #events: EventQueue;
  readonly #messageBytesMax: number;
  readonly #nextSsn: Uint16Array = new Uint16Array(STREAMS_MAX);
  #ringBytes = 0;
  #rejectedMessages = 0;

  /** The message whose fragments are arriving in order. */
  readonly #front: MessageBuffer;
  #isFrontOpen = false;
  #frontStreamId = 0;
  #frontSsn = 0;
  #frontUnordered = false;
  /** Length of the last fragmented message. */
  #expectedBytes = 0;

  /** All up to here have come to the front. */
  #cumulative = -1;
  /** The last chunk that was put into the ring. */
  #highest = -1;
  #mask = -1;
  #states: Uint8Array = NO_BYTES;
  #flags: Uint8Array = NO_BYTES;
  #streamIds: Uint16Array = new Uint16Array(0);
  #ssns: Uint16Array = new Uint16Array(0);
  #ppids: Uint32Array = new Uint32Array(0);
  #runs: Uint16Array = new Uint16Array(0);
  #payloads: Uint8Array[] = [];
  /** Complete ordered messages beyond a gap that wait: stream and SSN to first TSN. As many as slots. */
  readonly #waiting: Map<number, number> = new Map();

  constructor(events: EventQueue, messageBytesMax: number) {
    this.#events = events;
    this.#messageBytesMax = messageBytesMax;
    this.#front = new MessageBuffer(messageBytesMax);
  }

  get heldBytes(): number {
    return this.#ringBytes + this.#front.length;
  }

  get rejectedMessages(): number {
    return this.#rejectedMessages;
  }

  pushNext(tsn: number, chunk: DataChunk, bytes: Uint8Array): void {
    this.#cumulative = tsn;
    const { flags, streamId, ssn, ppid, payloadOffset, payloadBytes } = chunk;
    this.#take(flags, streamId, ssn, ppid, bytes, payloadOffset, payloadBytes);
  }

  pushAhead(tsn: number, chunk: DataChunk, bytes: Uint8Array): void {
    if (tsn - this.#cumulative > this.#mask) this.#growRing(tsn - this.#cumulative);
    this.#hold(tsn, chunk, bytes);
  }

  advanceTo(tsn: number): void {
    while (this.#cumulative < tsn) {
      this.#cumulative += 1;
      this.#takeFromRing(this.#cumulative);
    }
  }

  forwardTo(tsn: number, bytes: Uint8Array, entriesOffset: number, entryCount: number): void {
    const lastKnown = Math.min(tsn, this.#highest);
    while (this.#cumulative < lastKnown) {
      this.#cumulative += 1;
      if (this.#states[this.#cumulative & this.#mask] === EMPTY) this.#closeFront();
      else this.#takeFromRing(this.#cumulative);
    }
    if (tsn > this.#cumulative) {
      this.#closeFront();
      this.#cumulative = tsn;
    }
    for (let i = 0; i < entryCount; i++) {
      const at = entriesOffset + i * FORWARD_TSN_ENTRY_BYTES;
      const streamId = u16(bytes, at);
      const ssn = u16(bytes, at + 2);
      if (streamId < STREAMS_MAX && diff16(ssn, this.#nextSsn[streamId]!) >= 0) {
        this.#nextSsn[streamId] = ssn + 1;
        this.#releaseWaiting(streamId);
      }
    }
  }

  resetStreams(streamIds: readonly number[]): void {
    if (streamIds.length === 0) this.#nextSsn.fill(0);
    for (const streamId of streamIds) {
      if (streamId < STREAMS_MAX) this.#nextSsn[streamId] = 0;
    }
  }

  /** One chunk at the front: the whole message, or the next fragment of the one being put together. */
  #take(
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
      if (this.#isFrontOpen) this.#closeFront();
      if (flags & DATA_END) {
        const whole =
          length > this.#messageBytesMax ? undefined : bytes.slice(offset, offset + length);
        this.#deliver(streamId, ssn, ppid, unordered, whole);
        return;
      }
      this.#isFrontOpen = true;
      this.#frontStreamId = streamId;
      this.#frontSsn = ssn;
      this.#frontUnordered = unordered;
    } else if (!this.#isFrontContinuedBy(streamId, ssn, unordered)) {
      this.#closeFront();
      return;
    }
    this.#front.append(bytes, offset, length, this.#expectedBytes);
    if (!(flags & DATA_END)) return;
    this.#isFrontOpen = false;
    const message = this.#front.finish();
    if (message !== undefined) this.#expectedBytes = message.length;
    this.#deliver(streamId, ssn, ppid, unordered, message);
  }

  #isFrontContinuedBy(streamId: number, ssn: number, unordered: boolean): boolean {
    return (
      this.#isFrontOpen &&
      this.#frontStreamId === streamId &&
      this.#frontUnordered === unordered &&
      (unordered || this.#frontSsn === ssn)
    );
  }

  #closeFront(): void {
    this.#isFrontOpen = false;
    this.#front.clear();
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

  /** Empties an occupied slot that has come to the front. */
  #takeFromRing(tsn: number): void {
    const slot = tsn & this.#mask;
    const isDelivered = this.#states[slot] === DELIVERED;
    this.#states[slot] = EMPTY;
    if (isDelivered) return;
    const payload = this.#payloads[slot]!;
    this.#payloads[slot] = NO_BYTES;
    this.#ringBytes -= payload.length + EVENT_OVERHEAD_BYTES;
    this.#take(
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
    this.#ringBytes += chunk.payloadBytes + EVENT_OVERHEAD_BYTES;
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
      this.#ringBytes -= payload.length + EVENT_OVERHEAD_BYTES;
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

  /** Makes room for `distance` TSNs beyond the cumulative one, less than the owner's window. */
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
