import { canonicalIp, formatIp, ipFamily, parseIp } from "./ip-address.ts";
import type { IntegerType, Leaf, NodeIp, PortRange, ScalarType } from "./schema-types.ts";

/** How `null` is written: a switch that is set by what is found. */
export const AUTO = "auto";

/** What a text stands for, or what is wrong with it ("expected ..."). */
export type Reading<T> = { readonly value: T } | { readonly problem: string };

const INTEGER_BOUNDS: Readonly<Record<IntegerType, readonly [min: number, max: number]>> = {
  uint8: [0, 255],
  uint16: [0, 65_535],
  uint32: [0, 4_294_967_295],
  uint64: [0, Number.MAX_SAFE_INTEGER],
  int32: [-2_147_483_648, 2_147_483_647],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  port: [0, 65_535],
};

const DURATION_UNITS_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

const YEAR_HOURS = 8_760;
const DURATION_MS_MAX = YEAR_HOURS * 3_600_000;

/** Longer numbers are refused before they are looked at. */
const NUMBER_LENGTH_MAX = 64;

export function isScalar(leaf: Leaf): leaf is Leaf & { readonly type: ScalarType } {
  return (
    leaf.type === "bool" ||
    leaf.type === "string" ||
    leaf.type === "float" ||
    leaf.type === "duration" ||
    leaf.type in INTEGER_BOUNDS
  );
}

/** Reads one value as it stands in a flag, an environment variable or a plain YAML scalar. */
export function readScalar(
  leaf: Leaf & { readonly type: ScalarType },
  text: string,
): Reading<boolean | string | number | null> {
  switch (leaf.type) {
    case "bool":
      return leaf.default === null && text === AUTO ? { value: null } : readBool(text);
    case "string":
      return readChoice(leaf, text);
    case "float":
      return withinBounds(leaf, readFloat(text));
    case "duration":
      return readDuration(text);
    default:
      return withinBounds(leaf, readInteger(leaf.type, text));
  }
}

/** YAML 1.1's words and Go's single letters, as the reference server takes them. */
export function readBool(text: string): Reading<boolean> {
  if (/^(true|yes|on|y|t|1)$/i.test(text)) return { value: true };
  if (/^(false|no|off|n|f|0)$/i.test(text)) return { value: false };
  return { problem: `expected true or false, found ${quote(text)}` };
}

/** Decimal, 0x, 0o or 0b; underscores between digits; also `1e6` and `5.0`. */
export function readInteger(type: IntegerType, text: string): Reading<number> {
  const [min, max] = INTEGER_BOUNDS[type];
  const value = readNumber(text);
  if (value !== undefined && Number.isInteger(value) && value >= min && value <= max) {
    return { value };
  }
  const range = max === Number.MAX_SAFE_INTEGER && min < 0 ? "" : ` from ${min} to ${max}`;
  return { problem: `expected a whole number${range}, found ${quote(text)}` };
}

export function readFloat(text: string): Reading<number> {
  const value = readNumber(text);
  return value === undefined ? { problem: `expected a number, found ${quote(text)}` } : { value };
}

/** `1m30s`, `7.5s`, `500ms`: Go's form, in ms. `0` needs no unit. From zero to a year. */
export function readDuration(text: string): Reading<number> {
  const problem = `expected a duration such as 500ms, 30s or 1m30s, found ${quote(text)}`;
  if (text === "0") return { value: 0 };
  if (text === "" || text.length > NUMBER_LENGTH_MAX) return { problem };
  const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;
  let value = 0;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (match === null) return { problem };
    value += Number(match[1]) * DURATION_UNITS_MS[match[2]!]!;
  }
  if (value <= DURATION_MS_MAX) return { value };
  return { problem: `expected a duration of ${YEAR_HOURS}h or less, found ${quote(text)}` };
}

/** `7882`, `7882-7890`, or nothing at all. `end` is 0 for a single port, until the end of loading. */
export function readPortRange(text: string): Reading<PortRange> {
  const problem = `expected a port N or ports A-B, found ${quote(text)}`;
  if (text.trim() === "") return { value: { start: 0, end: 0 } };
  const match = /^\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?$/.exec(text);
  if (match === null) return { problem };
  const start = Number(match[1]);
  const end = match[2] === undefined ? 0 : Number(match[2]);
  if (start > 65_535 || end > 65_535) return { problem };
  if (match[2] !== undefined && (start === 0 || end < start)) {
    return { problem: `end port ${end} must not be below start port ${start}, nor either be 0` };
  }
  return { value: { start, end } };
}

/** `v4`, `v6` or `v4,v6` in either order. */
export function readNodeIp(text: string): Reading<NodeIp> {
  let ipv4 = "";
  let ipv6 = "";
  if (text.trim() === "") return { value: { ipv4, ipv6 } };
  for (const part of text.split(",")) {
    const bytes = parseIp(part.trim());
    if (bytes === undefined) {
      return { problem: `expected an address v4, v6 or v4,v6, found ${quote(text)}` };
    }
    const isSecond = ipFamily(bytes) === 4 ? ipv4 !== "" : ipv6 !== "";
    if (isSecond) {
      return { problem: `expected one address of each family at most, found ${quote(text)}` };
    }
    if (ipFamily(bytes) === 4) ipv4 = formatIp(bytes);
    else ipv6 = formatIp(bytes);
  }
  return { value: { ipv4, ipv6 } };
}

/** An IP address, with its zone if it has one, in the usual form; `localhost` is 127.0.0.1. */
export function readBindAddress(text: string): Reading<string> {
  const address = text === "localhost" ? "127.0.0.1" : canonicalIp(text);
  if (address === undefined) {
    return { problem: `expected an IP address or localhost, found ${quote(text)}` };
  }
  const zone = text.indexOf("%");
  return { value: zone < 0 ? address : address + text.slice(zone) };
}

/** For messages: in double quotes, control characters escaped, cut where it gets long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}

function readChoice(leaf: Leaf, text: string): Reading<string> {
  if (leaf.oneOf === undefined || leaf.oneOf.includes(text)) return { value: text };
  if (leaf.refusal !== undefined) return { problem: leaf.refusal.replace("{}", () => text) };
  const choices = leaf.oneOf.filter((choice) => choice !== "").join(", ");
  return { problem: `expected one of ${choices}, found ${quote(text)}` };
}

function withinBounds(leaf: Leaf, reading: Reading<number>): Reading<number> {
  if ("problem" in reading) return reading;
  const { value } = reading;
  if (leaf.min !== undefined && value < leaf.min) {
    return { problem: `expected ${leaf.min} or more, found ${value}` };
  }
  if (leaf.max !== undefined && value > leaf.max) {
    return { problem: `expected ${leaf.max} or less, found ${value}` };
  }
  return reading;
}

function readNumber(text: string): number | undefined {
  if (text.length > NUMBER_LENGTH_MAX) return undefined;
  const digits = text.replace(/(?<=[0-9a-fA-F])_(?=[0-9a-fA-F])/g, "");
  if (/^0x[0-9a-f]+$/i.test(digits) || /^0o[0-7]+$/.test(digits) || /^0b[01]+$/.test(digits)) {
    return Number(digits);
  }
  // A leading zero would be octal in YAML 1.1 and decimal in 1.2.
  if (!/^[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}
