import { readdirSync, readFileSync } from "node:fs";
import type { ProcessSample } from "../telemetry/metrics/process-metrics.ts";

/** Packets of all network interfaces but the loopback. */
export type SystemPackets = { readonly out: number; readonly dropped: number };

/** Fields of a line of /proc/net/dev after the name (proc(5)). */
const Column = { receivedBytes: 0, sentBytes: 8, sentPackets: 9, sentDropped: 11 } as const;
const KIBIBYTE = 1024;
const MICROSECONDS = 1e6;
const MICROSECONDS_PER_MS = 1e3;

/** What the system says of this process; outside of Linux just CPU and resident memory. */
export function sampleProcess(): ProcessSample {
  const cpu = process.cpuUsage();
  const network = networkColumns();
  const sumOf = (column: number) =>
    network?.reduce((sum, columns) => sum + (columns[column] ?? 0), 0);
  return {
    cpuSeconds: (cpu.user + cpu.system) / MICROSECONDS,
    residentBytes: process.memoryUsage.rss(),
    virtualBytes: virtualBytes(),
    virtualBytesMax: limitOf("Max address space"),
    openFiles: countOf("/proc/self/fd"),
    openFilesMax: limitOf("Max open files"),
    receivedBytes: sumOf(Column.receivedBytes),
    sentBytes: sumOf(Column.sentBytes),
    startedAt: Date.now() / 1000 - process.uptime(),
  };
}

/** CPU time of the calling thread since it started, ms. */
export function threadWorkedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / MICROSECONDS_PER_MS;
}

/** Since the machine started; zeros where the system does not tell. */
export function sampleSystemPackets(): SystemPackets {
  let out = 0;
  let dropped = 0;
  for (const columns of networkColumns() ?? []) {
    out += columns[Column.sentPackets] ?? 0;
    dropped += columns[Column.sentDropped] ?? 0;
  }
  return { out, dropped };
}

/** Of each interface but the loopback. */
function networkColumns(): number[][] | undefined {
  const lines = read("/proc/self/net/dev")?.split("\n");
  return lines
    ?.map((line) => line.split(":"))
    .filter(([name, columns]) => columns !== undefined && name?.trim() !== "lo")
    .map(([, columns]) => columns!.trim().split(/\s+/).map(Number));
}

function virtualBytes(): number | undefined {
  const status = read("/proc/self/status");
  const kibibytes = status?.match(/^VmSize:\s+(\d+)/m)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * KIBIBYTE;
}

/** The soft limit; without one the largest number, as other clients tell it. */
function limitOf(name: string): number | undefined {
  const limit = read("/proc/self/limits")?.match(new RegExp(`^${name}\\s+(\\S+)`, "m"))?.[1];
  if (limit === undefined) return undefined;
  return limit === "unlimited" ? 2 ** 64 : Number(limit);
}

function countOf(directory: string): number | undefined {
  try {
    return readdirSync(directory).length;
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
