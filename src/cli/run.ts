import { messageOf, ServerError } from "../base/errors.ts";
import { ConfigError } from "../config/config-error.ts";
import { BASE_FLAGS, GENERATED_FLAGS } from "../config/flags.ts";
import { loadConfig } from "../config/load-config.ts";
import { LoadTestError } from "../loadtest/server-check.ts";
import { type ParsedArguments, parseArguments, UsageError } from "./arguments.ts";
import type { CliEnvironment, CommandResult } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { commandHelp, programHelp, versionLine } from "./help.ts";

/** Names under which the help is asked for; `help ports` shows that of one command. */
const HELP_COMMANDS = ["help", "h"].map((name) => ({ name, flags: [] }));

/**
 * Runs one command, or the server when none is named. What goes wrong is printed to standard
 * output, as the reference server does, and the exit code is 1.
 *
 * @returns the exit code
 */
export async function runCli(environment: CliEnvironment): Promise<number> {
  try {
    const result = await dispatch(environment);
    if (result.text !== "") environment.write(result.text);
    return result.exitCode;
  } catch (error) {
    if (error instanceof UsageError) {
      const named = COMMANDS.find(({ name }) => name === environment.args[0]);
      const help =
        named === undefined
          ? programHelp(COMMANDS, environment.build.version, false)
          : commandHelp(named);
      environment.write(`Incorrect Usage: ${error.message}\n\n${help}\n`);
    }
    environment.write(`${explain(error)}\n`);
    return 1;
  }
}

/** The message of what a user can act on; of a bug of ours all that helps to find it. */
function explain(error: unknown): string {
  const isRefusal =
    error instanceof UsageError ||
    error instanceof ConfigError ||
    error instanceof ServerError ||
    error instanceof LoadTestError;
  const isSystemFailure = error instanceof Error && "code" in error;
  if (isRefusal || isSystemFailure || !(error instanceof Error)) return messageOf(error);
  return error.stack ?? messageOf(error);
}

async function dispatch(environment: CliEnvironment): Promise<CommandResult> {
  const parsed = parseArguments(
    environment.args,
    [...BASE_FLAGS, ...GENERATED_FLAGS],
    [...COMMANDS, ...HELP_COMMANDS],
  );
  const { flags, commandFlags } = parsed;
  if (parsed.wantsVersion) return { text: `${versionLine(environment.build)}\n`, exitCode: 0 };
  const help = helpFor(parsed, environment.build.version);
  if (help !== undefined) return { text: help, exitCode: 0 };

  const command = COMMANDS.find(({ name }) => name === parsed.command);
  if (command !== undefined)
    return command.run({ environment, flags, commandFlags, words: parsed.words });
  const { env, files, localAddresses } = environment;
  const { config, warnings } = loadConfig({ flags, env, files, localAddresses, keys: "required" });
  return { text: "", exitCode: await environment.serve(config, warnings) };
}

function helpFor(parsed: ParsedArguments, version: string): string | undefined {
  const isHelpCommand = HELP_COMMANDS.some(({ name }) => name === parsed.command);
  if (!isHelpCommand && !parsed.wantsHelp) return undefined;
  const name = isHelpCommand ? parsed.words[0] : parsed.command;
  const command = COMMANDS.find((candidate) => candidate.name === name);
  return command === undefined ? programHelp(COMMANDS, version, false) : commandHelp(command);
}
