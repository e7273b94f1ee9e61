import {
  forEachField,
  readBytesField,
  replaceFields,
  WIRE_BYTES,
  WIRE_VARINT,
  writeFields,
} from "../protobuf/splice.ts";
import { PacketField } from "./packet-fields.ts";

const REQUEST_ID = 1;
const RESPONSE_PAYLOAD = 2;
const RESPONSE_ERROR = 3;
const CHAT_GENERATED = 6;
const HEADER_MIME_TYPE = 4;
const HEADER_TOTAL_LENGTH = 5;
const HEADER_TEXT = 9;
const HEADER_BYTES = 10;
const TEXT_GENERATED = 5;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export type RpcAnswer = {
  readonly requestId: string;
  /** It has a payload or an error that the server can read. */
  readonly isComplete: boolean;
};

/** An encoded `RpcAck` or `RpcResponse`; undefined when it is malformed. */
export function readRpcAnswer(bytes: Uint8Array): RpcAnswer | undefined {
  let requestId = "";
  let isComplete = false;
  const isMessage = forEachField(bytes, ({ number, wireType, valueStart, end }) => {
    if (wireType !== WIRE_BYTES) return;
    if (number === REQUEST_ID) requestId = decoder.decode(bytes.subarray(valueStart, end));
    else if (number === RESPONSE_PAYLOAD || number === RESPONSE_ERROR) isComplete = true;
  });
  return isMessage ? { requestId, isComplete } : undefined;
}

export type StreamHeader = {
  readonly type: "text" | "bytes" | "unknown";
  readonly mimeType: string;
  /** undefined: not announced. */
  readonly totalBytes: number | undefined;
};

/** An encoded `DataStream.Header`; undefined when it is malformed. */
export function readStreamHeader(bytes: Uint8Array): StreamHeader | undefined {
  let type: StreamHeader["type"] = "unknown";
  let mimeType = "";
  let totalBytes: number | undefined;
  const isMessage = forEachField(bytes, ({ number, wireType, valueStart, end }) => {
    if (number === HEADER_TOTAL_LENGTH && wireType === WIRE_VARINT) {
      totalBytes = varintAt(bytes, valueStart, end);
    }
    if (wireType !== WIRE_BYTES) return;
    if (number === HEADER_MIME_TYPE) mimeType = decoder.decode(bytes.subarray(valueStart, end));
    else if (number === HEADER_TEXT) type = "text";
    else if (number === HEADER_BYTES) type = "bytes";
  });
  return isMessage ? { type, mimeType, totalBytes } : undefined;
}

function varintAt(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  let scale = 1;
  for (let at = start; at < end; at++) {
    value += (bytes[at]! & 0x7f) * scale;
    scale *= 128;
  }
  return value;
}

/**
 * Marks a chat message or the header of a text stream as generated: an agent speaks for somebody
 * (spec-signalling 9.3). Only the mark changes.
 *
 * @returns undefined when the packet is neither, or no well-formed message
 */
export function markGenerated(bytes: Uint8Array): Uint8Array | undefined {
  return (
    editField(bytes, PacketField.ChatMessage, (chat) => setFlag(chat, CHAT_GENERATED)) ??
    editField(bytes, PacketField.StreamHeader, (header) =>
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
