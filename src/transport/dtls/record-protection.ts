import type { Aead, AeadFactory } from "../../crypto/aead.ts";
import { AEAD_NONCE_BYTES, AEAD_TAG_BYTES } from "../../crypto/aead.ts";
import { putU32, u32 } from "../../wire/bytes.ts";
import {
  DTLS_1_2,
  RECORD_HEADER_BYTES,
  type RecordView,
  writeEpochAndSequence,
  writeRecordHeader,
} from "../../wire/dtls/record.ts";
import type { WriteKeys } from "./key-schedule.ts";

/** The part of the nonce that every record carries in front of its payload. */
export const EXPLICIT_NONCE_BYTES = 8;
/** Where the payload of a sealed record begins. */
export const SEALED_PAYLOAD_AT: number = RECORD_HEADER_BYTES + EXPLICIT_NONCE_BYTES;
/** What sealing adds to a payload, header included. */
export const SEALED_OVERHEAD_BYTES: number = SEALED_PAYLOAD_AT + AEAD_TAG_BYTES;
const AAD_BYTES = 13;
const FIXED_NONCE_BYTES = 4;
// Of the record in hand: all sessions of a thread share them, so that they are in its caches.
const NONCE: Uint8Array = new Uint8Array(AEAD_NONCE_BYTES);
const AAD: Uint8Array = new Uint8Array(AAD_BYTES);

/**
 * Records of one direction by AES-GCM (RFC 5246 §6.2.3.3, RFC 5288 §3):
 *
 *     | header 13 | explicit nonce 8 | payload, encrypted | tag 16 |
 *
 * Epoch and sequence number are the explicit nonce, so it never repeats under one key.
 */
export class RecordProtection {
  readonly #aead: Aead;
  readonly #fixedNonce: number;

  constructor(createAead: AeadFactory, { key, fixedNonce }: WriteKeys) {
    this.#aead = createAead(key);
    this.#fixedNonce = u32(fixedNonce, 0);
  }

  /**
   * Makes a record at `offset` of the payload that lies SEALED_PAYLOAD_AT behind it.
   *
   * @returns the record's length: SEALED_OVERHEAD_BYTES more than the payload
   */
  seal(
    out: Uint8Array,
    offset: number,
    type: number,
    epoch: number,
    sequence: number,
    payloadBytes: number,
  ): number {
    const sealedBytes = EXPLICIT_NONCE_BYTES + payloadBytes + AEAD_TAG_BYTES;
    writeRecordHeader(out, offset, type, epoch, sequence, sealedBytes);
    writeEpochAndSequence(out, offset + RECORD_HEADER_BYTES, epoch, sequence);
    putU32(NONCE, 0, this.#fixedNonce);
    writeEpochAndSequence(NONCE, FIXED_NONCE_BYTES, epoch, sequence);
    setAad(type, epoch, sequence, payloadBytes);
    this.#aead.seal(NONCE, AAD, out, offset + SEALED_PAYLOAD_AT, payloadBytes);
    return RECORD_HEADER_BYTES + sealedBytes;
  }

  /**
   * Decrypts a record in place; its payload then lies EXPLICIT_NONCE_BYTES behind `payloadAt`.
   *
   * @returns length of the payload, or -1 when it is not the peer's
   */
  open(bytes: Uint8Array, record: RecordView): number {
    const textBytes = record.payloadBytes - EXPLICIT_NONCE_BYTES - AEAD_TAG_BYTES;
    if (textBytes < 0 || record.version !== DTLS_1_2) return -1;
    const textAt = record.payloadAt + EXPLICIT_NONCE_BYTES;
    putU32(NONCE, 0, this.#fixedNonce);
    for (let i = 0; i < EXPLICIT_NONCE_BYTES; i++) {
      NONCE[FIXED_NONCE_BYTES + i] = bytes[record.payloadAt + i]!;
    }
    setAad(record.type, record.epoch, record.sequence, textBytes);
    return this.#aead.open(NONCE, AAD, bytes, textAt, textBytes + AEAD_TAG_BYTES);
  }

  close(): void {
    this.#aead.close();
  }
}

function setAad(type: number, epoch: number, sequence: number, payloadBytes: number): void {
  writeEpochAndSequence(AAD, 0, epoch, sequence);
  AAD[8] = type;
  AAD[9] = DTLS_1_2 >>> 8;
  AAD[10] = DTLS_1_2 & 0xff;
  AAD[11] = payloadBytes >>> 8;
  AAD[12] = payloadBytes;
}
