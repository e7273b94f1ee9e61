/**
 * One reliable byte stream from one client to another, as fast as it goes: `bun
 * test/load/run-data-bulk.ts --url ws://127.0.0.1:7880 --key K --secret S --pid PID [--clients
 * own|native|browser] [--seconds N] [--megabytes N]`. Prints one line of JSON.
 */
import { parseArgs } from "node:util";
import type { LoadServer } from "../../src/loadtest/load-client.ts";
import { required, SERVER_OPTIONS, serverOf } from "./arguments.ts";
import { type BulkEnd, BulkProcess, type BulkReport, type BulkRole } from "./bulk-protocol.ts";
import { readProcessUsage, readTreeCpuUs } from "./process-usage.ts";

const ROOM = "data-bulk";
const IDLE_MS = 1_000;
/** Windows are open and hot code is compiled by then. */
const WARM_UP_MS = 5_000;
const LOOK_MS = 100;
/** Nothing has come for so long: nothing will. */
const QUIET_MS = 5_000;
/** What a server holds back for longer counts as not delivered. */
const END_LIMIT_MS = 15_000;
const SETTLE_MS = 3_000;
const RUN_LIMIT_MS = 600_000;

/** Who is at the ends: load clients of ours, @livekit/rtc-node, or livekit-client in Chromium. */
export type BulkClients = "own" | "native" | "browser";

export type BulkWish = {
  readonly clients: BulkClients;
  readonly seconds: number;
  /** Ends the measurement instead of `seconds`; 0 for none. */
  readonly megabytes: number;
  /** Of the sender; undefined is as fast as it goes. */
  readonly bytesPerSecond?: number;
};

export type BulkResult = {
  readonly clients: BulkClients;
  readonly seconds: number;
  readonly megabytes: number;
  readonly megabytesPerSecond: number;
  readonly cpuPercent: number;
  readonly cpuUsPerMegabyte: number;
  /** What a whole core of the server would carry by that; the clients are not in it. */
  readonly megabytesPerSecondPerCore: number;
  /** All client processes together, of one core. */
  readonly generatorPercent: number;
  readonly lostChunks: number;
  readonly duplicates: number;
  readonly disordered: number;
  readonly corrupt: number;
  /** 1 when the stream's end has arrived. */
  readonly ended: number;
  readonly rssBeforeBytes: number;
  /** At the beginning of the measurement, after the warm-up. */
  readonly rssWarmBytes: number;
  readonly rssMaxBytes: number;
  /** Some seconds after the end. */
  readonly rssAfterBytes: number;
};

export async function openBulkEnd(
  server: LoadServer,
  clients: BulkClients,
  role: BulkRole,
  prefix: readonly string[] = [],
): Promise<BulkEnd> {
  const { url, key, secret, clientAddress = "127.0.0.1" } = server;
  const script = { own: "bulk-client", native: "bulk-native", browser: "bulk-browser" }[clients];
  return await BulkProcess.start([
    ...prefix,
    ...[process.execPath, `test/load/${script}.ts`, "--url", url, "--key", key, "--secret", secret],
    ...["--room", ROOM, "--role", role, "--address", clientAddress],
  ]);
}

export async function runBulk(
  server: LoadServer,
  pid: number,
  wish: BulkWish,
): Promise<BulkResult> {
  const receiver = await openBulkEnd(server, wish.clients, "receiver");
  const sender = await openBulkEnd(server, wish.clients, "sender");
  await Bun.sleep(IDLE_MS);
  const result = await transfer(sender, receiver, pid, wish);
  await Promise.all([sender.close(), receiver.close()]);
  return result;
}

/** Measures one stream between two ends that are ready. */
export async function transfer(
  sender: BulkEnd,
  receiver: BulkEnd,
  pid: number,
  { clients, seconds, megabytes, bytesPerSecond }: BulkWish,
): Promise<BulkResult> {
  const rssBeforeBytes = readProcessUsage(pid).rssBytes;
  let rssMaxBytes = rssBeforeBytes;
  const look = setInterval(() => {
    rssMaxBytes = Math.max(rssMaxBytes, readProcessUsage(pid).rssBytes);
  }, LOOK_MS);
  await sender.order({ kind: "start", ...(bytesPerSecond ? { bytesPerSecond } : {}) });
  await Bun.sleep(WARM_UP_MS);
  const before = { ...readProcessUsage(pid), ...(await receiver.report()) };
  const treeBefore = readTreeCpuUs(process.pid);
  const startMs = performance.now();
  let elapsedMs = 0;
  let after = before;
  const isEnough = (): boolean =>
    megabytes > 0
      ? after.bytes - before.bytes >= megabytes * 1e6 || elapsedMs > RUN_LIMIT_MS
      : elapsedMs >= seconds * 1000;
  while (!isEnough()) {
    const leftMs = megabytes > 0 ? LOOK_MS : seconds * 1000 - elapsedMs;
    await Bun.sleep(Math.max(leftMs, 1));
    const report = await receiver.report();
    after = { ...readProcessUsage(pid), ...report };
    elapsedMs = performance.now() - startMs;
  }
  const treeUs = readTreeCpuUs(process.pid) - treeBefore;
  await sender.order({ kind: "stop" });
  const end = await untilQuiet(receiver);
  const sent = await sender.report();
  await Bun.sleep(SETTLE_MS);
  clearInterval(look);

  const transferred = (after.bytes - before.bytes) / 1e6;
  const cpuUs = after.cpuUs - before.cpuUs;
  const megabytesPerSecond = (transferred * 1000) / elapsedMs;
  return {
    clients,
    seconds: elapsedMs / 1000,
    megabytes: transferred,
    megabytesPerSecond,
    cpuPercent: cpuUs / 10 / elapsedMs,
    cpuUsPerMegabyte: cpuUs / transferred,
    megabytesPerSecondPerCore: (transferred * 1e6) / cpuUs,
    generatorPercent: treeUs / 10 / elapsedMs,
    lostChunks: sent.chunks - end.chunks,
    duplicates: end.duplicates,
    disordered: end.disordered,
    corrupt: end.corrupt,
    ended: end.isEnded ? 1 : 0,
    rssBeforeBytes,
    rssWarmBytes: before.rssBytes,
    rssMaxBytes,
    rssAfterBytes: readProcessUsage(pid).rssBytes,
  };
}

/** @returns the receiver's report once the stream has ended, or nothing comes any more */
async function untilQuiet(receiver: BulkEnd): Promise<BulkReport> {
  let report = await receiver.report();
  const startMs = performance.now();
  let changedMs = startMs;
  while (
    !report.isEnded &&
    performance.now() - changedMs < QUIET_MS &&
    performance.now() - startMs < END_LIMIT_MS
  ) {
    await Bun.sleep(LOOK_MS);
    const next = await receiver.report();
    if (next.chunks > report.chunks) changedMs = performance.now();
    report = next;
  }
  return report;
}

export function bulkClients(value: string): BulkClients {
  if (value === "own" || value === "native" || value === "browser") return value;
  throw new Error(`--clients is own, native or browser, not ${value}`);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      ...SERVER_OPTIONS,
      pid: { type: "string" },
      clients: { type: "string", default: "own" },
      seconds: { type: "string", default: "10" },
      megabytes: { type: "string", default: "0" },
    },
  });
  const result = await runBulk(serverOf(values), Number(required(values.pid, "pid")), {
    clients: bulkClients(values.clients),
    seconds: Number(values.seconds),
    megabytes: Number(values.megabytes),
  });
  console.log(JSON.stringify(result));
  process.exit(0);
}
