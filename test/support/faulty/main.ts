/**
 * The server with media workers that can be made to fail, which nobody can ask of the one that is
 * shipped: another worker entry stands in for its own, and all the rest is the same.
 */
import { readFileSync, writeSync } from "node:fs";
import { BUILD_INFO } from "../../../src/app/build-info.ts";
import { serve } from "../../../src/app/serve.ts";
import { runCli } from "../../../src/cli/run.ts";
import { createLog } from "../../../src/telemetry/log-writer.ts";

const STDOUT = 1;
const write = (text: string): unknown => writeSync(STDOUT, text);

const exitCode = await runCli({
  args: process.argv.slice(2),
  env: process.env,
  files: { read: (path) => readFileSync(path, "utf8"), permissions: () => 0o600 },
  localAddresses: ["127.0.0.1"],
  build: BUILD_INFO,
  write,
  wallMs: Date.now,
  serve: (config) =>
    serve(config, {
      log: createLog(
        { level: "info", json: true, componentLevels: {} },
        { write: (line) => write(`${line}\n`), wallMs: Date.now },
      ),
      spawnWorker: () => new Worker(new URL("./faulty-worker.ts", import.meta.url)),
    }),
});
process.exit(exitCode);
