import { putU16, putU32 } from "../bytes.ts";
import {
  STUN_COOKIE,
  STUN_FINGERPRINT_XOR,
  STUN_HEADER_BYTES,
  STUN_INTEGRITY_BYTES,
  STUN_TRANSACTION_ID_BYTES,
  STUN_TRANSACTION_ID_OFFSET,
  StunAttribute,
} from "./constants.ts";
import { crc32 } from "./crc32.ts";
import { IPV4_BYTES } from "./ip-address.ts";

/**
 * Writes one STUN message after the other, each into a buffer of the caller. Attributes stand in
 * the order of the calls. The header's length is kept up to date after every attribute, as
 * MESSAGE-INTEGRITY and FINGERPRINT need it (RFC 8489 §14.5, §14.7).
 *
 * What does not fit leaves the message as it was and makes `length` 0 for good: the caller looks
 * once, at the end.
 */
export class StunWriter {
  #out: Uint8Array = new Uint8Array(0);
  #offset: number = 0;
  #end: number = 0;
  #overflow: boolean = true;

  /**
   * @param transaction array that holds the 12 bytes of the transaction id at `transactionOffset`
   */
  begin(
    out: Uint8Array,
    offset: number,
    type: number,
    transaction: Uint8Array,
    transactionOffset: number,
  ): void {
    this.#out = out;
    this.#offset = offset;
    this.#end = offset + STUN_HEADER_BYTES;
    this.#overflow = this.#end > out.length;
    if (this.#overflow) return;
    putU16(out, offset, type);
    putU16(out, offset + 2, 0);
    putU32(out, offset + 4, STUN_COOKIE);
    for (let i = 0; i < STUN_TRANSACTION_ID_BYTES; i++) {
      out[offset + STUN_TRANSACTION_ID_OFFSET + i] = transaction[transactionOffset + i]!;
    }
  }

  /** Bytes written so far, header included; 0 when something did not fit. */
  get length(): number {
    return this.#overflow ? 0 : this.#end - this.#offset;
  }

  bytes(type: number, value: Uint8Array): void {
    const at = this.#reserve(type, value.length);
    if (at >= 0) this.#out.set(value, at);
  }

  uint32(type: number, value: number): void {
    const at = this.#reserve(type, 4);
    if (at >= 0) putU32(this.#out, at, value);
  }

  flag(type: number): void {
    this.#reserve(type, 0);
  }

  /** See `xorAddress`. */
  xorMappedAddress(
    address: Uint8Array,
    addressOffset: number,
    addressBytes: number,
    port: number,
  ): void {
    this.xorAddress(StunAttribute.XorMappedAddress, address, addressOffset, addressBytes, port);
  }

  /**
   * One of the attributes whose value is as in XOR-MAPPED-ADDRESS (RFC 8489 §14.2, RFC 8656 §18.3).
   *
   * @param address 4 or 16 bytes from `addressOffset`, in network order
   */
  xorAddress(
    type: number,
    address: Uint8Array,
    addressOffset: number,
    addressBytes: number,
    port: number,
  ): void {
    const at = this.#reserve(type, 4 + addressBytes);
    if (at < 0) return;
    const out = this.#out;
    out[at] = 0;
    out[at + 1] = addressBytes === IPV4_BYTES ? 1 : 2;
    putU16(out, at + 2, port ^ (STUN_COOKIE >>> 16));
    for (let i = 0; i < addressBytes; i++) {
      out[at + 4 + i] = address[addressOffset + i]! ^ out[this.#offset + 4 + i]!;
    }
  }

  /** As `bytes`, of `length` bytes from `offset`. */
  slice(type: number, value: Uint8Array, offset: number, length: number): void {
    const at = this.#reserve(type, length);
    for (let i = 0; at >= 0 && i < length; i++) this.#out[at + i] = value[offset + i]!;
  }

  /** @param code 300..699 @param reason ASCII, for people who read packet dumps */
  errorCode(code: number, reason: string): void {
    const at = this.#reserve(StunAttribute.ErrorCode, 4 + reason.length);
    if (at < 0) return;
    const out = this.#out;
    putU16(out, at, 0);
    out[at + 2] = Math.trunc(code / 100);
    out[at + 3] = code % 100;
    for (let i = 0; i < reason.length; i++) out[at + 4 + i] = reason.charCodeAt(i) & 0x7f;
  }

  unknownAttributes(types: Uint16Array, count: number): void {
    const at = this.#reserve(StunAttribute.UnknownAttributes, count * 2);
    for (let i = 0; at >= 0 && i < count; i++) putU16(this.#out, at + i * 2, types[i]!);
  }

  /**
   * Appends MESSAGE-INTEGRITY with room for the value.
   *
   * @returns the message up to that attribute, its length already counting it: what the HMAC is
   *   to be taken over. Undefined when it did not fit.
   */
  reserveIntegrity(): Uint8Array | undefined {
    const at = this.#reserve(StunAttribute.MessageIntegrity, STUN_INTEGRITY_BYTES);
    return at < 0 ? undefined : this.#out.subarray(this.#offset, at - 4);
  }

  /** Fills the value of the MESSAGE-INTEGRITY that was reserved last. */
  setIntegrity(mac: Uint8Array): void {
    if (this.#overflow) return;
    for (let i = 0; i < STUN_INTEGRITY_BYTES; i++) {
      this.#out[this.#end - STUN_INTEGRITY_BYTES + i] = mac[i]!;
    }
  }

  /** The last attribute of a message that has one. */
  fingerprint(): void {
    const at = this.#reserve(StunAttribute.Fingerprint, 4);
    if (at < 0) return;
    const covered = at - 4 - this.#offset;
    putU32(this.#out, at, crc32(this.#out, this.#offset, covered) ^ STUN_FINGERPRINT_XOR);
  }

  /** Writes an attribute's header and padding. @returns where its value goes, or -1 */
  #reserve(type: number, valueBytes: number): number {
    const padded = (valueBytes + 3) & ~3;
    if (this.#overflow || this.#end + 4 + padded > this.#out.length) {
      this.#overflow = true;
      return -1;
    }
    const out = this.#out;
    const at = this.#end + 4;
    putU16(out, this.#end, type);
    putU16(out, this.#end + 2, valueBytes);
    for (let i = valueBytes; i < padded; i++) out[at + i] = 0;
    this.#end = at + padded;
    putU16(out, this.#offset + 2, this.#end - this.#offset - STUN_HEADER_BYTES);
    return at;
  }
}
