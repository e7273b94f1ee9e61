import { putU16 } from "../../wire/bytes.ts";
import { copyBytes, padded4 } from "../../wire/sctp/bytes.ts";
import { ChunkType, ErrorCause } from "../../wire/sctp/chunk-type.ts";
import { CHUNK_HEADER_BYTES, writeChunkHeader, writePadding } from "../../wire/sctp/packet.ts";

/** What is echoed is no longer than surely fits beside a SACK; longer ones go unanswered. */
const ECHO_BYTES_MAX = 512;
const CAUSE_HEADER_BYTES = 4;

/** Short answers to single chunks, one of each kind at a time. */
export class PendingAnswers {
  #hasCookieAck = false;
  #heartbeat: Uint8Array | undefined;
  #unknownChunk: Uint8Array | undefined;

  addCookieAck(): void {
    this.#hasCookieAck = true;
  }

  /** A HEARTBEAT is to be echoed (RFC 9260 §8.3). A newer one takes its place. */
  addHeartbeat(bytes: Uint8Array, offset: number, length: number): boolean {
    if (length > ECHO_BYTES_MAX) return false;
    this.#heartbeat = bytes.slice(offset + CHUNK_HEADER_BYTES, offset + length);
    return true;
  }

  /** A chunk of unknown type is to be reported (§3.2). The first one wins. */
  addUnknown(bytes: Uint8Array, offset: number, length: number): void {
    if (length <= ECHO_BYTES_MAX) this.#unknownChunk ??= bytes.slice(offset, offset + length);
  }

  /** Writes what fits before `end`. Returns the new offset. */
  write(out: Uint8Array, offset: number, end: number): number {
    let at = offset;
    if (this.#hasCookieAck) {
      this.#hasCookieAck = false;
      at = writeChunkHeader(out, at, ChunkType.CookieAck, 0, CHUNK_HEADER_BYTES);
    }
    const heartbeat = this.#heartbeat;
    if (heartbeat !== undefined && at + CHUNK_HEADER_BYTES + padded4(heartbeat.length) <= end) {
      this.#heartbeat = undefined;
      const length = CHUNK_HEADER_BYTES + heartbeat.length;
      at = writeChunkHeader(out, at, ChunkType.HeartbeatAck, 0, length);
      copyBytes(heartbeat, 0, out, at, heartbeat.length);
      at = writePadding(out, at + heartbeat.length);
    }
    const unknown = this.#unknownChunk;
    const headers = CHUNK_HEADER_BYTES + CAUSE_HEADER_BYTES;
    if (unknown !== undefined && at + headers + padded4(unknown.length) <= end) {
      this.#unknownChunk = undefined;
      const causeBytes = CAUSE_HEADER_BYTES + unknown.length;
      at = writeChunkHeader(out, at, ChunkType.Error, 0, CHUNK_HEADER_BYTES + causeBytes);
      putU16(out, at, ErrorCause.UnrecognizedChunk);
      putU16(out, at + 2, causeBytes);
      copyBytes(unknown, 0, out, at + CAUSE_HEADER_BYTES, unknown.length);
      at = writePadding(out, at + causeBytes);
    }
    return at;
  }
}
