/** Runs a program in the foreground, with our input and output. @returns its exit code, 1 if killed */
export async function run(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const child = Bun.spawn([...command], {
    stdio: ["inherit", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  await child.exited;
  return child.exitCode ?? 1;
}

/** @returns what the program printed, without line feeds at the end; undefined when it failed */
export function capture(command: readonly string[]): string | undefined {
  if (Bun.which(command[0]!) === null) return undefined;
  const result = Bun.spawnSync([...command], { stdio: ["ignore", "pipe", "ignore"] });
  return result.success ? result.stdout.toString().trimEnd() : undefined;
}
