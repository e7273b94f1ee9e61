import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { ServerProcess } from "./server-process.ts";

const ENTRIES = ["test/support/faulty/main.ts", "test/support/faulty/faulty-worker.ts"];

export type Fault = "throw" | "reject" | "exit" | "hang" | "sleep";

/** The server, compiled with media workers that fail when they are told to. */
export class FaultyServer implements AsyncDisposable {
  readonly server: ServerProcess;
  readonly #folder: string;
  readonly #metricsPort: number;

  private constructor(server: ServerProcess, folder: string, metricsPort: number) {
    this.server = server;
    this.#metricsPort = metricsPort;
    this.#folder = folder;
  }

  static async start(
    config: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): Promise<FaultyServer> {
    const folder = mkdtempSync(join(tmpdir(), "parley-faulty-"));
    const binary = join(folder, "faulty");
    await Bun.build({
      entrypoints: [...ENTRIES],
      compile: { outfile: binary, autoloadDotenv: false, autoloadBunfig: false },
    });
    const port = await freePort();
    const server = await ServerProcess.start({
      binary,
      env: { FAULT_FOLDER: folder },
      config: { prometheus: { port }, ...config },
    });
    return new FaultyServer(server, folder, port);
  }

  /** UDP ports of its media workers, in their order. */
  get ports(): number[] {
    const lines = this.server.log.matchAll(
      /"msg":"Media port open".*?"port":(\d+).*?"worker":(\d+)/g,
    );
    return [...new Map([...lines].map(([, port, worker]) => [Number(worker), Number(port)]))]
      .toSorted(([a], [b]) => a - b)
      .map(([, port]) => port);
  }

  async metrics(): Promise<string> {
    return await (await fetch(`http://127.0.0.1:${this.#metricsPort}/metrics`)).text();
  }

  /** One of its media workers, the one with this UDP port, fails within a few hundredths of a second. */
  fail(port: number, fault: Fault): void {
    const path = join(this.#folder, `port-${port}`);
    writeFileSync(`${path}.new`, fault);
    renameSync(`${path}.new`, path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
