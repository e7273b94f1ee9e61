import { DropReason } from "../../base/drop-reason.ts";
import type { AeadFactory } from "../../crypto/aead.ts";
import {
  RECORD_HEADER_BYTES,
  RECORD_SEQUENCE_MAX,
  type RecordView,
  writeRecordHeader,
} from "../../wire/dtls/record.ts";
import type { TrafficKeys } from "./key-schedule.ts";
import { EXPLICIT_NONCE_BYTES, RecordProtection } from "./record-protection.ts";
import { ReplayWindow } from "./replay-window.ts";

/** The epoch of plain records, and the only one that follows it: nothing is renegotiated. */
export const PLAIN_EPOCH = 0;
export const SEALED_EPOCH = 1;

/** Numbers and protects the records of one session, both directions (RFC 6347 §4.1). */
export class RecordLayer {
  readonly #createAead: AeadFactory;
  readonly #replay: ReplayWindow = new ReplayWindow();
  #plainSequence = 0;
  #sealedSequence = 0;
  #sealing: RecordProtection | undefined;
  #opening: RecordProtection | undefined;
  /** Length of what `open` decrypted last. */
  openedBytes = 0;

  constructor(createAead: AeadFactory) {
    this.#createAead = createAead;
  }

  get hasKeys(): boolean {
    return this.#opening !== undefined;
  }

  setKeys(keys: TrafficKeys, role: "server" | "client"): void {
    const other = role === "server" ? "client" : "server";
    this.#sealing = new RecordProtection(this.#createAead, keys[role]);
    this.#opening = new RecordProtection(this.#createAead, keys[other]);
  }

  /** Makes a plain record of the payload that lies behind its header. @returns its length */
  writePlain(out: Uint8Array, offset: number, type: number, payloadBytes: number): number {
    writeRecordHeader(out, offset, type, PLAIN_EPOCH, this.#plainSequence, payloadBytes);
    this.#plainSequence += 1;
    return RECORD_HEADER_BYTES + payloadBytes;
  }

  /**
   * Makes a sealed record of the payload that lies SEALED_PAYLOAD_AT behind `offset`.
   *
   * @returns its length, or 0 when there are no keys, or they have sealed as much as they may
   */
  writeSealed(out: Uint8Array, offset: number, type: number, payloadBytes: number): number {
    const sequence = this.#sealedSequence;
    if (this.#sealing === undefined || sequence > RECORD_SEQUENCE_MAX) return 0;
    this.#sealedSequence += 1;
    return this.#sealing.seal(out, offset, type, SEALED_EPOCH, sequence, payloadBytes);
  }

  /**
   * Checks and decrypts a record of SEALED_EPOCH in place. On None `openedBytes` are its payload,
   * EXPLICIT_NONCE_BYTES behind `payloadAt`, and the same record is not taken again.
   */
  open(bytes: Uint8Array, record: RecordView): DropReason {
    if (this.#opening === undefined) return DropReason.WrongState;
    const reason = this.#replay.check(record.sequence);
    if (reason !== DropReason.None) return reason;
    const length = this.#opening.open(bytes, record);
    if (length < 0) return DropReason.BadTag;
    this.#replay.note(record.sequence);
    this.openedBytes = length;
    return DropReason.None;
  }

  close(): void {
    this.#sealing?.close();
    this.#opening?.close();
    this.#sealing = undefined;
    this.#opening = undefined;
  }
}

/** Where the payload of an opened record begins. */
export function openedAt(record: RecordView): number {
  return record.payloadAt + EXPLICIT_NONCE_BYTES;
}
