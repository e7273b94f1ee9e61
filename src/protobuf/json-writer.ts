import { ServerError } from "../base/errors.ts";
import { writeBase64 } from "./base64.ts";
import {
  enumInfo,
  type FieldInfo,
  findMessage,
  type MessageInfo,
  messageInfo,
} from "./reflection.ts";
import { type SecondsAndNanos, writeDuration, writeTimestamp } from "./well-known.ts";

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonValue[]
  | { [key: string]: JsonValue };

export type WriteOptions = {
  /** snake_case names as in the schema instead of camelCase. */
  readonly schemaNames?: boolean;
  /** Fields without presence are written even if default, unset messages as null. */
  readonly defaults?: boolean;
};

type Properties = Readonly<Record<string, unknown>>;

/** Messages nested deeper than protobufjs would decode: only an Any in an Any can be. */
const DEPTH_MAX = 100;

/** A message, instance or plain object, as proto3 JSON. Throws ServerError `internal`. */
export function toJson(
  info: MessageInfo,
  message: object,
  options: WriteOptions,
  depth = 0,
): JsonValue {
  if (depth > DEPTH_MAX) throw new ServerError("internal", `Cannot write ${info.name}: too deep`);
  const properties = message as Properties;
  switch (info.name) {
    case "google.protobuf.Timestamp":
      return wellKnownText(info, properties, writeTimestamp);
    case "google.protobuf.Duration":
      return wellKnownText(info, properties, writeDuration);
    case "google.protobuf.Any":
      return writeAny(properties, options, depth);
    default:
      return writeFields(info, properties, options, depth);
  }
}

/** Without a prototype, so that a map's key `__proto__` is a key like any other. */
function emptyObject(): { [key: string]: JsonValue } {
  return Object.create(null);
}

function writeFields(
  info: MessageInfo,
  message: Properties,
  options: WriteOptions,
  depth: number,
): { [key: string]: JsonValue } {
  const json = emptyObject();
  for (const field of info.fields) {
    const value = writeField(field, message[field.property], options, depth);
    if (value !== undefined)
      json[options.schemaNames === true ? field.name : field.property] = value;
  }
  return json;
}

function writeField(
  field: FieldInfo,
  value: unknown,
  options: WriteOptions,
  depth: number,
): JsonValue | undefined {
  const defaults = options.defaults === true;
  if (field.mapKey !== undefined) {
    const entries = Object.entries((value ?? {}) as Properties);
    if (entries.length === 0 && !defaults) return undefined;
    const json = emptyObject();
    for (const [key, item] of entries) json[key] = writeValue(field, item, options, depth);
    return json;
  }
  if (field.repeated) {
    const items = (value ?? []) as readonly unknown[];
    if (items.length === 0 && !defaults) return undefined;
    return items.map((item) => writeValue(field, item, options, depth));
  }
  if (field.oneof !== undefined || field.optional) {
    return value === null || value === undefined
      ? undefined
      : writeValue(field, value, options, depth);
  }
  if (field.kind === "message") {
    if (value === null || value === undefined) return defaults ? null : undefined;
    return writeValue(field, value, options, depth);
  }
  const isDefault = isDefaultValue(field, value);
  if (isDefault && !defaults) return undefined;
  return writeValue(field, isDefault ? defaultOf(field) : value, options, depth);
}

function isDefaultValue(field: FieldInfo, value: unknown): boolean {
  if (value === undefined || value === null || value === defaultOf(field)) return true;
  return field.type === "bytes" && (value as Uint8Array).length === 0;
}

const NO_BYTES: Uint8Array = new Uint8Array(0);

function defaultOf(field: FieldInfo): unknown {
  switch (field.type) {
    case "string":
      return "";
    case "bool":
      return false;
    case "bytes":
      return NO_BYTES;
    default:
      return 0;
  }
}

function writeValue(
  field: FieldInfo,
  value: unknown,
  options: WriteOptions,
  depth: number,
): JsonValue {
  if (field.kind === "message") {
    return toJson(messageInfo(field.type), (value ?? {}) as object, options, depth + 1);
  }
  if (field.kind === "enum") {
    const number = value as number;
    return enumInfo(field.type).names.get(number) ?? number;
  }
  switch (field.type) {
    case "bytes":
      return writeBase64(value as Uint8Array);
    case "int64":
    case "uint64":
    case "sint64":
    case "fixed64":
    case "sfixed64":
      return BigInt(Math.trunc(value as number)).toString(); // String(1e21) has an exponent
    case "float":
      return writeFloat(value as number, shortestFloat);
    case "double":
      return writeFloat(value as number, (number) => number);
    default:
      return value as string | number | boolean;
  }
}

function writeFloat(value: number, round: (value: number) => number): JsonValue {
  if (Number.isFinite(value)) return round(value);
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

/** The number with the fewest digits that is the same 32-bit float: 0.1, not 0.10000000149. */
function shortestFloat(value: number): number {
  const float = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === float) return short;
  }
  return float;
}

function wellKnownText(
  info: MessageInfo,
  message: Properties,
  write: (value: SecondsAndNanos) => string | undefined,
): string {
  const text = write({
    seconds: Number(message["seconds"] ?? 0),
    nanos: Number(message["nanos"] ?? 0),
  });
  if (text === undefined)
    throw new ServerError("internal", `Cannot write ${info.name}: out of range`);
  return text;
}

function writeAny(message: Properties, options: WriteOptions, depth: number): JsonValue {
  const url = String(message["type_url"] ?? ""); // protobufjs keeps this one name as it is
  if (url === "") return emptyObject();
  const info = findMessage(url.slice(url.lastIndexOf("/") + 1));
  if (info === undefined) {
    throw new ServerError("internal", `Cannot write google.protobuf.Any: unknown type ${url}`);
  }
  let inner: object;
  try {
    inner = info.messageClass.decode((message["value"] ?? NO_BYTES) as Uint8Array);
  } catch (error) {
    throw new ServerError("internal", `Cannot write google.protobuf.Any of ${info.name}`, {
      cause: error,
    });
  }
  const json = emptyObject();
  json["@type"] = url;
  const value = toJson(info, inner, options, depth + 1);
  if (info.name.startsWith("google.protobuf.") && info.name !== "google.protobuf.Empty") {
    json["value"] = value;
    return json;
  }
  return Object.assign(json, value);
}
