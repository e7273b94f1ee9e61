import { readdirSync, readFileSync } from "node:fs";

/** Of `/proc/<pid>/stat`: `sysconf(_SC_CLK_TCK)` is 100 on every Linux that matters. */
const TICKS_PER_SECOND = 100;

export type ProcessUsage = {
  /** User and system time of all threads since the process began, microseconds. */
  readonly cpuUs: number;
  readonly rssBytes: number;
};

/**
 * What a process has used so far, by Linux's `/proc`: scheduler statistics of each thread, which
 * count nanoseconds, or the process's ticks of 10 ms where the kernel keeps no such statistics.
 * Threads that have ended are missing from the former; a server's threads live as long as it.
 */
export function readProcessUsage(pid: number): ProcessUsage {
  return { cpuUs: readThreadsUs(pid) ?? readTicksUs(pid), rssBytes: readRssBytes(pid) };
}

function readThreadsUs(pid: number): number | undefined {
  let sumUs = 0;
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const text = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8");
      sumUs += Number(text.split(" ")[0]) / 1000;
    }
  } catch {
    return undefined;
  }
  return sumUs > 0 ? sumUs : undefined;
}

function readTicksUs(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // After the name, which is in brackets and may hold anything: state is the first field.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1e6) / TICKS_PER_SECOND;
}

function readRssBytes(pid: number): number {
  const text = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
}
