import { existsSync } from "node:fs";
import { join } from "node:path";
import protobuf from "protobufjs";
import { jsonNameOf } from "./proto-model.ts";

const HEADER = `// Written by scripts/proto; do not edit.
// What the JSON codec and the services need to know of the schema, one line a type. Names are
// full; fields are in the order of the .proto file.

`;

type Tables = Record<"MESSAGES" | "ENUMS" | "SERVICES", [name: string, members: string][]>;

/** Types of .proto files and of what they import: the members of each in one short string. */
export function readReflection(paths: readonly string[], folders: readonly string[]): Tables {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) =>
    folders.map((folder) => join(folder, target)).find((path) => existsSync(path)) ?? target;
  root.loadSync([...paths], { keepCase: true }).resolveAll();

  const tables: Tables = { MESSAGES: [], ENUMS: [], SERVICES: [] };
  const visit = (namespace: protobuf.NamespaceBase): void => {
    for (const item of namespace.nestedArray) {
      const name = item.fullName.slice(1);
      if (item instanceof protobuf.Enum) {
        const values = Object.entries(item.values).map(([key, number]) => `${key}=${number}`);
        tables.ENUMS.push([name, values.join(" ")]);
      } else if (item instanceof protobuf.Service) {
        tables.SERVICES.push([name, item.methodsArray.map(describeMethod).join(" ")]);
      } else if (item instanceof protobuf.Type) {
        tables.MESSAGES.push([name, item.fieldsArray.map(describeField).join(" ")]);
      }
      if (item instanceof protobuf.Namespace) visit(item);
    }
  };
  visit(root);
  return tables;
}

/**
 * The schema of src/gen/livekit.js as a table of short strings, which src/protobuf/reflection.ts
 * reads: much smaller than descriptors, and parsed only for the types in use.
 */
export function printReflection(paths: readonly string[], folders: readonly string[]): string {
  const tables = readReflection(paths, folders);
  return (
    HEADER +
    [
      printTable(
        "MESSAGES",
        "`name=number:type`; `*` repeats, `?` has presence, `<K>` maps from K; `|oneof` at the end",
        tables.MESSAGES,
      ),
      printTable("ENUMS", "`NAME=number`", tables.ENUMS),
      printTable("SERVICES", "`Method=request:response`", tables.SERVICES),
    ].join("\n")
  );
}

function printTable(name: string, comment: string, rows: readonly [string, string][]): string {
  const lines = rows.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  return `/** ${comment} */\nexport const ${name}: Readonly<Record<string, string>> = {\n${lines.join("")}};\n`;
}

function describeField(field: protobuf.Field): string {
  const property = protobuf.util.camelCase(field.name);
  if (property !== jsonNameOf(field.name) || field.options?.["json_name"] !== undefined) {
    throw new Error(`Cannot describe ${field.fullName}: its JSON name is not ${property}`);
  }
  const type = field.resolvedType === null ? field.type : field.resolvedType.fullName.slice(1);
  const isOptional = field.options?.["proto3_optional"] === true;
  const prefix =
    field instanceof protobuf.MapField
      ? `<${field.keyType}>`
      : field.repeated
        ? "*"
        : isOptional
          ? "?"
          : "";
  const oneof = field.partOf !== null && !isOptional ? `|${field.partOf.name}` : "";
  return `${field.name}=${field.id}:${prefix}${type}${oneof}`;
}

function describeMethod(method: protobuf.Method): string {
  method.resolve();
  const request = method.resolvedRequestType!.fullName.slice(1);
  const response = method.resolvedResponseType!.fullName.slice(1);
  return `${method.name}=${request}:${response}`;
}
