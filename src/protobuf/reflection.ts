import * as gen from "../gen/livekit.js";
import { ENUMS, MESSAGES, SERVICES } from "../gen/reflection.ts";

/**
 * The schema at run time, read from the table in src/gen/reflection.ts. Types are parsed when they
 * are first asked for and kept: the schema is closed, so the tables here are bounded by it.
 */

export type ScalarType =
  | "double"
  | "float"
  | "int32"
  | "int64"
  | "uint32"
  | "uint64"
  | "sint32"
  | "sint64"
  | "fixed32"
  | "fixed64"
  | "sfixed32"
  | "sfixed64"
  | "bool"
  | "string"
  | "bytes";

export type FieldInfo = {
  /** As in the `.proto` file, snake_case. */
  readonly name: string;
  /** Property of the message class and name in JSON, lowerCamelCase. */
  readonly property: string;
  readonly number: number;
  readonly kind: "scalar" | "enum" | "message";
  /** A ScalarType, or the full name of an enum or message. */
  readonly type: string;
  readonly repeated: boolean;
  /** `optional` in the schema: unset differs from default. Messages and oneof members always do. */
  readonly optional: boolean;
  /** Key type of a map; `type` is then the values'. */
  readonly mapKey: ScalarType | undefined;
  readonly oneof: string | undefined;
};

/** The static side of a generated message class, as far as it is the same for all. */
export type AnyMessageClass = {
  create(properties?: object): Record<string, unknown>;
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
};

export type MessageInfo = {
  /** Full name, such as `livekit.Room`. */
  readonly name: string;
  readonly fields: readonly FieldInfo[];
  /** By snake_case and by camelCase name. */
  readonly fieldsByName: ReadonlyMap<string, FieldInfo>;
  readonly messageClass: AnyMessageClass;
};

export type EnumInfo = {
  readonly name: string;
  readonly numbers: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<number, string>;
};

export type MethodInfo = {
  readonly name: string;
  /** Full names of the messages. */
  readonly request: string;
  readonly response: string;
};

const messages = new Map<string, MessageInfo>();
const enums = new Map<string, EnumInfo>();
const services = new Map<string, readonly MethodInfo[]>();

const FIELD = /^(\w+)=(\d+):(\*|\?|<(\w+)>)?([\w.]+)(?:\|(\w+))?$/;

/** @param name full name; undefined when the compiled schema has no such message */
export function findMessage(name: string): MessageInfo | undefined {
  const known = messages.get(name);
  if (known !== undefined) return known;
  if (!Object.hasOwn(MESSAGES, name)) return undefined;
  const fields = words(MESSAGES[name]!).map(readField);
  const info: MessageInfo = {
    name,
    fields,
    fieldsByName: new Map(
      fields.flatMap((field) => [
        [field.name, field],
        [field.property, field],
      ]),
    ),
    messageClass: findClass(name),
  };
  messages.set(name, info);
  return info;
}

/** The message of a name that the schema itself mentions, so that it must exist. */
export function messageInfo(name: string): MessageInfo {
  const info = findMessage(name);
  if (info === undefined) throw new Error(`Cannot use message ${name}: the schema has none`);
  return info;
}

/** The enum of a name that the schema itself mentions, so that it must exist. */
export function enumInfo(name: string): EnumInfo {
  const known = enums.get(name);
  if (known !== undefined) return known;
  if (!Object.hasOwn(ENUMS, name)) throw new Error(`Cannot use enum ${name}: the schema has none`);
  const numbers = new Map<string, number>();
  const names = new Map<number, string>();
  for (const value of words(ENUMS[name]!)) {
    const [key, digits] = value.split("=") as [string, string];
    numbers.set(key, Number(digits));
    if (!names.has(Number(digits))) names.set(Number(digits), key); // an alias is never written
  }
  const info: EnumInfo = { name, numbers, names };
  enums.set(name, info);
  return info;
}

/** @param name full name, such as `livekit.RoomService`; undefined when the schema has none */
export function findService(name: string): readonly MethodInfo[] | undefined {
  const known = services.get(name);
  if (known !== undefined) return known;
  if (!Object.hasOwn(SERVICES, name)) return undefined;
  const methods = words(SERVICES[name]!).map((text) => {
    const [, method, request, response] = /^(\w+)=([\w.]+):([\w.]+)$/.exec(text)!;
    return { name: method!, request: request!, response: response! };
  });
  services.set(name, methods);
  return methods;
}

function words(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}

function readField(text: string): FieldInfo {
  const [, name, digits, prefix, mapKey, type, oneof] = FIELD.exec(text)!;
  return {
    name: name!,
    property: name!.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    number: Number(digits),
    kind: Object.hasOwn(MESSAGES, type!) ? "message" : type!.includes(".") ? "enum" : "scalar",
    type: type!,
    repeated: prefix === "*",
    optional: prefix === "?",
    mapKey: mapKey as ScalarType | undefined,
    oneof,
  };
}

function findClass(name: string): AnyMessageClass {
  let value: unknown = gen;
  for (const part of name.split(".")) value = (value as Record<string, unknown>)[part];
  return value as AnyMessageClass; // the table and the classes come from one run of scripts/proto
}
