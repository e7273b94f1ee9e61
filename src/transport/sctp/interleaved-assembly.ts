import { diff32 } from "../../base/serial.ts";
import { u16, u32 } from "../../wire/bytes.ts";
import { DATA_BEGIN, DATA_END, DATA_UNORDERED } from "../../wire/sctp/chunk-type.ts";
import type { DataChunk } from "../../wire/sctp/data-chunk.ts";
import { I_FORWARD_TSN_ENTRY_BYTES, I_FORWARD_TSN_UNORDERED } from "../../wire/sctp/sack-chunk.ts";
import { EVENT_OVERHEAD_BYTES, type EventQueue } from "./event-queue.ts";
import { type InboundAssembly, STREAMS_MAX } from "./inbound-assembly.ts";
import { MessageBuffer } from "./message-buffer.ts";

/**
 * So many partial messages at a time get their whole buffer beforehand; those of a peer that begins
 * thousands grow from what has come, so that they never hold much more than the window counts.
 */
const PRESIZED_MAX = 8;
/** What a partial message costs beside its bytes. */
const PARTIAL_OVERHEAD_BYTES = 512;

/** A message that has arrived in part, or waits for an earlier one. */
class PartialMessage {
  readonly mid: number;
  readonly buffer: MessageBuffer;
  ppid = 0;
  /** All fragments before it are in the buffer. */
  nextFsn = 0;
  /** -1: the last fragment has not arrived. */
  lastFsn = -1;
  /** Fragments beyond a gap. Each is charged, so that the window bounds them. */
  later: Map<number, Uint8Array> | undefined;
  chargedBytes = 0;

  constructor(mid: number, messageBytesMax: number) {
    this.mid = mid;
    this.buffer = new MessageBuffer(messageBytesMax);
  }

  get isComplete(): boolean {
    return this.lastFsn >= 0 && this.nextFsn > this.lastFsn;
  }
}

/** The ordered or the unordered messages of one stream; each kind is numbered by itself. */
class PartialStream {
  /** Charged to the window, which bounds them. */
  readonly partials: Map<number, PartialMessage> = new Map();
  /** No partial message is older. */
  lowestMid = 0;
  /** Of ordered messages: the one whose turn it is. */
  nextMid = 0;
  expectedBytes = 0;
}

/**
 * Messages made of I-DATA chunks (RFC 8260 §2): fragments of several are on their way at a time
 * and name their message and their place, so that TSNs do not matter here.
 */
export class InterleavedAssembly implements InboundAssembly {
  readonly #events: EventQueue;
  readonly #messageBytesMax: number;
  /** By twice the stream id, and one more for unordered messages. */
  readonly #streams: (PartialStream | undefined)[] = new Array(2 * STREAMS_MAX).fill(undefined);
  #heldBytes = 0;
  #partialCount = 0;
  #rejectedMessages = 0;

  constructor(events: EventQueue, messageBytesMax: number) {
    this.#events = events;
    this.#messageBytesMax = messageBytesMax;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  get rejectedMessages(): number {
    return this.#rejectedMessages;
  }

  pushNext(_tsn: number, chunk: DataChunk, bytes: Uint8Array): void {
    this.#push(chunk, bytes);
  }

  pushAhead(_tsn: number, chunk: DataChunk, bytes: Uint8Array): void {
    this.#push(chunk, bytes);
  }

  advanceTo(_tsn: number): void {}

  /** All partial messages up to the named ones are given up; whole ones among them are delivered. */
  forwardTo(_tsn: number, bytes: Uint8Array, entriesOffset: number, entryCount: number): void {
    for (let i = 0; i < entryCount; i++) {
      const at = entriesOffset + i * I_FORWARD_TSN_ENTRY_BYTES;
      const streamId = u16(bytes, at);
      if (streamId >= STREAMS_MAX) continue;
      const unordered = (u16(bytes, at + 2) & I_FORWARD_TSN_UNORDERED) !== 0;
      const mid = u32(bytes, at + 4);
      const stream = this.#stream(streamId, unordered);
      if (!unordered && diff32(mid, stream.nextMid) < 0) continue;
      this.#skipTo(stream, streamId, unordered, mid);
      if (unordered) continue;
      stream.nextMid = (mid + 1) >>> 0;
      this.#releaseWaiting(stream, streamId);
    }
  }

  resetStreams(streamIds: readonly number[]): void {
    if (streamIds.length === 0) {
      for (let i = 0; i < this.#streams.length; i++) this.#forget(i);
    }
    for (const streamId of streamIds) {
      if (streamId >= STREAMS_MAX) continue;
      this.#forget(2 * streamId);
      this.#forget(2 * streamId + 1);
    }
  }

  #push(chunk: DataChunk, bytes: Uint8Array): void {
    const { flags, streamId, mid } = chunk;
    if (streamId >= STREAMS_MAX) return;
    const unordered = (flags & DATA_UNORDERED) !== 0;
    const stream = this.#stream(streamId, unordered);
    if (!unordered && diff32(mid, stream.nextMid) < 0) return; // over already
    const isWhole = (flags & (DATA_BEGIN | DATA_END)) === (DATA_BEGIN | DATA_END);
    if (isWhole && (unordered || mid === stream.nextMid)) {
      const end = chunk.payloadOffset + chunk.payloadBytes;
      const message =
        chunk.payloadBytes > this.#messageBytesMax
          ? undefined
          : bytes.slice(chunk.payloadOffset, end);
      this.#deliver(stream, streamId, unordered, chunk.ppid, mid, message);
      return;
    }
    let partial = stream.partials.get(mid);
    if (partial === undefined) {
      partial = new PartialMessage(mid, this.#messageBytesMax);
      this.#charge(partial, PARTIAL_OVERHEAD_BYTES);
      this.#partialCount += 1;
      if (stream.partials.size === 0 || diff32(mid, stream.lowestMid) < 0) stream.lowestMid = mid;
      stream.partials.set(mid, partial);
    }
    this.#addFragment(stream, partial, chunk, bytes);
    if (partial.isComplete && (unordered || mid === stream.nextMid)) {
      this.#finish(stream, streamId, unordered, partial);
    }
  }

  #addFragment(
    stream: PartialStream,
    partial: PartialMessage,
    chunk: DataChunk,
    bytes: Uint8Array,
  ): void {
    const { flags, fsn, payloadOffset, payloadBytes } = chunk;
    if (flags & DATA_BEGIN) partial.ppid = chunk.ppid;
    if (fsn < partial.nextFsn || (partial.lastFsn >= 0 && fsn > partial.lastFsn)) return;
    if (flags & DATA_END) partial.lastFsn = fsn;
    if (fsn !== partial.nextFsn) {
      if (partial.later?.has(fsn)) return;
      partial.later ??= new Map();
      partial.later.set(fsn, bytes.slice(payloadOffset, payloadOffset + payloadBytes));
      this.#charge(partial, payloadBytes + EVENT_OVERHEAD_BYTES);
      return;
    }
    this.#append(stream, partial, bytes, payloadOffset, payloadBytes);
    if (partial.later === undefined) return;
    for (;;) {
      const next = partial.later.get(partial.nextFsn);
      if (next === undefined) return;
      partial.later.delete(partial.nextFsn);
      this.#charge(partial, -next.length - EVENT_OVERHEAD_BYTES);
      this.#append(stream, partial, next, 0, next.length);
    }
  }

  #append(
    stream: PartialStream,
    partial: PartialMessage,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): void {
    const before = partial.buffer.length;
    const expectedBytes = this.#partialCount <= PRESIZED_MAX ? stream.expectedBytes : 0;
    partial.buffer.append(bytes, offset, length, expectedBytes);
    this.#charge(partial, partial.buffer.length - before);
    partial.nextFsn += 1;
  }

  #finish(
    stream: PartialStream,
    streamId: number,
    unordered: boolean,
    partial: PartialMessage,
  ): void {
    this.#drop(stream, partial);
    const message = partial.buffer.finish();
    if (message !== undefined) stream.expectedBytes = message.length;
    this.#deliver(stream, streamId, unordered, partial.ppid, partial.mid, message);
  }

  #deliver(
    stream: PartialStream,
    streamId: number,
    unordered: boolean,
    ppid: number,
    mid: number,
    message: Uint8Array | undefined,
  ): void {
    if (message === undefined) this.#rejectedMessages += 1;
    else this.#events.pushMessage(streamId, ppid, message, unordered);
    if (unordered) return;
    stream.nextMid = (mid + 1) >>> 0;
    if (stream.partials.size > 0) this.#releaseWaiting(stream, streamId);
  }

  /** Hands up ordered messages that are whole and whose turn has come. */
  #releaseWaiting(stream: PartialStream, streamId: number): void {
    for (;;) {
      const partial = stream.partials.get(stream.nextMid);
      if (partial === undefined || !partial.isComplete) return;
      this.#drop(stream, partial);
      const message = partial.buffer.finish();
      if (message === undefined) this.#rejectedMessages += 1;
      else this.#events.pushMessage(streamId, partial.ppid, message, false);
      stream.nextMid = (stream.nextMid + 1) >>> 0;
    }
  }

  #skipTo(stream: PartialStream, streamId: number, unordered: boolean, mid: number): void {
    if (stream.partials.size === 0 || diff32(stream.lowestMid, mid) > 0) return;
    const skipped: PartialMessage[] = [];
    let lowestMid = -1;
    for (const partial of stream.partials.values()) {
      if (diff32(partial.mid, mid) <= 0) skipped.push(partial);
      else if (lowestMid < 0 || diff32(partial.mid, lowestMid) < 0) lowestMid = partial.mid;
    }
    if (lowestMid >= 0) stream.lowestMid = lowestMid;
    skipped.sort((a, b) => diff32(a.mid, b.mid));
    for (const partial of skipped) {
      this.#drop(stream, partial);
      if (!partial.isComplete) continue;
      const message = partial.buffer.finish();
      if (message === undefined) this.#rejectedMessages += 1;
      else this.#events.pushMessage(streamId, partial.ppid, message, unordered);
    }
  }

  #stream(streamId: number, unordered: boolean): PartialStream {
    const index = 2 * streamId + (unordered ? 1 : 0);
    let stream = this.#streams[index];
    if (stream === undefined) {
      stream = new PartialStream();
      this.#streams[index] = stream;
    }
    return stream;
  }

  #forget(index: number): void {
    const stream = this.#streams[index];
    if (stream === undefined) return;
    for (const partial of stream.partials.values()) this.#drop(stream, partial);
    this.#streams[index] = undefined;
  }

  #drop(stream: PartialStream, partial: PartialMessage): void {
    stream.partials.delete(partial.mid);
    this.#partialCount -= 1;
    this.#heldBytes -= partial.chargedBytes;
  }

  #charge(partial: PartialMessage, byteCount: number): void {
    partial.chargedBytes += byteCount;
    this.#heldBytes += byteCount;
  }
}
