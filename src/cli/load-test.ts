import { readBool } from "../config/values.ts";
import { LoadTestError } from "../loadtest/server-check.ts";
import { UsageError } from "./arguments.ts";
import type { CommandInput, CommandResult } from "./command.ts";
import { jsonPathOf, readLoadPlan } from "./load-test-flags.ts";

/** Puts load on a server and prints what came of it. The exit code is 1 when that is trouble. */
export async function loadTest(input: CommandInput): Promise<CommandResult> {
  const { environment, flags, commandFlags, words } = input;
  if (words.length > 0) throw new UsageError(`${words[0]} is no option: they begin with dashes`);
  const dev = readBool(flags.get("dev")?.at(-1) ?? "false");
  const isDevelopment = !("problem" in dev) && dev.value;
  const plan = readLoadPlan(commandFlags, environment.env, isDevelopment, Math.random);
  if (environment.loadTest === undefined) {
    throw new LoadTestError("This build cannot put load on servers: take the compiled binary");
  }
  return { text: "", exitCode: await environment.loadTest(plan, jsonPathOf(commandFlags)) };
}
