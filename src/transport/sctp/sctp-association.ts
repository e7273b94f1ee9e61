import { assert } from "../../base/assert.ts";
import { DropReason } from "../../base/drop-reason.ts";
import { u16, u32 } from "../../wire/bytes.ts";
import { padded4 } from "../../wire/sctp/bytes.ts";
import {
  ChunkType,
  DATA_IMMEDIATE,
  ErrorCause,
  TAG_REFLECTED,
  UNKNOWN_REPORT,
  UNKNOWN_SKIP,
} from "../../wire/sctp/chunk-type.ts";
import {
  DATA_HEADER_BYTES,
  DataChunk,
  I_DATA_HEADER_BYTES,
  readDataChunk,
  readInterleavedChunk,
} from "../../wire/sctp/data-chunk.ts";
import {
  CHUNK_HEADER_BYTES,
  chunkLength,
  hasZeroChecksum,
  isChecksumRight,
  PACKET_HEADER_BYTES,
  writePacketHeader,
} from "../../wire/sctp/packet.ts";
import {
  FORWARD_TSN_ENTRY_BYTES,
  FORWARD_TSN_HEADER_BYTES,
  I_FORWARD_TSN_ENTRY_BYTES,
  SACK_HEADER_BYTES,
} from "../../wire/sctp/sack-chunk.ts";
import { DataSender, type DataSenderOptions } from "./data-sender.ts";
import { EventQueue } from "./event-queue.ts";
import {
  createAbortPacket,
  createShutdownCompletePacket,
  describeAbort,
  ShutdownRepeater,
} from "./farewell.ts";
import { Handshake } from "./handshake.ts";
import { STREAMS_MAX } from "./inbound-assembly.ts";
import { InboundData } from "./inbound-data.ts";
import { OutboundStreams } from "./outbound-streams.ts";
import { PendingAnswers } from "./pending-answers.ts";
import { SackSchedule } from "./sack-schedule.ts";
import type { SctpCloseReason, SctpEvent } from "./sctp-event.ts";
import type { SctpOptions, SctpSendResult } from "./sctp-options.ts";
import { StreamReset } from "./stream-reset.ts";

const SCTP_PORT = 5000;
const MESSAGE_BYTES_MAX = 65_535;
const RECEIVE_BUFFER_BYTES = 1024 * 1024;
const SEND_BUFFER_BYTES = 16 * 1024 * 1024;
/** With 37 bytes of DTLS and 48 of UDP and IPv6 this stays under the 1280 that IPv6 promises. */
const PACKET_BYTES_MAX = 1191;
/** RE-CONFIG chunks that are read of one packet: a request and an answer. */
const RECONFIGS_MAX = 2;
/** SACKs that are read of one packet: an honest peer writes one, and each may cost a walk. */
const SACKS_MAX = 2;

type Stage =
  | "opening"
  | "established"
  | "shutdown-pending"
  | "shutdown-sent"
  | "shutdown-received"
  | "shutdown-ack-sent"
  | "closed";

/**
 * One SCTP association inside DTLS (RFC 9260, 8261; partial reliability: RFC 3758; stream reset:
 * RFC 6525; interleaving: RFC 8260; zero checksum: RFC 9653). Packets come by `handlePacket`, leave by `pollTransmit`; after each handle the owner
 * drains `pollTransmit` and `pollEvent`, and calls `handleTimeout` when `pollTimeout` says.
 * Leaves out: multi-homing, heartbeats of its own (ICE watches the path).
 */
export class SctpAssociation {
  // What each packet of a message to many receivers asks for stands first, side by side in memory:
  // by the time a receiver's turn has come, little of it is in the processor's caches.
  /**
   * Established, and at the last look only the sender had anything to write or to wait for; since
   * then nothing but SACKs and messages to send has come. The other parts need not be looked at.
   */
  #isQuiet = false;
  #stage: Stage = "opening";
  #sender: DataSender | undefined;
  readonly #streams: OutboundStreams;
  readonly #localPort: number;
  readonly #remotePort: number;
  /** Of an association that was established. */
  #localTag = 0;
  #peerTag = 0;
  readonly #packetEnd: number;
  #leavesChecksumOut = false;
  readonly #zeroChecksum: boolean;
  #streamsMax: number = STREAMS_MAX;
  readonly #maxMessageBytes: number;
  /** When a part other than the sender has work, while it is quiet. */
  #quietDueMs: number = Number.POSITIVE_INFINITY;

  readonly #receiveMessageBytesMax: number;
  readonly #receiveBufferBytes: number;
  readonly #mayInterleave: boolean;
  readonly #senderOptions: DataSenderOptions;
  readonly #events: EventQueue = new EventQueue();
  readonly #handshake: Handshake;
  readonly #chunk: DataChunk = new DataChunk();
  #inbound: InboundData | undefined;
  #reset: StreamReset | undefined;
  #canForward = false;

  readonly #sack: SackSchedule = new SackSchedule();
  readonly #answers: PendingAnswers = new PendingAnswers();
  readonly #farewell: ShutdownRepeater = new ShutdownRepeater();
  /** Of the packet in hand. */
  #hasData = false;
  #wantsSackNow = false;
  #reconfigsLeft = 0;
  #sacksLeft = 0;

  /** ABORT or SHUTDOWN-COMPLETE: the last packet of all. */
  #lastPacket: Uint8Array | undefined;

  constructor(options: SctpOptions) {
    this.#localPort = options.localPort ?? SCTP_PORT;
    this.#remotePort = options.remotePort ?? SCTP_PORT;
    this.#maxMessageBytes = options.maxMessageBytes ?? MESSAGE_BYTES_MAX;
    this.#receiveMessageBytesMax = options.receiveMessageBytesMax ?? MESSAGE_BYTES_MAX;
    this.#receiveBufferBytes = options.receiveBufferBytes ?? RECEIVE_BUFFER_BYTES;
    this.#packetEnd = (options.packetBytesMax ?? PACKET_BYTES_MAX) & ~3;
    this.#zeroChecksum = options.zeroChecksum ?? false;
    this.#mayInterleave = options.interleaving ?? true;
    this.#senderOptions = {
      minWindowBytes: options.minWindowBytes ?? 0,
      fastRetransmitBytes: options.fastRetransmitBytes ?? 0,
      growthStepBytes: options.growthStepBytes ?? 0,
    };
    this.#streams = new OutboundStreams(this.#events, options.sendBufferBytes ?? SEND_BUFFER_BYTES);
    this.#handshake = new Handshake({
      random: options.random,
      localPort: this.#localPort,
      remotePort: this.#remotePort,
      rwndBytes: this.#receiveBufferBytes,
      zeroChecksum: this.#zeroChecksum,
      interleaving: this.#mayInterleave,
    });
  }

  /** No more than this is needed for `pollTransmit`'s `out`, in bytes. */
  get packetBytesMax(): number {
    return Math.max(this.#packetEnd, PACKET_BYTES_MAX);
  }

  get isConnected(): boolean {
    return this.#sender !== undefined;
  }

  get isClosed(): boolean {
    return this.#stage === "closed";
  }

  /** Bytes of all streams that are neither acknowledged nor given up. */
  get bufferedBytes(): number {
    return this.#streams.bufferedBytes;
  }

  /** Ids of streams in both directions are below this. */
  get streamsMax(): number {
    return this.#streamsMax;
  }

  /** Sends INIT. Both sides may: the handshakes become one. Without it the association waits. */
  connect(_nowMs: number): void {
    this.#isQuiet = false;
    if (this.#stage === "opening") this.#handshake.connect();
  }

  /**
   * Queues a message; it may be sent before the association is connected.
   *
   * @param bytes at least one byte; kept by reference and not to be changed any more, so that one
   *   message to many peers is held, and its checksum reckoned, once
   * @param maxRetransmits how often each part may be sent again, Infinity: until it arrives
   * @param lifetimeMs after this the message is given up, Infinity: never
   */
  send(
    nowMs: number,
    streamId: number,
    ppid: number,
    bytes: Uint8Array,
    unordered: boolean = false,
    maxRetransmits: number = Number.POSITIVE_INFINITY,
    lifetimeMs: number = Number.POSITIVE_INFINITY,
  ): SctpSendResult {
    assert(bytes.length > 0, "SCTP carries no empty messages: send one byte with an empty PPID");
    if (!this.#isQuiet && this.#stage !== "opening" && this.#stage !== "established") {
      return "closed";
    }
    if (streamId >= this.#streamsMax) return "closed";
    if (bytes.length > this.#maxMessageBytes) return "too-large";
    if (!this.#streams.hasRoomFor(bytes.length)) return "full";
    const stream = this.#streams.open(streamId);
    if (stream.isResetting) return "closed";
    const message = this.#streams.createMessage(stream);
    message.ppid = ppid;
    message.bytes = bytes;
    message.unordered = unordered;
    message.maxRetransmits = maxRetransmits;
    message.expiresMs = nowMs + lifetimeMs;
    this.#streams.push(message);
    return "sent";
  }

  /** Bytes of one stream that are neither acknowledged nor given up. */
  streamBufferedBytes(streamId: number): number {
    return this.#streams.find(streamId)?.bufferedBytes ?? 0;
  }

  /** A "buffered-low" event comes when the stream's buffered bytes fall to `byteCount`; -1: never. */
  setBufferedLow(streamId: number, byteCount: number): void {
    if (streamId < this.#streamsMax) this.#streams.open(streamId).bufferedLowBytes = byteCount;
  }

  /** Resets an outgoing stream after what is queued on it; a "streams-reset" event ends it. */
  resetStream(streamId: number): void {
    if (streamId >= this.#streamsMax || this.#stage === "closed") return;
    const stream = this.#streams.open(streamId);
    if (stream.isResetting) return;
    this.#isQuiet = false;
    stream.isResetting = true;
    this.#reset?.want(streamId);
  }

  /**
   * The peer uses a stream anew: the reset of ours is over, though its answer was lost.
   *
   * @returns the streams whose reset this ends, without an event; mostly none
   */
  concludeReset(streamId: number): readonly number[] {
    this.#isQuiet = false;
    return this.#reset?.conclude(streamId) ?? [];
  }

  /** Sends what is queued, then ends the association in agreement with the peer (§9.2). */
  shutdown(): void {
    this.#isQuiet = false;
    if (this.#stage === "established") this.#stage = "shutdown-pending";
    else if (this.#stage === "opening") this.abort();
    this.#advanceShutdown();
  }

  /** Ends the association at once and tells the peer (§9.1). */
  abort(): void {
    this.#abort("aborted", ErrorCause.UserAbort, "closed by the application");
  }

  #abort(reason: SctpCloseReason, cause: ErrorCause, detail: string): void {
    if (this.#stage === "closed") return;
    const peer = this.#handshake.peer;
    if (peer !== undefined) {
      const { tag } = peer;
      this.#lastPacket = createAbortPacket(this.#localPort, this.#remotePort, tag, cause, detail);
    }
    this.#close(reason, detail);
  }

  pollEvent(): SctpEvent | undefined {
    const event = this.#events.shift();
    if (event === undefined) this.#streams.hasEvents = false;
    else this.#isQuiet = false; // the receive window may be wider
    return event;
  }

  /** False when `pollEvent` has said that there are no more, and none has come since. */
  get mayHaveEvents(): boolean {
    return !this.#isQuiet || this.#streams.hasEvents;
  }

  /** False when `pollTransmit` has nothing to write before its next timeout, input or message. */
  get mayTransmit(): boolean {
    return !this.#isQuiet || this.#sender!.mayWrite;
  }

  /** Charges bytes that the owner keeps of polled messages to the receive window. */
  retain(byteCount: number): void {
    this.#events.retain(byteCount);
  }

  /** Gives retained bytes back; when that opens the window, `pollTransmit` tells the peer. */
  release(byteCount: number): void {
    this.#isQuiet = false;
    this.#events.release(byteCount);
  }

  /** One SCTP packet, as DTLS delivered it. Malformed input is dropped; nothing is kept of `bytes`. */
  handlePacket(nowMs: number, bytes: Uint8Array): DropReason {
    if (bytes.length < PACKET_HEADER_BYTES + CHUNK_HEADER_BYTES) return DropReason.Truncated;
    if (this.#stage === "closed") return DropReason.WrongState;
    if (u16(bytes, 0) !== this.#remotePort || u16(bytes, 2) !== this.#localPort) {
      return DropReason.Unknown;
    }
    const type = bytes[PACKET_HEADER_BYTES]!;
    const mayLackChecksum =
      this.#zeroChecksum && type !== ChunkType.Init && type !== ChunkType.CookieEcho;
    if (!(mayLackChecksum && hasZeroChecksum(bytes)) && !isChecksumRight(bytes)) {
      return DropReason.BadTag;
    }
    const tag = u32(bytes, 4);
    if (this.#isQuiet) {
      const length = bytes.length - PACKET_HEADER_BYTES;
      if (type === ChunkType.Sack && chunkLength(bytes, PACKET_HEADER_BYTES) === length) {
        if (tag !== this.#localTag) return DropReason.BadTag;
        return this.#sender!.handleSack(nowMs, bytes, PACKET_HEADER_BYTES, length);
      }
      this.#isQuiet = false;
    }
    if (!this.#isTagRight(tag, type, bytes[PACKET_HEADER_BYTES + 1]!)) return DropReason.BadTag;

    this.#hasData = false;
    this.#wantsSackNow = false;
    this.#reconfigsLeft = RECONFIGS_MAX;
    this.#sacksLeft = SACKS_MAX;
    const reason = this.#handleChunks(nowMs, tag, bytes);
    if (this.#hasData) this.#scheduleSack(nowMs);
    this.#advanceShutdown();
    return reason;
  }

  /** When `handleTimeout` next has work, in the caller's monotonic ms; Infinity: not without input. */
  pollTimeout(): number {
    if (this.#isQuiet) return Math.min(this.#quietDueMs, this.#sender!.pollTimeout());
    return Math.min(
      this.#handshake.pollTimeout(),
      this.#sack.pollTimeout(),
      this.#sender?.pollTimeout() ?? Number.POSITIVE_INFINITY,
      this.#reset?.pollTimeout() ?? Number.POSITIVE_INFINITY,
      this.#farewell.pollTimeout(),
    );
  }

  handleTimeout(nowMs: number): void {
    if (this.#stage === "closed") return;
    this.#isQuiet = false;
    this.#handshake.handleTimeout(nowMs);
    this.#sack.handleTimeout(nowMs);
    this.#sender?.handleTimeout(nowMs);
    this.#reset?.handleTimeout(nowMs);
    this.#farewell.handleTimeout(nowMs);
    if (this.#handshake.isFailed) this.#close("timeout", "the peer does not answer the handshake");
    else if (this.#farewell.isPeerGone) this.#close("timeout", "the peer does not shut down");
    else if (this.#sender?.isPeerGone) {
      this.#abort("timeout", ErrorCause.UserAbort, "data was sent again and again, no SACK came");
    }
  }

  /**
   * Writes one packet.
   *
   * @param out at least `packetBytesMax` bytes
   * @returns the packet's length, 0 when there is none
   */
  pollTransmit(nowMs: number, out: Uint8Array): number {
    if (this.#isQuiet) {
      const end = this.#sender!.write(nowMs, out, PACKET_HEADER_BYTES, this.#packetEnd, true);
      return end === PACKET_HEADER_BYTES ? 0 : this.#finishPacket(out, end, this.#peerTag);
    }
    if (this.#stage === "closed") {
      const packet = this.#lastPacket;
      if (packet === undefined) return 0;
      this.#lastPacket = undefined;
      out.set(packet);
      return packet.length;
    }
    const handshakeLength = this.#handshake.pollTransmit(nowMs, out);
    if (handshakeLength > 0) return handshakeLength;
    const sender = this.#sender;
    const inbound = this.#inbound;
    const reset = this.#reset;
    const peer = this.#handshake.peer;
    if (!sender || !inbound || !reset || !peer) return 0;

    const end = this.#packetEnd;
    // Control chunks come before DATA (§6.10).
    let at = this.#answers.write(out, PACKET_HEADER_BYTES, end);
    if (this.#sack.isReady || inbound.isWindowUpdateDue) {
      at = inbound.writeSack(out, at, end - at);
      this.#sack.clear();
    }
    if (this.#stage !== "shutdown-sent" && this.#stage !== "shutdown-ack-sent") {
      at = reset.write(nowMs, out, at, end, sender.lastTsn, sender.timeoutMs);
      at = this.#writeData(nowMs, out, at, end, sender, inbound);
    }
    const isAck = this.#stage === "shutdown-ack-sent";
    const cumulativeTsn = inbound.cumulativeTsn;
    at = this.#farewell.write(nowMs, out, at, end, isAck, cumulativeTsn, sender.timeoutMs);
    if (at > PACKET_HEADER_BYTES) return this.#finishPacket(out, at, peer.tag);
    this.#isQuiet = this.#stage === "established" && !this.#sack.isPending && reset.isIdle;
    if (this.#isQuiet) {
      this.#streams.hasEvents = !this.#events.isEmpty;
      this.#quietDueMs = Math.min(this.#handshake.pollTimeout(), this.#sack.pollTimeout());
    }
    return 0;
  }

  /** Puts the header before the chunks, which end at `end`. @returns the packet's length */
  #finishPacket(out: Uint8Array, end: number, peerTag: number): number {
    writePacketHeader(out, this.#localPort, this.#remotePort, peerTag);
    if (!this.#leavesChecksumOut) this.#sender!.checksum.fillIn(out, end);
    return end;
  }

  /** For the debug endpoint. */
  debugInfo(): Readonly<Record<string, unknown>> {
    return {
      stage: this.#stage,
      bufferedBytes: this.#streams.bufferedBytes,
      rwndBytes: this.#inbound?.rwndBytes ?? this.#receiveBufferBytes,
      rejectedMessages: this.#inbound?.rejectedMessages ?? 0,
      hasChecksums: !this.#leavesChecksumOut,
      isInterleaved: this.#streams.isInterleaved,
      sender: this.#sender?.debugInfo(),
    };
  }

  /** RFC 9260 §8.5. */
  #isTagRight(tag: number, type: number, flags: number): boolean {
    if (type === ChunkType.Init) return tag === 0;
    if (type === ChunkType.CookieEcho) return true; // the handshake knows the tags it gave out
    const isReflected =
      (type === ChunkType.Abort || type === ChunkType.ShutdownComplete) &&
      (flags & TAG_REFLECTED) !== 0;
    if (isReflected) return tag === this.#handshake.peer?.tag;
    return tag === this.#handshake.localTag;
  }

  #handleChunks(nowMs: number, tag: number, bytes: Uint8Array): DropReason {
    let firstReason: DropReason = DropReason.None;
    let at = PACKET_HEADER_BYTES;
    while (at + CHUNK_HEADER_BYTES <= bytes.length) {
      const length = chunkLength(bytes, at);
      if (length < CHUNK_HEADER_BYTES || at + length > bytes.length) {
        return firstReason || DropReason.Malformed;
      }
      const type = bytes[at]!;
      const reason =
        type === ChunkType.Data || (type === ChunkType.IData && this.#mayInterleave)
          ? this.#handleData(type === ChunkType.IData, bytes, at, length)
          : this.#handleControl(nowMs, tag, bytes, at, length);
      if (firstReason === DropReason.None) firstReason = reason;
      if (this.#stage === "closed") break;
      if (reason === DropReason.Unsupported && !(type & UNKNOWN_SKIP)) break;
      // These stand alone (§6.10), and nothing counts behind a cookie that is not ours.
      if (type === ChunkType.Init || type === ChunkType.ShutdownComplete) break;
      if (type === ChunkType.CookieEcho && reason !== DropReason.None) break;
      at += padded4(length);
    }
    return firstReason;
  }

  #handleData(
    isInterleaved: boolean,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): DropReason {
    // Data under our tag comes from who has taken our cookie: that it told us so was lost.
    if (this.#inbound === undefined && this.#handshake.handleCookieAck()) this.#establish();
    const inbound = this.#inbound;
    if (inbound === undefined) return DropReason.WrongState;
    if (isInterleaved !== this.#streams.isInterleaved) {
      const detail = isInterleaved
        ? "I-DATA without having agreed on it"
        : "DATA although I-DATA was agreed on";
      this.#abort("violation", ErrorCause.ProtocolViolation, detail); // RFC 8260 §2.2.1
      return DropReason.WrongState;
    }
    const chunk = this.#chunk;
    const malformed = isInterleaved
      ? readInterleavedChunk(bytes, offset, length, chunk)
      : readDataChunk(bytes, offset, length, chunk);
    if (malformed !== DropReason.None) {
      if (length === (isInterleaved ? I_DATA_HEADER_BYTES : DATA_HEADER_BYTES)) {
        this.#abort("violation", ErrorCause.NoUserData, "a DATA chunk without data"); // §6.2
      }
      return malformed;
    }
    this.#hasData = true;
    const reason = inbound.push(chunk, bytes);
    if (inbound.isStuck) {
      const detail = "more unfinished messages than the receive buffer holds";
      this.#abort("violation", ErrorCause.OutOfResource, detail);
      return reason;
    }
    if (reason !== DropReason.None || chunk.flags & DATA_IMMEDIATE) this.#wantsSackNow = true;
    else this.#reset?.handleProgress(inbound);
    return reason;
  }

  #handleControl(
    nowMs: number,
    tag: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): DropReason {
    const type = bytes[offset]!;
    switch (type) {
      case ChunkType.Sack:
        if (this.#sacksLeft === 0) return DropReason.Full;
        this.#sacksLeft -= 1;
        return this.#sender?.handleSack(nowMs, bytes, offset, length) ?? DropReason.WrongState;
      case ChunkType.ForwardTsn:
      case ChunkType.IForwardTsn:
        return this.#handleForwardTsn(type === ChunkType.IForwardTsn, bytes, offset, length);
      case ChunkType.Heartbeat:
        if (this.#sender === undefined) return DropReason.WrongState;
        return this.#answers.addHeartbeat(bytes, offset, length)
          ? DropReason.None
          : DropReason.Full;
      case ChunkType.Reconfig:
        if (this.#reset === undefined || this.#inbound === undefined) return DropReason.WrongState;
        // A reset may touch every stream, and an honest peer sends one request at a time.
        if (this.#reconfigsLeft === 0) return DropReason.Full;
        this.#reconfigsLeft -= 1;
        return this.#reset.handleChunk(bytes, offset, length, this.#inbound);
      case ChunkType.Init:
        // The peer must not come back while we leave; it will when we are gone.
        if (this.#stage === "shutdown-ack-sent") return DropReason.WrongState;
        return this.#handshake.handleInit(nowMs, bytes, offset, length);
      case ChunkType.InitAck:
        return this.#handshake.handleInitAck(bytes, offset, length);
      case ChunkType.CookieEcho:
        return this.#handleCookieEcho(nowMs, tag, bytes, offset, length);
      case ChunkType.CookieAck:
        if (!this.#handshake.handleCookieAck()) return DropReason.WrongState;
        this.#establish();
        return DropReason.None;
      case ChunkType.Abort:
        this.#close("peer-aborted", describeAbort(bytes, offset, length));
        return DropReason.None;
      case ChunkType.Shutdown:
      case ChunkType.ShutdownAck:
      case ChunkType.ShutdownComplete:
        return this.#handleShutdown(nowMs, type, bytes, offset, length);
      case ChunkType.HeartbeatAck:
      case ChunkType.Error:
        return DropReason.None; // nothing depends on them: we send no heartbeats, errors are notes
      default:
        if (type & UNKNOWN_REPORT) this.#answers.addUnknown(bytes, offset, length);
        return DropReason.Unsupported;
    }
  }

  #handleCookieEcho(
    nowMs: number,
    tag: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): DropReason {
    const outcome = this.#handshake.handleCookieEcho(nowMs, tag, bytes, offset, length);
    if (outcome === "rejected") return DropReason.BadTag;
    this.#answers.addCookieAck();
    if (outcome === "repeated") return DropReason.None;
    if (outcome === "restarted") {
      this.#streams.clear();
      this.#events.pushControl({ kind: "restarted" });
    }
    this.#establish();
    return DropReason.None;
  }

  #establish(): void {
    const peer = this.#handshake.peer;
    assert(peer !== undefined, "An established association knows its peer's INIT");
    const isRestart = this.#stage !== "opening";
    const localInitialTsn = this.#handshake.localInitialTsn;
    this.#isQuiet = false;
    this.#localTag = this.#handshake.localTag;
    this.#peerTag = peer.tag;
    this.#streamsMax = Math.min(STREAMS_MAX, peer.inboundStreamsMax);
    this.#canForward = peer.forwardTsn;
    this.#leavesChecksumOut = this.#zeroChecksum && peer.zeroChecksum;
    this.#streams.isInterleaved = this.#mayInterleave && peer.interleaving;
    this.#sender = new DataSender(
      this.#streams,
      localInitialTsn,
      peer.rwndBytes,
      this.#packetEnd - PACKET_HEADER_BYTES,
      peer.forwardTsn,
      this.#senderOptions,
    );
    this.#inbound = new InboundData(this.#events, peer.initialTsn, {
      capacityBytes: this.#receiveBufferBytes,
      messageBytesMax: this.#receiveMessageBytesMax,
      packetBytes: this.#packetEnd,
      isInterleaved: this.#streams.isInterleaved,
    });
    this.#reset = new StreamReset(
      this.#events,
      this.#streams,
      localInitialTsn,
      peer.initialTsn,
      peer.reconfig,
    );
    for (const streamId of this.#streams.streamIds()) {
      if (this.#streams.find(streamId)?.isResetting) this.#reset.want(streamId);
    }
    this.#sack.clear();
    this.#farewell.stop();
    this.#stage = "established";
    if (!isRestart) this.#events.pushControl({ kind: "connected" });
  }

  #handleForwardTsn(
    isInterleaved: boolean,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): DropReason {
    const inbound = this.#inbound;
    if (inbound === undefined || !this.#canForward) return DropReason.WrongState;
    if (isInterleaved !== this.#streams.isInterleaved) return DropReason.WrongState;
    if (length < FORWARD_TSN_HEADER_BYTES) return DropReason.Truncated;
    this.#hasData = true;
    this.#wantsSackNow = true; // either it moved the cumulative TSN, or our SACK was lost
    const entryBytes = isInterleaved ? I_FORWARD_TSN_ENTRY_BYTES : FORWARD_TSN_ENTRY_BYTES;
    const entryCount = Math.floor((length - FORWARD_TSN_HEADER_BYTES) / entryBytes);
    const entries = offset + FORWARD_TSN_HEADER_BYTES;
    const reason = inbound.forward(u32(bytes, offset + 4), bytes, entries, entryCount);
    this.#reset?.handleProgress(inbound);
    return reason;
  }

  #scheduleSack(nowMs: number): void {
    // After SHUTDOWN every packet of data is answered by a SACK and another one (§9.2).
    const isLeaving = this.#stage === "shutdown-sent";
    const hasGap = this.#inbound?.hasGap ?? false;
    this.#sack.handlePacket(nowMs, this.#wantsSackNow || hasGap || isLeaving);
    if (isLeaving) this.#farewell.repeat();
  }

  /** Data; a delayed SACK travels along when there is room for both. */
  #writeData(
    nowMs: number,
    out: Uint8Array,
    offset: number,
    end: number,
    sender: DataSender,
    inbound: InboundData,
  ): number {
    if (this.#sack.isPending && end - offset > SACK_HEADER_BYTES) {
      const sackEnd = inbound.writeSack(out, offset, end - offset);
      const dataEnd = sender.write(nowMs, out, sackEnd, end, false);
      if (dataEnd > sackEnd) {
        this.#sack.clear();
        return dataEnd;
      }
    }
    return sender.write(nowMs, out, offset, end, offset === PACKET_HEADER_BYTES);
  }

  #handleShutdown(
    nowMs: number,
    type: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): DropReason {
    const sender = this.#sender;
    if (sender === undefined) return DropReason.WrongState;
    if (type === ChunkType.ShutdownComplete) {
      if (this.#stage !== "shutdown-ack-sent") return DropReason.WrongState;
      this.#close("shutdown", "both sides are done");
      return DropReason.None;
    }
    if (type === ChunkType.ShutdownAck) {
      if (this.#stage !== "shutdown-sent" && this.#stage !== "shutdown-ack-sent") {
        return DropReason.WrongState;
      }
      this.#lastPacket = createShutdownCompletePacket(
        this.#localPort,
        this.#remotePort,
        this.#handshake.peer?.tag ?? 0,
      );
      this.#close("shutdown", "both sides are done");
      return DropReason.None;
    }
    if (length < CHUNK_HEADER_BYTES + 4) return DropReason.Truncated;
    const reason = sender.handleCumulativeTsn(nowMs, u32(bytes, offset + 4));
    if (reason === DropReason.Malformed) return reason;
    if (this.#stage === "shutdown-sent") this.#startShutdownPhase("shutdown-ack-sent");
    else if (this.#stage === "shutdown-ack-sent") this.#farewell.repeat();
    else this.#stage = "shutdown-received";
    return DropReason.None;
  }

  /** Goes on with a shutdown once all that was queued is acknowledged. */
  #advanceShutdown(): void {
    if (this.#stage !== "shutdown-pending" && this.#stage !== "shutdown-received") return;
    if (!this.#sender?.isDrained) return;
    this.#startShutdownPhase(
      this.#stage === "shutdown-pending" ? "shutdown-sent" : "shutdown-ack-sent",
    );
  }

  #startShutdownPhase(stage: "shutdown-sent" | "shutdown-ack-sent"): void {
    this.#stage = stage;
    this.#farewell.start();
  }

  #close(reason: SctpCloseReason, detail: string): void {
    if (this.#stage === "closed") return;
    this.#stage = "closed";
    this.#isQuiet = false;
    this.#streams.clear();
    this.#sender = undefined;
    this.#inbound = undefined;
    this.#reset = undefined;
    this.#sack.clear();
    this.#farewell.stop();
    this.#handshake.close();
    this.#events.pushControl({ kind: "closed", reason, detail });
  }
}
