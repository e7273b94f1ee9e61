/**
 * Edits protobuf messages without decoding them, so that fields which are not in our schema
 * survive (https://protobuf.dev/programming-guides/encoding/). Works on one level: the fields of
 * the message itself. Nothing here reads outside the bytes it is given, and nothing throws.
 *
 *    tag: varint (number << 3 | wireType), then by wire type
 *    0 varint | 1 eight bytes | 2 varint length and as many bytes | 5 four bytes
 */

export const WIRE_VARINT = 0;
export const WIRE_FIXED64 = 1;
export const WIRE_BYTES = 2;
export const WIRE_FIXED32 = 5;

const FIELD_NUMBER_MAX = 0x1fff_ffff;
const VARINT_BYTES_MAX = 10;

/** One top-level field of a message; a scratch object, changed by every step. */
export type FieldView = {
  number: number;
  wireType: number;
  /** Where the tag starts. */
  start: number;
  /** Where the value starts, past the length for WIRE_BYTES. */
  valueStart: number;
  /** One past the value. */
  end: number;
};

/** One field to append or to put in another's place. */
export type FieldValue =
  | { readonly number: number; readonly bytes: Uint8Array }
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly varint: number };

/**
 * Calls `visit` for each top-level field in order; `visit` returns false to stop early.
 * @returns false when the bytes are no message: what came before the fault was visited
 */
export function forEachField(
  bytes: Uint8Array,
  // biome-ignore lint/suspicious/noConfusingVoidType: most visitors return nothing
  visit: (field: Readonly<FieldView>) => boolean | void,
): boolean {
  const field: FieldView = { number: 0, wireType: 0, start: 0, valueStart: 0, end: 0 };
  for (let offset = 0; offset < bytes.length; offset = field.end) {
    if (!readField(bytes, offset, field)) return false;
    if (visit(field) === false) return true;
  }
  return true;
}

/**
 * A copy of the message without the fields in `remove` and with `append` at its end; all others
 * stay byte for byte and in order.
 * @param append encoded fields, see `writeFields`
 * @returns undefined when the bytes are no message
 */
export function replaceFields(
  bytes: Uint8Array,
  change: { readonly remove: readonly number[]; readonly append: Uint8Array },
): Uint8Array | undefined {
  const out = new Uint8Array(bytes.length + change.append.length);
  let length = 0;
  let keptFrom = 0;
  const isMessage = forEachField(bytes, (field) => {
    if (!change.remove.includes(field.number)) return;
    out.set(bytes.subarray(keptFrom, field.start), length);
    length += field.start - keptFrom;
    keptFrom = field.end;
  });
  if (!isMessage) return undefined;
  out.set(bytes.subarray(keptFrom), length);
  length += bytes.length - keptFrom;
  out.set(change.append, length);
  return out.subarray(0, length + change.append.length);
}

/**
 * The last value of a bytes or message field, as a view of `bytes`. A message field that is given
 * in several parts, which protobuf would merge, yields its last part.
 * @returns undefined when absent or when the bytes are no message
 */
export function readBytesField(bytes: Uint8Array, number: number): Uint8Array | undefined {
  let start = -1;
  let end = -1;
  const isMessage = forEachField(bytes, (field) => {
    if (field.number !== number || field.wireType !== WIRE_BYTES) return;
    start = field.valueStart;
    end = field.end;
  });
  return isMessage && start >= 0 ? bytes.subarray(start, end) : undefined;
}

const encoder = new TextEncoder();

/** Encodes fields, to be appended to a message. Varints are integers in 0..2^53-1. */
export function writeFields(fields: readonly FieldValue[]): Uint8Array {
  const values = fields.map((field) =>
    "text" in field ? encoder.encode(field.text) : "bytes" in field ? field.bytes : undefined,
  );
  let size = 0;
  for (const value of values) size += 2 * VARINT_BYTES_MAX + (value?.length ?? 0);
  const out = new Uint8Array(size);
  let length = 0;
  for (const [i, field] of fields.entries()) {
    const value = values[i];
    if (value !== undefined) {
      length = writeVarint(out, length, field.number * 8 + WIRE_BYTES);
      length = writeVarint(out, length, value.length);
      out.set(value, length);
      length += value.length;
    } else if ("varint" in field) {
      length = writeVarint(out, length, field.number * 8 + WIRE_VARINT);
      length = writeVarint(out, length, field.varint);
    }
  }
  return out.subarray(0, length);
}

/**
 * A message whose one field holds a message: that is `head` and, behind it, each of `parts` as an
 * element of a repeated field. What many messages have in common is encoded once so.
 * @param number of the outer field
 * @param head fields of the inner message, encoded
 * @param partNumber of the repeated field in the inner message
 */
export function nestRepeated(
  number: number,
  head: Uint8Array,
  partNumber: number,
  parts: readonly Uint8Array[],
): Uint8Array {
  const partTag = partNumber * 8 + WIRE_BYTES;
  let innerLength = head.length;
  for (const { length } of parts) {
    innerLength += varintBytes(partTag) + varintBytes(length) + length;
  }
  const tag = number * 8 + WIRE_BYTES;
  const out = new Uint8Array(varintBytes(tag) + varintBytes(innerLength) + innerLength);
  let at = writeVarint(out, 0, tag);
  at = writeVarint(out, at, innerLength);
  out.set(head, at);
  at += head.length;
  for (const part of parts) {
    at = writeVarint(out, at, partTag);
    at = writeVarint(out, at, part.length);
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function varintBytes(value: number): number {
  let count = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 128)) count += 1;
  return count;
}

function readField(bytes: Uint8Array, offset: number, field: FieldView): boolean {
  const tagBytes = varintLength(bytes, offset);
  if (tagBytes === 0) return false;
  const tag = varintAt(bytes, offset);
  const number = Math.floor(tag / 8);
  if (number === 0 || number > FIELD_NUMBER_MAX) return false;
  field.number = number;
  field.wireType = tag % 8;
  field.start = offset;
  field.valueStart = offset + tagBytes;
  switch (field.wireType) {
    case WIRE_VARINT: {
      const valueBytes = varintLength(bytes, field.valueStart);
      field.end = field.valueStart + valueBytes;
      return valueBytes > 0;
    }
    case WIRE_FIXED64:
      field.end = field.valueStart + 8;
      break;
    case WIRE_FIXED32:
      field.end = field.valueStart + 4;
      break;
    case WIRE_BYTES: {
      const lengthBytes = varintLength(bytes, field.valueStart);
      if (lengthBytes === 0) return false;
      const length = varintAt(bytes, field.valueStart);
      field.valueStart += lengthBytes;
      field.end = field.valueStart + length;
      break;
    }
    default:
      return false; // groups, which proto3 has not, and two types that never were
  }
  return field.end <= bytes.length;
}

/** How many bytes the varint takes, 1 to 10; 0 when it does not end in time. */
function varintLength(bytes: Uint8Array, offset: number): number {
  const end = Math.min(bytes.length, offset + VARINT_BYTES_MAX);
  for (let i = offset; i < end; i++) if (bytes[i]! < 0x80) return i - offset + 1;
  return 0;
}

/** Only after `varintLength` found its end. Multiplies, because shifts stop at 32 bits. */
function varintAt(bytes: Uint8Array, offset: number): number {
  let value = 0;
  let scale = 1;
  for (let i = offset; ; i++) {
    const byte = bytes[i]!;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
    scale *= 128;
  }
}

function writeVarint(out: Uint8Array, offset: number, value: number): number {
  let rest = value;
  let end = offset;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) out[end++] = (rest % 128) | 0x80;
  out[end++] = rest;
  return end;
}
