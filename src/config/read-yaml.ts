import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar as isScalarNode,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  Scalar,
  type YAMLMap,
} from "yaml";
import { nearest } from "./nearest.ts";
import { SCHEMA } from "./schema.ts";
import { isLeaf, type JsonObject, type Leaf, type Section } from "./schema-types.ts";
import { buildElement, type Settings } from "./settings.ts";
import {
  isScalar,
  quote,
  type Reading,
  readBindAddress,
  readDuration,
  readNodeIp,
  readPortRange,
  readScalar,
} from "./values.ts";

/** Aliases let a small text stand for a large tree: this many nodes are looked at, no more. */
const NODES_MAX = 100_000;
const DEPTH_MAX = 64;
const ALIASES_MAX = 1000;
const KEY_SHOWN_MAX = 60;

export interface YamlResult {
  readonly settings: Settings;
  /** `<file>:<line>:<column>: <what is wrong>`, in the order of the text. */
  readonly problems: readonly string[];
}

/** Reads a config file. Nothing is thrown for its contents: what is wrong is in `problems`. */
export function readConfigYaml(text: string, file: string, strict: boolean): YamlResult {
  const reader = new YamlReader(text, file, strict);
  const settings: Settings = new Map();
  const root = reader.open();
  if (root !== undefined) reader.readSection(root, SCHEMA, "", settings);
  return { settings, problems: reader.problems() };
}

/** Reads a YAML map of texts, such as a key file. */
export function readStringMapYaml(
  text: string,
  file: string,
): { readonly values: Readonly<Record<string, string>>; readonly problems: readonly string[] } {
  const reader = new YamlReader(text, file, true);
  const root = reader.open();
  const values = root === undefined ? {} : reader.readStringMap(root);
  return { values, problems: reader.problems() };
}

class YamlReader {
  readonly #text: string;
  readonly #file: string;
  readonly #strict: boolean;
  readonly #lines: LineCounter = new LineCounter();
  readonly #problems: { offset: number; text: string }[] = [];
  readonly #aliases: Map<Alias, Node | undefined> = new Map();
  #document: Document | undefined;
  #nodes = 0;

  constructor(text: string, file: string, strict: boolean) {
    this.#text = text;
    this.#file = file;
    this.#strict = strict;
  }

  problems(): readonly string[] {
    const sorted = this.#problems.toSorted((a, b) => a.offset - b.offset);
    return sorted.map(({ offset, text }) => {
      const { line, col } = this.#lines.linePos(offset);
      return `${this.#file}:${Math.max(line, 1)}:${Math.max(col, 1)}: ${text}`;
    });
  }

  /** The top map; undefined when there is none or the text is no YAML. */
  open(): YAMLMap | undefined {
    let documents: Document[];
    try {
      documents = [
        ...parseAllDocuments(this.#text, {
          lineCounter: this.#lines,
          prettyErrors: false,
          stringKeys: false,
          logLevel: "silent",
        }),
      ];
    } catch (error) {
      // The parser recurses, and a text that is nested without end exhausts the stack.
      this.#report(0, `cannot be read as YAML: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
    this.#document = documents[0];
    if (this.#document === undefined) return undefined;
    const other = documents.slice(1).find(({ contents }) => contents !== null && !isNull(contents));
    if (other !== undefined) {
      this.#reportAt(other.contents!, "a second document, which nobody would read: join the two");
    }
    // such as a tag that nobody knows: the value would not be what its writer meant
    for (const warning of this.#document.warnings) this.#report(warning.pos[0], warning.message);
    for (const error of this.#document.errors) {
      const start = error.pos[0];
      if (error.code === "DUPLICATE_KEY") {
        const key = /^[^:\s]*/.exec(this.#text.slice(start, start + KEY_SHOWN_MAX))?.[0];
        this.#report(start, `duplicate key ${quote(key ?? "")}`);
      } else {
        this.#report(start, error.message);
      }
    }
    const root = this.#document.contents;
    if (this.#document.errors.length > 0 || root === null || isNull(root)) return undefined;
    if (isMap(root)) return root;
    this.#reportAt(root, `expected keys and values, found ${describe(root)}`);
    return undefined;
  }

  readSection(map: YAMLMap, section: Section, prefix: string, settings: Settings, depth = 0): void {
    for (const [keyNode, value] of this.#pairs(map, depth)) {
      const key = keyOf(keyNode);
      if (key === undefined) {
        this.#reportAt(keyNode, `expected a key, found ${describe(keyNode)}`);
        continue;
      }
      const node = Object.hasOwn(section, key) ? section[key] : undefined;
      const path = prefix + key;
      if (node === undefined) {
        this.#unknownKey(keyNode, key, section);
      } else if (value === undefined || isNull(value)) {
        // A key without a value leaves the default.
      } else if (isLeaf(node)) {
        const read = this.#readLeaf(value, node, path, depth + 1);
        if (read !== undefined) settings.set(path, read);
      } else if (isMap(value)) {
        this.readSection(value, node, `${path}.`, settings, depth + 1);
      } else {
        this.#reportAt(value, `${path}: expected keys and values, found ${describe(value)}`);
      }
    }
  }

  readStringMap(map: YAMLMap, path = "", depth = 0): Readonly<Record<string, string>> {
    const entries = this.#readEntries(map, path, depth, (value) => {
      const text = textOf(value);
      return text === undefined
        ? { problem: `expected a text, found ${describe(value)}` }
        : { value: text };
    });
    return Object.fromEntries(entries);
  }

  /** The value in the form that `Config` has, or undefined after reporting what is wrong. */
  #readLeaf(node: Node, leaf: Leaf, path: string, depth: number): unknown {
    switch (leaf.type) {
      case "port-range":
        return this.#take(node, path, readText(node, "a port or A-B", readPortRange));
      case "node-ip":
        return this.#take(node, path, readText(node, "an address", readNodeIp));
      case "strings":
        return this.#readList(node, path, (item) =>
          readText(item, "a text", (value) => ({ value })),
        );
      case "bind-addresses":
        return this.#readList(node, path, (item) => readText(item, "an address", readBindAddress));
      case "durations":
        return this.#readList(node, path, (item) => readText(item, "a duration", readDuration));
      case "section-list":
        return this.#readList(node, path, (item) => this.#readElement(item, leaf.of ?? {}, depth));
      case "string-map":
        return this.#inMap(node, path, (map) => this.readStringMap(map, path, depth));
      case "duration-map":
        return this.#inMap(node, path, (map) =>
          Object.fromEntries(
            this.#readEntries(map, path, depth, (item) =>
              readText(item, "a duration", readDuration),
            ),
          ),
        );
      case "section-map":
        return this.#inMap(node, path, (map) =>
          Object.fromEntries(
            this.#readEntries(map, path, depth, (item) =>
              this.#readElement(item, leaf.of ?? {}, depth),
            ),
          ),
        );
      case "json-map":
        return this.#inMap(node, path, (map) =>
          Object.fromEntries(this.#readEntries(map, path, depth, (item) => this.#readJson(item))),
        );
      default:
        return this.#take(node, path, isScalar(leaf) ? readTypedScalar(node, leaf) : NOTHING);
    }
  }

  #readElement(node: Node, section: Section, depth: number): Reading<unknown> {
    if (!isMap(node)) return { problem: `expected keys and values, found ${describe(node)}` };
    const values: Settings = new Map();
    this.readSection(node, section, "", values, depth + 1);
    return { value: buildElement(section, values) };
  }

  #readJson(node: Node): Reading<JsonObject> {
    if (!isMap(node)) return { problem: `expected keys and values, found ${describe(node)}` };
    try {
      return { value: node.toJS(this.#document!, { maxAliasCount: ALIASES_MAX }) as JsonObject };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }

  #readList<T>(node: Node, path: string, readItem: (item: Node) => Reading<T>): T[] | undefined {
    if (!isSeq(node)) {
      this.#reportAt(node, `${path}: expected a list, found ${describe(node)}`);
      return undefined;
    }
    const values: T[] = [];
    for (const raw of node.items) {
      const item = this.#resolve(raw);
      if (item === undefined) continue;
      const value = this.#take(item, path, readItem(item));
      if (value !== undefined) values.push(value);
    }
    return values;
  }

  #readEntries<T>(
    map: YAMLMap,
    path: string,
    depth: number,
    readItem: (item: Node) => Reading<T>,
  ): [string, T][] {
    const entries: [string, T][] = [];
    for (const [keyNode, item] of this.#pairs(map, depth)) {
      const key = keyOf(keyNode);
      if (key === undefined) {
        this.#reportAt(keyNode, `expected a key, found ${describe(keyNode)}`);
      } else if (item !== undefined && !isNull(item)) {
        const value = this.#take(item, path === "" ? key : `${path}.${key}`, readItem(item));
        if (value !== undefined) entries.push([key, value]);
      }
    }
    return entries;
  }

  #inMap<T>(node: Node, path: string, read: (map: YAMLMap) => T): T | undefined {
    if (isMap(node)) return read(node);
    this.#reportAt(node, `${path}: expected keys and values, found ${describe(node)}`);
    return undefined;
  }

  /** Keys and resolved values, those of merged maps (`<<`) first, so that the map's own win. */
  *#pairs(map: YAMLMap, depth: number): Generator<[key: Node, value: Node | undefined]> {
    if (depth > DEPTH_MAX) {
      this.#reportAt(map, `nested more than ${DEPTH_MAX} deep`);
      return;
    }
    for (const { key, value } of map.items) {
      if (keyOf(key as Node) !== "<<") continue;
      const merged = this.#resolve(value);
      const sources = isSeq(merged) ? merged.items.map((item) => this.#resolve(item)) : [merged];
      for (const source of sources.toReversed()) {
        if (isMap(source)) yield* this.#pairs(source, depth + 1);
        else this.#reportAt(key as Node, "expected << to name a map or a list of maps");
      }
    }
    for (const { key, value } of map.items) {
      if (keyOf(key as Node) !== "<<") yield [key as Node, this.#resolve(value)];
    }
  }

  #resolve(node: unknown): Node | undefined {
    this.#nodes += 1;
    if (this.#nodes > NODES_MAX) {
      if (this.#nodes === NODES_MAX + 1) this.#report(0, `more than ${NODES_MAX} values`);
      return undefined;
    }
    if (isAlias(node)) {
      // Resolving walks through the document, so each alias does it once.
      if (!this.#aliases.has(node)) this.#aliases.set(node, node.resolve(this.#document!));
      return this.#aliases.get(node);
    }
    return (node ?? undefined) as Node | undefined;
  }

  #take<T>(node: Node, path: string, reading: Reading<T>): T | undefined {
    if ("value" in reading) return reading.value;
    this.#reportAt(node, `${path}: ${reading.problem}`);
    return undefined;
  }

  #unknownKey(node: Node, key: string, section: Section): void {
    if (!this.#strict) return;
    const meant = nearest(key, Object.keys(section));
    const hint = meant === undefined ? "" : `, did you mean ${quote(meant)}?`;
    this.#reportAt(node, `unknown key ${quote(key)}${hint}`);
  }

  #reportAt(node: Node, text: string): void {
    this.#report(node.range?.[0] ?? 0, text);
  }

  #report(offset: number, text: string): void {
    this.#problems.push({ offset, text });
  }
}

const NOTHING: Reading<never> = { problem: "cannot be set" };

function readTypedScalar(node: Node, leaf: Leaf): Reading<unknown> {
  if (!isScalar(leaf)) return NOTHING;
  const text = textOf(node);
  if (text === undefined) return { problem: `expected one value, found ${describe(node)}` };
  if (leaf.type === "string" || leaf.type === "duration" || !isQuoted(node)) {
    return readScalar(leaf, text);
  }
  const reading = readScalar(leaf, text);
  if ("problem" in reading) return reading;
  return {
    problem: `expected ${leaf.type === "bool" ? "true or false" : "a number"}, found the text ${quote(text)}: leave out the quotes`,
  };
}

function readText<T>(node: Node, what: string, read: (text: string) => Reading<T>): Reading<T> {
  const text = textOf(node);
  return text === undefined ? { problem: `expected ${what}, found ${describe(node)}` } : read(text);
}

function keyOf(node: Node): string | undefined {
  return textOf(node);
}

/** A scalar as it was written, without quotes: `1_000` stays `1_000`. */
function textOf(node: Node): string | undefined {
  if (!isScalarNode(node) || isNull(node)) return undefined;
  if (typeof node.value === "string") return node.value;
  return typeof node.source === "string" ? node.source : String(node.value);
}

function isQuoted(node: Node): boolean {
  return isScalarNode(node) && node.type !== undefined && node.type !== Scalar.PLAIN;
}

function isNull(node: unknown): boolean {
  return isScalarNode(node) && node.value === null;
}

function describe(node: unknown): string {
  if (isMap(node)) return "keys and values";
  if (isSeq(node)) return "a list";
  if (isNull(node)) return "nothing";
  return isScalarNode(node) ? quote(String(node.source ?? node.value)) : "something else";
}
