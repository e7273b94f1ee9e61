import { WIRE_BYTES, WIRE_FIXED32, WIRE_FIXED64, WIRE_VARINT } from "../protobuf/splice.ts";
import { isUtf8 } from "../protobuf/utf8.ts";
import { mergeValues } from "./merge-values.ts";
import { PacketField, UserField } from "./packet-fields.ts";
import { type MessageShape, USER_SHAPE, VALUE_SHAPES } from "./packet-shapes.ts";
import { SpanList } from "./span-list.ts";

/** Destinations in one list of a packet: more make it malformed. */
const DESTINATIONS_MAX = 4_096;
const NONCE_BYTES = 16;
const VARINT_BYTES_MAX = 10;
/** Of old encoders: in fields that we do not know they may stand. */
const WIRE_GROUP_START = 3;
const WIRE_GROUP_END = 4;
/** Groups in groups; receivers' decoders are not asked for more. */
const GROUP_DEPTH_MAX = 32;
const UINT32_MAX = 0xffff_ffff;
const LOSSY = 1;
const NONE = -1;

/**
 * What routing has to know of an encoded `DataPacket`, found in one walk over the fields of the
 * packet and of the messages in it; nothing is copied or decoded. All of it has to be well-formed, or
 * it would break the decoders of those who get it. Stricter than protobuf in one point that no encoder
 * makes use of: a known field has the wire type of its schema. What comes with several values, or one
 * in pieces, is read as the packet with one value that decoders make of it; `bytes` is that packet then.
 *
 * A scratch object: one `read` after the other. Positions are offsets into `bytes`.
 */
export class DataPacketView {
  bytes: Uint8Array = new Uint8Array(0);
  /** Field number of the value; 0: the packet has none that we know. */
  value = 0;
  valueStart = 0;
  valueEnd = 0;
  /** The sender that the packet claims; -1: none. */
  identityStart: number = NONE;
  identityEnd: number = NONE;
  /** Its kind, as the packet says: of packets of clients the channel decides. */
  isLossy = false;
  /** Of a reliable packet, 0: not numbered. */
  sequence = 0;
  /** Of the user packet's 16 byte nonce; -1: it has none. */
  nonceStart: number = NONE;
  payloadStart = 0;
  payloadEnd = 0;
  readonly destinationSids: SpanList = new SpanList();
  /** What an envelope leaves as it is: of the packet, without a user packet, and of that one. */
  readonly kept: SpanList = new SpanList();
  readonly keptUser: SpanList = new SpanList();
  readonly #destinations: SpanList = new SpanList();
  readonly #userDestinations: SpanList = new SpanList();
  #at = 0;
  #limit = 0;
  /** Of the field that was read last. */
  #number = 0;
  #wireType = 0;
  #contentStart = 0;
  #hasMoreValues = false;

  /** Whom it is for by identity; the packet's own list goes before that of its user packet. */
  get destinations(): SpanList {
    return this.#destinations.count > 0 ? this.#destinations : this.#userDestinations;
  }

  get isForAll(): boolean {
    return this.destinations.count === 0 && this.destinationSids.count === 0;
  }

  /** @returns false when the bytes are no packet; the view is of no use then */
  read(bytes: Uint8Array): boolean {
    if (this.#readOnce(bytes)) return true;
    const merged = this.#hasMoreValues ? mergeValues(bytes) : undefined;
    return merged !== undefined && this.#readOnce(merged);
  }

  #readOnce(bytes: Uint8Array): boolean {
    this.#reset(bytes);
    while (this.#at < bytes.length) {
      const start = this.#at;
      if (!this.#readField()) return false;
      switch (this.#number) {
        case PacketField.Kind:
          if (this.#wireType !== WIRE_VARINT) return false;
          this.isLossy = bytes[this.#contentStart] === LOSSY;
          break;
        case PacketField.Identity:
          if (!this.#isText()) return false;
          this.identityStart = this.#contentStart;
          this.identityEnd = this.#at;
          break;
        case PacketField.Sid:
          if (!this.#isText()) return false;
          break;
        case PacketField.Destinations:
          if (!this.#addDestination(this.#destinations)) return false;
          break;
        case PacketField.Sequence:
          if (!this.#readSequence()) return false;
          this.kept.extend(start, this.#at);
          break;
        case PacketField.User:
          if (!this.#noteValue() || !this.#readUser()) return false;
          break;
        case PacketField.Speaker:
        case PacketField.SipDtmf:
        case PacketField.Transcription:
        case PacketField.Metrics:
        case PacketField.ChatMessage:
        case PacketField.RpcRequest:
        case PacketField.RpcAck:
        case PacketField.RpcResponse:
        case PacketField.StreamHeader:
        case PacketField.StreamChunk:
        case PacketField.StreamTrailer:
        case PacketField.EncryptedPacket:
          if (!this.#noteValue() || !this.#fits(VALUE_SHAPES)) return false;
          this.kept.extend(start, this.#at);
          break;
        default:
          this.kept.extend(start, this.#at);
      }
    }
    return true;
  }

  /** Whether the field that was read last is of the message's shape, and what is in it, too. */
  #fits(shape: MessageShape): boolean {
    const field = this.#number < shape.length ? shape[this.#number] : undefined;
    if (field === undefined) return true;
    if (field.wireType !== this.#wireType) return false;
    if (field.isText) return this.#isText();
    const { message } = field;
    if (message === undefined) return true;
    const end = this.#at;
    const limit = this.#limit;
    this.#at = this.#contentStart;
    this.#limit = end;
    while (this.#at < end) if (!this.#readField() || !this.#fits(message)) return false;
    this.#limit = limit;
    return true;
  }

  #isText(): boolean {
    return this.#wireType === WIRE_BYTES && isUtf8(this.bytes, this.#contentStart, this.#at);
  }

  #reset(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.value = 0;
    this.valueStart = 0;
    this.valueEnd = 0;
    this.identityStart = NONE;
    this.identityEnd = NONE;
    this.isLossy = false;
    this.sequence = 0;
    this.nonceStart = NONE;
    this.payloadStart = 0;
    this.payloadEnd = 0;
    this.destinationSids.clear();
    this.kept.clear();
    this.keptUser.clear();
    this.#destinations.clear();
    this.#userDestinations.clear();
    this.#at = 0;
    this.#limit = bytes.length;
    this.#hasMoreValues = false;
  }

  #noteValue(): boolean {
    if (this.#wireType !== WIRE_BYTES) return false;
    if (this.value !== 0) {
      this.#hasMoreValues = true;
      return false;
    }
    this.value = this.#number;
    this.valueStart = this.#contentStart;
    this.valueEnd = this.#at;
    return true;
  }

  #readUser(): boolean {
    const packetLimit = this.#limit;
    this.#at = this.valueStart;
    this.#limit = this.valueEnd;
    while (this.#at < this.valueEnd) {
      const start = this.#at;
      if (!this.#readField()) return false;
      switch (this.#number) {
        case UserField.Sid:
        case UserField.Identity:
          if (!this.#isText()) return false;
          break;
        case UserField.Destinations:
          if (!this.#addDestination(this.#userDestinations)) return false;
          break;
        case UserField.DestinationSids:
          if (!this.#addDestination(this.destinationSids)) return false;
          this.keptUser.extend(start, this.#at);
          break;
        case UserField.Payload:
          if (this.#wireType !== WIRE_BYTES) return false;
          this.payloadStart = this.#contentStart;
          this.payloadEnd = this.#at;
          this.keptUser.extend(start, this.#at);
          break;
        case UserField.Nonce:
          if (this.#wireType !== WIRE_BYTES) return false;
          this.nonceStart =
            this.#at - this.#contentStart === NONCE_BYTES ? this.#contentStart : NONE;
          this.keptUser.extend(start, this.#at);
          break;
        default:
          if (!this.#fits(USER_SHAPE)) return false;
          this.keptUser.extend(start, this.#at);
      }
    }
    this.#limit = packetLimit;
    return true;
  }

  #addDestination(list: SpanList): boolean {
    if (!this.#isText() || list.count >= DESTINATIONS_MAX) return false;
    list.add(this.#contentStart, this.#at);
    return true;
  }

  #readSequence(): boolean {
    if (this.#wireType !== WIRE_VARINT) return false;
    const end = this.#at;
    this.#at = this.#contentStart;
    this.sequence = this.#readVarint();
    return this.#at === end && this.sequence <= UINT32_MAX;
  }

  /** Sets number, wire type and where the content starts; `#at` is behind the field then. */
  #readField(): boolean {
    const tag = this.#readVarint();
    if (tag < 8 || tag > UINT32_MAX) return false;
    this.#number = tag >>> 3;
    this.#wireType = tag & 7;
    this.#contentStart = this.#at;
    return this.#wireType === WIRE_GROUP_START ? this.#skipGroup(0) : this.#skip(this.#wireType);
  }

  #skip(wireType: number): boolean {
    switch (wireType) {
      case WIRE_VARINT:
        return this.#readVarint() >= 0;
      case WIRE_FIXED64:
        this.#at += 8;
        break;
      case WIRE_FIXED32:
        this.#at += 4;
        break;
      case WIRE_BYTES: {
        const length = this.#readVarint();
        if (length < 0) return false;
        this.#contentStart = this.#at;
        this.#at += length;
        break;
      }
      default:
        return false; // the end of a group that has not begun, and two types that never were
    }
    return this.#at <= this.#limit;
  }

  /** All up to the end of the group that the last tag has begun. */
  #skipGroup(depth: number): boolean {
    if (depth >= GROUP_DEPTH_MAX) return false;
    const number = this.#number;
    for (;;) {
      const tag = this.#readVarint();
      if (tag < 8 || tag > UINT32_MAX) return false;
      const wireType = tag & 7;
      this.#number = tag >>> 3;
      if (wireType === WIRE_GROUP_END) break;
      if (!(wireType === WIRE_GROUP_START ? this.#skipGroup(depth + 1) : this.#skip(wireType))) {
        return false;
      }
    }
    const isItsEnd = this.#number === number;
    this.#number = number;
    return isItsEnd;
  }

  /** Beyond 2^53 it is not exact, but large. @returns -1 when it does not end in time */
  #readVarint(): number {
    const { bytes } = this;
    const end = Math.min(this.#limit, this.#at + VARINT_BYTES_MAX);
    let value = 0;
    let scale = 1;
    for (let at = this.#at; at < end; at++) {
      const byte = bytes[at]!;
      if (byte < 0x80) {
        this.#at = at + 1;
        return value + byte * scale;
      }
      value += (byte & 0x7f) * scale;
      scale *= 128;
    }
    return -1;
  }
}
