import { putU16, putU32 } from "../../wire/bytes.ts";
import { ChunkType, DATA_UNORDERED } from "../../wire/sctp/chunk-type.ts";
import {
  FORWARD_TSN_ENTRY_BYTES,
  FORWARD_TSN_HEADER_BYTES,
  I_FORWARD_TSN_ENTRY_BYTES,
  I_FORWARD_TSN_UNORDERED,
  writeForwardTsnHeader,
} from "../../wire/sctp/sack-chunk.ts";
import type { InFlight } from "./in-flight.ts";

/** Streams named in one chunk; a further one waits for the next. */
const ENTRIES_MAX = 32;

/**
 * Tells the peer of chunks that were given up, until it has moved on: FORWARD-TSN (RFC 3758
 * §3.5), or I-FORWARD-TSN where interleaving was agreed on (RFC 8260 §2.3).
 */
export class ForwardNotice {
  readonly #chunks: InFlight;
  readonly #initialTsn: number;
  readonly #isInterleaved: boolean;
  /** Twice the stream id, and one more for unordered messages. */
  readonly #keys: Uint32Array = new Uint32Array(ENTRIES_MAX);
  readonly #numbers: Uint32Array = new Uint32Array(ENTRIES_MAX);
  #advancedPoint = -1;
  #isDue = false;
  #sentMs: number = Number.NEGATIVE_INFINITY;

  /** @param initialTsn ours, as on the wire */
  constructor(chunks: InFlight, initialTsn: number, isInterleaved: boolean) {
    this.#chunks = chunks;
    this.#initialTsn = initialTsn;
    this.#isInterleaved = isInterleaved;
  }

  /** Due when there is something new to say, or when the last notice may have been lost. */
  update(nowMs: number, smoothedRttMs: number): void {
    const advanced = this.#chunks.findAdvancedPoint();
    const hasMoved = advanced > this.#advancedPoint;
    this.#advancedPoint = advanced;
    if (advanced <= this.#chunks.cumulative) {
      this.#isDue = false;
      return;
    }
    if (hasMoved || nowMs - this.#sentMs >= Math.max(smoothedRttMs, 1)) this.#isDue = true;
  }

  /** The last notice counts as lost. */
  repeat(): void {
    this.#sentMs = Number.NEGATIVE_INFINITY;
  }

  /** Writes it when it is due and fits. Names the highest given-up message of each stream. */
  write(nowMs: number, out: Uint8Array, offset: number, end: number): number {
    if (!this.#isDue) return offset;
    const entryBytes = this.#isInterleaved ? I_FORWARD_TSN_ENTRY_BYTES : FORWARD_TSN_ENTRY_BYTES;
    const room = Math.floor((end - offset - FORWARD_TSN_HEADER_BYTES) / entryBytes);
    if (room < 1) return offset;
    const chunks = this.#chunks;
    const entriesMax = Math.min(room, ENTRIES_MAX);
    let entries = 0;
    let advanced = chunks.cumulative;
    for (let tsn = chunks.cumulative + 1; tsn <= this.#advancedPoint; tsn++) {
      const unordered = (chunks.flags(tsn) & DATA_UNORDERED) !== 0;
      // Without message ids there is nothing to say of an unordered one.
      if (chunks.isAbandoned(tsn) && (!unordered || this.#isInterleaved)) {
        const message = chunks.message(tsn);
        const key = 2 * message.stream.id + (unordered ? 1 : 0);
        let entry = 0;
        while (entry < entries && this.#keys[entry] !== key) entry += 1;
        if (entry === entriesMax) break;
        this.#keys[entry] = key;
        this.#numbers[entry] = message.number;
        if (entry === entries) entries += 1;
      }
      advanced = tsn;
    }
    for (let entry = 0; entry < entries; entry++) {
      this.#writeEntry(out, offset + FORWARD_TSN_HEADER_BYTES + entry * entryBytes, entry);
    }
    this.#isDue = false;
    this.#sentMs = nowMs;
    const type = this.#isInterleaved ? ChunkType.IForwardTsn : ChunkType.ForwardTsn;
    const wireTsn = this.#initialTsn + advanced;
    return writeForwardTsnHeader(out, offset, type, wireTsn, entries * entryBytes);
  }

  #writeEntry(out: Uint8Array, at: number, entry: number): void {
    const key = this.#keys[entry]!;
    putU16(out, at, key >> 1);
    if (this.#isInterleaved) {
      putU16(out, at + 2, key & 1 ? I_FORWARD_TSN_UNORDERED : 0);
      putU32(out, at + 4, this.#numbers[entry]!);
    } else {
      putU16(out, at + 2, this.#numbers[entry]!);
    }
  }
}
