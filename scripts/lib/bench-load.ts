import { globSync, statSync } from "node:fs";
import {
  type Cores,
  chooseCores,
  MeasuredServer,
  OUR_SERVER,
  pinned,
} from "../../test/load/measured-server.ts";
import type { BenchSeries } from "./bench-report.ts";
import { run } from "./run.ts";

const BINARY = "dist/parley";
const SOURCES = ["src/**/*", "package.json", "bun.lock", "scripts/build.ts"];
/** A server that came up and cannot be reached gets another chance, as an operator would give it. */
const TRIES_MAX = 3;

export type LoadOptions = {
  readonly name: string;
  /** A script of `test/load/` with its options; the server's access is added to them. */
  readonly generator: readonly string[];
  readonly runs: number;
  /** Server and clients have a core each, where they can; false for clients that need more. */
  readonly isPinned?: boolean;
  /** Commands with `{config}`; run in turns. */
  readonly servers: readonly { readonly name: string; readonly command: string }[];
};

/** Compiles the binary when there is none, or a source is newer. */
export async function ensureBinary(): Promise<void> {
  const builtMs = statSync(BINARY, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const isOld = SOURCES.flatMap((pattern) => globSync(pattern)).some(
    (path) => statSync(path).mtimeMs > builtMs,
  );
  if (!isOld) return;
  const exitCode = await run(["bun", "scripts/build.ts"]);
  if (exitCode !== 0) throw new Error("Cannot measure: the binary could not be built");
}

export function ourServer(): { name: string; command: string } {
  return { name: "parley", command: OUR_SERVER };
}

/** Runs the servers in turns under one load. @returns a series for each, in their order */
export async function measureLoad<T>(options: LoadOptions): Promise<BenchSeries<T>[]> {
  const cores = options.isPinned === false ? undefined : chooseCores();
  const runs: T[][] = options.servers.map(() => []);
  for (let i = 0; i < options.runs; i++) {
    for (const [index, { name, command }] of options.servers.entries()) {
      process.stderr.write(`${options.name}, ${name}, run ${i + 1} of ${options.runs} ...\n`);
      runs[index]!.push(await measureOnce<T>(options, command, cores));
    }
  }
  return options.servers.map(({ name }, index) => ({ server: name, runs: runs[index]! }));
}

async function measureOnce<T>(
  options: LoadOptions,
  command: string,
  cores: Cores | undefined,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    await using server = await MeasuredServer.start(command, cores?.server);
    const { url, key, secret } = server.access;
    const generator = [
      ...["bun", ...options.generator],
      ...["--url", url, "--key", key, "--secret", secret, "--pid", String(server.pid)],
    ];
    const child = Bun.spawn(pinned(cores?.clients, generator), {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [output, errors] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ]);
    if ((await child.exited) === 0) return JSON.parse(lastLineOf(output)) as T;
    const trouble = `${errors.trimEnd()}\nThe server's last lines:\n${server.logTail()}`;
    if (attempt === TRIES_MAX) throw new Error(`The load did not come up:\n${trouble}`);
    process.stderr.write(
      `Try ${attempt} of ${TRIES_MAX} failed, starting anew: ${lastLine(errors)}\n`,
    );
  }
}

/**
 * Runs the servers in turns behind a bad network, which each run makes for itself.
 *
 * @param script of `test/load/` with its options; the server's command is added to them
 * @returns a series for each, in their order
 */
export async function measureUnshared<T>(
  name: string,
  script: readonly string[],
  runs: number,
  servers: LoadOptions["servers"],
): Promise<BenchSeries<T>[]> {
  const results: T[][] = servers.map(() => []);
  for (let i = 0; i < runs; i++) {
    for (const [index, { name: server, command }] of servers.entries()) {
      process.stderr.write(`${name}, ${server}, run ${i + 1} of ${runs} ...\n`);
      const generator = ["bun", ...script, "--command", command];
      const child = Bun.spawn(["unshare", "--net", ...generator], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const output = await new Response(child.stdout).text();
      if ((await child.exited) !== 0) {
        throw new Error("The impaired network needs root, unshare, ip and /dev/net/tun");
      }
      results[index]!.push(JSON.parse(lastLineOf(output)) as T);
    }
  }
  return servers.map((server, index) => ({ server: server.name, runs: results[index]! }));
}

/** Native clients print lines of their own. */
function lastLineOf(output: string): string {
  return output.trimEnd().split("\n").at(-1) ?? "";
}

function lastLine(text: string): string {
  return text.split("\n").find((line) => line.startsWith("error:")) ?? text.slice(0, 200);
}
