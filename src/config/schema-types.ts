/**
 * The vocabulary of the settings table. A *section* maps YAML keys to leaves or further sections.
 * From it everything else is derived: defaults, the YAML reader, flags, environment names, help,
 * the sample file, and by `ConfigOf` the TypeScript type of the loaded configuration.
 */

export type IntegerType = "uint8" | "uint16" | "uint32" | "uint64" | "int32" | "int64" | "port";
export type ScalarType = "bool" | "string" | "float" | "duration" | IntegerType;
/** `port-range` is `N` or `A-B`; `node-ip` is `v4`, `v6` or `v4,v6`. Both have two flags each. */
export type PairType = "port-range" | "node-ip";
export type CollectionType =
  | "strings"
  | "bind-addresses"
  | "durations"
  | "string-map"
  | "duration-map"
  | "json-map"
  | "section-list"
  | "section-map";
export type LeafType = ScalarType | PairType | CollectionType;

export interface Leaf {
  readonly type: LeafType;
  /**
   * In the form that `Config` has; only a duration is written as text (`1m30s`). `null`, in
   * text `auto`, is for a switch that is neither on nor off: it depends on what is found.
   * For `port-range` `{ start, end }`, for `node-ip` `{ ipv4, ipv6 }`.
   */
  readonly default: unknown;
  /** One line of prose: the comment in the sample file and the text of `help-verbose`. */
  readonly help: string;
  /** Appended to the field's name in `Config`. A duration has `Ms` by itself. */
  readonly unit?: string;
  /** The only values allowed. */
  readonly oneOf?: readonly string[];
  /** What to say instead of the usual sentence when a value is not in `oneOf`; `{}` is the value. */
  readonly refusal?: string;
  readonly min?: number;
  readonly max?: number;
  /** Still read, with a warning that says this. Has no field in `Config`. */
  readonly deprecated?: string;
  /** Path of the setting that takes over a deprecated one's value. */
  readonly copyTo?: string;
  /** Never shown in help, logs or errors. */
  readonly secret?: boolean;
  /** Keys of one element, for `section-list` and `section-map`. */
  readonly of?: Section;
  /** YAML lines of an example for the sample file, where the default shows too little. */
  readonly example?: readonly string[];
}

export interface Section {
  readonly [key: string]: Leaf | Section;
}

/** No key of any section is called `type`, so a text under that name tells a leaf. */
export function isLeaf(node: Leaf | Section): node is Leaf {
  return typeof node["type"] === "string";
}

export interface PortRange {
  /** 0 when unset. */
  readonly start: number;
  /** Inclusive. Equal to `start` for a single port. */
  readonly end: number;
}

export interface NodeIp {
  /** Dotted quad, "" when unset. */
  readonly ipv4: string;
  /** RFC 5952 form, "" when unset. */
  readonly ipv6: string;
}

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

type CamelCase<K extends string> = K extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : K;

type FieldName<K extends string, N> = N extends { readonly deprecated: string }
  ? never
  : N extends { readonly type: "duration" | "durations" | "duration-map" }
    ? `${CamelCase<K>}Ms`
    : N extends { readonly type: string; readonly unit: infer U extends string }
      ? `${CamelCase<K>}${U}`
      : CamelCase<K>;

type FieldValue<N> = N extends { readonly type: infer T }
  ? T extends "bool"
    ? N extends { readonly default: null }
      ? boolean | null
      : boolean
    : T extends "string"
      ? N extends { readonly oneOf: readonly (infer U)[] }
        ? U
        : string
      : T extends IntegerType | "float" | "duration"
        ? number
        : T extends "port-range"
          ? PortRange
          : T extends "node-ip"
            ? NodeIp
            : T extends "strings" | "bind-addresses"
              ? readonly string[]
              : T extends "durations"
                ? readonly number[]
                : T extends "string-map"
                  ? Readonly<Record<string, string>>
                  : T extends "duration-map"
                    ? Readonly<Record<string, number>>
                    : T extends "json-map"
                      ? Readonly<Record<string, JsonObject>>
                      : T extends "section-list"
                        ? N extends { readonly of: infer S }
                          ? readonly ConfigOf<S>[]
                          : never
                        : T extends "section-map"
                          ? N extends { readonly of: infer S }
                            ? Readonly<Record<string, ConfigOf<S>>>
                            : never
                          : ConfigOf<N>
  : ConfigOf<N>;

/** The loaded form of a section: fields in camelCase, units at the end of names, read-only. */
export type ConfigOf<S> = {
  readonly [K in keyof S & string as FieldName<K, S[K]>]: FieldValue<S[K]>;
};

/** `empty_timeout` with unit `Seconds` is `emptyTimeoutSeconds`. The same rule as `ConfigOf`'s. */
export function fieldNameOf(key: string, node: Leaf | Section): string {
  const camel = key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  if (!isLeaf(node)) return camel;
  if (node.type === "duration" || node.type === "durations" || node.type === "duration-map") {
    return `${camel}Ms`;
  }
  return camel + (node.unit ?? "");
}
