import {
  type FieldValue,
  readBytesField,
  replaceFields,
  writeFields,
} from "../../protobuf/splice.ts";

/** Field numbers of DataPacket and UserPacket that name sender and receivers. */
const Packet = {
  kind: 1,
  user: 2,
  identity: 4,
  destinations: 5,
  chatMessage: 9,
  streamHeader: 13,
  sid: 17,
} as const;
const User = { sid: 1, payload: 2, identity: 5, destinations: 6 } as const;
const CHAT_GENERATED = 6;
const HEADER_TEXT = 9;
const TEXT_GENERATED = 5;

/** Who a packet is from and for, as the server states it. */
export type Envelope = {
  /** DataPacket.Kind: of the channel that it came on. */
  readonly kind: number;
  /** Always told: receivers tell repeated messages by it and the sequence. */
  readonly senderSid: string;
  /** "" for a hidden sender. */
  readonly senderIdentity: string;
  /** What older clients read of the sender inside a user packet; "" for a hidden one. */
  readonly userSid: string;
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

/** What a user packet carries; undefined for packets of other kinds. */
export function userPayload(bytes: Uint8Array): Uint8Array | undefined {
  const user = readBytesField(bytes, Packet.user);
  return user === undefined ? undefined : (readBytesField(user, User.payload) ?? new Uint8Array(0));
}

/** Older clients read sender and receivers inside the user packet. */
function writeUserEnvelope(user: Uint8Array, envelope: Envelope): Uint8Array | undefined {
  const append: FieldValue[] = [];
  pushText(append, User.sid, envelope.userSid);
  pushText(append, User.identity, envelope.senderIdentity);
  for (const identity of envelope.destinationIdentities) {
    append.push({ number: User.destinations, text: identity });
  }
  return replaceFields(user, {
    remove: [User.sid, User.identity, User.destinations],
    append: writeFields(append),
  });
}

/**
 * Marks a chat message or the header of a text stream as generated: an agent speaks for somebody
 * (spec-signalling 9.3). Only the mark changes.
 *
 * @returns undefined when the packet is neither, or no well-formed message
 */
export function markGenerated(bytes: Uint8Array): Uint8Array | undefined {
  return (
    editField(bytes, Packet.chatMessage, (chat) => setFlag(chat, CHAT_GENERATED)) ??
    editField(bytes, Packet.streamHeader, (header) =>
      editField(header, HEADER_TEXT, (text) => setFlag(text, TEXT_GENERATED)),
    )
  );
}

function setFlag(bytes: Uint8Array, number: number): Uint8Array | undefined {
  return replaceFields(bytes, { remove: [number], append: writeFields([{ number, varint: 1 }]) });
}

function editField(
  bytes: Uint8Array,
  number: number,
  edit: (inner: Uint8Array) => Uint8Array | undefined,
): Uint8Array | undefined {
  const inner = readBytesField(bytes, number);
  const edited = inner === undefined ? undefined : edit(inner);
  if (edited === undefined) return undefined;
  return replaceFields(bytes, {
    remove: [number],
    append: writeFields([{ number, bytes: edited }]),
  });
}

function pushText(fields: FieldValue[], number: number, text: string): void {
  if (text !== "") fields.push({ number, text });
}
