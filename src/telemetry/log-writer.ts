import type { Log, LogFields, LogLevel } from "../base/log.ts";

/** Where lines go and what time it is. `line` has no line feed at its end. */
export interface LogSink {
  write(line: string): void;
  /** Wall time in ms since 1970. */
  wallMs(): number;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** JSON objects, one a line; otherwise text with tabs. */
  readonly json: boolean;
  /**
   * Levels of components by dotted name, for logs bound to a field `component`. The longest name
   * that the component starts with decides.
   */
  readonly componentLevels?: Readonly<Record<string, string>>;
}

const RANKS: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Bounds of one line. What exceeds them is cut and says so. */
const MESSAGE_LENGTH_MAX = 2_000;
const VALUE_LENGTH_MAX = 2_000;
const FIELDS_MAX = 48;
const ITEMS_MAX = 32;
const DEPTH_MAX = 4;
/** Values of one line altogether, however they are nested. */
const VALUES_MAX = 300;

const LOGGER_NAME = "parley";

/**
 * Lines of zap's production form: `{"level":"info","ts":1750000000.123,"logger":"parley","msg":...}`,
 * which is what log pipelines for LiveKit expect. Never throws for what it is given.
 */
export function createLog(options: LogOptions, sink: LogSink): Log {
  return new LogWriter(options, sink, {});
}

class LogWriter implements Log {
  readonly #options: LogOptions;
  readonly #sink: LogSink;
  readonly #bound: LogFields;
  readonly #rankMin: number;

  constructor(options: LogOptions, sink: LogSink, bound: LogFields) {
    this.#options = options;
    this.#sink = sink;
    this.#bound = bound;
    this.#rankMin = RANKS[levelFor(options, bound["component"])];
  }

  debug(message: string, fields?: LogFields): void {
    this.#write("debug", message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#write("info", message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#write("warn", message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#write("error", message, fields);
  }

  with(fields: LogFields): Log {
    return new LogWriter(this.#options, this.#sink, { ...this.#bound, ...fields });
  }

  #write(level: LogLevel, message: string, fields: LogFields | undefined): void {
    if (RANKS[level] < this.#rankMin) return;
    const wallMs = this.#sink.wallMs();
    const shown = boundFields(fields === undefined ? this.#bound : { ...this.#bound, ...fields });
    const msg = cut(message, MESSAGE_LENGTH_MAX);
    this.#sink.write(
      this.#options.json
        ? jsonLine(level, wallMs, msg, shown)
        : textLine(level, wallMs, msg, shown),
    );
  }
}

/**
 * Hides which host an address belongs to and keeps its network: `203.0.113.x`, `2001:db8:1:x`.
 * Loopback addresses stay, and so does a port after one. Any other text becomes `redacted`.
 */
export function redact(address: string): string {
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}(:\d{1,5})?$/.exec(address);
  if (v4 !== null) {
    return v4[1] === "127" ? address : `${v4[1]}.${v4[2]}.${v4[3]}.x${v4[4] ?? ""}`;
  }
  const v6 = /^(?:\[([^\]]*)\](:\d{1,5})?|([^[\]]*))$/.exec(address);
  const inner = v6?.[1] ?? v6?.[3] ?? "";
  const port = v6?.[2] ?? "";
  if (!/^[0-9a-f:]{2,}(%[\w.-]+)?$/i.test(inner) || !inner.includes(":")) return "redacted";
  if (inner === "::1") return address;
  const network = inner
    .split("::", 1)[0]!
    .split(":")
    .slice(0, 3)
    .filter((group) => group !== "");
  const shown = [...network, "x"].join(":");
  return port === "" ? shown : `[${shown}]${port}`;
}

function levelFor(options: LogOptions, component: unknown): LogLevel {
  if (typeof component !== "string") return options.level;
  let name = component;
  for (;;) {
    const level = options.componentLevels?.[name];
    if (level !== undefined && level in RANKS) return level as LogLevel;
    const dot = name.lastIndexOf(".");
    if (dot === -1) return options.level;
    name = name.slice(0, dot);
  }
}

function jsonLine(level: LogLevel, wallMs: number, msg: string, fields: object): string {
  const head = { level, ts: wallMs / 1000, logger: LOGGER_NAME, msg };
  // The head wins over a field of the same name, and stands first.
  return JSON.stringify({ ...head, ...fields, ...head });
}

function textLine(level: LogLevel, wallMs: number, msg: string, fields: object): string {
  const line = [timeText(wallMs), level.toUpperCase(), LOGGER_NAME, oneLine(msg)];
  if (Object.keys(fields).length > 0) line.push(JSON.stringify(fields));
  return line.join("\t");
}

function timeText(wallMs: number): string {
  const date = new Date(wallMs);
  return Number.isNaN(date.getTime()) ? "-" : date.toISOString();
}

/** A message is one line: nobody can forge another by a line feed in a name. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not get through
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, (character) =>
    JSON.stringify(character).slice(1, -1),
  );
}

function boundFields(fields: LogFields): Record<string, unknown> {
  const bounds = { valuesLeft: VALUES_MAX };
  const shown: Record<string, unknown> = {};
  const names = Object.keys(fields);
  for (const name of names.slice(0, FIELDS_MAX)) {
    const value = plain(readField(fields, name), DEPTH_MAX, bounds);
    if (value !== undefined) shown[cut(name, VALUE_LENGTH_MAX)] = value;
  }
  if (names.length > FIELDS_MAX) shown["fieldsLeftOut"] = names.length - FIELDS_MAX;
  return shown;
}

/** What JSON can hold, within bounds; errors as their message and causes. */
function plain(value: unknown, depthLeft: number, bounds: { valuesLeft: number }): unknown {
  bounds.valuesLeft -= 1;
  if (bounds.valuesLeft < 0) return "...";
  switch (typeof value) {
    case "string":
      return cut(value, VALUE_LENGTH_MAX);
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "boolean":
    case "undefined":
      return value;
    case "bigint":
      return value.toString();
    case "object":
      return value === null ? null : plainObject(value, depthLeft, bounds);
    default:
      return `[${typeof value}]`;
  }
}

function plainObject(value: object, depthLeft: number, bounds: { valuesLeft: number }): unknown {
  if (value instanceof Error) return cut(errorText(value), VALUE_LENGTH_MAX);
  if (value instanceof Date) return timeText(value.getTime());
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depthLeft === 0) return "...";
  if (Array.isArray(value)) {
    const items = value.slice(0, ITEMS_MAX).map((item) => plain(item, depthLeft - 1, bounds));
    if (value.length > ITEMS_MAX) items.push(`and ${value.length - ITEMS_MAX} more`);
    return items;
  }
  const shown: Record<string, unknown> = {};
  const names = Object.keys(value);
  for (const name of names.slice(0, ITEMS_MAX)) {
    shown[cut(name, VALUE_LENGTH_MAX)] = plain(readField(value, name), depthLeft - 1, bounds);
  }
  if (names.length > ITEMS_MAX) shown["fieldsLeftOut"] = names.length - ITEMS_MAX;
  return shown;
}

/** A getter may throw; a log line may not. */
function readField(from: object, name: string): unknown {
  try {
    return (from as Record<string, unknown>)[name];
  } catch (error) {
    return `[unreadable: ${String(error)}]`;
  }
}

function errorText(error: Error): string {
  let text = `${error.name}: ${error.message}`;
  let cause = error.cause;
  for (let depth = 0; cause !== undefined && depth < DEPTH_MAX; depth++) {
    text += `, caused by ${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}`;
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return text;
}

function cut(text: string, lengthMax: number): string {
  return text.length <= lengthMax
    ? text
    : `${text.slice(0, lengthMax)}... (${text.length - lengthMax} more)`;
}
