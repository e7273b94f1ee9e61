import { DropReason } from "../../base/drop-reason.ts";
import { diff32 } from "../../base/serial.ts";
import { u16 } from "../../wire/bytes.ts";
import { padded4 } from "../../wire/sctp/bytes.ts";
import { CHUNK_HEADER_BYTES } from "../../wire/sctp/packet.ts";
import {
  outgoingResetBytes,
  RECONFIG_RESPONSE_BYTES,
  type ReconfigParam,
  ReconfigResult,
  readReconfigParam,
  writeOutgoingReset,
  writeReconfigResponse,
} from "../../wire/sctp/reconfig-chunk.ts";
import type { EventQueue } from "./event-queue.ts";
import type { InboundData } from "./inbound-data.ts";
import type { OutboundStreams } from "./outbound-streams.ts";

/** Streams in one request; the others wait for the next. */
const REQUEST_STREAMS_MAX = 128;
/** Unanswered requests after which the streams count as reset all the same. */
const SENDS_MAX = 8;
const RETRY_MS_MAX = 2000;
const PARAM_HEADER_BYTES = 4;

type Request = {
  readonly sequence: number;
  readonly lastTsn: number;
  readonly streamIds: readonly number[];
};

/** Stream reset in both directions (RFC 6525); data channels are closed by it (RFC 8831 §6.7). */
export class StreamReset {
  readonly #events: EventQueue;
  readonly #streams: OutboundStreams;
  readonly #isSupported: boolean;

  /** Outgoing streams to be reset when they are drained. At most STREAMS_MAX. */
  readonly #wanted: Set<number> = new Set();
  /** Our request that the peer has not answered: one at a time (§5.1.1). */
  #request: Request | undefined;
  #nextSequence: number;
  /** The peer answered "in progress": it will be asked again. */
  #isInProgress = false;
  /** The number of the request is a later one, which the peer may not have seen yet. */
  #isRenumbered = false;
  /** That was so of one that was concluded: the peer may expect its number still. */
  #isNumberDoubtful = false;
  #sends = 0;
  #sendReady = false;
  #dueMs: number = Number.POSITIVE_INFINITY;

  #peerNextSequence: number;
  /** The peer's request that waits for data sent before it. */
  #deferred: Request | undefined;
  /** Such a request once it was carried out, until the next: that may be the same once more. */
  #caughtUp: Request | undefined;
  #responseReady = false;
  #responseSequence = 0;
  #responseResult: ReconfigResult = ReconfigResult.NothingToDo;
  /** What the peer's last request in sequence came to, for when it is repeated. */
  #lastResult: ReconfigResult = ReconfigResult.NothingToDo;

  constructor(
    events: EventQueue,
    streams: OutboundStreams,
    localInitialTsn: number,
    peerInitialTsn: number,
    isSupported: boolean,
  ) {
    this.#events = events;
    this.#streams = streams;
    this.#nextSequence = localInitialTsn;
    this.#peerNextSequence = peerInitialTsn;
    this.#isSupported = isSupported;
  }

  /** Asks for the reset of an outgoing stream once all its messages have been sent. */
  want(streamId: number): void {
    this.#wanted.add(streamId);
  }

  /**
   * The peer uses the stream anew, which it does only when it has carried out our request.
   *
   * @returns the streams that this ends the reset of, whose answer was lost; mostly none
   */
  conclude(streamId: number): readonly number[] {
    const request = this.#request;
    if (request === undefined || this.#sends === 0) return [];
    if (!request.streamIds.includes(streamId)) return [];
    this.#isNumberDoubtful = this.#isRenumbered;
    this.#endRequest(request);
    return request.streamIds;
  }

  /** @param length the chunk's stated length, known to lie within `bytes` */
  handleChunk(bytes: Uint8Array, offset: number, length: number, inbound: InboundData): DropReason {
    const end = offset + length;
    let at = offset + CHUNK_HEADER_BYTES;
    // A chunk has at most two parameters (§3.1).
    for (let count = 0; count < 2 && at + PARAM_HEADER_BYTES <= end; count++) {
      const paramLength = u16(bytes, at + 2);
      if (paramLength < PARAM_HEADER_BYTES || at + paramLength > end) return DropReason.Malformed;
      const param = readReconfigParam(bytes, at, paramLength);
      if (param === undefined) return DropReason.Malformed;
      this.#handleParam(param, inbound);
      at += padded4(paramLength);
    }
    return DropReason.None;
  }

  /** Data has arrived: a request that waited for it may be carried out. */
  handleProgress(inbound: InboundData): void {
    const deferred = this.#deferred;
    if (deferred === undefined || !inbound.hasReached(deferred.lastTsn)) return;
    this.#perform(deferred, inbound);
  }

  /** Nothing is under way, in either direction, and nothing is to be said. */
  get isIdle(): boolean {
    return (
      this.#wanted.size === 0 &&
      this.#request === undefined &&
      this.#deferred === undefined &&
      !this.#responseReady
    );
  }

  pollTimeout(): number {
    return this.#dueMs;
  }

  handleTimeout(nowMs: number): void {
    if (nowMs < this.#dueMs) return;
    this.#dueMs = Number.POSITIVE_INFINITY;
    if (this.#sends >= SENDS_MAX) this.#finishRequest();
    else this.#sendReady = true;
  }

  /**
   * Writes an answer and a request, if due and if they fit.
   *
   * @param lastTsn our last TSN given out
   * @returns the new offset
   */
  write(
    nowMs: number,
    out: Uint8Array,
    offset: number,
    end: number,
    lastTsn: number,
    timeoutMs: number,
  ): number {
    let at = offset;
    if (this.#responseReady && at + RECONFIG_RESPONSE_BYTES <= end) {
      this.#responseReady = false;
      at = writeReconfigResponse(out, at, this.#responseSequence, this.#responseResult);
    }
    if (this.#request === undefined && this.#wanted.size > 0) this.#startRequest(lastTsn);
    let request = this.#request;
    if (!this.#sendReady || request === undefined) return at;
    if (at + outgoingResetBytes(request.streamIds.length) > end) return at;
    if (this.#isInProgress) {
      // To the old number some peers, older Chromium among them, have the same answer for ever.
      request = { ...request, sequence: this.#takeSequence() };
      this.#request = request;
      this.#isInProgress = false;
      this.#isRenumbered = true;
    }
    this.#sendReady = false;
    this.#sends += 1;
    const backedOffMs = Math.min(timeoutMs * 2 ** (this.#sends - 1), RETRY_MS_MAX);
    this.#dueMs = nowMs + Math.max(timeoutMs, backedOffMs);
    return writeOutgoingReset(
      out,
      at,
      request.sequence,
      this.#peerNextSequence - 1,
      request.lastTsn,
      request.streamIds,
    );
  }

  #startRequest(lastTsn: number): void {
    const streamIds: number[] = [];
    for (const streamId of this.#wanted) {
      if (streamIds.length === REQUEST_STREAMS_MAX) break;
      const stream = this.#streams.find(streamId);
      if (stream === undefined || this.#streams.isStreamDrained(stream)) streamIds.push(streamId);
    }
    if (streamIds.length === 0) return;
    for (const streamId of streamIds) this.#wanted.delete(streamId);
    this.#request = { sequence: this.#takeSequence(), lastTsn, streamIds };
    this.#isInProgress = false;
    this.#isRenumbered = false;
    this.#sends = 0;
    this.#sendReady = true;
    if (!this.#isSupported) this.#finishRequest();
  }

  #handleParam(param: ReconfigParam, inbound: InboundData): void {
    if (param.kind === "response") {
      this.#handleResponse(param.responseSequence, param.result);
      return;
    }
    const distance = diff32(param.requestSequence, this.#peerNextSequence);
    if (distance !== 0) {
      if (distance === -1) this.#repeatAnswer(param, inbound);
      else this.#respond(param.requestSequence, ReconfigResult.BadSequence);
      return;
    }
    this.#peerNextSequence = (this.#peerNextSequence + 1) >>> 0;
    const caughtUp = this.#caughtUp;
    this.#caughtUp = undefined;
    if (param.kind === "outgoing-reset") {
      const request = {
        sequence: param.requestSequence,
        lastTsn: param.lastTsn,
        streamIds: param.streamIds,
      };
      if (caughtUp !== undefined && isSame(request, caughtUp)) {
        // The streams may be in use again by now.
        this.#answer(param.requestSequence, ReconfigResult.Performed);
      } else if (inbound.hasReached(param.lastTsn)) {
        this.#perform(request, inbound);
      } else {
        this.#deferred = request;
        this.#answer(param.requestSequence, ReconfigResult.InProgress);
      }
    } else if (param.kind === "incoming-reset") {
      const hasMore = this.#wantAll(param.streamIds);
      const { Performed, NothingToDo } = ReconfigResult;
      this.#answer(param.requestSequence, hasMore ? Performed : NothingToDo);
    } else {
      this.#answer(param.requestSequence, ReconfigResult.Denied);
    }
  }

  /** Any answer is final but "in progress". */
  #handleResponse(sequence: number, result: number): void {
    const request = this.#request;
    if (request?.sequence !== sequence) return;
    const isDoubtful = this.#isNumberDoubtful;
    this.#isNumberDoubtful = false;
    if (isDoubtful && result === ReconfigResult.BadSequence) {
      this.#nextSequence = sequence;
      this.#request = { ...request, sequence: (sequence - 1) >>> 0 };
      this.#sends = 0;
      this.#sendReady = true;
      return;
    }
    this.#isRenumbered = false;
    this.#isInProgress = result === ReconfigResult.InProgress;
    if (this.#isInProgress) this.#sends = 1;
    else this.#finishRequest();
  }

  /** The peer asks us to reset what we send. No ids: all streams. False: it was under way already. */
  #wantAll(streamIds: readonly number[]): boolean {
    let hasMore = false;
    for (const streamId of streamIds.length > 0 ? streamIds : this.#streams.streamIds()) {
      const stream = this.#streams.find(streamId);
      if (stream === undefined || stream.isResetting) continue;
      stream.isResetting = true;
      this.#wanted.add(streamId);
      hasMore = true;
    }
    return hasMore;
  }

  #takeSequence(): number {
    const sequence = this.#nextSequence;
    this.#nextSequence = (sequence + 1) >>> 0;
    return sequence;
  }

  /** The peer has not seen our answer. */
  #repeatAnswer(param: ReconfigParam, inbound: InboundData): void {
    this.handleProgress(inbound);
    if (param.kind !== "response") this.#respond(param.requestSequence, this.#lastResult);
  }

  #perform(request: Request, inbound: InboundData): void {
    if (this.#deferred === request) this.#caughtUp = request;
    this.#deferred = undefined;
    inbound.resetStreams(request.streamIds);
    this.#events.pushControl({
      kind: "streams-reset",
      direction: "incoming",
      streamIds: request.streamIds,
    });
    this.#answer(request.sequence, ReconfigResult.Performed);
  }

  #answer(sequence: number, result: ReconfigResult): void {
    this.#lastResult = result;
    this.#respond(sequence, result);
  }

  #respond(sequence: number, result: ReconfigResult): void {
    this.#responseReady = true;
    this.#responseSequence = sequence;
    this.#responseResult = result;
  }

  #finishRequest(): void {
    const request = this.#request;
    if (request === undefined) return;
    this.#endRequest(request);
    this.#events.pushControl({
      kind: "streams-reset",
      direction: "outgoing",
      streamIds: request.streamIds,
    });
  }

  #endRequest(request: Request): void {
    this.#request = undefined;
    this.#sendReady = false;
    this.#dueMs = Number.POSITIVE_INFINITY;
    for (const streamId of request.streamIds) this.#streams.forget(streamId);
  }
}

function isSame(one: Request, other: Request): boolean {
  return (
    one.lastTsn === other.lastTsn &&
    one.streamIds.length === other.streamIds.length &&
    one.streamIds.every((streamId, i) => streamId === other.streamIds[i])
  );
}
