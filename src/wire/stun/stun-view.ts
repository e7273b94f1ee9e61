import { DropReason } from "../../base/drop-reason.ts";
import { u16, u32 } from "../bytes.ts";
import {
  STUN_COOKIE,
  STUN_FINGERPRINT_XOR,
  STUN_HEADER_BYTES,
  STUN_INTEGRITY_BYTES,
  STUN_USERNAME_BYTES_MAX,
  StunAttribute,
} from "./constants.ts";
import { crc32 } from "./crc32.ts";
import { IPV4_BYTES, IPV6_BYTES } from "./ip-address.ts";

/** How many unknown attributes are remembered for the 420 answer; further ones are not named. */
const UNKNOWN_MAX = 8;

/**
 * Where things stand in one STUN message. All offsets count from the start of the byte array; -1
 * means that the attribute is absent. One view is reused for every message.
 *
 * ```text
 *  0                   1                   2                   3
 * |0 0|     message type          |     length of attributes      |
 * |                   magic cookie 0x2112A442                     |
 * |               transaction id, 12 bytes                        |
 * |     attribute type            |     length of value           |  value padded to 4 bytes
 * ```
 */
export class StunView {
  /** Method and class bits, one of `StunType` or another method's. */
  type: number = 0;
  offset: number = 0;
  /** Of the whole message, header included. */
  length: number = 0;
  usernameOffset: number = -1;
  usernameBytes: number = 0;
  /** Start of the MESSAGE-INTEGRITY attribute, not of its value. */
  integrityOffset: number = -1;
  /** Start of the FINGERPRINT attribute; its value has been checked. */
  fingerprintOffset: number = -1;
  /** PRIORITY, unsigned 32 bits, or -1. */
  priority: number = -1;
  useCandidate: boolean = false;
  /** Offset of the 64-bit tie-breaker. */
  controllingOffset: number = -1;
  controlledOffset: number = -1;
  /** Value of the unregistered NOMINATION attribute, or -1. */
  nomination: number = -1;
  /** Offset of the (still XORed) address in XOR-MAPPED-ADDRESS. */
  mappedAddressOffset: number = -1;
  /** 4 or 16. */
  mappedAddressBytes: number = 0;
  mappedPort: number = 0;
  /** ERROR-CODE as three digits, or 0. */
  errorCode: number = 0;
  /** Attributes that must be understood and are not (RFC 8489 §15). */
  readonly unknown: Uint16Array = new Uint16Array(UNKNOWN_MAX);
  unknownCount: number = 0;

  reset(): void {
    this.type = 0;
    this.offset = 0;
    this.length = 0;
    this.usernameOffset = -1;
    this.usernameBytes = 0;
    this.integrityOffset = -1;
    this.fingerprintOffset = -1;
    this.priority = -1;
    this.useCandidate = false;
    this.controllingOffset = -1;
    this.controlledOffset = -1;
    this.nomination = -1;
    this.mappedAddressOffset = -1;
    this.mappedAddressBytes = 0;
    this.mappedPort = 0;
    this.errorCode = 0;
    this.unknownCount = 0;
  }
}

/**
 * Whether the bytes begin a STUN message: two zero bits, the cookie, a length that is a multiple
 * of four and ends where the datagram does (RFC 8489 §6.3).
 */
export function isStunMessage(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    length >= STUN_HEADER_BYTES &&
    (bytes[offset]! & 0xc0) === 0 &&
    u32(bytes, offset + 4) === STUN_COOKIE &&
    (bytes[offset + 3]! & 3) === 0 &&
    u16(bytes, offset + 2) + STUN_HEADER_BYTES === length
  );
}

/**
 * Reads one STUN message into `view`. MESSAGE-INTEGRITY is located, not verified: that needs a
 * key. A FINGERPRINT is verified. What follows MESSAGE-INTEGRITY is ignored except FINGERPRINT,
 * and of repeated attributes the first counts (RFC 8489 §14, §14.5).
 */
export function readStun(
  bytes: Uint8Array,
  offset: number,
  length: number,
  view: StunView,
): DropReason {
  view.reset();
  if (length < STUN_HEADER_BYTES) return DropReason.Truncated;
  if (!isStunMessage(bytes, offset, length)) return DropReason.Malformed;
  view.type = u16(bytes, offset);
  view.offset = offset;
  view.length = length;
  const end = offset + length;
  let at = offset + STUN_HEADER_BYTES;
  while (at < end) {
    if (view.fingerprintOffset >= 0 || at + 4 > end) return DropReason.Malformed;
    const type = u16(bytes, at);
    const valueBytes = u16(bytes, at + 2);
    const next = at + 4 + ((valueBytes + 3) & ~3);
    if (next > end) return DropReason.Malformed;
    if (type === StunAttribute.Fingerprint) {
      if (valueBytes !== 4) return DropReason.Malformed;
      const crc = (crc32(bytes, offset, at - offset) ^ STUN_FINGERPRINT_XOR) >>> 0;
      if (crc !== u32(bytes, at + 4)) return DropReason.BadTag;
      view.fingerprintOffset = at;
    } else if (view.integrityOffset < 0 && !readAttribute(bytes, at, type, valueBytes, view)) {
      return DropReason.Malformed;
    }
    at = next;
  }
  return DropReason.None;
}

/** @returns false when the attribute's value has a length or content it cannot have */
function readAttribute(
  bytes: Uint8Array,
  at: number,
  type: number,
  valueBytes: number,
  view: StunView,
): boolean {
  const value = at + 4;
  switch (type) {
    case StunAttribute.Username:
      if (valueBytes > STUN_USERNAME_BYTES_MAX) return false;
      if (view.usernameOffset >= 0) return true;
      view.usernameOffset = value;
      view.usernameBytes = valueBytes;
      return true;
    case StunAttribute.MessageIntegrity:
      if (valueBytes !== STUN_INTEGRITY_BYTES) return false;
      view.integrityOffset = at;
      return true;
    case StunAttribute.Priority:
      if (valueBytes !== 4) return false;
      if (view.priority < 0) view.priority = u32(bytes, value);
      return true;
    case StunAttribute.UseCandidate:
      view.useCandidate = true;
      return valueBytes === 0;
    case StunAttribute.IceControlling:
      if (view.controllingOffset < 0) view.controllingOffset = value;
      return valueBytes === 8;
    case StunAttribute.IceControlled:
      if (view.controlledOffset < 0) view.controlledOffset = value;
      return valueBytes === 8;
    case StunAttribute.Nomination:
      if (view.nomination < 0 && valueBytes === 4) view.nomination = u32(bytes, value);
      return true;
    case StunAttribute.XorMappedAddress:
      return readMappedAddress(bytes, value, valueBytes, view);
    case StunAttribute.ErrorCode:
      if (valueBytes < 4) return false;
      if (view.errorCode === 0) {
        view.errorCode = (bytes[value + 2]! & 7) * 100 + (bytes[value + 3]! % 100);
      }
      return true;
    case StunAttribute.MappedAddress:
    case StunAttribute.UnknownAttributes:
    case StunAttribute.Realm:
    case StunAttribute.Nonce:
      return true; // known, and nothing in them for us
    default:
      if (type < 0x8000 && view.unknownCount < UNKNOWN_MAX) {
        view.unknown[view.unknownCount] = type;
        view.unknownCount += 1;
      }
      return true;
  }
}

function readMappedAddress(
  bytes: Uint8Array,
  value: number,
  valueBytes: number,
  view: StunView,
): boolean {
  const addressBytes =
    valueBytes === 8 && bytes[value + 1] === 1
      ? IPV4_BYTES
      : valueBytes === 20 && bytes[value + 1] === 2
        ? IPV6_BYTES
        : 0;
  if (addressBytes === 0) return false;
  if (view.mappedAddressOffset >= 0) return true;
  view.mappedAddressOffset = value + 4;
  view.mappedAddressBytes = addressBytes;
  view.mappedPort = u16(bytes, value + 2) ^ (STUN_COOKIE >>> 16);
  return true;
}

/**
 * Takes the XOR off the address in XOR-MAPPED-ADDRESS (RFC 8489 §14.2).
 *
 * @param out at least 16 bytes
 * @returns 4, 16, or 0 when the message has no such attribute
 */
export function readMappedAddressBytes(bytes: Uint8Array, view: StunView, out: Uint8Array): number {
  if (view.mappedAddressOffset < 0) return 0;
  for (let i = 0; i < view.mappedAddressBytes; i++) {
    // cookie and transaction id stand together at offset 4
    out[i] = bytes[view.mappedAddressOffset + i]! ^ bytes[view.offset + 4 + i]!;
  }
  return view.mappedAddressBytes;
}
