import { putU16 } from "../../wire/bytes.ts";
import { DATA_UNORDERED } from "../../wire/sctp/chunk-type.ts";
import {
  FORWARD_TSN_ENTRY_BYTES,
  FORWARD_TSN_HEADER_BYTES,
  writeForwardTsnHeader,
} from "../../wire/sctp/sack-chunk.ts";
import type { InFlight } from "./in-flight.ts";

/** Streams named in one FORWARD-TSN; a further one waits for the next. */
const ENTRIES_MAX = 32;

/** Tells the peer of chunks that were given up, until it has moved on (RFC 3758 §3.5). */
export class ForwardNotice {
  readonly #chunks: InFlight;
  readonly #initialTsn: number;
  readonly #streamIds: Uint16Array = new Uint16Array(ENTRIES_MAX);
  readonly #ssns: Uint16Array = new Uint16Array(ENTRIES_MAX);
  #advancedPoint = -1;
  #isDue = false;
  #sentMs: number = Number.NEGATIVE_INFINITY;

  /** @param initialTsn ours, as on the wire */
  constructor(chunks: InFlight, initialTsn: number) {
    this.#chunks = chunks;
    this.#initialTsn = initialTsn;
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

  /** Writes it when it is due and fits. Names the highest given-up number of each ordered stream. */
  write(nowMs: number, out: Uint8Array, offset: number, end: number): number {
    if (!this.#isDue) return offset;
    const room = Math.floor((end - offset - FORWARD_TSN_HEADER_BYTES) / FORWARD_TSN_ENTRY_BYTES);
    if (room < 1) return offset;
    const chunks = this.#chunks;
    const entriesMax = Math.min(room, ENTRIES_MAX);
    let entries = 0;
    let advanced = chunks.cumulative;
    for (let tsn = chunks.cumulative + 1; tsn <= this.#advancedPoint; tsn++) {
      if (chunks.isAbandoned(tsn) && !(chunks.flags(tsn) & DATA_UNORDERED)) {
        const message = chunks.message(tsn);
        let entry = 0;
        while (entry < entries && this.#streamIds[entry] !== message.stream.id) entry += 1;
        if (entry === entriesMax) break;
        this.#streamIds[entry] = message.stream.id;
        this.#ssns[entry] = message.ssn;
        if (entry === entries) entries += 1;
      }
      advanced = tsn;
    }
    for (let entry = 0; entry < entries; entry++) {
      const at = offset + FORWARD_TSN_HEADER_BYTES + entry * FORWARD_TSN_ENTRY_BYTES;
      putU16(out, at, this.#streamIds[entry]!);
      putU16(out, at + 2, this.#ssns[entry]!);
    }
    this.#isDue = false;
    this.#sentMs = nowMs;
    return writeForwardTsnHeader(out, offset, this.#initialTsn + advanced, entries);
  }
}
