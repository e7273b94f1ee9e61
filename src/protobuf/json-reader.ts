import { ServerError } from "../base/errors.ts";
import { readBase64 } from "./base64.ts";
import {
  enumInfo,
  type FieldInfo,
  findMessage,
  type MessageInfo,
  messageInfo,
  type ScalarType,
} from "./reflection.ts";
import { readDuration, readTimestamp } from "./well-known.ts";

/** As deep as protobufjs decodes. */
const DEPTH_MAX = 100;

const INT32_MIN = -0x8000_0000;
const INT32_MAX = 0x7fff_ffff;
const UINT32_MAX = 0xffff_ffff;
const FLOAT_MAX = 3.4028234663852886e38;
/** The largest doubles below 2^63 and 2^64: what the largest integers are rounded down to. */
const INT64_MAX = 2 ** 63 - 1024;
const UINT64_MAX = 2 ** 64 - 2048;

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,4})?$/;
/** Longest number in a string that is looked at. */
const NUMBER_LENGTH_MAX = 400;

/** What a reader returns for an enum name that is not ours: a newer peer's, to be left out. */
const UNKNOWN_ENUM = Symbol("unknown enum value");

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * A message instance from a parsed JSON value. Names may be camelCase or snake_case, unknown ones
 * are ignored, as are unknown enum names; null leaves a field unset.
 * @param path where the value stands, for error messages
 * @throws ServerError `malformed`, and nothing else, whatever the value
 */
export function fromJson(info: MessageInfo, json: unknown, path: string, depth = 0): object {
  if (depth > DEPTH_MAX) fail(path, "is nested too deep");
  switch (info.name) {
    case "google.protobuf.Timestamp":
      return info.messageClass.create(
        readTimestamp(readString(json, path)) ?? fail(path, "is no RFC 3339 time"),
      );
    case "google.protobuf.Duration":
      return info.messageClass.create(
        readDuration(readString(json, path)) ?? fail(path, "is no duration such as 1.5s"),
      );
    case "google.protobuf.Any":
      return readAny(info, readObject(json, path), path, depth);
    default:
      return readFields(info, readObject(json, path), path, depth);
  }
}

function readFields(info: MessageInfo, json: JsonObject, path: string, depth: number): object {
  const message = info.messageClass.create();
  const seen = new Set<string>();
  for (const [key, value] of Object.entries(json)) {
    const field = info.fieldsByName.get(key);
    if (field === undefined) continue;
    const fieldPath = `${path}.${key}`;
    if (seen.has(field.name)) fail(fieldPath, "is given twice");
    seen.add(field.name);
    if (value === null) continue;
    if (field.oneof !== undefined) {
      if (seen.has(`|${field.oneof}`)) fail(fieldPath, `is one too many of ${field.oneof}`);
      seen.add(`|${field.oneof}`);
    }
    const result = readField(field, value, fieldPath, depth);
    if (result !== UNKNOWN_ENUM) message[field.property] = result;
  }
  return message;
}

function readField(field: FieldInfo, json: unknown, path: string, depth: number): unknown {
  if (field.mapKey !== undefined) {
    const entries: [string, unknown][] = [];
    for (const [key, value] of Object.entries(readObject(json, path))) {
      const item = readValue(field, value, `${path}[...]`, depth);
      if (item !== UNKNOWN_ENUM) entries.push([readMapKey(field.mapKey, key, path), item]);
    }
    return Object.fromEntries(entries); // which defines, so that `__proto__` is a plain key
  }
  if (field.repeated) {
    if (!Array.isArray(json)) fail(path, "is no array");
    return json
      .map((value: unknown, i) => readValue(field, value, `${path}[${i}]`, depth))
      .filter((item) => item !== UNKNOWN_ENUM);
  }
  return readValue(field, json, path, depth);
}

function readValue(field: FieldInfo, json: unknown, path: string, depth: number): unknown {
  if (field.kind === "message") return fromJson(messageInfo(field.type), json, path, depth + 1);
  if (field.kind === "enum") {
    if (typeof json === "string") return enumInfo(field.type).numbers.get(json) ?? UNKNOWN_ENUM;
    if (typeof json !== "number") fail(path, "is no enum name or number");
    return readInteger(json, INT32_MIN, INT32_MAX, path);
  }
  return readScalar(field.type as ScalarType, json, path);
}

function readScalar(type: ScalarType, json: unknown, path: string): unknown {
  switch (type) {
    case "string":
      return readString(json, path);
    case "bool":
      return typeof json === "boolean" ? json : fail(path, "is not true or false");
    case "bytes":
      return readBase64(readString(json, path)) ?? fail(path, "is no base64");
    case "int32":
    case "sint32":
    case "sfixed32":
      return readInteger(json, INT32_MIN, INT32_MAX, path);
    case "uint32":
    case "fixed32":
      return readInteger(json, 0, UINT32_MAX, path);
    case "int64":
    case "sint64":
    case "sfixed64":
      return Math.min(readInteger(json, -(2 ** 63), 2 ** 63, path), INT64_MAX);
    case "uint64":
    case "fixed64":
      return Math.min(readInteger(json, 0, 2 ** 64, path), UINT64_MAX);
    case "float": {
      const value = readNumber(json, path);
      if (Number.isFinite(value) && Math.abs(value) > FLOAT_MAX) fail(path, "is out of range");
      return Math.fround(value);
    }
    case "double":
      return readNumber(json, path);
  }
}

function readInteger(json: unknown, min: number, max: number, path: string): number {
  const value = readNumber(json, path);
  if (!Number.isInteger(value)) fail(path, "is no integer");
  if (value < min || value > max) fail(path, "is out of range");
  return value + 0; // -0 is 0
}

function readNumber(json: unknown, path: string): number {
  if (typeof json === "number") return json;
  if (typeof json !== "string") return fail(path, "is no number");
  if (json === "NaN") return Number.NaN;
  if (json === "Infinity") return Number.POSITIVE_INFINITY;
  if (json === "-Infinity") return Number.NEGATIVE_INFINITY;
  if (json.length > NUMBER_LENGTH_MAX || !JSON_NUMBER.test(json)) fail(path, "is no number");
  const value = Number(json);
  return Number.isFinite(value) ? value : fail(path, "is out of range");
}

function readString(json: unknown, path: string): string {
  if (typeof json !== "string") return fail(path, "is no string");
  // a lone surrogate has no UTF-8 form, and other implementations refuse the message for it
  return json.isWellFormed() ? json : fail(path, "is no valid Unicode");
}

function readObject(json: unknown, path: string): JsonObject {
  if (typeof json !== "object" || json === null || Array.isArray(json)) fail(path, "is no object");
  return json as JsonObject;
}

function readMapKey(type: ScalarType, key: string, path: string): string {
  if (type === "bool") return key === "true" || key === "false" ? key : fail(path, "has a bad key");
  return String(readScalar(type, key, path));
}

function readAny(info: MessageInfo, json: JsonObject, path: string, depth: number): object {
  if (Object.keys(json).length === 0) return info.messageClass.create();
  const url = readString(json["@type"], `${path}.@type`);
  const inner = findMessage(url.slice(url.lastIndexOf("/") + 1));
  if (inner === undefined) return fail(`${path}.@type`, "names a type that is not known here");
  const isWellKnown =
    inner.name.startsWith("google.protobuf.") && inner.name !== "google.protobuf.Empty";
  const value = fromJson(inner, isWellKnown ? json["value"] : json, path, depth + 1);
  return info.messageClass.create({
    type_url: url,
    value: inner.messageClass.encode(value).finish(),
  });
}

function fail(path: string, what: string): never {
  throw new ServerError("malformed", `Cannot read JSON: ${path} ${what}`);
}
