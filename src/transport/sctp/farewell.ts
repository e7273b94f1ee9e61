import { putU16, putU32 } from "../../wire/bytes.ts";
import { ChunkType, ErrorCause } from "../../wire/sctp/chunk-type.ts";
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

  /** The peer has not understood yet. */
  repeat(): void {
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

/** A whole packet that ends an association at once (RFC 9260 §9.1). */
export function createAbortPacket(localPort: number, remotePort: number, tag: number): Uint8Array {
  const packet = new Uint8Array(PACKET_HEADER_BYTES + CHUNK_HEADER_BYTES + CAUSE_HEADER_BYTES);
  const length = CHUNK_HEADER_BYTES + CAUSE_HEADER_BYTES;
  writePacketHeader(packet, localPort, remotePort, tag);
  const cause = writeChunkHeader(packet, PACKET_HEADER_BYTES, ChunkType.Abort, 0, length);
  putU16(packet, cause, ErrorCause.UserAbort);
  putU16(packet, cause + 2, CAUSE_HEADER_BYTES);
  writeChecksum(packet, packet.length);
  return packet;
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
