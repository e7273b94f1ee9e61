import { readdirSync, readFileSync } from "node:fs";

/** Of `/proc/<pid>/stat`: `sysconf(_SC_CLK_TCK)` is 100 on every Linux that matters. */
const TICKS_PER_SECOND = 100;

export type ProcessUsage = {
  /** User and system time of all threads since the process began, microseconds. */
  readonly cpuUs: number;
  readonly rssBytes: number;
};

/**
 * What a process has used so far, by Linux's `/proc`, in steps of 10 ms. The scheduler's statistics
 * of each thread are finer, and wrong in sum: collectors and compilers come and go, and take theirs
 * along.
 */
export function readProcessUsage(pid: number): ProcessUsage {
  return { cpuUs: readTicksUs(pid), rssBytes: readRssBytes(pid) };
}

/** CPU of a process by what its threads do, microseconds since they began. */
export type ThreadUsage = {
  /** The first thread: HTTP, WebSocket, rooms, participants. */
  readonly mainUs: number;
  /** Media threads: ICE, DTLS, SRTP, SCTP. */
  readonly workerUs: number;
  /** The rest of the process: compilers, collectors, allocator. They come and go, and serve both. */
  readonly helperUs: number;
};

/** @returns undefined where the process is none of ours: its threads say nothing then */
export function readThreadUsage(pid: number): ThreadUsage | undefined {
  let mainUs = 0;
  let workerUs = 0;
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const folder = `/proc/${pid}/task/${thread}`;
      const isMain = thread === String(pid);
      if (!isMain && readFileSync(`${folder}/comm`, "utf8").trim() !== "Worker") continue;
      const us = Number(readFileSync(`${folder}/schedstat`, "utf8").split(" ")[0]) / 1000;
      if (isMain) mainUs += us;
      else workerUs += us;
    }
  } catch {
    return undefined;
  }
  if (workerUs === 0) return undefined;
  return { mainUs, workerUs, helperUs: Math.max(0, readTicksUs(pid) - mainUs - workerUs) };
}

/** CPU of all threads, those that have ended too, microseconds in steps of 10 ms. */
export function readTicksUs(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // After the name, which is in brackets and may hold anything: state is the first field.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1e6) / TICKS_PER_SECOND;
}

/** CPU of a process and of all that it started, directly or not, and that still run; microseconds. */
export function readTreeCpuUs(pid: number): number {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [Number(name)]);
      else siblings.push(Number(name));
    } catch {
      // it has just ended
    }
  }
  let sumUs = 0;
  for (const left = [pid]; left.length > 0; ) {
    const next = left.pop()!;
    try {
      sumUs += readTicksUs(next);
    } catch {
      continue;
    }
    left.push(...(children.get(next) ?? []));
  }
  return sumUs;
}

function readRssBytes(pid: number): number {
  const text = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
}
