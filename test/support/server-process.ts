import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessToken, RoomServiceClient, type VideoGrant } from "livekit-server-sdk";
import { stringify } from "yaml";
import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

/** The compiled binary; another compatible server can stand in, to try the tests themselves. */
const BINARY = process.env["PARLEY_BINARY"] ?? "dist/parley";

export const API_KEY = "test-key";
export const API_SECRET = "a secret for tests that is long enough";
const STOP_MS = 15_000;
const TAIL_LINES = 20;

type Settings = Readonly<Record<string, unknown>>;

export interface ServerOptions {
  /** Added to the configuration; sections are merged. */
  readonly config?: Readonly<Record<string, Settings>>;
  readonly args?: readonly string[];
  /** Instead of the test's own. */
  readonly keys?: Settings;
  /** Instead of a free one. */
  readonly httpPort?: number;
  /** Instead of the one under test. */
  readonly binary?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** One server in a process of its own, on free ports of 127.0.0.1. */
export class ServerProcess implements AsyncDisposable {
  readonly httpPort: number;
  readonly httpUrl: string;
  readonly wsUrl: string;
  readonly #folder: string;
  readonly #process: Bun.Subprocess;

  private constructor(httpPort: number, folder: string, child: Bun.Subprocess) {
    this.httpPort = httpPort;
    this.httpUrl = `http://127.0.0.1:${httpPort}`;
    this.wsUrl = `ws://127.0.0.1:${httpPort}`;
    this.#folder = folder;
    this.#process = child;
  }

  /** Starts a process and does not wait for more. */
  static async spawn(options: ServerOptions = {}): Promise<ServerProcess> {
    const httpPort = options.httpPort ?? (await freePort());
    const folder = mkdtempSync(join(tmpdir(), "parley-test-"));
    const configPath = join(folder, "config.yaml");
    const settings = {
      ...(await readSettings(httpPort, options.config ?? {})),
      ...(options.keys === undefined ? {} : { keys: options.keys }),
    };
    writeFileSync(configPath, stringify(settings), { mode: 0o600 });
    const log = Bun.file(join(folder, "server.log"));
    const command = [options.binary ?? BINARY, "--config", configPath, ...(options.args ?? [])];
    const env = { ...process.env, ...options.env };
    const child = Bun.spawn(command, { stdio: ["ignore", log, log], env });
    return new ServerProcess(httpPort, folder, child);
  }

  /** Starts a process and waits until it answers. */
  static async start(options: ServerOptions = {}): Promise<ServerProcess> {
    const server = await ServerProcess.spawn(options);
    try {
      await until(() => server.#answers(), { what: "the server to answer" });
      return server;
    } catch (error) {
      const log = server.logTail();
      await server.stop();
      throw new Error(`The server did not start; its last lines:\n${log}`, { cause: error });
    }
  }

  /** The process's id. */
  get pid(): number {
    return this.#process.pid;
  }

  /** What the server printed, whole. */
  get log(): string {
    return readFileSync(join(this.#folder, "server.log"), "utf8");
  }

  logTail(): string {
    return this.log.trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
  }

  get rooms(): RoomServiceClient {
    return new RoomServiceClient(this.httpUrl, API_KEY, API_SECRET);
  }

  /** A token to join a room, with everything allowed that the grant does not forbid. */
  token(room: string, identity: string, grant: VideoGrant = {}, metadata = ""): Promise<string> {
    const name = `${identity}'s name`;
    const token = new AccessToken(API_KEY, API_SECRET, { identity, name, metadata });
    token.addGrant({ roomJoin: true, room, ...grant });
    return token.toJwt();
  }

  /** @returns the exit code, once the process has ended by itself */
  async exitCode(): Promise<number | null> {
    await until(() => this.#process.exitCode !== null, { what: "the server to end" });
    return this.#process.exitCode;
  }

  /** Ends the process as an operator would. @returns its exit code; null if it had to be killed */
  async stop(signal: "SIGTERM" | "SIGINT" = "SIGTERM"): Promise<number | null> {
    const killer = setTimeout(() => this.#process.kill("SIGKILL"), STOP_MS);
    if (this.#process.exitCode === null) this.#process.kill(signal);
    await this.#process.exited;
    clearTimeout(killer);
    rmSync(this.#folder, { recursive: true, force: true });
    return this.#process.exitCode;
  }

  /** Ends the process as a failure would: it learns nothing of it. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#process.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #answers(): Promise<boolean> {
    if (this.#process.exitCode !== null) {
      throw new Error(`The server ended with code ${this.#process.exitCode}`);
    }
    try {
      return (await fetch(this.httpUrl)).ok;
    } catch {
      return false; // not listening yet
    }
  }
}

async function readSettings(
  httpPort: number,
  more: Readonly<Record<string, Settings>>,
): Promise<Settings> {
  return {
    port: httpPort,
    bind_addresses: ["127.0.0.1"],
    keys: { [API_KEY]: API_SECRET },
    ...more,
    rtc: {
      udp_port: await freePort(),
      tcp_port: await freePort(),
      node_ip: "127.0.0.1",
      use_external_ip: false,
      enable_loopback_candidate: true,
      ips: { includes: ["127.0.0.0/8"] },
      // Nothing listens there: without it clients would ask STUN servers of the internet.
      stun_servers: ["127.0.0.1:9"],
      ...more["rtc"],
    },
  };
}
