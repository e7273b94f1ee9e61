import { putU16, u16 } from "../bytes.ts";

/** Content types (RFC 5246 §6.2.1). */
export const DtlsContent = {
  ChangeCipherSpec: 20,
  Alert: 21,
  Handshake: 22,
  ApplicationData: 23,
} as const;

/** DTLS 1.2 on the wire. */
export const DTLS_1_2 = 0xfefd;
/** Stands in the records of a first ClientHello, whatever the client speaks. */
export const DTLS_1_0 = 0xfeff;

export const RECORD_HEADER_BYTES = 13;
/** Record numbers have 48 bits. */
export const RECORD_SEQUENCE_MAX: number = 2 ** 48 - 1;
const TWO_POW_32 = 2 ** 32;

/**
 * One record of a datagram (RFC 6347 §4.1), used again for the next.
 *
 *      0      1      3      5           11     13
 *     +------+------+------+-----------+------+---------
 *     | type | vers | epoch| sequence  | len  | payload
 *     +------+------+------+-----------+------+---------
 */
export class RecordView {
  type = 0;
  version = 0;
  epoch = 0;
  /** 0..2^48-1 */
  sequence = 0;
  /** Where the payload begins in the datagram. */
  payloadAt = 0;
  /** Length of the payload, which is encrypted in epochs above 0. */
  payloadBytes = 0;
}

/**
 * Reads the record at `offset`.
 *
 * @returns where the next one begins, or -1 when no whole record of DTLS 1.0 or 1.2 is here: the
 *   rest of the datagram is then useless
 */
export function readRecord(bytes: Uint8Array, offset: number, view: RecordView): number {
  const payloadAt = offset + RECORD_HEADER_BYTES;
  if (payloadAt > bytes.length) return -1;
  view.type = bytes[offset]!;
  view.version = u16(bytes, offset + 1);
  view.epoch = u16(bytes, offset + 3);
  view.sequence =
    u16(bytes, offset + 5) * TWO_POW_32 + u16(bytes, offset + 7) * 65_536 + u16(bytes, offset + 9);
  view.payloadAt = payloadAt;
  view.payloadBytes = u16(bytes, offset + 11);
  const end = payloadAt + view.payloadBytes;
  if (end > bytes.length || (view.version !== DTLS_1_2 && view.version !== DTLS_1_0)) return -1;
  return end;
}

/** Writes 13 bytes at `offset`: the header of a DTLS 1.2 record. */
export function writeRecordHeader(
  out: Uint8Array,
  offset: number,
  type: number,
  epoch: number,
  sequence: number,
  payloadBytes: number,
): void {
  out[offset] = type;
  putU16(out, offset + 1, DTLS_1_2);
  writeEpochAndSequence(out, offset + 3, epoch, sequence);
  putU16(out, offset + 11, payloadBytes);
}

/** 8 bytes, as in the header; additional data and nonce of AES-GCM begin or end with the same. */
export function writeEpochAndSequence(
  out: Uint8Array,
  offset: number,
  epoch: number,
  sequence: number,
): void {
  putU16(out, offset, epoch);
  putU16(out, offset + 2, Math.floor(sequence / TWO_POW_32));
  putU16(out, offset + 4, sequence >>> 16);
  putU16(out, offset + 6, sequence);
}
