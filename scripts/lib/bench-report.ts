import { readFileSync } from "node:fs";
import { availableParallelism, release } from "node:os";
import type { LoadResult } from "../../test/load/run-scenario.ts";

/** The runs of one server under one load. */
export type BenchSeries = { readonly server: string; readonly runs: readonly LoadResult[] };

type Row = {
  readonly title: string;
  readonly unit: string;
  readonly of: (result: LoadResult) => number;
  readonly digits: number;
  /** Ratios are printed for what costs; of a packet rate they would say nothing. */
  readonly isCost: boolean;
};

const ROWS: readonly Row[] = [
  {
    title: "server CPU per packet",
    unit: "us",
    of: (r) => r.cpuUsPerPacket,
    digits: 2,
    isCost: true,
  },
  { title: "packets arrived", unit: "/s", of: (r) => r.packetsPerSecond, digits: 0, isCost: false },
  {
    title: "packets sent to server",
    unit: "/s",
    of: (r) => r.packetsInPerSecond,
    digits: 0,
    isCost: false,
  },
  { title: "lost", unit: "%", of: (r) => r.lossPercent, digits: 3, isCost: false },
  { title: "latency p50", unit: "ms", of: (r) => r.latency.p50Ms, digits: 2, isCost: true },
  { title: "latency p99", unit: "ms", of: (r) => r.latency.p99Ms, digits: 2, isCost: true },
  { title: "latency max", unit: "ms", of: (r) => r.latency.maxMs, digits: 1, isCost: true },
  { title: "server CPU per join", unit: "ms", of: (r) => r.cpuMsPerJoin, digits: 1, isCost: true },
  { title: "server RSS", unit: "MB", of: (r) => r.rssBytes / 1e6, digits: 0, isCost: true },
  { title: "server CPU", unit: "%", of: (r) => r.cpuPercent, digits: 1, isCost: false },
  {
    title: "load generator CPU",
    unit: "%",
    of: (r) => r.generatorPercent,
    digits: 1,
    isCost: false,
  },
];

/** In the middle of the sorted values; of two middle ones the lower. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN;
}

function spread(values: readonly number[], digits: number): string {
  const middle = median(values).toFixed(digits);
  if (values.length === 1) return middle;
  return `${middle} (${Math.min(...values).toFixed(digits)}-${Math.max(...values).toFixed(digits)})`;
}

/** A table: median and spread of each figure for each server; with two, the second by the first. */
export function reportSeries(series: readonly BenchSeries[]): string {
  const [first, second] = series;
  const head = ["", ...series.map(({ server }) => server)];
  if (second !== undefined) head.push("ratio");
  const rows = ROWS.map(({ title, unit, of, digits, isCost }) => {
    const cells = series.map(({ runs }) => spread(runs.map(of), digits));
    const row = [`${title}, ${unit}`, ...cells];
    if (first !== undefined && second !== undefined) {
      const ratio = median(second.runs.map(of)) / median(first.runs.map(of));
      row.push(isCost && Number.isFinite(ratio) ? ratio.toFixed(2) : "");
    }
    return row;
  });
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 2),
        )
        .join("")
        .trimEnd(),
    )
    .join("\n");
}

export type Machine = {
  readonly processor: string;
  readonly cores: number;
  readonly kernel: string;
  readonly bun: string;
};

export function describeMachine(): Machine {
  let processor: string = process.arch;
  try {
    processor =
      /^model name\s*:\s*(.+)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? processor;
  } catch {
    // no such file here: the architecture has to do
  }
  return { processor, cores: availableParallelism(), kernel: release(), bun: Bun.version };
}
