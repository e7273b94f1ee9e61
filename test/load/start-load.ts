import { createLoadRuntime } from "../../src/app/load-runtime.ts";
import type { LoadServer } from "../../src/loadtest/load-client.ts";
import { LoadRun } from "../../src/loadtest/load-run.ts";

/** Clients of this process for a server. */
export function startLoad(server: LoadServer): LoadRun {
  return new LoadRun(server, createLoadRuntime(Date.now()));
}
