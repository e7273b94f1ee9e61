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
  #sends = 0;
  #sendReady = false;
  #dueMs: number = Number.POSITIVE_INFINITY;

  #peerNextSequence: number;
  /** The peer's request that waits for data sent before it. */
  #deferred: Request | undefined;
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
    const request = this.#request;
    if (!this.#sendReady || request === undefined) return at;
    if (at + outgoingResetBytes(request.streamIds.length) > end) return at;
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
    this.#request = { sequence: this.#nextSequence, lastTsn, streamIds };
    this.#nextSequence = (this.#nextSequence + 1) >>> 0;
    this.#sends = 0;
    this.#sendReady = true;
    if (!this.#isSupported) this.#finishRequest();
  }

  #handleParam(param: ReconfigParam, inbound: InboundData): void {
    if (param.kind === "response") {
      const request = this.#request;
      if (request === undefined || param.responseSequence !== request.sequence) return;
      // Still in progress: the timer sends the request again. Any other answer is final.
      if (param.result === ReconfigResult.InProgress) this.#sends = 1;
      else this.#finishRequest();
      return;
    }
    const distance = diff32(param.requestSequence, this.#peerNextSequence);
    if (distance !== 0) {
      if (distance === -1) this.#repeatAnswer(param, inbound);
      else this.#respond(param.requestSequence, ReconfigResult.BadSequence);
      return;
    }
    this.#peerNextSequence = (this.#peerNextSequence + 1) >>> 0;
    if (param.kind === "outgoing-reset") {
      const request = {
        sequence: param.requestSequence,
        lastTsn: param.lastTsn,
        streamIds: param.streamIds,
      };
      if (inbound.hasReached(param.lastTsn)) {
        this.#perform(request, inbound);
      } else {
        this.#deferred = request;
        this.#answer(param.requestSequence, ReconfigResult.InProgress);
      }
    } else if (param.kind === "incoming-reset") {
      for (const streamId of param.streamIds) {
        const stream = this.#streams.find(streamId);
        if (stream === undefined) continue;
        stream.isResetting = true;
        this.#wanted.add(streamId);
      }
      this.#answer(param.requestSequence, ReconfigResult.Performed);
    } else {
      this.#answer(param.requestSequence, ReconfigResult.Denied);
    }
  }

  /** The peer has not seen our answer. */
  #repeatAnswer(param: ReconfigParam, inbound: InboundData): void {
    this.handleProgress(inbound);
    if (param.kind !== "response") this.#respond(param.requestSequence, this.#lastResult);
  }

  #perform(request: Request, inbound: InboundData): void {
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
    this.#request = undefined;
    this.#sendReady = false;
    this.#dueMs = Number.POSITIVE_INFINITY;
    for (const streamId of request.streamIds) this.#streams.forget(streamId);
    this.#events.pushControl({
      kind: "streams-reset",
      direction: "outgoing",
      streamIds: request.streamIds,
    });
  }
}
