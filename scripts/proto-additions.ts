import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import protobuf from "protobufjs";
import type {
  ProtoEnum,
  ProtoField,
  ProtoFile,
  ProtoMessage,
  ProtoService,
} from "./proto-model.ts";

/**
 * Enums that a newer schema numbers anew: the addition replaces the package's. Extension 1 of a
 * data track was the participant's sid up to protocol 1.52 and is end-to-end encryption since.
 */
const RENUMBERED: readonly string[] = ["DataTrackExtensionID"];

/**
 * Merges proto/additions/ into the package's files. An addition is a `.proto` file of the same
 * name that holds only what is new: fields of a message the package has, messages, enums and
 * services. A number or name that the package uses already is an error: then the package caught
 * up, and the addition must go.
 */
export function mergeAdditions(files: ProtoFile[], folder: string): void {
  for (const path of readdirSync(folder)
    .filter((name) => name.endsWith(".proto"))
    .sort()) {
    const target = files.find((file) => file.path === path);
    if (target === undefined) throw new Error(`Cannot add ${path}: the package has no such file`);
    const root = new protobuf.Root();
    const parsed = protobuf.parse(readFileSync(join(folder, path), "utf8"), root, {
      keepCase: true,
    });
    for (const name of parsed.imports ?? []) target.imports.add(name);
    const namespace = root.lookup(target.packageName);
    if (!(namespace instanceof protobuf.Namespace)) {
      throw new Error(`Cannot add ${path}: it is not in package ${target.packageName}`);
    }
    mergeNamespace(namespace, target, `${path}: ${target.packageName}`);
  }
}

type Scope = { messages: ProtoMessage[]; enums: ProtoEnum[]; services?: ProtoService[] };

function mergeNamespace(source: protobuf.NamespaceBase, target: Scope, where: string): void {
  for (const item of source.nestedArray) {
    if (item instanceof protobuf.Enum) mergeEnum(item, target, where);
    else if (item instanceof protobuf.Service) target.services!.push(readService(item));
    else if (item instanceof protobuf.Type) {
      let message = target.messages.find((existing) => existing.name === item.name);
      if (message === undefined) {
        message = { name: item.name, fields: [], messages: [], enums: [], added: true };
        target.messages.push(message);
      }
      for (const field of item.fieldsArray) mergeField(field, message, `${where}.${item.name}`);
      mergeNamespace(item, message, `${where}.${item.name}`);
    } else throw new Error(`Cannot add ${where}.${item.name}: neither message, enum nor service`);
  }
}

function mergeField(field: protobuf.Field, message: ProtoMessage, where: string): void {
  const clash = message.fields.find((f) => f.number === field.id || f.name === field.name);
  if (clash !== undefined) {
    throw new Error(
      `Cannot add ${where}.${field.name}: the package has ${clash.name} = ${clash.number}`,
    );
  }
  const isOptional = field.options?.["proto3_optional"] === true;
  const added: ProtoField = {
    name: field.name,
    number: field.id,
    label: field.rule === "repeated" ? "repeated" : isOptional ? "optional" : "",
    type: field instanceof protobuf.MapField ? `map<${field.keyType}, ${field.type}>` : field.type,
    ...(field.partOf !== null && !isOptional ? { oneof: field.partOf.name } : {}),
    added: true,
  };
  message.fields.push(added);
}

function mergeEnum(source: protobuf.Enum, target: Scope, where: string): void {
  const values = Object.entries(source.values).map(([name, number]) => ({ name, number }));
  const existing = target.enums.find((item) => item.name === source.name);
  if (existing !== undefined && RENUMBERED.includes(source.name)) {
    existing.values.splice(0, existing.values.length, ...values);
    return;
  }
  if (existing === undefined) {
    target.enums.push({ name: source.name, values, added: true });
    return;
  }
  for (const value of values) {
    // proto3 wants a zero value first, so a partial enum repeats the one the package has
    if (value.number === 0) continue;
    if (existing.values.some((v) => v.number === value.number || v.name === value.name)) {
      throw new Error(
        `Cannot add ${where}.${source.name}.${value.name}: the package has it already`,
      );
    }
    existing.values.push(value);
  }
}

function readService(service: protobuf.Service): ProtoService {
  return {
    name: service.name,
    methods: service.methodsArray.map((method) => ({
      name: method.name,
      request: method.requestType,
      response: method.responseType,
      requestStream: method.requestStream === true,
      responseStream: method.responseStream === true,
    })),
  };
}
