import {
  type FieldValue,
  readBytesField,
  replaceFields,
  writeFields,
} from "../../protobuf/splice.ts";

/** Field numbers of DataPacket and UserPacket that name sender and receivers. */
const Packet = { kind: 1, user: 2, identity: 4, destinations: 5, sid: 17 } as const;
const User = { sid: 1, identity: 5, destinations: 6 } as const;

/** Who a packet is from and for, as the server states it. */
export type Envelope = {
  /** DataPacket.Kind: of the channel that it came on. */
  readonly kind: number;
  readonly senderSid: string;
  readonly senderIdentity: string;
  readonly destinationIdentities: readonly string[];
};

/**
 * Writes the envelope into an encoded DataPacket and leaves everything else byte for byte, so that
 * fields that a newer client knows survive (spec-signalling 9.1).
 *
 * @returns undefined when the bytes are no well-formed message
 */
export function writeEnvelope(bytes: Uint8Array, envelope: Envelope): Uint8Array | undefined {
  const user = readBytesField(bytes, Packet.user);
  const append: FieldValue[] = [];
  if (envelope.kind !== 0) append.push({ number: Packet.kind, varint: envelope.kind });
  pushText(append, Packet.identity, envelope.senderIdentity);
  for (const identity of envelope.destinationIdentities) {
    append.push({ number: Packet.destinations, text: identity });
  }
  pushText(append, Packet.sid, envelope.senderSid);
  const remove: number[] = [Packet.kind, Packet.identity, Packet.destinations, Packet.sid];
  if (user !== undefined) {
    const inner = writeUserEnvelope(user, envelope);
    if (inner === undefined) return undefined;
    append.push({ number: Packet.user, bytes: inner });
    remove.push(Packet.user);
  }
  return replaceFields(bytes, { remove, append: writeFields(append) });
}

/** Older clients read sender and receivers inside the user packet. */
function writeUserEnvelope(user: Uint8Array, envelope: Envelope): Uint8Array | undefined {
  const append: FieldValue[] = [];
  pushText(append, User.sid, envelope.senderSid);
  pushText(append, User.identity, envelope.senderIdentity);
  for (const identity of envelope.destinationIdentities) {
    append.push({ number: User.destinations, text: identity });
  }
  return replaceFields(user, {
    remove: [User.sid, User.identity, User.destinations],
    append: writeFields(append),
  });
}

function pushText(fields: FieldValue[], number: number, text: string): void {
  if (text !== "") fields.push({ number, text });
}
