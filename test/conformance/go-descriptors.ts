import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorProto,
  type MethodDescriptorProto,
} from "@bufbuild/protobuf";

/**
 * The wire schema as the reference's Go module has it: its generated files hold their serialized
 * file descriptors as string literals. Reading those needs no Go compiler, only the module.
 */
export type GoSchema = {
  /** Descriptions of fields by message, in the form that `describeField` gives. */
  readonly messages: ReadonlyMap<string, readonly string[]>;
  /** `NAME = number` by enum. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
  /** `Method(request) returns (response)` by service. */
  readonly services: ReadonlyMap<string, readonly string[]>;
};

const RAW_DESCRIPTOR = /_rawDesc = "" \+\n((?:\t"(?:[^"\\]|\\.)*"(?: \+)?\n)+)/;

/**
 * The folder of a Go module in the module cache, downloading it if need be.
 * @returns undefined when there is no `go` here, or no way to get the module
 */
export function findGoModule(module: string): string | undefined {
  const go = Bun.which("go") ?? Bun.which("/usr/local/go/bin/go");
  if (go === null) return undefined;
  const run = Bun.spawnSync([go, "mod", "download", "-json", module], {
    cwd: tmpdir(), // outside of any module
    timeout: 30_000,
    stderr: "ignore",
  });
  if (run.exitCode !== 0) return undefined;
  const answer: unknown = JSON.parse(run.stdout.toString());
  return (answer as { Dir?: string }).Dir;
}

export function readGoSchema(moduleFolder: string): GoSchema {
  const messages = new Map<string, readonly string[]>();
  const enums = new Map<string, readonly string[]>();
  const services = new Map<string, readonly string[]>();
  const addEnum = (scope: string, item: EnumDescriptorProto): void => {
    const values = item.value.map((value) => `${value.name} = ${value.number}`);
    enums.set(`${scope}.${item.name}`, values);
  };
  const addMessage = (scope: string, item: DescriptorProto): void => {
    if (item.options?.mapEntry === true) return;
    const name = `${scope}.${item.name}`;
    messages.set(
      name,
      item.field.map((field) => describeField(field, item)),
    );
    for (const nested of item.nestedType) addMessage(name, nested);
    for (const nested of item.enumType) addEnum(name, nested);
  };
  for (const path of readdirSync(moduleFolder, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".pb.go")) continue;
    const match = RAW_DESCRIPTOR.exec(readFileSync(join(moduleFolder, path), "utf8"));
    if (match === null) continue; // gRPC stubs have none
    const file = FileDescriptorProto.fromBinary(readGoString(match[1]!));
    for (const item of file.messageType) addMessage(file.package!, item);
    for (const item of file.enumType) addEnum(file.package!, item);
    for (const item of file.service) {
      services.set(`${file.package}.${item.name}`, item.method.map(describeMethod));
    }
  }
  return { messages, enums, services };
}

function describeField(field: FieldDescriptorProto, message: DescriptorProto): string {
  const start = `${field.name} = ${field.number}:`;
  if (field.label === FieldDescriptorProto_Label.REPEATED) {
    const entry = message.nestedType.find((nested) => nested.name === lastPart(field.typeName));
    if (entry?.options?.mapEntry !== true) return `${start} repeated ${typeOf(field)}`;
    return `${start} map of ${typeOf(entry.field[0]!)} to ${typeOf(entry.field[1]!)}`;
  }
  if (field.proto3Optional === true) return `${start} optional ${typeOf(field)}`;
  if (field.oneofIndex === undefined) return `${start} ${typeOf(field)}`;
  return `${start} ${typeOf(field)} in ${message.oneofDecl[field.oneofIndex]!.name}`;
}

function describeMethod(method: MethodDescriptorProto): string {
  return `${method.name}(${method.inputType!.slice(1)}) returns (${method.outputType!.slice(1)})`;
}

function lastPart(typeName: string | undefined): string | undefined {
  return typeName?.slice(typeName.lastIndexOf(".") + 1);
}

function typeOf(field: FieldDescriptorProto): string {
  if (field.typeName !== undefined) return field.typeName.slice(1);
  return FieldDescriptorProto_Type[field.type!].toLowerCase();
}

const GO_ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  "'": 39,
  "\\": 92,
};

/** The bytes of Go string literals joined by `+`. */
function readGoString(source: string): Uint8Array {
  const encoder = new TextEncoder();
  const bytes: number[] = [];
  for (const [, literal] of source.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
    const parts = literal!.matchAll(/\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\(.)|([^\\]+)/g);
    for (const [whole, hex, unicode, letter, plain] of parts) {
      if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
      else if (plain !== undefined) bytes.push(...encoder.encode(plain));
      else if (unicode !== undefined) {
        bytes.push(...encoder.encode(String.fromCodePoint(Number.parseInt(unicode, 16))));
      } else {
        const byte = GO_ESCAPES[letter!];
        if (byte === undefined) throw new Error(`Cannot read Go escape ${whole}`);
        bytes.push(byte);
      }
    }
  }
  return Uint8Array.from(bytes);
}
