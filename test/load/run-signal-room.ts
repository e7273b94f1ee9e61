/**
 * One large room of clients that have a signal connection and nothing else: `bun
 * test/load/run-signal-room.ts --url ws://127.0.0.1:7880 --key K --secret S --pid PID
 * [--participants N] [--changes N]`. All join as fast as they can, then one changes its metadata a few
 * times. Prints one line of JSON.
 */
import { parseArgs } from "node:util";
import { joinToken } from "../../src/loadtest/access-token.ts";
import type { LoadServer } from "../../src/loadtest/load-client.ts";
import { type SampleSummary, summarize } from "../../src/loadtest/sample.ts";
import { SignalConnection } from "../../src/loadtest/signal-connection.ts";
import { required, SERVER_OPTIONS, serverOf } from "./arguments.ts";
import { type KindTally, MessageTally } from "./message-tally.ts";
import { readProcessUsage, readThreadUsage, readTicksUs } from "./process-usage.ts";

/** Sockets that open at a time. */
const PARALLEL = 16;
/** Joins before the measured ones: what a server sets up once is none of a participant's memory. */
const WARM_UP = 100;
/** Memory that did not fall for so long has settled; collectors take their time when idle. */
const SETTLE_QUIET_MS = 3_000;
/** Below the 60 s after which participants without media are removed. */
const SETTLE_LIMIT_MS = 15_000;
const SETTLE_LOOK_MS = 250;
const SETTLE_BYTES = 256 * 1024;
/** Until participant updates (3 s) and counts (5 s) of the last joins are told. */
const STORM_END_MS = 5_500;
const CHANGE_LIMIT_MS = 10_000;

export type SignalRoomResult = {
  readonly participants: number;
  /** From the first socket to the last answer to joining. */
  readonly stormSeconds: number;
  /** From opening the socket to the answer to joining, ms. */
  readonly answer: SampleSummary;
  /** What the server sent from the first join until all that joins bring about was told. */
  readonly messages: number;
  readonly bytes: number;
  readonly kinds: readonly ({ readonly kind: string } & KindTally)[];
  readonly cpuMsPerJoin: number;
  readonly controlMsPerJoin: number;
  /** Resident memory more than before, each participant's share, bytes. */
  readonly rssBytesPerParticipant: number;
  /** From sending a change to its arrival at the last of all, ms. */
  readonly change: SampleSummary;
  readonly generatorPercent: number;
};

export async function runSignalRoom(
  server: LoadServer,
  pid: number,
  participants: number,
  changes: number,
): Promise<SignalRoomResult> {
  const warm = await joinAll(server, "warm-up", WARM_UP, new MessageTally());
  for (const { connection } of warm) void connection.close();
  const idleBytes = await settledBytes(pid);

  const own = process.cpuUsage();
  const startMs = performance.now();
  const before = { cpuUs: readTicksUs(pid), threads: readThreadUsage(pid) };
  const tally = new MessageTally();
  const clients = await joinAll(server, "signal-room", participants, tally);
  const stormSeconds = (performance.now() - startMs) / 1000;
  await Bun.sleep(STORM_END_MS);
  const after = { cpuUs: readTicksUs(pid), threads: readThreadUsage(pid) };
  const { count: messages, bytes } = tally;
  const kinds = tally.report();
  const changeMs: number[] = [];
  for (let i = 0; i < changes; i++) changeMs.push(await changeOnce(clients, `change-${i}`));
  const generator = process.cpuUsage(own);
  const elapsedMs = performance.now() - startMs;
  const fullBytes = await settledBytes(pid);
  for (const { connection, failure } of clients) {
    if (failure !== undefined) throw new Error(`A client failed: ${failure}`);
    void connection.close();
  }
  return {
    participants,
    stormSeconds,
    answer: summarize(clients.map(({ answerMs }) => answerMs)),
    messages,
    bytes,
    kinds,
    cpuMsPerJoin: (after.cpuUs - before.cpuUs) / 1000 / participants,
    controlMsPerJoin:
      ((after.threads?.mainUs ?? Number.NaN) - (before.threads?.mainUs ?? Number.NaN)) /
      1000 /
      participants,
    rssBytesPerParticipant: (fullBytes - idleBytes) / participants,
    change: summarize(changeMs),
    generatorPercent: (generator.user + generator.system) / 10 / elapsedMs,
  };
}

type SignalClient = {
  readonly connection: SignalConnection;
  readonly answerMs: number;
  onMetadata: (metadata: string) => void;
  failure: string | undefined;
};

async function joinAll(
  server: LoadServer,
  room: string,
  count: number,
  tally: MessageTally,
): Promise<SignalClient[]> {
  const identities = Array.from({ length: count }, (_, i) => `participant-${i}`);
  const tokens = await Promise.all(identities.map((identity) => joinToken(server, room, identity)));
  const clients: SignalClient[] = [];
  const worker = async (): Promise<void> => {
    for (let token = tokens.pop(); token !== undefined; token = tokens.pop()) {
      const startMs = performance.now();
      const connection = new SignalConnection(server.url, token, true);
      connection.onFrame = (message, byteCount) => tally.add(message, byteCount);
      await connection.joined();
      const client: SignalClient = {
        connection,
        answerMs: performance.now() - startMs,
        onMetadata: () => {},
        failure: undefined,
      };
      connection.onClosed = (reason) => {
        client.failure ??= reason;
      };
      connection.start(({ update }) => {
        for (const { metadata } of update?.participants ?? []) {
          if (metadata) client.onMetadata(metadata);
        }
      });
      clients.push(client);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return clients;
}

/** One changes its metadata. @returns ms until all have been told */
async function changeOnce(clients: readonly SignalClient[], wanted: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => reject(new Error("A change of metadata did not reach all")),
    CHANGE_LIMIT_MS,
  );
  let missing = clients.length;
  for (const client of clients) {
    client.onMetadata = (metadata) => {
      if (metadata !== wanted) return;
      client.onMetadata = () => {};
      missing -= 1;
      if (missing === 0) resolve();
    };
  }
  const startMs = performance.now();
  clients[0]?.connection.send({ updateMetadata: { metadata: wanted, requestId: 1 } });
  await promise;
  clearTimeout(timer);
  return performance.now() - startMs;
}

/** @returns resident memory once it falls no more */
async function settledBytes(pid: number): Promise<number> {
  const endMs = performance.now() + SETTLE_LIMIT_MS;
  let lowest = Number.POSITIVE_INFINITY;
  let lowestMs = performance.now();
  while (performance.now() < endMs && performance.now() - lowestMs < SETTLE_QUIET_MS) {
    await Bun.sleep(SETTLE_LOOK_MS);
    const { rssBytes } = readProcessUsage(pid);
    if (rssBytes < lowest - SETTLE_BYTES) lowestMs = performance.now();
    lowest = Math.min(lowest, rssBytes);
  }
  return lowest;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      ...SERVER_OPTIONS,
      pid: { type: "string" },
      participants: { type: "string", default: "1000" },
      changes: { type: "string", default: "10" },
    },
  });
  const result = await runSignalRoom(
    serverOf(values),
    Number(required(values.pid, "pid")),
    Number(values.participants),
    Number(values.changes),
  );
  console.log(JSON.stringify(result));
  process.exit(0);
}
