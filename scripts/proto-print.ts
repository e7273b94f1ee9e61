import type { ProtoEnum, ProtoField, ProtoFile, ProtoMessage } from "./proto-model.ts";

/** One `.proto` file's text. */
export function printProto(file: ProtoFile, origin: string): string {
  const lines = [
    `// Wire schema of LiveKit, package ${file.packageName}: names and numbers, without its comments.`,
    `// Origin: ${origin} (https://github.com/livekit/protocol),`,
    "// copyright LiveKit, Inc., licensed under the Apache License 2.0.",
    "// Written by scripts/proto; do not edit. Newer items, marked +, come from proto/additions/.",
    "",
    'syntax = "proto3";',
    "",
    `package ${file.packageName};`,
    "",
  ];
  const imports = [...file.imports].sort();
  if (imports.length > 0) lines.push(...imports.map((path) => `import "${path}";`), "");
  for (const item of file.enums) lines.push(...printEnum(item, ""), "");
  for (const message of file.messages) lines.push(...printMessage(message, ""), "");
  for (const service of file.services) {
    lines.push(`service ${service.name} {`);
    for (const method of service.methods) {
      const request = `${method.requestStream ? "stream " : ""}${method.request}`;
      const response = `${method.responseStream ? "stream " : ""}${method.response}`;
      lines.push(`  rpc ${method.name}(${request}) returns (${response});`);
    }
    lines.push("}", "");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

function mark(item: { readonly added?: boolean }): string {
  return item.added === true ? " // +" : "";
}

function printEnum(item: ProtoEnum, indent: string): string[] {
  const lines = [`${indent}enum ${item.name} {${mark(item)}`];
  const numbers = item.values.map((value) => value.number);
  if (new Set(numbers).size < numbers.length) lines.push(`${indent}  option allow_alias = true;`);
  for (const value of item.values) lines.push(`${indent}  ${value.name} = ${value.number};`);
  return [...lines, `${indent}}`];
}

function printMessage(message: ProtoMessage, indent: string): string[] {
  const inner = `${indent}  `;
  const lines = [`${indent}message ${message.name} {${mark(message)}`];
  for (const item of message.enums) lines.push(...printEnum(item, inner));
  for (const item of message.messages) lines.push(...printMessage(item, inner));
  const oneofs = new Set<string>();
  for (const field of message.fields) {
    if (field.oneof === undefined) lines.push(`${inner}${printField(field)}`);
    else if (!oneofs.has(field.oneof)) {
      oneofs.add(field.oneof);
      lines.push(`${inner}oneof ${field.oneof} {`);
      const members = message.fields.filter((other) => other.oneof === field.oneof);
      lines.push(...members.map((other) => `${inner}  ${printField(other)}`), `${inner}}`);
    }
  }
  if (lines.length === 1) return [`${indent}message ${message.name} {}${mark(message)}`];
  return [...lines, `${indent}}`];
}

function printField(field: ProtoField): string {
  const options = [
    ...(field.packed === false ? ["packed = false"] : []),
    ...(field.jsonName === undefined ? [] : [`json_name = "${field.jsonName}"`]),
  ];
  const label = field.label === "" ? "" : `${field.label} `;
  const suffix = options.length === 0 ? "" : ` [${options.join(", ")}]`;
  return `${label}${field.type} ${field.name} = ${field.number}${suffix};${mark(field)}`;
}
