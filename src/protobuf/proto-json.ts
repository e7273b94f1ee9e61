import { messageOf, ServerError } from "../base/errors.ts";
import { type Decoder, messageName } from "./codec.ts";
import { fromJson } from "./json-reader.ts";
import { type JsonValue, toJson, type WriteOptions } from "./json-writer.ts";
import { type MessageInfo, messageInfo } from "./reflection.ts";

/** A generated message class, or the full name of its message: `livekit.Room` or `"livekit.Room"`. */
export type MessageRef = string | { getTypeUrl(prefix?: string): string };

/** What Twirp answers: names as in the schema, every field, so that readers find all they expect. */
const TWIRP: WriteOptions = { schemaNames: true, defaults: true };

/** Proto3 JSON as webhooks and signal frames carry it: camelCase, default values left out. */
export function writeProtoJson(type: MessageRef, message: object): string {
  return JSON.stringify(toProtoJson(type, message));
}

/** Proto3 JSON as Twirp answers carry it: snake_case, every field written. */
export function writeTwirpJson(type: MessageRef, message: object): string {
  return JSON.stringify(toProtoJson(type, message, TWIRP));
}

/** The same as a value, to be put into a larger JSON document such as a token's claims. */
export function toProtoJson(
  type: MessageRef,
  message: object,
  options: WriteOptions = {},
): JsonValue {
  return toJson(infoOf(type), message, options);
}

/**
 * Reads proto3 JSON text in either naming style; unknown fields and enum names are ignored.
 * @throws ServerError `malformed`, and nothing else, whatever the text
 */
export function readProtoJson<T>(type: Decoder<T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ServerError("malformed", `Cannot read JSON: ${messageOf(error)}`, { cause: error });
  }
  return fromProtoJson(type, json);
}

/** The same for a value that is parsed already. */
export function fromProtoJson<T>(type: Decoder<T>, json: unknown): T {
  const info = infoOf(type);
  return fromJson(info, json, info.name) as T; // made by the very class that `type` is
}

/**
 * Names in a parsed JSON value that the message does not have, as paths such as `agents[1].name`:
 * what reading ignores, and a person who wrote the value may want to know of.
 */
export function unknownNames(type: MessageRef, json: unknown): string[] {
  return namesUnknownTo(infoOf(type), json, "");
}

function namesUnknownTo(info: MessageInfo, json: unknown, prefix: string): string[] {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return [];
  return Object.entries(json).flatMap(([key, value]) => {
    const field = info.fieldsByName.get(key);
    const path = `${prefix}${key}`;
    if (field === undefined) return [path];
    if (field.kind !== "message" || field.mapKey !== undefined) return [];
    const inner = messageInfo(field.type);
    if (!Array.isArray(value)) return namesUnknownTo(inner, value, `${path}.`);
    return value.flatMap((one, index) => namesUnknownTo(inner, one, `${path}[${index}].`));
  });
}

function infoOf(type: MessageRef): MessageInfo {
  return messageInfo(typeof type === "string" ? type : messageName(type));
}
