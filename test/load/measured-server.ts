import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { LoadServer } from "../../src/loadtest/load-client.ts";
import { freePort } from "../support/free-port.ts";
import { until } from "../support/until.ts";

/** How the compiled binary is started; `{config}` stands for the configuration's path. */
export const OUR_SERVER = "dist/parley --config {config}";

const KEY = "load-key";
const SECRET = "a secret for load that is long enough";
const STOP_MS = 10_000;
const TAIL_LINES = 20;

/** Cores for the server and for the clients, where they can be had. */
export type Cores = { readonly server: number; readonly clients: number };

/** The first two cores that this process may use; undefined where nothing can be pinned. */
export function chooseCores(): Cores | undefined {
  if (availableParallelism() < 2 || Bun.which("taskset") === null) return undefined;
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  const cores = (list ?? "").split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
  const [server, clients] = cores;
  return server === undefined || clients === undefined ? undefined : { server, clients };
}

/** @returns the command, pinned if there is a core for it */
export function pinned(core: number | undefined, command: readonly string[]): string[] {
  return core === undefined ? [...command] : ["taskset", "-c", String(core), ...command];
}

/** One server in a process of its own on free ports of 127.0.0.1, to be measured. */
export class MeasuredServer implements AsyncDisposable {
  readonly access: LoadServer;
  readonly #folder: string;
  readonly #process: Bun.Subprocess;

  private constructor(access: LoadServer, folder: string, child: Bun.Subprocess) {
    this.access = access;
    this.#folder = folder;
    this.#process = child;
  }

  /**
   * @param command of any compatible server, with `{config}` where the path of its configuration
   *   goes; the shell that reads it is replaced by the server
   * @param mediaIp where clients find its media, besides the loopback addresses
   */
  static async start(
    command: string,
    core: number | undefined,
    mediaIp = "127.0.0.1",
  ): Promise<MeasuredServer> {
    const folder = mkdtempSync(join(tmpdir(), "parley-load-"));
    const configPath = join(folder, "config.yaml");
    const port = await freePort();
    const config = {
      port,
      bind_addresses: [...new Set(["127.0.0.1", mediaIp])],
      keys: { [KEY]: SECRET },
      rtc: {
        udp_port: await freePort(),
        tcp_port: await freePort(),
        node_ip: mediaIp,
        use_external_ip: false,
        enable_loopback_candidate: true,
        ips: { includes: [`${mediaIp}/${mediaIp.startsWith("127.") ? 8 : 32}`] },
        // Nothing listens there: nobody is asked for our public address.
        stun_servers: ["127.0.0.1:9"],
      },
    };
    writeFileSync(configPath, stringify(config), { mode: 0o600 });
    const log = Bun.file(join(folder, "server.log"));
    const shell = ["sh", "-c", `exec ${command.replaceAll("{config}", configPath)}`];
    const child = Bun.spawn(pinned(core, shell), { stdio: ["ignore", log, log] });
    const access = { url: `ws://127.0.0.1:${port}`, key: KEY, secret: SECRET };
    const server = new MeasuredServer(access, folder, child);
    try {
      await until(() => server.#answers(port), { what: "the server to answer" });
      return server;
    } catch (error) {
      const tail = server.logTail();
      await server.stop();
      throw new Error(`Cannot start ${command}; its last lines:\n${tail}`, { cause: error });
    }
  }

  get pid(): number {
    return this.#process.pid;
  }

  logTail(): string {
    const text = readFileSync(join(this.#folder, "server.log"), "utf8");
    return text.trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
  }

  async stop(): Promise<void> {
    const killer = setTimeout(() => this.#process.kill("SIGKILL"), STOP_MS);
    if (this.#process.exitCode === null) this.#process.kill("SIGTERM");
    await this.#process.exited;
    clearTimeout(killer);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #answers(port: number): Promise<boolean> {
    if (this.#process.exitCode !== null) {
      throw new Error(`The server ended with code ${this.#process.exitCode}`);
    }
    try {
      return (await fetch(`http://127.0.0.1:${port}`)).ok;
    } catch {
      return false; // not listening yet
    }
  }
}
