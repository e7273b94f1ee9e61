/**
 * A media worker that fails when a file says so: `FAULT_FOLDER/worker-<index>` holds the way, and is
 * taken away before it fails.
 */
import "../../../src/media-worker.ts";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { WorkerInput } from "../../../src/app/media-worker-protocol.ts";

declare const self: Worker;

const LOOK_MS = 20;

function fail(how: string): void {
  switch (how) {
    case "throw":
      throw new Error("made to throw");
    case "reject":
      void Promise.reject(new Error("made to reject"));
      break;
    case "exit":
      process.exit(9);
      break;
    case "hang":
      for (;;);
    case "sleep": // in native code, where nothing of the runtime's reaches it
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      break;
    default:
      throw new Error(`Unknown fault: ${how}`);
  }
}

self.addEventListener("message", ({ data }: MessageEvent<readonly WorkerInput[]>) => {
  for (const input of data) {
    if (input.kind !== "start") continue;
    const path = join(process.env["FAULT_FOLDER"] ?? "", `worker-${input.options.index}`);
    setInterval(() => {
      if (!existsSync(path)) return;
      const how = readFileSync(path, "utf8");
      rmSync(path);
      fail(how);
    }, LOOK_MS);
  }
});
