import { closeSync, openSync, writeFileSync } from "node:fs";
import { createLoadRuntime } from "../app/load-runtime.ts";
import { localAddressTo } from "../io/client-udp.ts";
import type { LoadPlan } from "../loadtest/load-plan.ts";
import { isSuccess, progressLine, reportText } from "../loadtest/load-report.ts";
import { LoadTest } from "../loadtest/load-test.ts";
import { LoadTestError } from "../loadtest/server-check.ts";

const LOOPBACK = "127.0.0.1";
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const TERMINAL_MS = 500;
const PLAIN_MS = 5_000;
const WIDTH_DEFAULT = 80;
/** Back to the line's beginning, and the line erased (ECMA-48 EL). */
const REWRITE = "\r\x1b[K";

/** Where a load test shows itself. */
export type LoadTestTerminal = {
  /** Standard output. */
  write(text: string): void;
  /** Standard error: progress, and the table where standard output is for JSON. */
  writeError(text: string): void;
  /** Columns of the terminal behind `writeError`; undefined where it is none. */
  readonly width: number | undefined;
};

/**
 * Runs a load test until its time is over or a signal ends it; a second signal ends the process.
 *
 * @param jsonPath where all figures go; `-` for standard output
 * @returns the exit code
 * @throws LoadTestError when it cannot begin
 */
export async function runLoadTest(
  plan: LoadPlan,
  jsonPath: string | undefined,
  terminal: LoadTestTerminal,
): Promise<number> {
  if (jsonPath !== undefined && jsonPath !== "-") checkWritable(jsonPath);
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(1);
    stop.abort();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  const address = await clientAddressFor(plan.url);
  const test = new LoadTest(plan, createLoadRuntime(Date.now()), address, stop.signal);
  const progress = new ProgressDisplay(terminal, () => progressLine(test.progress()));
  try {
    const report = await test.run();
    progress.close();
    const table = reportText(report);
    if (jsonPath === undefined) {
      terminal.write(table);
    } else {
      const json = `${JSON.stringify(report, undefined, 2)}\n`;
      if (jsonPath === "-") terminal.write(json);
      else writeFileSync(jsonPath, json);
      if (jsonPath === "-") terminal.writeError(table);
      else terminal.write(table);
    }
    return isSuccess(report) ? 0 : 1;
  } finally {
    progress.close();
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

/** One line that is rewritten on a terminal, lines now and then elsewhere. */
class ProgressDisplay {
  readonly #terminal: LoadTestTerminal;
  readonly #line: () => string;
  readonly #timer: ReturnType<typeof setInterval>;
  #isShown = false;

  constructor(terminal: LoadTestTerminal, line: () => string) {
    this.#terminal = terminal;
    this.#line = line;
    const isTerminal = terminal.width !== undefined;
    this.#timer = setInterval(() => this.#show(), isTerminal ? TERMINAL_MS : PLAIN_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#isShown && this.#terminal.width !== undefined) this.#terminal.writeError(REWRITE);
    this.#isShown = false;
  }

  #show(): void {
    this.#isShown = true;
    const { width } = this.#terminal;
    if (width === undefined) this.#terminal.writeError(`${this.#line()}\n`);
    else this.#terminal.writeError(REWRITE + this.#line().slice(0, (width || WIDTH_DEFAULT) - 1));
  }
}

/** Better now than when the test is over. */
function checkWritable(path: string): void {
  try {
    closeSync(openSync(path, "a"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LoadTestError(`Cannot write ${path}: ${reason}\nGive --json another file.`);
  }
}

/** The address of ours that packets to the server leave from; what it is told of where clients are. */
async function clientAddressFor(url: string): Promise<string> {
  const { hostname, port, protocol } = new URL(url);
  if (/^(localhost|127\..*|\[::1\])$/.test(hostname)) return LOOPBACK;
  const portNumber = Number(port) || (protocol === "wss:" ? 443 : 80);
  return (await localAddressTo(hostname, portNumber)) ?? LOOPBACK;
}
