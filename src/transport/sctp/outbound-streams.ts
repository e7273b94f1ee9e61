import type { EventQueue } from "./event-queue.ts";
import { RingQueue } from "./ring-queue.ts";

/** Messages that wait for a TSN, all streams together; keeps floods of tiny messages bounded. */
const MESSAGES_MAX = 32_768;
const NO_BYTES = new Uint8Array(0);

/** One direction of one stream: what waits to be sent, and what is not yet acknowledged. */
export class OutboundStream {
  readonly id: number;
  readonly queue: RingQueue<OutboundMessage> = new RingQueue();
  /** The number of the next ordered message; on the wire 16 bits of DATA or 32 of I-DATA. */
  nextNumber = 0;
  /** The same of unordered messages, which only I-DATA numbers. */
  nextUnorderedNumber = 0;
  /** The message whose fragments are leaving. */
  current: OutboundMessage | undefined;
  /** Bytes that are neither acknowledged nor given up. */
  bufferedBytes = 0;
  bufferedLowBytes = -1;
  /** In the round of streams that have something to send. */
  isActive = false;
  /** Takes no messages from the request on until the peer has answered the reset. */
  isResetting = false;

  constructor(id: number) {
    this.id = id;
  }
}

/** A message on its way out. Its bytes are the caller's and are only read. */
export class OutboundMessage {
  stream: OutboundStream;
  ppid = 0;
  unordered = false;
  /** How often a fragment may be sent again; Infinity for a reliable message. */
  maxRetransmits: number = Number.POSITIVE_INFINITY;
  /** When it is given up, on the caller's clock; Infinity: never. */
  expiresMs: number = Number.POSITIVE_INFINITY;
  bytes: Uint8Array = NO_BYTES;
  /** Stream sequence number or message id; set when the first fragment leaves. */
  number = 0;
  /** Fragments that have been given a TSN. */
  fragmentCount = 0;
  firstTsn = -1;
  lastTsn = -1;
  /** Bytes that have been given a TSN. */
  sentBytes = 0;
  isAbandoned = false;

  constructor(stream: OutboundStream) {
    this.stream = stream;
  }

  /** It is another message from here on. */
  reuse(stream: OutboundStream): void {
    this.stream = stream;
    this.number = 0;
    this.fragmentCount = 0;
    this.firstTsn = -1;
    this.lastTsn = -1;
    this.sentBytes = 0;
  }
}

/**
 * The queues of all outgoing streams. Streams take turns message by message, so that a file on
 * one does not hold up short messages on another for longer than one message takes; with
 * interleaving (RFC 8260) they take turns chunk by chunk.
 */
export class OutboundStreams {
  readonly #events: EventQueue;
  readonly #bufferBytesMax: number;
  /** At most STREAMS_MAX entries: the association checks the ids. */
  readonly #streams: Map<number, OutboundStream> = new Map();
  /** The stream used last: mostly there is but one. */
  #latest: OutboundStream | undefined;
  /** Streams with something to send, in turn; each at most once: the first, and those after it. */
  #front: OutboundStream | undefined;
  readonly #behind: RingQueue<OutboundStream> = new RingQueue();
  #spare: OutboundMessage | undefined;
  #bufferedBytes = 0;
  #messageCount = 0;

  /** Of an association with nothing to do but to send: its owner has an event to take. */
  hasEvents = false;

  /** Without it the fragments of two messages never mix (RFC 9260 §6.9). */
  isInterleaved = false;

  /** @param bufferBytesMax a message that would exceed it is refused, unless nothing is buffered */
  constructor(events: EventQueue, bufferBytesMax: number) {
    this.#events = events;
    this.#bufferBytesMax = bufferBytesMax;
  }

  /** Bytes on all streams that are neither acknowledged nor given up. */
  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  /** True when no message waits for a TSN. */
  get isEmpty(): boolean {
    return this.#front === undefined;
  }

  find(streamId: number): OutboundStream | undefined {
    if (this.#latest?.id === streamId) return this.#latest;
    const known = this.#streams.get(streamId);
    if (known !== undefined) this.#latest = known;
    return known;
  }

  open(streamId: number): OutboundStream {
    const known = this.find(streamId);
    if (known !== undefined) return known;
    const stream = new OutboundStream(streamId);
    this.#streams.set(streamId, stream);
    return stream;
  }

  /** What is in flight yet is released later; whoever has the id by then is not told of it. */
  forget(streamId: number): void {
    const stream = this.#streams.get(streamId);
    if (stream !== undefined) stream.bufferedLowBytes = -1;
    if (stream === this.#latest) this.#latest = undefined;
    this.#streams.delete(streamId);
  }

  streamIds(): number[] {
    return [...this.#streams.keys()];
  }

  /** One for a message of the stream; its settings and bytes are those of nobody. */
  createMessage(stream: OutboundStream): OutboundMessage {
    const spare = this.#spare;
    if (spare === undefined) return new OutboundMessage(stream);
    this.#spare = undefined;
    spare.reuse(stream);
    return spare;
  }

  /** What left of the message is acknowledged. If that is all, nobody has it: one serves again. */
  recycle(message: OutboundMessage): void {
    if (message.isAbandoned || message.sentBytes < message.bytes.length) return;
    message.bytes = NO_BYTES;
    this.#spare = message;
  }

  hasRoomFor(byteCount: number): boolean {
    if (this.#messageCount >= MESSAGES_MAX) return false;
    return this.#bufferedBytes === 0 || this.#bufferedBytes + byteCount <= this.#bufferBytesMax;
  }

  push(message: OutboundMessage): void {
    const stream = message.stream;
    // one that is never late need not be looked at again before it leaves
    const isNext = !stream.isActive && message.expiresMs === Number.POSITIVE_INFINITY;
    if (isNext) stream.current = message;
    else stream.queue.push(message);
    stream.bufferedBytes += message.bytes.length;
    this.#bufferedBytes += message.bytes.length;
    this.#messageCount += 1;
    if (!stream.isActive) {
      stream.isActive = true;
      this.#join(stream);
    }
  }

  /** The message to send from next; expired ones are dropped on the way. */
  head(nowMs: number): OutboundMessage | undefined {
    for (;;) {
      const stream = this.#front;
      if (stream === undefined) return undefined;
      if (stream.current !== undefined) return stream.current;
      const message = stream.queue.shift();
      if (message === undefined) {
        this.#leave();
        stream.isActive = false;
      } else if (message.expiresMs <= nowMs) {
        this.release(stream, message.bytes.length);
        message.isAbandoned = true;
        this.#messageCount -= 1;
      } else {
        stream.current = message;
      }
    }
  }

  /** The first part of the head is about to leave. */
  number(message: OutboundMessage): void {
    const { stream } = message;
    if (!message.unordered) {
      message.number = stream.nextNumber;
      stream.nextNumber = (message.number + 1) >>> 0;
    } else if (this.isInterleaved) {
      message.number = stream.nextUnorderedNumber;
      stream.nextUnorderedNumber = (message.number + 1) >>> 0;
    }
  }

  /** A part of the head has left. */
  advance(message: OutboundMessage): void {
    if (message.sentBytes === message.bytes.length) this.finish(message);
    else if (this.isInterleaved) this.#rotate();
  }

  /** A message that was begun has got its last TSN, or was given up. */
  finish(message: OutboundMessage): void {
    const stream = message.stream;
    if (stream.current !== message) return;
    stream.current = undefined;
    this.#messageCount -= 1;
    if (this.#front === stream) this.#rotate();
  }

  /** True when the stream has nothing left that waits for a TSN. */
  isStreamDrained(stream: OutboundStream): boolean {
    return stream.queue.count === 0 && stream.current === undefined;
  }

  /** Bytes were acknowledged or given up. */
  release(stream: OutboundStream, byteCount: number): void {
    const before = stream.bufferedBytes;
    stream.bufferedBytes = before - byteCount;
    this.#bufferedBytes -= byteCount;
    if (before > stream.bufferedLowBytes && stream.bufferedBytes <= stream.bufferedLowBytes) {
      this.#events.pushControl({ kind: "buffered-low", streamId: stream.id });
      this.hasEvents = true;
    }
  }

  /** Bytes thought acknowledged are on their way again. */
  retake(stream: OutboundStream, byteCount: number): void {
    stream.bufferedBytes += byteCount;
    this.#bufferedBytes += byteCount;
  }

  /** Forgets all streams and messages. */
  clear(): void {
    for (const stream of this.#streams.values()) {
      stream.queue.clear();
      if (stream.current !== undefined) stream.current.bytes = NO_BYTES;
      stream.current = undefined;
    }
    this.#streams.clear();
    this.#latest = undefined;
    this.#front = undefined;
    this.#behind.clear();
    this.#bufferedBytes = 0;
    this.#messageCount = 0;
  }

  /** The first stream goes to the end of the round, or out of it. */
  #rotate(): void {
    const stream = this.#front;
    if (stream === undefined) return;
    this.#leave();
    if (this.isStreamDrained(stream)) stream.isActive = false;
    else this.#join(stream);
  }

  #join(stream: OutboundStream): void {
    if (this.#front === undefined) this.#front = stream;
    else this.#behind.push(stream);
  }

  #leave(): void {
    this.#front = this.#behind.shift();
  }
}
