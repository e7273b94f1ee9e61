/**
 * The server with media workers that can be made to fail, which nobody can ask of the one that is
 * shipped: another worker entry stands in for its own, and all the rest is the same. A worker fails
 * when a file `FAULT_FOLDER/port-<UDP port>` holds the way.
 */
import { existsSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { BUILD_INFO } from "../../../src/app/build-info.ts";
import type { WorkerOutput } from "../../../src/app/media-worker-protocol.ts";
import { serve } from "../../../src/app/serve.ts";
import { runCli } from "../../../src/cli/run.ts";
import { createSignal } from "../../../src/io/thread-waiter.ts";
import { createLog } from "../../../src/telemetry/log-writer.ts";

const STDOUT = 1;
const LOOK_MS = 20;
const write = (text: string): unknown => writeSync(STDOUT, text);

function spawnWorker(): Worker {
  const worker = new Worker(new URL("./faulty-worker.ts", import.meta.url));
  worker.addEventListener("message", ({ data }: MessageEvent<readonly WorkerOutput[]>) => {
    for (const output of data) {
      if (output.kind !== "ready") continue;
      const { own, candidates } = output.facts;
      const signal = own === undefined ? () => {} : createSignal(own.event);
      const path = join(process.env["FAULT_FOLDER"] ?? "", `port-${candidates[0]!.port}`);
      const timer = setInterval(() => {
        if (!existsSync(path)) return;
        clearInterval(timer);
        const fault = readFileSync(path, "utf8");
        rmSync(path);
        worker.postMessage([{ kind: "fault", fault }]);
        signal();
      }, LOOK_MS);
      worker.addEventListener("close", () => clearInterval(timer));
    }
  });
  return worker;
}

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
      spawnWorker,
    }),
});
process.exit(exitCode);
