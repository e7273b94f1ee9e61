import { readFileSync, statSync, writeSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { BUILD_INFO } from "./app/build-info.ts";
import { serve } from "./app/serve.ts";
import { runCli } from "./cli/run.ts";
import type { Config } from "./config/config.ts";
import type { ConfigWarning } from "./config/config-sources.ts";
import { inertKeys } from "./config/inert-keys.ts";
import { createLog } from "./telemetry/log-writer.ts";

const STDOUT = 1;
const STDERR = 2;
/** Never notified: waiting on it is a sleep. */
const PAUSE = new Int32Array(new SharedArrayBuffer(4));
const PAUSE_MS = 1;

/** Whole, before returning: the process may end right after. */
function write(text: string, target: number = STDOUT): void {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(target, bytes, offset);
    } catch (error) {
      // Anything but a pipe that is full for now means that nobody reads, so nothing is lost.
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) return;
      Atomics.wait(PAUSE, 0, 0, PAUSE_MS);
    }
  }
}

async function start(config: Config, warnings: readonly ConfigWarning[]): Promise<number> {
  const { level, json, componentLevels } = config.logging;
  const log = createLog(
    { level: level === "" ? "info" : level, json, componentLevels },
    { write: (line) => write(`${line}\n`), wallMs: Date.now },
  );
  for (const warning of warnings) log[warning.level](warning.message, warning.fields);
  for (const key of inertKeys(config)) log.warn(`Setting ${key} has no effect yet`, { key });
  return serve(config, {
    log,
    // here, and nowhere deeper: the path must be right in the compiled binary as well
    spawnWorker: () => new Worker(new URL("./media-worker.ts", import.meta.url)),
  });
}

const exitCode = await runCli({
  args: process.argv.slice(2),
  env: process.env,
  files: {
    read: (path) => readFileSync(path, "utf8"),
    permissions: (path) => statSync(path).mode & 0o777,
  },
  localAddresses: Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map(({ address }) => address),
  ),
  build: BUILD_INFO,
  write: (text) => write(text),
  wallMs: Date.now,
  serve: start,
  loadTest: async (plan, jsonPath) => {
    // a server has no use for the clients' buffers
    const { runLoadTest } = await import("./cli/load-test-terminal.ts");
    return runLoadTest(plan, jsonPath, {
      write: (text) => write(text),
      writeError: (text) => write(text, STDERR),
      width: process.stderr.isTTY ? process.stderr.columns : undefined,
    });
  },
});
process.exit(exitCode);
