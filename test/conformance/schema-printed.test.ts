import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { type EnumType, type MessageType, proto3, ScalarType } from "@bufbuild/protobuf";
import { NOT_COMPILED } from "../../scripts/proto-package.ts";
import { readReflection } from "../../scripts/proto-reflection.ts";

/**
 * The .proto files that are committed and not compiled into the server, against the reflection of
 * @livekit/protocol.
 */
const ROOT = resolve(import.meta.dir, "../..");
const GEN_FOLDER = resolve(ROOT, "node_modules/@livekit/protocol/src/gen");

const ours = readReflection(NOT_COMPILED, [resolve(ROOT, "proto")]);
const ourMessages = new Map(ours.MESSAGES);
const ourEnums = new Map(ours.ENUMS);

/** As in src/gen/reflection.ts. */
function membersOf(type: MessageType): string {
  const scalar = (scalarType: ScalarType) => ScalarType[scalarType].toLowerCase();
  const fields = type.fields.list().map((field) => {
    if (field.kind === "map") {
      const value = field.V.kind === "scalar" ? scalar(field.V.T) : field.V.T.typeName;
      return `${field.name}=${field.no}:<${scalar(field.K)}>${value}`;
    }
    const prefix = field.repeated ? "*" : field.opt && field.oneof === undefined ? "?" : "";
    const typeName = field.kind === "scalar" ? scalar(field.T) : field.T.typeName;
    const oneof = field.oneof === undefined ? "" : `|${field.oneof.name}`;
    return `${field.name}=${field.no}:${prefix}${typeName}${oneof}`;
  });
  return fields.toSorted().join(" ");
}

function sorted(members: string | undefined): string | undefined {
  return members?.split(" ").toSorted().join(" ");
}

function typesOf(exported: object): { messages: MessageType[]; enums: EnumType[] } {
  const messages: MessageType[] = [];
  const enums: EnumType[] = [];
  for (const value of Object.values(exported) as unknown[]) {
    if (typeof value === "function" && "typeName" in value) {
      messages.push(value as unknown as MessageType);
    } else {
      enums.push(proto3.getEnumType(value as Parameters<typeof proto3.getEnumType>[0]));
    }
  }
  return { messages, enums };
}

test.each(NOT_COMPILED)("%s has every message and enum of the package", async (path) => {
  const { messages, enums } = typesOf(
    await import(`${GEN_FOLDER}/${path.replace(".proto", "_pb.js")}`),
  );
  expect(messages.length).toBeGreaterThan(0);
  const differing = messages.filter(
    (type) => sorted(ourMessages.get(type.typeName)) !== membersOf(type),
  );
  expect(differing.map((type) => type.typeName)).toEqual([]);
  for (const { typeName, values } of enums) {
    const members = values.map((value) => `${value.name}=${value.no}`).toSorted();
    expect({ typeName, members: sorted(ourEnums.get(typeName)) }).toEqual({
      typeName,
      members: members.join(" "),
    });
  }
});
