import { putU16, putU32, u16 } from "../../wire/bytes.ts";
import { padded4 } from "../../wire/sctp/bytes.ts";
import { ChunkType, type ErrorCause } from "../../wire/sctp/chunk-type.ts";
import {
  CHUNK_HEADER_BYTES,
  PACKET_HEADER_BYTES,
  writeChecksum,
  writeChunkHeader,
  writePacketHeader,
} from "../../wire/sctp/packet.ts";

const SENDS_MAX = 8;
const CAUSE_HEADER_BYTES = 4;
const SHUTDOWN_BYTES = 8;
/** Of a peer's text, what a log line takes. */
const TEXT_BYTES_MAX = 100;

/** Sends SHUTDOWN or SHUTDOWN ACK until the peer answers (RFC 9260 §9.2). */
export class ShutdownRepeater {
  #isReady = false;
  #dueMs: number = Number.POSITIVE_INFINITY;
  #sends = 0;

  get isPeerGone(): boolean {
    return this.#sends > SENDS_MAX;
  }

  /** A phase begins: its chunk is sent now, and again on time. */
  start(): void {
    this.#sends = 0;
    this.#isReady = true;
  }

  /** The peer has something to send yet, or has not understood: it is there, however long it takes. */
  repeat(): void {
    this.#sends = 0;
    this.#isReady = true;
  }

  stop(): void {
    this.#isReady = false;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  handleTimeout(nowMs: number): void {
    if (nowMs < this.#dueMs) return;
    this.#isReady = true;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  pollTimeout(): number {
    return this.#dueMs;
  }

  /** Writes the chunk when it is due and fits. Returns the new offset. */
  write(
    nowMs: number,
    out: Uint8Array,
    offset: number,
    end: number,
    isAck: boolean,
    cumulativeTsn: number,
    timeoutMs: number,
  ): number {
    if (!this.#isReady || offset + SHUTDOWN_BYTES > end) return offset;
    this.#isReady = false;
    this.#sends += 1;
    this.#dueMs = nowMs + timeoutMs;
    if (isAck) return writeChunkHeader(out, offset, ChunkType.ShutdownAck, 0, CHUNK_HEADER_BYTES);
    const value = writeChunkHeader(out, offset, ChunkType.Shutdown, 0, SHUTDOWN_BYTES);
    putU32(out, value, cumulativeTsn);
    return offset + SHUTDOWN_BYTES;
  }
}

/**
 * A whole packet that ends an association at once (RFC 9260 §9.1, §3.3.10).
 *
 * @param detail for whoever reads the peer's log; ASCII, short
 */
export function createAbortPacket(
  localPort: number,
  remotePort: number,
  tag: number,
  cause: ErrorCause,
  detail: string,
): Uint8Array {
  const text = new TextEncoder().encode(detail);
  const length = CHUNK_HEADER_BYTES + CAUSE_HEADER_BYTES + text.length;
  const packet = new Uint8Array(PACKET_HEADER_BYTES + padded4(length));
  writePacketHeader(packet, localPort, remotePort, tag);
  const at = writeChunkHeader(packet, PACKET_HEADER_BYTES, ChunkType.Abort, 0, length);
  putU16(packet, at, cause);
  putU16(packet, at + 2, CAUSE_HEADER_BYTES + text.length);
  packet.set(text, at + CAUSE_HEADER_BYTES);
  writeChecksum(packet, packet.length);
  return packet;
}

/** What a peer's ABORT says, for the log: its first cause, and its text if it has a printable one. */
export function describeAbort(bytes: Uint8Array, offset: number, length: number): string {
  const at = offset + CHUNK_HEADER_BYTES;
  const end = offset + length;
  if (at + CAUSE_HEADER_BYTES > end) return "no cause given";
  const causeEnd = Math.min(end, at + u16(bytes, at + 2), at + CAUSE_HEADER_BYTES + TEXT_BYTES_MAX);
  let text = "";
  for (let i = at + CAUSE_HEADER_BYTES; i < causeEnd; i++) {
    const code = bytes[i]!;
    text += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : ".";
  }
  return text === "" ? `cause ${u16(bytes, at)}` : `cause ${u16(bytes, at)}: ${text}`;
}

/** The last packet of a shutdown. */
export function createShutdownCompletePacket(
  localPort: number,
  remotePort: number,
  tag: number,
): Uint8Array {
  const packet = new Uint8Array(PACKET_HEADER_BYTES + CHUNK_HEADER_BYTES);
  writePacketHeader(packet, localPort, remotePort, tag);
  writeChunkHeader(packet, PACKET_HEADER_BYTES, ChunkType.ShutdownComplete, 0, CHUNK_HEADER_BYTES);
  writeChecksum(packet, packet.length);
  return packet;
}
