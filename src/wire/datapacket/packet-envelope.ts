import { type FieldValue, WIRE_BYTES, writeFields } from "../protobuf/splice.ts";
import type { DataPacketView } from "./data-packet-view.ts";
import { PacketField, UserField } from "./packet-fields.ts";
import type { SpanList } from "./span-list.ts";

const LOSSY = 1;
/** Up to here a loop is cheaper than a view of the bytes. */
const LOOP_BYTES_MAX = 48;

export type PacketSender = {
  /** Always told: receivers tell repeated messages by it and the sequence. */
  readonly sid: string;
  /** "" for a hidden sender. */
  readonly identity: string;
  /** What older clients read of the sender inside a user packet; "" for a hidden one. */
  readonly userSid: string;
};

/**
 * Who a packet is from, as the server states it: encoded once, written into each of the sender's
 * packets. Everything else in them stays byte for byte, so that fields which a newer client knows
 * survive (spec-signalling 9.1).
 */
export class PacketEnvelope {
  readonly #reliable: Uint8Array;
  readonly #lossy: Uint8Array;
  readonly #user: Uint8Array;

  constructor({ sid, identity, userSid }: PacketSender) {
    const names = [text(PacketField.Identity, identity), text(PacketField.Sid, sid)].flat();
    this.#reliable = writeFields(names);
    this.#lossy = writeFields([{ number: PacketField.Kind, varint: LOSSY }, ...names]);
    this.#user = writeFields(
      [text(UserField.Sid, userSid), text(UserField.Identity, identity)].flat(),
    );
  }

  /**
   * The packet that `view` has read, in this sender's name, of the kind of the channel that it came
   * on, with its destinations on both levels.
   */
  write(view: DataPacketView, isLossy: boolean): Uint8Array {
    const own = isLossy ? this.#lossy : this.#reliable;
    const { kept, keptUser, destinations } = view;
    const destinationBytes = sizeOfFields(destinations);
    const isUser = view.value === PacketField.User;
    const userBytes = keptUser.byteLength + this.#user.length + destinationBytes;
    const size =
      kept.byteLength +
      own.length +
      destinationBytes +
      (isUser ? 1 + varintBytes(userBytes) + userBytes : 0);
    const out = new Uint8Array(size);
    let at = putSpans(out, 0, view.bytes, kept);
    at = put(out, at, own, 0, own.length);
    at = putFields(out, at, view.bytes, destinations, PacketField.Destinations);
    if (!isUser) return out;
    at = putTag(out, at, PacketField.User, userBytes);
    at = putSpans(out, at, view.bytes, keptUser);
    at = put(out, at, this.#user, 0, this.#user.length);
    putFields(out, at, view.bytes, destinations, UserField.Destinations);
    return out;
  }

  /** Bytes of a channel without packets, as reliable user packet. */
  wrap(payload: Uint8Array): Uint8Array {
    const own = this.#reliable;
    const payloadBytes = 1 + varintBytes(payload.length) + payload.length;
    const userBytes = payloadBytes + this.#user.length;
    const out = new Uint8Array(own.length + 1 + varintBytes(userBytes) + userBytes);
    let at = put(out, 0, own, 0, own.length);
    at = putTag(out, at, PacketField.User, userBytes);
    at = putTag(out, at, UserField.Payload, payload.length);
    at = put(out, at, payload, 0, payload.length);
    put(out, at, this.#user, 0, this.#user.length);
    return out;
  }
}

function text(number: number, value: string): FieldValue[] {
  return value === "" ? [] : [{ number, text: value }];
}

function sizeOfFields(spans: SpanList): number {
  let size = spans.byteLength;
  for (let i = 0; i < spans.count; i++) size += 1 + varintBytes(spans.end(i) - spans.start(i));
  return size;
}

/** Each stretch as a field of its own, of a number below 16. */
function putFields(
  out: Uint8Array,
  offset: number,
  bytes: Uint8Array,
  spans: SpanList,
  number: number,
): number {
  let at = offset;
  for (let i = 0; i < spans.count; i++) {
    const start = spans.start(i);
    const end = spans.end(i);
    at = putTag(out, at, number, end - start);
    at = put(out, at, bytes, start, end);
  }
  return at;
}

function putSpans(out: Uint8Array, offset: number, bytes: Uint8Array, spans: SpanList): number {
  let at = offset;
  for (let i = 0; i < spans.count; i++) at = put(out, at, bytes, spans.start(i), spans.end(i));
  return at;
}

function put(
  out: Uint8Array,
  offset: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const length = end - start;
  if (length > LOOP_BYTES_MAX) out.set(bytes.subarray(start, end), offset);
  else for (let i = 0; i < length; i++) out[offset + i] = bytes[start + i]!;
  return offset + length;
}

/** Tag and length of a field with bytes, of a number below 16. */
function putTag(out: Uint8Array, offset: number, number: number, length: number): number {
  out[offset] = (number << 3) | WIRE_BYTES;
  let at = offset + 1;
  let rest = length;
  for (; rest >= 0x80; rest >>>= 7) out[at++] = (rest & 0x7f) | 0x80;
  out[at++] = rest;
  return at;
}

function varintBytes(value: number): number {
  let count = 1;
  for (let rest = value; rest >= 0x80; rest >>>= 7) count += 1;
  return count;
}
