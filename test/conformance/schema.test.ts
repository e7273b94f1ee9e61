import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import {
  type AnyMessage,
  type EnumType,
  type MessageType,
  proto3,
  ScalarType,
} from "@bufbuild/protobuf";
import fc from "fast-check";
import { NOT_COMPILED } from "../../scripts/proto-package.ts";
import { ENUMS, MESSAGES } from "../../src/gen/reflection.ts";
import { fromJson } from "../../src/protobuf/json-reader.ts";
import { toProtoJson } from "../../src/protobuf/proto-json.ts";
import { enumInfo, findMessage, messageInfo } from "../../src/protobuf/reflection.ts";
import { arbitraryMessage } from "../support/arbitrary-message.ts";

/**
 * Our compiled schema against the reflection of @livekit/protocol, the package that the official
 * JavaScript SDKs are built with.
 */
const GEN_FOLDER = resolve(import.meta.dir, "../../node_modules/@livekit/protocol/src/gen");

/** Of these schema-printed.test.ts compares the .proto files. */
const NOT_COMPILED_JS = NOT_COMPILED.map((path) => path.replace(".proto", "_pb.js"));

/** Numbers that changed after the package's version: ours follow the newer schema. */
const RENUMBERED = ["livekit.DataTrackExtensionID"];
const RENUMBERED_USERS = ["livekit.DataTrackExtensionParticipantSid"];

const packageMessages = new Map<string, MessageType>();
const packageEnums = new Map<string, EnumType>();
for (const path of readdirSync(GEN_FOLDER, { recursive: true, encoding: "utf8" })) {
  if (!path.endsWith("_pb.js") || NOT_COMPILED_JS.includes(path)) continue;
  const exported: Record<string, unknown> = await import(`${GEN_FOLDER}/${path}`);
  for (const value of Object.values(exported)) {
    if (typeof value === "function" && "typeName" in value) {
      packageMessages.set(String(value.typeName), value as unknown as MessageType);
    } else {
      const type = proto3.getEnumType(value as Parameters<typeof proto3.getEnumType>[0]);
      packageEnums.set(type.typeName, type);
    }
  }
}

function describePackageFields(type: MessageType): string[] {
  return type.fields.list().map((field) => {
    const scalar = (scalarType: ScalarType) => ScalarType[scalarType].toLowerCase();
    if (field.kind === "map") {
      const value = field.V.kind === "scalar" ? scalar(field.V.T) : field.V.T.typeName;
      return `${field.name} = ${field.no}: map of ${scalar(field.K)} to ${value}`;
    }
    const label = field.repeated
      ? "repeated "
      : field.opt && field.oneof === undefined
        ? "optional "
        : "";
    const typeName = field.kind === "scalar" ? scalar(field.T) : field.T.typeName;
    const oneof = field.oneof === undefined ? "" : ` in ${field.oneof.name}`;
    return `${field.name} = ${field.no}: ${label}${typeName}${oneof}`;
  });
}

function describeOurFields(name: string): string[] {
  return messageInfo(name).fields.map((field) => {
    if (field.mapKey !== undefined) {
      return `${field.name} = ${field.number}: map of ${field.mapKey} to ${field.type}`;
    }
    const label = field.repeated ? "repeated " : field.optional ? "optional " : "";
    const oneof = field.oneof === undefined ? "" : ` in ${field.oneof}`;
    return `${field.name} = ${field.number}: ${label}${field.type}${oneof}`;
  });
}

test("the package has hundreds of messages and enums to compare with", () => {
  expect(packageMessages.size).toBeGreaterThan(300);
  expect(packageEnums.size).toBeGreaterThan(50);
});

test("every field of every message of the package is in our schema, number for number", () => {
  const missing: string[] = [];
  for (const [name, type] of packageMessages) {
    if (findMessage(name) === undefined) {
      missing.push(name);
      continue;
    }
    const ours = new Set(describeOurFields(name));
    for (const field of describePackageFields(type)) {
      if (!ours.has(field)) missing.push(`${name}: ${field}`);
    }
  }
  expect(missing).toEqual([]);
});

test("every value of every enum of the package is in our schema, number for number", () => {
  const missing: string[] = [];
  for (const [name, type] of packageEnums) {
    if (!Object.hasOwn(ENUMS, name)) {
      missing.push(name);
      continue;
    }
    if (RENUMBERED.includes(name)) continue;
    for (const value of type.values) {
      if (enumInfo(name).numbers.get(value.name) !== value.no) {
        missing.push(`${name}: ${value.name} = ${value.no}`);
      }
    }
  }
  expect(missing).toEqual([]);
});

test("a newer schema's data track extensions have their new numbers", () => {
  expect(Object.fromEntries(enumInfo("livekit.DataTrackExtensionID").numbers)).toEqual({
    DTEI_INVALID: 0,
    DTEI_E2EE: 1,
    DTEI_USER_TIMESTAMP: 2,
    DTEI_PARTICIPANT_SID: 255,
  });
});

test("every message class has a property for every field of the reflection table", () => {
  const wrong = Object.keys(MESSAGES).flatMap((name) => {
    const message = messageInfo(name).messageClass.create();
    const fields = messageInfo(name).fields.filter((field) => !(field.property in message));
    return fields.map((field) => `${name}.${field.property}`);
  });
  // the one class that protobufjs brings along, with names as in the schema
  expect(wrong).toEqual(["google.protobuf.Any.typeUrl"]);
});

const comparable = [...packageMessages.keys()].filter((name) => !RENUMBERED_USERS.includes(name));

test.each(comparable)("%s has the bytes and the JSON of the package", (name) => {
  const theirs = packageMessages.get(name)!;
  const info = messageInfo(name);
  const ours = info.messageClass;
  const recode = (message: object) => theirs.fromBinary(ours.encode(message).finish());
  fc.assert(
    fc.property(arbitraryMessage(theirs), (message: AnyMessage) => {
      const decoded = ours.decode(message.toBinary());
      expect(theirs.equals(recode(decoded), message)).toBe(true);

      const json: unknown = message.toJson();
      expect(toProtoJson(name, decoded) as unknown).toEqual(json);
      expect(theirs.equals(recode(fromJson(info, json, name)), message)).toBe(true);

      const twirp = toProtoJson(name, decoded, { schemaNames: true, defaults: true });
      // ours has newer fields and, for unset messages, null besides
      const theirTwirp = message.toJson({ useProtoFieldName: true, emitDefaultValues: true });
      expect({ twirp } as object).toMatchObject({ twirp: theirTwirp });
      expect(theirs.equals(recode(fromJson(info, twirp, name)), message)).toBe(true);
    }),
    { numRuns: 5, seed: 7 },
  );
});
