/**
 * A call with sound beside a flood of small packets to the same UDP port: `bun test/load/run-flood.ts
 * --url ws://127.0.0.1:7880 --key K --secret S --pid PID [--callers N] [--flood N] [--seconds N]`. The
 * delay of the sound is measured without the flood, and with it. Prints one line of JSON.
 */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { parseArgs } from "node:util";
import type { LatencySummary } from "../../src/loadtest/latency-histogram.ts";
import type { LoadServer } from "../../src/loadtest/load-client.ts";
import { required, SERVER_OPTIONS, serverOf } from "./arguments.ts";
import { LoopbackProbe } from "./loopback-probe.ts";
import { readTicksUs } from "./process-usage.ts";
import { startLoad } from "./start-load.ts";

const SETTLE_MS = 3_000;
const STREAMS_LIMIT_MS = 20_000;
const UDP_TABLE_HEAD_LINES = 1;

export type FloodResult = {
  readonly callers: number;
  readonly floodPerSecond: number;
  readonly quiet: LatencySummary;
  readonly flooded: LatencySummary;
  /** Of datagrams from the generator to itself beside the flood: its own and the system's part of it. */
  readonly ownLatency: LatencySummary;
  /** Of the sound, beside the flood. */
  readonly lossPercent: number;
  /** Of the server process. */
  readonly quietPercent: number;
  readonly floodedPercent: number;
  readonly generatorPercent: number;
};

export async function runFlood(
  server: LoadServer,
  pid: number,
  { callers, perSecond, seconds }: { callers: number; perSecond: number; seconds: number },
): Promise<FloodResult> {
  using run = startLoad(server);
  using probe = await LoopbackProbe.start();
  const clients = await run.join(
    Array.from({ length: callers }, (_, i) => ({
      room: "flood",
      identity: `caller-${i}`,
      autoSubscribe: true,
    })),
  );
  await run.publish(clients, { audio: true, video: "none" });
  const isComplete = () => run.sums().audioStreams === callers * (callers - 1);
  if (!(await run.waitFor(isComplete, STREAMS_LIMIT_MS))) throw new Error("Sounds are missing");
  await Bun.sleep(SETTLE_MS);
  const measure = async () => {
    run.latency.clear();
    probe.clear();
    const before = { ...run.sums(), cpuUs: readTicksUs(pid), own: process.cpuUsage() };
    const startMs = performance.now();
    await Bun.sleep(seconds * 1_000);
    const elapsedMs = performance.now() - startMs;
    run.check();
    const after = run.sums();
    const expected = after.expected - before.expected;
    const { user, system } = process.cpuUsage(before.own);
    return {
      latency: run.latency.summary(),
      ownLatency: probe.summary(),
      lossPercent: (100 * (expected - (after.packets - before.packets))) / Math.max(expected, 1),
      percent: (readTicksUs(pid) - before.cpuUs) / 10 / elapsedMs,
      own: (user + system) / 10 / elapsedMs,
    };
  };
  const quiet = await measure();
  const sources = mediaPortsOf(pid).map((port) => {
    const source = new Worker(new URL("./flood-source.ts", import.meta.url));
    source.postMessage({ port, perSecond });
    return source;
  });
  await Bun.sleep(SETTLE_MS);
  const flooded = await measure();
  for (const source of sources) source.terminate();
  return {
    callers,
    floodPerSecond: perSecond * sources.length,
    quiet: quiet.latency,
    flooded: flooded.latency,
    ownLatency: flooded.ownLatency,
    lossPercent: Math.max(flooded.lossPercent, 0),
    quietPercent: quiet.percent,
    floodedPercent: flooded.percent,
    generatorPercent: flooded.own,
  };
}

/** UDP ports that the process has open, by Linux's `/proc`. */
function mediaPortsOf(pid: number): number[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return []; // closed meanwhile
      }
    }),
  );
  const lines = ["udp", "udp6"].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, "utf8")
      .trim()
      .split("\n")
      .slice(UDP_TABLE_HEAD_LINES),
  );
  const ports = lines.flatMap((line) => {
    const [, local = "", , , , , , , , inode = ""] = line.trim().split(/\s+/);
    return inodes.has(inode) ? [Number.parseInt(local.split(":").at(-1)!, 16)] : [];
  });
  return [...new Set(ports)];
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      ...SERVER_OPTIONS,
      pid: { type: "string" },
      callers: { type: "string", default: "10" },
      flood: { type: "string", default: "50000" },
      seconds: { type: "string", default: "10" },
    },
  });
  const result = await runFlood(serverOf(values), Number(required(values.pid, "pid")), {
    callers: Number(values.callers),
    perSecond: Number(values.flood),
    seconds: Number(values.seconds),
  });
  console.log(JSON.stringify(result));
  process.exit(0);
}
