import { WIRE_BYTES, WIRE_FIXED32, WIRE_VARINT } from "../protobuf/splice.ts";
import { PacketField } from "./packet-fields.ts";

/**
 * Of which wire types a message's fields are, so that receivers are not sent what breaks their
 * decoders. By field number; undefined: a field that we do not know, which may be anything.
 */
export type MessageShape = readonly (FieldShape | undefined)[];

export type FieldShape = {
  readonly wireType: number;
  /** It holds UTF-8. */
  readonly isText?: boolean;
  /** Of the message that the field holds. */
  readonly message?: MessageShape;
};

const VARINT: FieldShape = { wireType: WIRE_VARINT };
const FLOAT: FieldShape = { wireType: WIRE_FIXED32 };
const BYTES: FieldShape = { wireType: WIRE_BYTES };
const TEXT: FieldShape = { wireType: WIRE_BYTES, isText: true };

function shape(fields: Readonly<Record<number, FieldShape>>): MessageShape {
  const length = 1 + Math.max(...Object.keys(fields).map(Number));
  return Array.from({ length }, (_, number) => fields[number]);
}

function holding(message: MessageShape): FieldShape {
  return { wireType: WIRE_BYTES, message };
}

const MAP_ENTRY = shape({ 1: TEXT, 2: TEXT });
const SPEAKER = shape({ 1: TEXT, 2: FLOAT, 3: VARINT });
const SEGMENT = shape({ 1: TEXT, 2: TEXT, 3: VARINT, 4: VARINT, 5: VARINT, 6: TEXT });
const RPC_ERROR = shape({ 1: VARINT, 2: TEXT, 3: TEXT });
const TEXT_HEADER = shape({ 1: VARINT, 2: VARINT, 3: TEXT, 4: TEXT, 5: VARINT });
const BYTE_HEADER = shape({ 1: TEXT });

/** Of values beside the user packet, by their field number in the packet; see livekit_models.proto. */
export const VALUE_SHAPES: MessageShape = shape({
  [PacketField.Speaker]: holding(shape({ 1: holding(SPEAKER) })),
  [PacketField.SipDtmf]: holding(shape({ 3: VARINT, 4: TEXT })),
  [PacketField.Transcription]: holding(shape({ 2: TEXT, 3: TEXT, 4: holding(SEGMENT) })),
  // never forwarded
  [PacketField.Metrics]: BYTES,
  [PacketField.ChatMessage]: holding(
    shape({ 1: TEXT, 2: VARINT, 3: VARINT, 4: TEXT, 5: VARINT, 6: VARINT }),
  ),
  [PacketField.RpcRequest]: holding(
    shape({ 1: TEXT, 2: TEXT, 3: TEXT, 4: VARINT, 5: VARINT, 6: BYTES }),
  ),
  [PacketField.RpcAck]: holding(shape({ 1: TEXT })),
  [PacketField.RpcResponse]: holding(shape({ 1: TEXT, 2: TEXT, 3: holding(RPC_ERROR), 4: BYTES })),
  [PacketField.StreamHeader]: holding(
    shape({
      1: TEXT,
      2: VARINT,
      3: TEXT,
      4: TEXT,
      5: VARINT,
      7: VARINT,
      8: holding(MAP_ENTRY),
      9: holding(TEXT_HEADER),
      10: holding(BYTE_HEADER),
      11: BYTES,
      12: VARINT,
    }),
  ),
  [PacketField.StreamChunk]: holding(shape({ 1: TEXT, 2: VARINT, 3: BYTES, 4: VARINT, 5: BYTES })),
  [PacketField.StreamTrailer]: holding(shape({ 1: TEXT, 2: TEXT, 3: holding(MAP_ENTRY) })),
  [PacketField.EncryptedPacket]: holding(shape({ 1: VARINT, 2: BYTES, 3: VARINT, 4: BYTES })),
});

/** What is not looked at otherwise of a user packet. */
export const USER_SHAPE: MessageShape = shape({ 4: TEXT, 8: TEXT, 9: VARINT, 10: VARINT });
