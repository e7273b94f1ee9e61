import { DropReason } from "../../base/drop-reason.ts";
import { diff32 } from "../../base/serial.ts";
import { copyBytes, padded4 } from "../../wire/sctp/bytes.ts";
import { DATA_BEGIN, DATA_IMMEDIATE } from "../../wire/sctp/chunk-type.ts";
import {
  DATA_HEADER_BYTES,
  I_DATA_HEADER_BYTES,
  writeDataHeader,
  writeInterleavedHeader,
} from "../../wire/sctp/data-chunk.ts";
import { writePadding } from "../../wire/sctp/packet.ts";
import {
  readSackCumulativeTsn,
  readSackGapCount,
  readSackGapEnd,
  readSackGapStart,
  readSackRwnd,
  SACK_ENTRY_BYTES,
  SACK_HEADER_BYTES,
} from "../../wire/sctp/sack-chunk.ts";
import { type CongestionOptions, CongestionWindow } from "./congestion.ts";
import { ForwardNotice } from "./forward-notice.ts";
import { InFlight } from "./in-flight.ts";
import type { OutboundMessage, OutboundStreams } from "./outbound-streams.ts";
import { PacketChecksum } from "./packet-checksum.ts";
import { ReorderTolerance } from "./reorder-tolerance.ts";
import { RetransmitTimeout } from "./retransmit-timeout.ts";
import { WindowProbe } from "./window-probe.ts";

/** The peer counts as gone when timeouts have gone unanswered for so long. */
const PEER_GONE_MS = 45_000;
/** What may leave in one go beside twice the acknowledged bytes; more would overrun socket buffers. */
const BURST_PACKETS = 16;
/** A large message fills what is left of a packet only if it is at least this much. */
const FRAGMENT_BYTES_MIN = 256;
const NO_BYTES = new Uint8Array(0);
/** A peer may delay the SACK of a lone packet by 200 ms (RFC 9260 §6.2), and its timer be late. */
const SACK_DELAY_MS = 250;
/** A probe of the tail is not sent sooner, whatever the round trip. */
const TAIL_PROBE_MS_MIN = 10;

export type DataSenderOptions = CongestionOptions & {
  /** What may leave at once when a loss is found, whatever the window, bytes; 0: one packet. */
  readonly fastRetransmitBytes: number;
};

/**
 * Sends DATA and FORWARD-TSN, takes SACKs: windows, loss recovery, partial reliability
 * (RFC 9260 §6, §7; RFC 3758 §3.5).
 */
export class DataSender {
  readonly checksum: PacketChecksum = new PacketChecksum();
  readonly #streams: OutboundStreams;
  readonly #chunks: InFlight;
  readonly #window: CongestionWindow;
  readonly #timeout: RetransmitTimeout = new RetransmitTimeout();
  readonly #initialTsn: number;
  readonly #headerBytes: number;
  readonly #payloadBytesMax: number;
  readonly #burstBytesMin: number;

  #peerRwndBytes: number;
  #dueMs: number = Number.POSITIVE_INFINITY;
  /** When the first of the timeouts that nothing has answered ran out; Infinity: none has. */
  #silentSinceMs: number = Number.POSITIVE_INFINITY;
  #isPeerGone = false;
  #burstBytes: number;
  readonly #probe: WindowProbe = new WindowProbe();
  /** What may still leave in spite of the window because a loss was found (§7.2.4), bytes. */
  #rescueBytes = 0;
  readonly #rescueBytesMax: number;
  readonly #reordering: ReorderTolerance = new ReorderTolerance();
  /** When the end of what flies is probed, instead of waiting for the timer (RFC 8985 §7). */
  #tailDueMs: number = Number.POSITIVE_INFINITY;
  /** A tail probe was sent and nothing has been acknowledged since. */
  #isTailProbed = false;
  /** The next new chunk leaves whatever the window: it is a tail probe. */
  #isTailProbeDue = false;
  #lastSentMs = 0;
  /** The next DATA chunk asks for a SACK at once: after a timeout nothing else will cause one. */
  #wantsImmediateSack = false;
  readonly #forward: ForwardNotice;
  #retransmitCount = 0;
  #timeoutTotal = 0;

  /**
   * @param streams knows whether interleaving was agreed on
   * @param initialTsn ours, as on the wire
   * @param peerRwndBytes the window of the peer's INIT or INIT ACK
   * @param chunkBytesMax room for chunks in a packet, a multiple of 4
   * @param canForward the peer knows FORWARD-TSN; else every message is sent until it arrives
   */
  constructor(
    streams: OutboundStreams,
    initialTsn: number,
    peerRwndBytes: number,
    chunkBytesMax: number,
    canForward: boolean,
    options: DataSenderOptions,
  ) {
    this.#streams = streams;
    this.#chunks = new InFlight(streams, canForward);
    this.#initialTsn = initialTsn;
    this.#forward = new ForwardNotice(this.#chunks, initialTsn, streams.isInterleaved);
    this.#peerRwndBytes = peerRwndBytes;
    this.#headerBytes = streams.isInterleaved ? I_DATA_HEADER_BYTES : DATA_HEADER_BYTES;
    this.#payloadBytesMax = chunkBytesMax - this.#headerBytes;
    this.#window = new CongestionWindow(this.#payloadBytesMax, options);
    this.#rescueBytesMax = Math.max(this.#payloadBytesMax, options.fastRetransmitBytes);
    this.#burstBytesMin = BURST_PACKETS * this.#payloadBytesMax;
    this.#burstBytes = this.#burstBytesMin;
  }

  /** True when all that was queued has been acknowledged. */
  get isDrained(): boolean {
    return this.#streams.isEmpty && !this.#chunks.hasOutstanding;
  }

  /** The last TSN that was given out, as on the wire. */
  get lastTsn(): number {
    return (this.#initialTsn + this.#chunks.next - 1) >>> 0;
  }

  get timeoutMs(): number {
    return this.#timeout.timeoutMs;
  }

  /** The peer has not answered for too long. */
  get isPeerGone(): boolean {
    return this.#isPeerGone;
  }

  debugInfo(): Readonly<Record<string, number>> {
    return {
      windowBytes: this.#window.windowBytes,
      flightBytes: this.#chunks.flightBytes,
      peerRwndBytes: this.#peerRwndBytes,
      smoothedRttMs: this.#timeout.smoothedRttMs,
      timeoutMs: this.#timeout.timeoutMs,
      retransmits: this.#retransmitCount,
      timeouts: this.#timeoutTotal,
    };
  }

  /** @param length the chunk's stated length, known to lie within `bytes` */
  handleSack(nowMs: number, bytes: Uint8Array, offset: number, length: number): DropReason {
    if (length < SACK_HEADER_BYTES) return DropReason.Truncated;
    const gapCount = readSackGapCount(bytes, offset);
    if (SACK_HEADER_BYTES + gapCount * SACK_ENTRY_BYTES > length) return DropReason.Truncated;
    const chunks = this.#chunks;
    const before = chunks.cumulative;
    const wireBefore = (this.#initialTsn + before) >>> 0;
    const cumulative = before + diff32(readSackCumulativeTsn(bytes, offset), wireBefore);
    if (cumulative < before) return DropReason.TooOld;
    if (cumulative >= chunks.next) return DropReason.Malformed;

    this.#peerRwndBytes = readSackRwnd(bytes, offset);
    this.#acknowledge(nowMs, cumulative, bytes, offset, gapCount);
    return DropReason.None;
  }

  /** The cumulative TSN that a SHUTDOWN carries (RFC 9260 §3.3.8). */
  handleCumulativeTsn(nowMs: number, wireTsn: number): DropReason {
    const before = this.#chunks.cumulative;
    const cumulative = before + diff32(wireTsn, (this.#initialTsn + before) >>> 0);
    if (cumulative < before) return DropReason.TooOld;
    if (cumulative >= this.#chunks.next) return DropReason.Malformed;
    this.#acknowledge(nowMs, cumulative, NO_BYTES, 0, 0);
    return DropReason.None;
  }

  #acknowledge(
    nowMs: number,
    cumulative: number,
    bytes: Uint8Array,
    offset: number,
    gapCount: number,
  ): void {
    const chunks = this.#chunks;
    const before = chunks.cumulative;
    const hadAbandoned = chunks.abandonedCount > 0;
    const flightBefore = chunks.flightBytes;
    const timeout = this.#timeout;
    chunks.beginSack(timeout.minRttMs);
    chunks.acknowledgeTo(cumulative, nowMs);
    let highest = cumulative;
    for (let i = 0; i < gapCount; i++) {
      const first = cumulative + readSackGapStart(bytes, offset, i);
      const last = cumulative + readSackGapEnd(bytes, offset, i);
      // Ascending and within what was sent, so that all blocks together cost one walk.
      if (first <= highest || last < first || last >= chunks.next) break;
      chunks.acknowledgeRange(first, last, nowMs);
      highest = last;
    }

    const hasAdvanced = cumulative > before;
    const { ackedBytes, growthBytes, rttMs } = chunks;
    // What came long ago is told of but now where SACKs were lost until something was sent again.
    const isLate = chunks.hasRepeated && this.#silentSinceMs !== Number.POSITIVE_INFINITY;
    if (rttMs >= 0 && !isLate) timeout.onSample(nowMs, rttMs);
    if (ackedBytes > 0 || hasAdvanced || this.#peerRwndBytes === 0) {
      this.#silentSinceMs = Number.POSITIVE_INFINITY;
    }
    this.#window.onSack(
      nowMs,
      ackedBytes,
      growthBytes,
      flightBefore,
      rttMs,
      chunks.newestDelivered,
      chunks.packet,
    );
    if (chunks.reorderedPackets > 0) this.#reordering.onReordering(chunks.reorderedPackets);
    if (chunks.spuriousCount > 0) {
      this.#reordering.onSpurious();
      this.#window.countSpurious(chunks.spuriousCount);
    }
    if (chunks.hasOutstanding) this.#detectLosses(nowMs);
    else chunks.forgetOrder();
    if (ackedBytes > 0) {
      this.#isTailProbed = false;
      this.#restartTailTimer(nowMs);
    }
    this.#burstBytes = this.#burstBytesMin + 2 * chunks.ackedBytes;
    if (this.#probe.isFlying) this.#judgeProbe(cumulative);
    if (hadAbandoned || chunks.abandonedCount > 0) this.#updateNotice(nowMs);
    if (hasAdvanced) this.#restartTimer(nowMs);
  }

  #detectLosses(nowMs: number): void {
    const chunks = this.#chunks;
    const { smoothedRttMs, latestRttMs, minRttMs } = this.#timeout;
    const lossDelayMs = this.#reordering.lossDelayMs(smoothedRttMs, latestRttMs);
    chunks.detectLosses(nowMs, this.#reordering.packets, lossDelayMs);
    if (chunks.lostCount === 0) return;
    if (chunks.hasNewLoss) {
      this.#window.onLoss(minRttMs);
      chunks.beginRecovery();
      this.#rescueBytes = this.#rescueBytesMax;
    }
    this.#window.countLost(chunks.lostCount);
  }

  /** The peer had no room for a probe: now that it has some, there is nothing to wait for. */
  #judgeProbe(cumulative: number): void {
    this.#probe.judge(cumulative);
    if (!this.#probe.isFlying || this.#peerRwndBytes < this.#payloadBytesMax) return;
    this.#chunks.loseProbe(this.#probe.tsn);
    this.#probe.end();
  }

  /** False when `write` has nothing to write before its next timeout, SACK or message. */
  get mayWrite(): boolean {
    return !this.#streams.isEmpty || this.#chunks.hasLost || this.#chunks.abandonedCount > 0;
  }

  pollTimeout(): number {
    return Math.min(this.#dueMs, this.#tailDueMs, this.#chunks.reorderDueMs);
  }

  handleTimeout(nowMs: number): void {
    if (nowMs >= this.#chunks.reorderDueMs) {
      this.#detectLosses(nowMs);
      this.#updateNotice(nowMs);
    }
    if (nowMs >= this.#dueMs) this.#handleRetransmitTimeout(nowMs);
    else if (nowMs >= this.#tailDueMs) this.#probeTail(nowMs);
  }

  /** Nothing was heard for two round trips: one packet draws a SACK, which tells what was lost. */
  #probeTail(nowMs: number): void {
    this.#tailDueMs = Number.POSITIVE_INFINITY;
    this.#isTailProbed = true;
    this.#wantsImmediateSack = true;
    this.#restartTimer(nowMs);
    const chunks = this.#chunks;
    if (chunks.hasLost) {
      this.#rescueBytes = this.#payloadBytesMax;
      return;
    }
    const hasNew = !this.#streams.isEmpty && chunks.hasRoom;
    if (hasNew && chunks.flightBytes + this.#payloadBytesMax <= this.#peerRwndBytes) {
      this.#isTailProbeDue = true;
      return;
    }
    const tail = chunks.findTail();
    if (tail < 0) return;
    chunks.probeTail(tail);
    this.#rescueBytes = this.#payloadBytesMax;
    this.#updateNotice(nowMs);
  }

  /** From the last transmission or acknowledgement on, as long as neither is a probe's. */
  #restartTailTimer(nowMs: number): void {
    const { smoothedRttMs } = this.#timeout;
    const chunks = this.#chunks;
    if (this.#isTailProbed || smoothedRttMs < 0 || chunks.flightBytes === 0) {
      this.#tailDueMs = Number.POSITIVE_INFINITY;
      return;
    }
    const isLone = chunks.flightBytes <= this.#payloadBytesMax;
    const delayMs = 2 * smoothedRttMs + (isLone ? SACK_DELAY_MS : 0);
    this.#tailDueMs = nowMs + Math.max(delayMs, TAIL_PROBE_MS_MIN);
  }

  #handleRetransmitTimeout(nowMs: number): void {
    if (!this.#chunks.hasOutstanding) {
      this.#probe.timeUp();
      this.#dueMs = Number.POSITIVE_INFINITY;
      return;
    }
    if (this.#probe.isRefused) {
      this.#repeatProbe(nowMs);
      return;
    }
    this.#silentSinceMs = Math.min(this.#silentSinceMs, nowMs);
    this.#isPeerGone = nowMs - this.#silentSinceMs >= PEER_GONE_MS;
    this.#timeoutTotal += 1;
    this.#probe.end();
    this.#tailDueMs = Number.POSITIVE_INFINITY;
    this.#isTailProbed = true; // no more of them until something is acknowledged
    this.#timeout.backOff();
    this.#window.onTimeout();
    this.#chunks.beginRecovery();
    this.#window.countLost(this.#chunks.loseAll());
    this.#burstBytes = this.#burstBytesMin;
    this.#wantsImmediateSack = true;
    this.#forward.repeat();
    this.#updateNotice(nowMs);
    this.#restartTimer(nowMs);
  }

  /** The peer had no room for it: neither the path nor the congestion window is to blame. */
  #repeatProbe(nowMs: number): void {
    this.#probe.repeated();
    this.#chunks.loseProbe(this.#probe.tsn);
    this.#wantsImmediateSack = true;
    this.#dueMs = nowMs + this.#timeout.backedOffMs(this.#probe.count);
  }

  /**
   * Writes what may leave now behind what is in the packet already.
   *
   * @param offset where to begin, a multiple of 4
   * @param end the packet's end
   * @param isEmpty nothing else is in the packet
   * @returns the new offset; unchanged when nothing may leave
   */
  write(nowMs: number, out: Uint8Array, offset: number, end: number, isEmpty: boolean): number {
    let at = offset;
    if (this.#chunks.abandonedCount > 0) at = this.#forward.write(nowMs, out, at, end);
    at = this.#writeLost(nowMs, out, at, end);
    if (!this.#chunks.hasLost) at = this.#writeNew(nowMs, out, at, end, isEmpty && at === offset);
    // What was given up on the way is told of now where nothing else leaves: no timer runs for it.
    if (at === offset && this.#chunks.abandonedCount > 0) {
      at = this.#forward.write(nowMs, out, at, end);
    }
    if (at > offset) {
      this.#chunks.endPacket();
      if (this.#dueMs === Number.POSITIVE_INFINITY) this.#restartTimer(nowMs);
      this.#restartTailTimer(nowMs);
    }
    return at;
  }

  #writeLost(nowMs: number, out: Uint8Array, offset: number, end: number): number {
    const chunks = this.#chunks;
    if (!chunks.hasLost) return offset;
    const abandonedBefore = chunks.abandonedCount;
    let at = offset;
    for (;;) {
      const tsn = chunks.nextLost(nowMs);
      if (tsn < 0) break;
      const length = chunks.length(tsn);
      if (at + this.#headerBytes + padded4(length) > end) break;
      if (this.#rescueBytes <= 0 && chunks.flightBytes >= this.#window.windowBytes) break;
      this.#rescueBytes -= length;
      chunks.resend(tsn, nowMs);
      this.#lastSentMs = nowMs;
      if (tsn === chunks.cumulative + 1) this.#restartTimer(nowMs); // RFC 9260 §6.3.2
      this.#retransmitCount += 1;
      at = this.#writeChunk(out, at, tsn);
    }
    // Expired messages were given up on the way.
    if (chunks.abandonedCount !== abandonedBefore) this.#updateNotice(nowMs);
    return at;
  }

  #writeNew(nowMs: number, out: Uint8Array, offset: number, end: number, isEmpty: boolean): number {
    const chunks = this.#chunks;
    let at = offset;
    while (chunks.hasRoom) {
      const message = this.#streams.head(nowMs);
      if (message === undefined) break;
      if (chunks.isExpired(message, nowMs)) {
        chunks.abandon(message);
        this.#updateNotice(nowMs);
        continue;
      }
      const length = this.#fragmentBytes(
        message,
        end - at - this.#headerBytes,
        isEmpty && at === offset,
      );
      if (length === 0 || !this.#mayFly(nowMs, length)) break;
      if (message.sentBytes === 0) this.#streams.number(message);
      if (chunks.flightBytes === 0) this.#restartIdle(nowMs);
      const tsn = chunks.add(message, length, nowMs);
      this.#lastSentMs = nowMs;
      this.#burstBytes -= length;
      at = this.#writeChunk(out, at, tsn);
      this.#streams.advance(message);
    }
    return at;
  }

  /** Half the window for each timeout without anything sent (§7.2.1). */
  #restartIdle(nowMs: number): void {
    const idleCount = Math.floor((nowMs - this.#lastSentMs) / this.#timeout.timeoutMs);
    if (idleCount > 0) this.#window.onIdle(idleCount);
  }

  /** How much of the message goes into `room` bytes; 0: it should wait for the next packet. */
  #fragmentBytes(message: OutboundMessage, room: number, isEmpty: boolean): number {
    const left = message.bytes.length - message.sentBytes;
    if (left <= room) return left;
    if (isEmpty) return room & ~3;
    // One packet would hold it: do not tear it apart, a loss of either part would cost both.
    if (left <= this.#payloadBytesMax && message.sentBytes === 0) return 0;
    return room >= FRAGMENT_BYTES_MIN ? room & ~3 : 0;
  }

  /** Windows and bursts. With nothing in flight one chunk may, in time: it probes a closed window. */
  #mayFly(nowMs: number, length: number): boolean {
    const flightBytes = this.#chunks.flightBytes;
    if (flightBytes === 0) {
      this.#burstBytes = Math.max(this.#burstBytes, this.#burstBytesMin);
      if (length <= this.#peerRwndBytes) {
        this.#probe.windowOpened();
        return true;
      }
      if (!this.#probe.isDue) {
        if (this.#dueMs === Number.POSITIVE_INFINITY) {
          this.#dueMs = nowMs + this.#timeout.backedOffMs(this.#probe.count);
        }
        return false;
      }
      this.#probe.sent(this.#chunks.next);
      this.#wantsImmediateSack = true;
      return true;
    }
    if (this.#isTailProbeDue) {
      this.#isTailProbeDue = false;
      return flightBytes + length <= this.#peerRwndBytes;
    }
    return (
      this.#burstBytes > 0 &&
      flightBytes < this.#window.windowBytes &&
      flightBytes + length <= this.#peerRwndBytes
    );
  }

  #writeChunk(out: Uint8Array, offset: number, tsn: number): number {
    const chunks = this.#chunks;
    const message = chunks.message(tsn);
    const length = chunks.length(tsn);
    let flags = chunks.flags(tsn);
    // less than a packet may follow: to wait for a delayed SACK would be to stand still
    const isUsedUp = chunks.flightBytes + this.#payloadBytesMax > this.#peerRwndBytes;
    if (this.#wantsImmediateSack || isUsedUp) {
      flags |= DATA_IMMEDIATE; // RFC 7053
      this.#wantsImmediateSack = false;
    }
    const wireTsn = this.#initialTsn + tsn;
    const { bytes, number, ppid, stream } = message;
    const { id } = stream;
    let payload: number;
    if (this.#streams.isInterleaved) {
      const either = flags & DATA_BEGIN ? ppid : chunks.fragment(tsn);
      payload = writeInterleavedHeader(out, offset, flags, wireTsn, id, number, either, length);
    } else {
      payload = writeDataHeader(out, offset, flags, wireTsn, id, number, ppid, length);
    }
    const from = chunks.offset(tsn);
    copyBytes(bytes, from, out, payload, length);
    writePadding(out, payload + length);
    return this.checksum.note(bytes, from, length, payload);
  }

  #updateNotice(nowMs: number): void {
    this.#forward.update(nowMs, this.#timeout.smoothedRttMs);
  }

  #restartTimer(nowMs: number): void {
    this.#dueMs = this.#chunks.hasOutstanding
      ? nowMs + this.#timeout.timeoutMs
      : Number.POSITIVE_INFINITY;
  }
}
