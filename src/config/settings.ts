import type { ConfigDraft } from "./config.ts";
import { SCHEMA } from "./schema.ts";
import { fieldNameOf, isLeaf, type Leaf, type Section } from "./schema-types.ts";
import { readDuration } from "./values.ts";

/** Values that somebody has set, in the form that `Config` has, by dotted YAML path. */
export type Settings = Map<string, unknown>;

export interface LeafAt {
  /** Dotted YAML path, such as `rtc.tcp_port`. */
  readonly path: string;
  readonly leaf: Leaf;
}

/** All leaves in the table's order. */
export const LEAVES: readonly LeafAt[] = [...leavesOf(SCHEMA, "")];

const LEAF_BY_PATH: ReadonlyMap<string, Leaf> = new Map(
  LEAVES.map(({ path, leaf }) => [path, leaf]),
);

export function leafAt(path: string): Leaf | undefined {
  return LEAF_BY_PATH.get(path);
}

/** A fresh copy of a leaf's default in the form that `Config` has. */
export function defaultOf(leaf: Leaf): unknown {
  switch (leaf.type) {
    case "duration":
      return durationOf(leaf.default);
    case "durations":
      return (leaf.default as readonly unknown[]).map(durationOf);
    case "duration-map":
      return mapValues(leaf.default as Record<string, unknown>, durationOf);
    default:
      return structuredClone(leaf.default);
  }
}

/** A new value over the present one. Maps are merged key by key, anything else is replaced. */
export function mergeValue(leaf: Leaf, present: unknown, value: unknown): unknown {
  switch (leaf.type) {
    case "string-map":
    case "duration-map":
    case "json-map":
    case "section-map":
      return { ...(present as object), ...(value as object) };
    default:
      return value;
  }
}

/** Every setting: what has been set, and the defaults of the rest. */
export function draftOf(settings: Settings): ConfigDraft {
  // `fieldNameOf` and the type `ConfigOf` state the same rule; a test holds them together.
  return buildSection(SCHEMA, "", settings) as ConfigDraft;
}

/** One element of a list or map of sections, with values by YAML key. */
export function buildElement(section: Section, values: Settings): Record<string, unknown> {
  return buildSection(section, "", values);
}

function buildSection(
  section: Section,
  prefix: string,
  settings: Settings,
): Record<string, unknown> {
  const built: Record<string, unknown> = {};
  for (const [key, node] of Object.entries(section)) {
    const path = prefix + key;
    if (!isLeaf(node)) {
      built[fieldNameOf(key, node)] = buildSection(node, `${path}.`, settings);
    } else if (node.deprecated === undefined) {
      const fallback = defaultOf(node);
      built[fieldNameOf(key, node)] = settings.has(path)
        ? mergeValue(node, fallback, settings.get(path))
        : fallback;
    }
  }
  return built;
}

function* leavesOf(section: Section, prefix: string): Generator<LeafAt> {
  for (const [key, node] of Object.entries(section)) {
    if (isLeaf(node)) yield { path: prefix + key, leaf: node };
    else yield* leavesOf(node, `${prefix}${key}.`);
  }
}

function durationOf(text: unknown): number {
  const reading = readDuration(String(text));
  if ("problem" in reading) throw new TypeError(`Bad default in the settings table: ${text}`);
  return reading.value;
}

function mapValues<T>(
  record: Record<string, unknown>,
  convert: (value: unknown) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, convert(value)]));
}
