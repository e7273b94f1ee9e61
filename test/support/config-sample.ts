import { SCHEMA } from "../../src/config/schema.ts";
import { fieldNameOf, isLeaf, type Leaf, type Section } from "../../src/config/schema-types.ts";
import { LEAVES } from "../../src/config/settings.ts";
import { AUTO } from "../../src/config/values.ts";

const HEAD = `\
## All settings with their defaults. Lines with one hash are settings that are switched off: take
## the hash and the blank after it away, from the section's own line as well, to change one.
## Lines with two hashes explain.
##
##   parley --config config.yaml
##
## Each setting that is a single value is also a flag and an environment variable: rtc.tcp_port is
## --rtc.tcp_port and LIVEKIT_RTC_TCP_PORT. Flags win over the environment, both over this file.
## A key that is not known is an error. Durations are written like 500ms, 30s or 1m30s.
`;

/** These are switched on: with them the server starts. */
const MINIMUM: Readonly<Record<string, readonly string[]>> = {
  port: ["port: 7880"],
  keys: [
    "keys:",
    "  ## Put in the pair that `parley generate-keys` prints.",
    "  replace-this-key: replace-this-secret-by-one-of-your-own",
  ],
};

/** `config-sample.yaml` as the settings table has it. */
export function writeConfigSample(): string {
  const lines = [HEAD];
  for (const [key, node] of Object.entries(SCHEMA as Section)) {
    if (isLeaf(node) && node.deprecated !== undefined) continue;
    const body = isLeaf(node) ? leafLines(key, node) : sectionLines(key, node);
    lines.push(...(MINIMUM[key] === undefined ? body.map(switchedOff) : minimumLines(key, body)));
    lines.push("");
  }
  lines.push("## Deprecated keys, which are still read:");
  for (const { path, leaf } of LEAVES) {
    if (leaf.deprecated !== undefined) lines.push(`##   ${path}: ${leaf.deprecated}`);
  }
  return `${lines.join("\n")}\n`;
}

/** The sample with every setting switched on. */
export function switchOnAll(sample: string): string {
  return sample.replace(/^# /gm, "");
}

function minimumLines(key: string, body: readonly string[]): string[] {
  return [...body.filter((line) => line.startsWith("##")), ...MINIMUM[key]!];
}

function switchedOff(line: string): string {
  return line.startsWith("##") ? line : `# ${line}`;
}

function sectionLines(key: string, section: Section): string[] {
  const lines: string[] = [];
  for (const [innerKey, node] of Object.entries(section)) {
    if (isLeaf(node) && node.deprecated !== undefined) continue;
    lines.push(...(isLeaf(node) ? leafLines(innerKey, node) : sectionLines(innerKey, node)));
  }
  if (lines.length === 0) return [`${key}: {}`];
  return [`${key}:`, ...lines.map((line) => `  ${line}`)];
}

function leafLines(key: string, leaf: Leaf): string[] {
  const example = leaf.example ?? [];
  const lines = [`## ${leaf.help}`];
  if (example.length === 1 && !example[0]!.startsWith("- ") && !example[0]!.includes(": ")) {
    lines.push(`## Example: ${example[0]}`);
  } else if (example.length > 0) {
    lines.push("## Example:", ...example.map((line) => `##   ${line}`));
  }
  lines.push(...valueLines(key, leaf));
  return lines;
}

function valueLines(key: string, leaf: Leaf): string[] {
  const value = leaf.default;
  switch (leaf.type) {
    case "port-range":
    case "node-ip":
      return [`${key}: ""`];
    case "section-list": {
      const items = value as readonly Record<string, unknown>[];
      if (items.length === 0) return [`${key}: []`];
      return [`${key}:`, ...items.map((item) => `  - ${flowOf(leaf.of!, item)}`)];
    }
    case "section-map": {
      const entries = Object.entries(value as Record<string, Record<string, unknown>>);
      return [`${key}:`, ...entries.map(([name, item]) => `  ${name}: ${flowOf(leaf.of!, item)}`)];
    }
    case "strings":
    case "bind-addresses":
    case "durations": {
      const items = value as readonly string[];
      return items.length === 0
        ? [`${key}: []`]
        : [`${key}:`, ...items.map((item) => `  - ${item}`)];
    }
    case "string-map":
    case "json-map":
    case "duration-map": {
      const entries = Object.entries(value as Record<string, string>);
      if (entries.length === 0) return [`${key}: {}`];
      return [`${key}:`, ...entries.map(([name, item]) => `  ${name}: ${item}`)];
    }
    default:
      if (value === null) return [`${key}: ${AUTO}`];
      return [`${key}: ${value === "" ? '""' : value}`];
  }
}

/** An element in braces, without what is empty. */
function flowOf(section: Section, item: Record<string, unknown>): string {
  const parts: string[] = [];
  for (const [key, node] of Object.entries(section)) {
    const value = item[fieldNameOf(key, node)];
    if (value === "" || !isLeaf(node)) continue;
    parts.push(`${key}: ${node.type === "duration" ? `${value}ms` : value}`);
  }
  return `{ ${parts.join(", ")} }`;
}
