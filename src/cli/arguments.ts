import type { FlagSpec, FlagValues } from "../config/flags.ts";
import { nearest } from "../config/nearest.ts";

/** Arguments that cannot be understood. The message is the whole explanation. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export interface CommandFlags {
  readonly name: string;
  readonly flags: readonly FlagSpec[];
}

export interface ParsedArguments {
  /** Undefined when the first word is no command: then the server is meant. */
  readonly command: string | undefined;
  /** Words after the command, or all words when there is none. */
  readonly words: readonly string[];
  /** Flags of the program, before or after the command. */
  readonly flags: FlagValues;
  /** Flags of the command. */
  readonly commandFlags: FlagValues;
  readonly wantsHelp: boolean;
  readonly wantsVersion: boolean;
}

/**
 * `[flags] [command] [flags] [words]`. A flag has one dash or two and its value after `=` or as the
 * next argument; a switch takes a value only after `=`. `--` ends the flags.
 *
 * @throws UsageError
 */
export function parseArguments(
  args: readonly string[],
  programFlags: readonly FlagSpec[],
  commands: readonly CommandFlags[],
): ParsedArguments {
  const flags = new Map<string, string[]>();
  const commandFlags = new Map<string, string[]>();
  const words: string[] = [];
  let command: CommandFlags | undefined;
  let wantsHelp = false;
  let wantsVersion = false;

  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "--") {
      words.push(...args.slice(i + 1));
      break;
    }
    const split = splitFlag(arg);
    if (split === undefined) {
      const named = words.length === 0 ? commands.find(({ name }) => name === arg) : undefined;
      if (command === undefined && named !== undefined) command = named;
      else words.push(arg);
      continue;
    }
    const own = command?.flags.find(({ name }) => name === split.name);
    const spec = own ?? programFlags.find(({ name }) => name === split.name);
    if (spec === undefined) {
      if (split.name === "help" || split.name === "h") wantsHelp = true;
      else if (split.name === "version" || split.name === "v") wantsVersion = true;
      else throw unknownFlag(split.name, [...(command?.flags ?? []), ...programFlags]);
      continue;
    }
    let value = split.value;
    if (value === undefined && spec.isSwitch) value = "true";
    if (value === undefined) {
      i += 1;
      value = args[i];
      if (value === undefined) throw new UsageError(`flag needs an argument: -${spec.name}`);
    }
    addValue(own === undefined ? flags : commandFlags, spec, value);
  }
  return { command: command?.name, words, flags, commandFlags, wantsHelp, wantsVersion };
}

/** @throws UsageError naming all that are missing */
export function requireFlags(values: FlagValues, names: readonly string[]): void {
  const missing = names.filter((name) => !values.has(name));
  if (missing.length === 1) throw new UsageError(`Required flag "${missing[0]}" not set`);
  if (missing.length > 1) throw new UsageError(`Required flags "${missing.join(", ")}" not set`);
}

function splitFlag(arg: string): { name: string; value: string | undefined } | undefined {
  if (!arg.startsWith("-") || arg === "-") return undefined;
  const text = arg.slice(arg.startsWith("--") ? 2 : 1);
  const equals = text.indexOf("=");
  if (equals === -1) return { name: text, value: undefined };
  return { name: text.slice(0, equals), value: text.slice(equals + 1) };
}

function addValue(into: Map<string, string[]>, spec: FlagSpec, value: string): void {
  const problem = spec.problemWith(value);
  if (problem !== undefined) {
    const shown = spec.isSecret ? "..." : value;
    const reason = spec.isSecret ? "" : `: ${problem}`;
    throw new UsageError(`invalid value "${shown}" for flag -${spec.name}: parse error${reason}`);
  }
  const before = spec.isRepeatable ? (into.get(spec.name) ?? []) : [];
  into.set(spec.name, [...before, value]);
}

function unknownFlag(name: string, known: readonly FlagSpec[]): UsageError {
  const meant = nearest(
    name,
    known.map((flag) => flag.name),
  );
  const hint = meant === undefined ? "" : ` (did you mean --${meant}?)`;
  return new UsageError(`flag provided but not defined: -${name}${hint}`);
}
