import { DropReason } from "../../base/drop-reason.ts";
import { putU16, putU24, putU32, u16, u24 } from "../bytes.ts";
import { RtcpType, TransportFormat } from "./rtcp-types.ts";

/** Arrival times have this resolution (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.5). */
export const TWCC_TICKS_PER_MS = 4;
/** The reference time counts 64 ms. */
export const TWCC_TICKS_PER_REFERENCE = 256;
/** Sender SSRC, media SSRC, base number, status count, reference time, feedback count. */
const FIXED_BYTES = 16;
const RUN_LENGTH_MAX = 0x1fff;

/** Packets in one report; with more the writer asks for another. */
const DELTAS_MAX = 512;
/** Statuses in one report: the count has 16 bits. */
const STATUSES_MAX = 32_767;
/** Losses in a row in one report. */
const STATUS_GAP_MAX = 8_192;

const NOT_RECEIVED = 0;
const SMALL_DELTA = 1;
const LARGE_DELTA = 2;

/**
 * Reads the transport-wide feedback that a cursor stands on. After `next` the fields describe one
 * packet; nothing is allocated.
 *
 *     |      base sequence number     |      packet status count      |
 *     |                 reference time                | fb pkt. count |
 *     |  chunks of 16 bits, then deltas of 8 or 16 bits, then padding |
 */
export class TwccFeedbackReader {
  baseSn = 0;
  statusCount = 0;
  /** Signed, in 64 ms. */
  referenceTime = 0;
  feedbackCount = 0;

  /** Of the packet that `next` went to. */
  sn = 0;
  isReceived = false;
  /** Arrival in 250 us, counted from the sender's zero of the reference time. */
  arrivalTicks = 0;

  #bytes: Uint8Array = new Uint8Array(0);
  #chunkOffset = 0;
  #deltaOffset = 0;
  #index = 0;
  #chunk = 0;
  #chunkIndex = 0;
  #chunkSize = 0;

  /**
   * @param offset of the body: behind the common header, at the sender SSRC
   * @param length of the body
   * @returns DropReason.None when the chunks and deltas are all there
   */
  start(bytes: Uint8Array, offset: number, length: number): DropReason {
    this.statusCount = 0;
    this.#index = 0;
    if (length < FIXED_BYTES || offset + length > bytes.length) return DropReason.Truncated;
    const end = offset + length;
    const statusCount = u16(bytes, offset + 10);
    let chunkOffset = offset + FIXED_BYTES;
    let deltaBytes = 0;
    let seen = 0;
    while (seen < statusCount) {
      if (chunkOffset + 2 > end) return DropReason.Truncated;
      const chunk = u16(bytes, chunkOffset);
      chunkOffset += 2;
      const size = Math.min(chunkSizeOf(chunk), statusCount - seen);
      if (size === 0) return DropReason.Malformed;
      if ((chunk & 0x8000) === 0) {
        const symbol = chunk >> 13;
        if (symbol === 3) return DropReason.Malformed;
        deltaBytes += symbol * size;
      } else {
        for (let i = 0; i < size; i++) {
          const symbol = symbolOf(chunk, i);
          if (symbol === 3) return DropReason.Malformed;
          deltaBytes += symbol;
        }
      }
      seen += size;
    }
    if (chunkOffset + deltaBytes > end) return DropReason.Truncated;
    this.baseSn = u16(bytes, offset + 8);
    this.statusCount = statusCount;
    this.referenceTime = (u24(bytes, offset + 12) << 8) >> 8;
    this.feedbackCount = bytes[offset + 15]!;
    this.arrivalTicks = this.referenceTime * TWCC_TICKS_PER_REFERENCE;
    this.#bytes = bytes;
    this.#chunkOffset = offset + FIXED_BYTES;
    this.#deltaOffset = chunkOffset;
    this.#chunkIndex = 0;
    this.#chunkSize = 0;
    return DropReason.None;
  }

  /** @returns false after the last packet */
  next(): boolean {
    if (this.#index === this.statusCount) return false;
    const bytes = this.#bytes;
    if (this.#chunkIndex === this.#chunkSize) {
      this.#chunk = u16(bytes, this.#chunkOffset);
      this.#chunkOffset += 2;
      this.#chunkSize = chunkSizeOf(this.#chunk);
      this.#chunkIndex = 0;
    }
    const symbol = symbolOf(this.#chunk, this.#chunkIndex);
    this.#chunkIndex += 1;
    this.sn = (this.baseSn + this.#index) & 0xffff;
    this.#index += 1;
    this.isReceived = symbol !== NOT_RECEIVED;
    if (symbol === SMALL_DELTA) {
      this.arrivalTicks += bytes[this.#deltaOffset]!;
      this.#deltaOffset += 1;
    } else if (symbol === LARGE_DELTA) {
      this.arrivalTicks += (u16(bytes, this.#deltaOffset) << 16) >> 16;
      this.#deltaOffset += 2;
    }
    return true;
  }
}

function chunkSizeOf(chunk: number): number {
  if ((chunk & 0x8000) === 0) return chunk & RUN_LENGTH_MAX;
  return (chunk & 0x4000) === 0 ? 14 : 7;
}

function symbolOf(chunk: number, index: number): number {
  if ((chunk & 0x8000) === 0) return chunk >> 13;
  if ((chunk & 0x4000) === 0) return (chunk >> (13 - index)) & 1;
  return (chunk >> (12 - 2 * index)) & 3;
}

/**
 * Writes transport-wide feedback packet by packet: `start`, then `add` for each received packet in
 * ascending order, until it answers false or there are no more, then `finish`. Statuses wait in a
 * chunk of up to 14 until it is known how they are coded best.
 */
export class TwccFeedbackWriter {
  readonly #symbols: Uint8Array = new Uint8Array(14);
  readonly #deltas: Int16Array = new Int16Array(DELTAS_MAX);
  #out: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #bytesMax = 0;
  #chunkEnd = 0;
  #deltaCount = 0;
  #deltaBytes = 0;
  #nextExtSn = 0;
  #baseExtSn = 0;
  #ticks = 0;
  #size = 0;
  #isUniform = true;
  #hasLarge = false;

  /**
   * @param bytesMax room from `offset` on, at least 64
   * @param baseExtSn extended number that the report begins with
   * @param ticks arrival of the first packet that will be added, 250 us
   */
  start(
    out: Uint8Array,
    offset: number,
    bytesMax: number,
    senderSsrc: number,
    mediaSsrc: number,
    baseExtSn: number,
    ticks: number,
    feedbackCount: number,
  ): void {
    const reference = Math.floor(ticks / TWCC_TICKS_PER_REFERENCE);
    putU32(out, offset + 4, senderSsrc);
    putU32(out, offset + 8, mediaSsrc);
    putU16(out, offset + 12, baseExtSn);
    putU24(out, offset + 16, reference);
    out[offset + 19] = feedbackCount;
    this.#out = out;
    this.#offset = offset;
    this.#bytesMax = bytesMax;
    this.#chunkEnd = offset + 4 + FIXED_BYTES;
    this.#deltaCount = 0;
    this.#deltaBytes = 0;
    this.#baseExtSn = baseExtSn;
    this.#nextExtSn = baseExtSn;
    this.#ticks = reference * TWCC_TICKS_PER_REFERENCE;
    this.#size = 0;
    this.#isUniform = true;
    this.#hasLarge = false;
  }

  /**
   * @param extSn above all added before
   * @returns false when it needs a packet of its own: the delta or the gap is too large, or no room
   */
  add(extSn: number, ticks: number): boolean {
    const delta = ticks - this.#ticks;
    const gap = extSn - this.#nextExtSn;
    if (delta < -32768 || delta > 32767 || this.#deltaCount === DELTAS_MAX) return false;
    if (gap < 0 || gap > STATUS_GAP_MAX || extSn - this.#baseExtSn > STATUSES_MAX) return false;
    // The rest of this: chunks that are not written yet, two for the gap, the delta, padding.
    const need = this.#chunkEnd - this.#offset + this.#deltaBytes + 24;
    if (need > this.#bytesMax) return false;
    const isSmall = delta >= 0 && delta <= 255;
    this.#addMissing(gap);
    this.#addSymbol(isSmall ? SMALL_DELTA : LARGE_DELTA);
    this.#deltas[this.#deltaCount] = delta;
    this.#deltaCount += 1;
    this.#deltaBytes += isSmall ? 1 : 2;
    this.#nextExtSn = extSn + 1;
    this.#ticks = ticks;
    return true;
  }

  /** Number after the last one reported. */
  get nextExtSn(): number {
    return this.#nextExtSn;
  }

  /** @returns offset after the packet */
  finish(): number {
    const out = this.#out;
    while (this.#size > 0) this.#emit(true);
    let end = this.#chunkEnd;
    for (let i = 0; i < this.#deltaCount; i++) {
      const delta = this.#deltas[i]!;
      if (delta >= 0 && delta <= 255) {
        out[end] = delta;
        end += 1;
      } else {
        putU16(out, end, delta);
        end += 2;
      }
    }
    const padding = -(end - this.#offset) & 3;
    for (let i = 1; i <= padding; i++) out[end + i - 1] = i === padding ? padding : 0;
    end += padding;
    out[this.#offset] = (padding > 0 ? 0xa0 : 0x80) | TransportFormat.TransportWide;
    out[this.#offset + 1] = RtcpType.TransportFeedback;
    putU16(out, this.#offset + 2, ((end - this.#offset) >> 2) - 1);
    putU16(out, this.#offset + 14, this.#nextExtSn - this.#baseExtSn);
    return end;
  }

  #addMissing(count: number): void {
    let left = count;
    while (left > 0) {
      if (this.#size > 0 && !(this.#isUniform && this.#symbols[0] === NOT_RECEIVED)) {
        this.#addSymbol(NOT_RECEIVED);
        left -= 1;
        continue;
      }
      // A run of losses grows as one, however long.
      this.#symbols.fill(NOT_RECEIVED);
      this.#isUniform = true;
      const take = Math.min(left, RUN_LENGTH_MAX - this.#size);
      this.#size += take;
      left -= take;
      if (this.#size === RUN_LENGTH_MAX) this.#emit(false);
    }
  }

  #addSymbol(symbol: number): void {
    while (!this.#fits(symbol)) this.#emit(false);
    if (this.#size < 14) this.#symbols[this.#size] = symbol;
    this.#isUniform = this.#size === 0 || (this.#isUniform && symbol === this.#symbols[0]);
    this.#hasLarge ||= symbol === LARGE_DELTA;
    this.#size += 1;
  }

  #fits(symbol: number): boolean {
    if (this.#size < 7) return true;
    if (this.#isUniform && symbol === this.#symbols[0]) return this.#size < RUN_LENGTH_MAX;
    return this.#size < 14 && !this.#hasLarge && symbol !== LARGE_DELTA;
  }

  /** Writes one chunk of the waiting statuses, and keeps what does not go into it. */
  #emit(isLast: boolean): void {
    const symbols = this.#symbols;
    let chunk: number;
    let written = this.#size;
    if (this.#isUniform) {
      chunk = (symbols[0]! << 13) | this.#size;
    } else if (this.#size > 7 && !this.#hasLarge && (isLast || this.#size === 14)) {
      chunk = 0x8000;
      for (let i = 0; i < this.#size; i++) chunk |= symbols[i]! << (13 - i);
    } else {
      written = Math.min(7, this.#size);
      chunk = 0xc000;
      for (let i = 0; i < written; i++) chunk |= symbols[i]! << (12 - 2 * i);
    }
    putU16(this.#out, this.#chunkEnd, chunk);
    this.#chunkEnd += 2;
    this.#size -= written;
    symbols.copyWithin(0, written, written + this.#size);
    this.#isUniform = true;
    this.#hasLarge = false;
    for (let i = 0; i < this.#size; i++) {
      if (symbols[i] !== symbols[0]) this.#isUniform = false;
      if (symbols[i] === LARGE_DELTA) this.#hasLarge = true;
    }
  }
}
