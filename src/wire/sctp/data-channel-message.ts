import { putU16, putU32, u16, u32 } from "../bytes.ts";

/** Payload protocol ids of WebRTC data channels (RFC 8831 §8). */
export const Ppid = {
  Control: 50,
  Text: 51,
  Binary: 53,
  TextEmpty: 56,
  BinaryEmpty: 57,
} as const;

/** Data channel establishment messages (RFC 8832 §8.2.1). */
const TYPE_ACK = 2;
const TYPE_OPEN = 3;

/** Channel types (RFC 8832 §5.1); the highest bit makes it unordered. */
const RELIABLE = 0x00;
const LIMITED_RETRANSMITS = 0x01;
const LIMITED_LIFETIME = 0x02;
const UNORDERED = 0x80;

const OPEN_HEADER_BYTES = 12;
/** Priority "normal" (RFC 8831 §6.4). */
const PRIORITY = 256;
/** Labels and protocols longer than this are refused. */
const NAME_BYTES_MAX = 1024;

export type DataChannelOpen = {
  readonly label: string;
  readonly protocol: string;
  readonly ordered: boolean;
  /** At most one of the two is given; without either the channel is reliable. */
  readonly maxRetransmits: number | undefined;
  readonly maxLifetimeMs: number | undefined;
};

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** @returns "ack", the channel that is to be opened, or undefined when it is neither */
export function readDataChannelMessage(bytes: Uint8Array): DataChannelOpen | "ack" | undefined {
  if (bytes[0] === TYPE_ACK) return "ack";
  if (bytes[0] !== TYPE_OPEN || bytes.length < OPEN_HEADER_BYTES) return undefined;
  const reliability = bytes[1]! & ~UNORDERED;
  if (reliability > LIMITED_LIFETIME) return undefined;
  const limit = u32(bytes, 4);
  const labelBytes = u16(bytes, 8);
  const protocolBytes = u16(bytes, 10);
  if (labelBytes > NAME_BYTES_MAX || protocolBytes > NAME_BYTES_MAX) return undefined;
  const labelEnd = OPEN_HEADER_BYTES + labelBytes;
  if (labelEnd + protocolBytes > bytes.length) return undefined;
  return {
    label: decoder.decode(bytes.subarray(OPEN_HEADER_BYTES, labelEnd)),
    protocol: decoder.decode(bytes.subarray(labelEnd, labelEnd + protocolBytes)),
    ordered: (bytes[1]! & UNORDERED) === 0,
    maxRetransmits: reliability === LIMITED_RETRANSMITS ? limit : undefined,
    maxLifetimeMs: reliability === LIMITED_LIFETIME ? limit : undefined,
  };
}

/** A fresh DATA_CHANNEL_OPEN. Labels and protocols beyond 65,535 bytes of UTF-8 are a caller's bug. */
export function createDataChannelOpen(channel: DataChannelOpen): Uint8Array {
  const label = encoder.encode(channel.label);
  const protocol = encoder.encode(channel.protocol);
  const bytes = new Uint8Array(OPEN_HEADER_BYTES + label.length + protocol.length);
  let type: number = RELIABLE;
  if (channel.maxRetransmits !== undefined) type = LIMITED_RETRANSMITS;
  else if (channel.maxLifetimeMs !== undefined) type = LIMITED_LIFETIME;
  bytes[0] = TYPE_OPEN;
  bytes[1] = channel.ordered ? type : type | UNORDERED;
  putU16(bytes, 2, PRIORITY);
  putU32(bytes, 4, channel.maxRetransmits ?? channel.maxLifetimeMs ?? 0);
  putU16(bytes, 8, label.length);
  putU16(bytes, 10, protocol.length);
  bytes.set(label, OPEN_HEADER_BYTES);
  bytes.set(protocol, OPEN_HEADER_BYTES + label.length);
  return bytes;
}

/** A fresh DATA_CHANNEL_ACK. */
export function createDataChannelAck(): Uint8Array {
  return Uint8Array.of(TYPE_ACK);
}
