import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type EnumType,
  type FieldInfo,
  type MessageType,
  proto3,
  ScalarType,
} from "@bufbuild/protobuf";
import {
  jsonNameOf,
  type ProtoEnum,
  type ProtoField,
  type ProtoFile,
  type ProtoMessage,
} from "./proto-model.ts";

/**
 * Files of the package that are printed and not compiled: services of LiveKit's cloud and messages
 * that agents and clients exchange through the server, which it forwards unread. A test compares what
 * is printed.
 */
export const NOT_COMPILED: readonly string[] = [
  "agent/livekit_agent_dev.proto",
  "agent/livekit_agent_inference.proto",
  "agent/livekit_agent_session.proto",
  "agent/livekit_agent_text.proto",
  "livekit_agent_simulation.proto",
  "livekit_agent_worker.proto",
  "livekit_agentdb.proto",
  "livekit_cloud_agent.proto",
  "livekit_token_source.proto",
];

const GENERATED_FROM = /@generated from file (\S+) \(package (\S+), syntax proto3\)/;
const GENERATED_TYPE = /@generated from (message|enum) (\S+)/g;

/** Reads every message and enum that `@livekit/protocol` holds, in its files' order. */
export async function readPackageFiles(packageFolder: string): Promise<ProtoFile[]> {
  const genFolder = join(packageFolder, "src/gen");
  const paths = readdirSync(genFolder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("_pb.js"))
    .sort();
  if (paths.length === 0) throw new Error(`Cannot read ${genFolder}: it holds no generated code`);

  const files: ProtoFile[] = [];
  const fileOfType = new Map<string, string>();
  const classes = new Map<string, MessageType>();
  for (const path of paths) {
    const text = readFileSync(join(genFolder, path), "utf8");
    const header = GENERATED_FROM.exec(text);
    if (header === null) throw new Error(`Cannot read ${path}: it does not name its .proto file`);
    const [, protoPath, packageName] = header as unknown as [string, string, string];
    const file: ProtoFile = {
      path: protoPath,
      packageName,
      imports: new Set(),
      messages: [],
      enums: [],
      services: [],
    };
    files.push(file);

    const exported: Record<string, unknown> = await import(join(genFolder, path));
    const messages = new Map<string, ProtoMessage>();
    for (const [, kind, typeName] of text.matchAll(GENERATED_TYPE) as Iterable<
      [string, string, string]
    >) {
      const localName = typeName.slice(packageName.length + 1).replaceAll(".", "_");
      const value = exported[localName];
      fileOfType.set(typeName, protoPath);
      const parent = messages.get(typeName.slice(0, typeName.lastIndexOf(".")));
      if (kind === "message") {
        if (!isMessageType(value))
          throw new Error(`Cannot read ${typeName}: no such message class`);
        const message: ProtoMessage = {
          name: lastPart(typeName),
          fields: [],
          messages: [],
          enums: [],
        };
        messages.set(typeName, message);
        classes.set(typeName, value);
        (parent ?? file).messages.push(message);
      } else {
        (parent ?? file).enums.push(
          readEnum(proto3.getEnumType(value as Parameters<typeof proto3.getEnumType>[0])),
        );
      }
    }
    for (const [typeName, message] of messages) {
      for (const info of classes.get(typeName)!.fields.list()) message.fields.push(readField(info));
    }
  }
  for (const file of files) addImports(file, fileOfType);
  return files;
}

function isMessageType(value: unknown): value is MessageType {
  return typeof value === "function" && "typeName" in value && "fields" in value;
}

function lastPart(typeName: string): string {
  return typeName.slice(typeName.lastIndexOf(".") + 1);
}

function readEnum(type: EnumType): ProtoEnum {
  return {
    name: lastPart(type.typeName),
    values: type.values.map((value) => ({ name: value.name, number: value.no })),
  };
}

function readField(info: FieldInfo): ProtoField {
  const jsonName = info.jsonName === jsonNameOf(info.name) ? {} : { jsonName: info.jsonName };
  const base = { name: info.name, number: info.no, ...jsonName };
  if (info.kind === "map") {
    const value =
      info.V.kind === "scalar" ? ScalarType[info.V.T].toLowerCase() : `.${info.V.T.typeName}`;
    return { ...base, label: "", type: `map<${ScalarType[info.K].toLowerCase()}, ${value}>` };
  }
  const type = info.kind === "scalar" ? ScalarType[info.T].toLowerCase() : `.${info.T.typeName}`;
  if (info.oneof !== undefined) return { ...base, label: "", type, oneof: info.oneof.name };
  if (!info.repeated) return { ...base, label: info.opt ? "optional" : "", type };
  const packable =
    info.kind === "enum" ||
    (info.kind === "scalar" && info.T !== ScalarType.STRING && info.T !== ScalarType.BYTES);
  const packed = packable && !info.packed ? { packed: false } : {};
  return { ...base, label: "repeated", type, ...packed };
}

function addImports(file: ProtoFile, fileOfType: ReadonlyMap<string, string>): void {
  const visit = (message: ProtoMessage): void => {
    for (const field of message.fields) {
      const type = (/^map<\w+, (.*)>$/.exec(field.type)?.[1] ?? field.type).slice(1);
      if (!type.includes(".")) continue;
      const path = fileOfType.get(type) ?? wellKnownPath(type);
      if (path !== file.path) file.imports.add(path);
    }
    message.messages.forEach(visit);
  };
  file.messages.forEach(visit);
}

function wellKnownPath(typeName: string): string {
  if (!typeName.startsWith("google.protobuf.")) {
    throw new Error(`Cannot find the file of ${typeName}: no package file declares it`);
  }
  const name = lastPart(typeName);
  return `google/protobuf/${["Value", "ListValue", "NullValue"].includes(name) ? "struct" : name.toLowerCase()}.proto`;
}

/** The package's version, for file headers. */
export function readPackageVersion(packageFolder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  return String((manifest as { version: unknown }).version);
}
