import { DropReason } from "../../base/drop-reason.ts";
import { u16, u32 } from "../bytes.ts";
import { STUN_COOKIE, STUN_HEADER_BYTES, StunAttribute } from "../stun/constants.ts";
import { IPV4_BYTES, IPV6_BYTES } from "../stun/ip-address.ts";
import { readStun, StunView } from "../stun/stun-view.ts";
import { FAMILY_IPV4, FAMILY_IPV6, TurnAttribute } from "./constants.ts";

/** Addresses that one message may name; a request with more is refused as malformed. */
export const PEERS_MAX = 32;
/** How many unknown attributes are remembered for the 420 answer. */
const UNKNOWN_MAX = 8;
/** RFC 8489 §14.9, §14.10: fewer than 128 characters, which are 763 bytes at most. */
const TEXT_BYTES_MAX = 763;

/**
 * Where things stand in one message of a TURN client (RFC 8656 §18). Offsets count from the start
 * of the byte array; -1 means that the attribute is absent. One view is reused for every message.
 */
export class TurnView {
  /** The attributes of STUN itself. Its list of unknown attributes counts those of TURN. */
  readonly stun: StunView = new StunView();
  /** An attribute has a length or a value that it cannot have: 400, where there is an answer. */
  isMalformed: boolean = false;
  realmOffset: number = -1;
  realmBytes: number = 0;
  nonceOffset: number = -1;
  nonceBytes: number = 0;
  /** Seconds, unsigned 32 bits, or -1. */
  lifetimeSeconds: number = -1;
  /** 16 bits, of any value, or -1. */
  channel: number = -1;
  /** IP protocol number of REQUESTED-TRANSPORT, or -1. */
  transport: number = -1;
  /** REQUESTED-ADDRESS-FAMILY, or -1. */
  family: number = -1;
  hasEvenPort: boolean = false;
  /** The next higher port is to be kept for another allocation. */
  reservesNextPort: boolean = false;
  hasReservationToken: boolean = false;
  hasDontFragment: boolean = false;
  dataOffset: number = -1;
  dataBytes: number = 0;
  peerCount: number = 0;
  /** Offsets of the (still XORed) addresses. */
  readonly peerOffsets: Uint32Array = new Uint32Array(PEERS_MAX);
  /** 4 or 16 each. */
  readonly peerBytes: Uint8Array = new Uint8Array(PEERS_MAX);
  readonly peerPorts: Uint16Array = new Uint16Array(PEERS_MAX);
  /** Attributes that must be understood and are not (RFC 8489 §15). */
  readonly unknown: Uint16Array = new Uint16Array(UNKNOWN_MAX);
  unknownCount: number = 0;

  reset(): void {
    this.isMalformed = false;
    this.realmOffset = -1;
    this.realmBytes = 0;
    this.nonceOffset = -1;
    this.nonceBytes = 0;
    this.lifetimeSeconds = -1;
    this.channel = -1;
    this.transport = -1;
    this.family = -1;
    this.hasEvenPort = false;
    this.reservesNextPort = false;
    this.hasReservationToken = false;
    this.hasDontFragment = false;
    this.dataOffset = -1;
    this.dataBytes = 0;
    this.peerCount = 0;
    this.unknownCount = 0;
  }
}

/**
 * Reads one STUN message with the attributes of TURN. What is no STUN message, or has a wrong
 * FINGERPRINT, is dropped; a broken attribute of TURN sets `isMalformed`, since requests get an
 * answer. What follows MESSAGE-INTEGRITY is ignored; of repeated attributes the first counts, but
 * for XOR-PEER-ADDRESS.
 */
export function readTurn(
  bytes: Uint8Array,
  offset: number,
  length: number,
  view: TurnView,
): DropReason {
  view.reset();
  const reason = readStun(bytes, offset, length, view.stun);
  if (reason !== DropReason.None) return reason;
  const { integrityOffset } = view.stun;
  const end = integrityOffset < 0 ? offset + length : integrityOffset;
  let at = offset + STUN_HEADER_BYTES;
  while (at < end) {
    const type = u16(bytes, at);
    const valueBytes = u16(bytes, at + 2);
    if (!readAttribute(bytes, at + 4, type, valueBytes, view)) view.isMalformed = true;
    at += 4 + ((valueBytes + 3) & ~3);
  }
  return DropReason.None;
}

/** @returns false when the value has a length or content it cannot have */
function readAttribute(
  bytes: Uint8Array,
  value: number,
  type: number,
  valueBytes: number,
  view: TurnView,
): boolean {
  switch (type) {
    case StunAttribute.Realm:
      if (view.realmOffset < 0) {
        view.realmOffset = value;
        view.realmBytes = valueBytes;
      }
      return valueBytes <= TEXT_BYTES_MAX;
    case StunAttribute.Nonce:
      if (view.nonceOffset < 0) {
        view.nonceOffset = value;
        view.nonceBytes = valueBytes;
      }
      return valueBytes <= TEXT_BYTES_MAX;
    case TurnAttribute.Lifetime:
      if (valueBytes !== 4) return false;
      if (view.lifetimeSeconds < 0) view.lifetimeSeconds = u32(bytes, value);
      return true;
    case TurnAttribute.ChannelNumber:
      if (valueBytes !== 4) return false;
      if (view.channel < 0) view.channel = u16(bytes, value);
      return true;
    case TurnAttribute.RequestedTransport:
      if (valueBytes !== 4) return false;
      if (view.transport < 0) view.transport = bytes[value]!;
      return true;
    case TurnAttribute.RequestedAddressFamily:
      if (valueBytes !== 4) return false;
      if (view.family < 0) view.family = bytes[value]!;
      return true;
    case TurnAttribute.EvenPort:
      if (valueBytes < 1) return false;
      if (!view.hasEvenPort) view.reservesNextPort = (bytes[value]! & 0x80) !== 0;
      view.hasEvenPort = true;
      return true;
    case TurnAttribute.ReservationToken:
      view.hasReservationToken = true;
      return valueBytes === 8;
    case TurnAttribute.DontFragment:
      view.hasDontFragment = true;
      return valueBytes === 0;
    case TurnAttribute.Data:
      if (view.dataOffset < 0) {
        view.dataOffset = value;
        view.dataBytes = valueBytes;
      }
      return true;
    case TurnAttribute.XorPeerAddress:
      return readPeer(bytes, value, valueBytes, view);
    case StunAttribute.Username:
    case StunAttribute.MappedAddress:
    case StunAttribute.XorMappedAddress:
    case StunAttribute.ErrorCode:
    case StunAttribute.UnknownAttributes:
    case TurnAttribute.XorRelayedAddress:
    case StunAttribute.Priority:
    case StunAttribute.UseCandidate:
      return true;
    default:
      if (type < 0x8000 && view.unknownCount < UNKNOWN_MAX) {
        view.unknown[view.unknownCount] = type;
        view.unknownCount += 1;
      }
      return true;
  }
}

function readPeer(bytes: Uint8Array, value: number, valueBytes: number, view: TurnView): boolean {
  if (valueBytes !== 4 + IPV4_BYTES && valueBytes !== 4 + IPV6_BYTES) return false;
  const addressBytes = valueBytes - 4;
  const family = addressBytes === IPV4_BYTES ? FAMILY_IPV4 : FAMILY_IPV6;
  if (bytes[value + 1] !== family || view.peerCount === PEERS_MAX) return false;
  view.peerOffsets[view.peerCount] = value + 4;
  view.peerBytes[view.peerCount] = addressBytes;
  view.peerPorts[view.peerCount] = u16(bytes, value + 2) ^ (STUN_COOKIE >>> 16);
  view.peerCount += 1;
  return true;
}

/**
 * Takes the XOR off one XOR-PEER-ADDRESS.
 *
 * @param index below `view.peerCount`
 * @param out at least 16 bytes
 * @returns 4 or 16
 */
export function readPeerAddress(
  bytes: Uint8Array,
  view: TurnView,
  index: number,
  out: Uint8Array,
): number {
  const length = view.peerBytes[index]!;
  const at = view.peerOffsets[index]!;
  // cookie and transaction id stand together at offset 4
  for (let i = 0; i < length; i++) out[i] = bytes[at + i]! ^ bytes[view.stun.offset + 4 + i]!;
  return length;
}
