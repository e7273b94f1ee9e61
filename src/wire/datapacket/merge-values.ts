import { forEachField, replaceFields, WIRE_BYTES, writeFields } from "../protobuf/splice.ts";
import { PacketField } from "./packet-fields.ts";

const { Kind, Identity, Destinations, Sequence, Sid } = PacketField;
const NO_VALUES: readonly number[] = [Kind, Identity, Destinations, Sequence, Sid];
const VALUES: readonly number[] = Object.values(PacketField).filter((n) => !NO_VALUES.includes(n));
/** Values and pieces of values in one packet: more are an attack on whoever puts them together. */
const PIECES_MAX = 64;

/**
 * A packet whose value is given more than once, as decoders read it: the last value counts, and one
 * that came in pieces is all of them (protobuf.dev/programming-guides/encoding, "last one wins").
 *
 * @returns undefined when the bytes are no message, or one of too many pieces
 */
export function mergeValues(bytes: Uint8Array): Uint8Array | undefined {
  let number = 0;
  let count = 0;
  let pieces: Uint8Array[] = [];
  const isMessage = forEachField(bytes, (field) => {
    if (field.wireType !== WIRE_BYTES || !VALUES.includes(field.number)) return true;
    count += 1;
    if (count > PIECES_MAX) return false;
    if (field.number !== number) pieces = [];
    number = field.number;
    pieces.push(bytes.subarray(field.valueStart, field.end));
    return true;
  });
  if (!isMessage || count > PIECES_MAX) return undefined;
  const value = new Uint8Array(Buffer.concat(pieces));
  return replaceFields(bytes, { remove: VALUES, append: writeFields([{ number, bytes: value }]) });
}
