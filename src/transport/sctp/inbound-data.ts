import { DropReason } from "../../base/drop-reason.ts";
import { diff32 } from "../../base/serial.ts";
import { putU32 } from "../../wire/bytes.ts";
import type { DataChunk } from "../../wire/sctp/data-chunk.ts";
import {
  SACK_ENTRY_BYTES,
  SACK_HEADER_BYTES,
  writeSackHeader,
} from "../../wire/sctp/sack-chunk.ts";
import type { EventQueue } from "./event-queue.ts";
import { GapBlocks } from "./gap-blocks.ts";
import type { InboundAssembly } from "./inbound-assembly.ts";
import { InterleavedAssembly } from "./interleaved-assembly.ts";
import { SequentialAssembly } from "./sequential-assembly.ts";

/** Chunks this far beyond the cumulative TSN are dropped. A power of two. */
export const TSN_WINDOW = 8192;

/**
 * The peer counts payload, we count what a message costs, and it hears of that a round trip later:
 * data in order is taken beyond the window up to this many times the buffer. Dropping it would
 * cost the peer a timeout for what is on the way already.
 */
const OVERRUN_FACTOR = 2;
const GAP_BLOCKS_MAX = 200;
const DUPLICATES_MAX = 8;

export type InboundOptions = {
  /** Receive buffer that is shared with messages whose owner has not let go of them. */
  readonly capacityBytes: number;
  /** Longer messages are dropped whole. */
  readonly messageBytesMax: number;
  /** What the peer's packets carry, about. */
  readonly packetBytes: number;
  /** Data comes as I-DATA (RFC 8260). */
  readonly isInterleaved: boolean;
};

/**
 * Received data: what is acknowledged, and how much more there is room for (RFC 9260 §6.2). TSNs
 * are counted from the peer's initial TSN, so that they are small plain integers.
 */
export class InboundData {
  readonly #events: EventQueue;
  readonly #initialTsn: number;
  readonly #capacityBytes: number;
  readonly #packetBytes: number;
  readonly #assembly: InboundAssembly;
  /** The least window that is worth telling about, and the least growth of one that was small. */
  readonly #updateBytesMin: number;
  readonly #updateBytesStep: number;
  /** The window that the peer was last told of. */
  #advertisedBytes: number;

  /** All TSNs up to here have arrived or were given up by the peer. */
  #cumulative = -1;
  readonly #blocks: GapBlocks = new GapBlocks();
  #isStuck = false;
  readonly #duplicates: Uint32Array = new Uint32Array(DUPLICATES_MAX);
  #duplicateCount = 0;

  constructor(events: EventQueue, initialTsn: number, options: InboundOptions) {
    const { capacityBytes, packetBytes, messageBytesMax } = options;
    this.#events = events;
    this.#initialTsn = initialTsn;
    this.#capacityBytes = capacityBytes;
    this.#packetBytes = packetBytes;
    this.#advertisedBytes = capacityBytes;
    this.#updateBytesMin = Math.min(2 * packetBytes, capacityBytes >> 1);
    this.#updateBytesStep = Math.max(2 * packetBytes, capacityBytes >> 2);
    this.#assembly = options.isInterleaved
      ? new InterleavedAssembly(events, messageBytesMax)
      : new SequentialAssembly(events, messageBytesMax);
  }

  /** Cumulative TSN as on the wire. */
  get cumulativeTsn(): number {
    return (this.#initialTsn + this.#cumulative) >>> 0;
  }

  /** True when chunks beyond the cumulative TSN have arrived. */
  get hasGap(): boolean {
    return this.#blocks.count > 0;
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
    return this.#assembly.rejectedMessages;
  }

  /** The peer began more messages than there is room for, so that none can ever be completed. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** True when everything up to the wire TSN has arrived. */
  hasReached(tsn: number): boolean {
    return diff32(tsn, this.cumulativeTsn) <= 0;
  }

  /** Takes a chunk whose payload lies in `bytes`; copies what it keeps. */
  push(chunk: DataChunk, bytes: Uint8Array): DropReason {
    const tsn = this.#unwrap(chunk.tsn);
    if (tsn <= this.#cumulative) return this.#noteDuplicate(chunk.tsn);
    if (tsn === this.#cumulative + 1) return this.#pushNext(tsn, chunk, bytes);
    if (tsn >= this.#cumulative + TSN_WINDOW) return DropReason.Full;
    if (this.#usedBytes() + chunk.payloadBytes > this.#capacityBytes) return DropReason.Full;
    if (this.#blocks.has(tsn)) return this.#noteDuplicate(chunk.tsn);
    this.#blocks.add(tsn);
    this.#assembly.pushAhead(tsn, chunk, bytes);
    return DropReason.None;
  }

  /** Taken also when the buffer is full: only this chunk can empty it. */
  #pushNext(tsn: number, chunk: DataChunk, bytes: Uint8Array): DropReason {
    const overrunBytes = OVERRUN_FACTOR * this.#capacityBytes;
    if (this.#usedBytes() >= overrunBytes) {
      // When it is not the owner who holds it, nobody will ever let go of it.
      if (this.#assembly.heldBytes > this.#capacityBytes) this.#isStuck = true;
      return DropReason.Full;
    }
    this.#cumulative = tsn;
    this.#assembly.pushNext(tsn, chunk, bytes);
    if (this.#blocks.count > 0) {
      this.#cumulative = this.#blocks.advance(tsn);
      this.#assembly.advanceTo(this.#cumulative);
    }
    return DropReason.None;
  }

  /**
   * The peer gives up all TSNs up to the new cumulative one; the entries that follow in the chunk
   * name the messages among them.
   *
   * @param entriesOffset where the entries begin in `bytes`
   * @returns TooOld when it says nothing new
   */
  forward(
    wireTsn: number,
    bytes: Uint8Array,
    entriesOffset: number,
    entryCount: number,
  ): DropReason {
    const target = this.#unwrap(wireTsn);
    if (target <= this.#cumulative) return DropReason.TooOld;
    this.#assembly.forwardTo(target, bytes, entriesOffset, entryCount);
    this.#cumulative = this.#blocks.advance(target);
    this.#assembly.advanceTo(this.#cumulative);
    return DropReason.None;
  }

  /** The peer begins again at message number 0. No ids: on all streams. */
  resetStreams(streamIds: readonly number[]): void {
    this.#assembly.resetStreams(streamIds);
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
    const blocksMax = Math.min(entriesMax, GAP_BLOCKS_MAX);
    const gapCount = this.#blocks.write(out, at, this.#cumulative, blocksMax);
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

  #unwrap(wireTsn: number): number {
    return this.#cumulative + diff32(wireTsn, this.#initialTsn + this.#cumulative);
  }

  #usedBytes(): number {
    return this.#assembly.heldBytes + this.#events.messageBytes;
  }

  #noteDuplicate(wireTsn: number): DropReason {
    if (this.#duplicateCount < DUPLICATES_MAX) {
      this.#duplicates[this.#duplicateCount] = wireTsn;
      this.#duplicateCount += 1;
    }
    return DropReason.Duplicate;
  }
}
