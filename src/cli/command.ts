import type { Config } from "../config/config.ts";
import type { ConfigFiles, ConfigWarning } from "../config/config-sources.ts";
import type { FlagSpec, FlagValues } from "../config/flags.ts";
import type { LoadPlan } from "../loadtest/load-plan.ts";

/** The outside world, as far as commands see it. */
export interface CliEnvironment {
  /** Without the program's own name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: ConfigFiles;
  /** Of this machine's interfaces, loopback ones too. */
  readonly localAddresses: readonly string[];
  readonly build: { readonly version: string; readonly commit: string };
  /** Writes to standard output as it is. */
  write(text: string): void;
  /** Wall time in ms since 1970. */
  wallMs(): number;
  /** Runs the server until it has stopped. @returns the exit code */
  serve(config: Config, warnings: readonly ConfigWarning[]): Promise<number>;
  /** The table of `list-nodes`, from Redis. A program without it refuses the command. */
  listNodes?(config: Config): Promise<string>;
  /**
   * Puts load on a server and prints a report. A program without it refuses the command.
   *
   * @param jsonPath where its figures go, `-` for standard output; undefined for nowhere
   * @returns the exit code
   */
  loadTest?(plan: LoadPlan, jsonPath: string | undefined): Promise<number>;
}

export interface CommandInput {
  readonly environment: CliEnvironment;
  readonly flags: FlagValues;
  readonly commandFlags: FlagValues;
  /** What stands behind the command and is no flag. */
  readonly words: readonly string[];
}

export interface CommandResult {
  /** For standard output, with a line feed at its end unless empty. */
  readonly text: string;
  readonly exitCode: number;
}

export interface Command {
  readonly name: string;
  readonly help: string;
  readonly isHidden: boolean;
  readonly flags: readonly FlagSpec[];
  run(input: CommandInput): CommandResult | Promise<CommandResult>;
}

export function printed(...lines: readonly string[]): CommandResult {
  return { text: lines.map((line) => `${line}\n`).join(""), exitCode: 0 };
}
