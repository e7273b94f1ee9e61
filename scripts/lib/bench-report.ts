import { readFileSync } from "node:fs";
import { availableParallelism, release } from "node:os";
import type { ImpairmentResult } from "../../test/load/impairments.ts";
import type { FirstFrameResult } from "../../test/load/run-first-frame.ts";
import type { FloodResult } from "../../test/load/run-flood.ts";
import type { IdleResult } from "../../test/load/run-idle.ts";
import type { JoinResult } from "../../test/load/run-joins.ts";
import type { LoadResult } from "../../test/load/run-scenario.ts";
import type { SignalRoomResult } from "../../test/load/run-signal-room.ts";

/** The runs of one server under one load. */
export type BenchSeries<T> = { readonly server: string; readonly runs: readonly T[] };

export type Row<T> = {
  readonly title: string;
  readonly unit: string;
  readonly of: (result: T) => number;
  readonly digits: number;
  /** Ratios are printed for what costs; of a packet rate they would say nothing. */
  readonly isCost: boolean;
};

/** A row by its parts, in the order of a table's columns. */
export function row<T>(
  title: string,
  unit: string,
  digits: number,
  isCost: boolean,
  of: (result: T) => number,
): Row<T> {
  return { title, unit, of, digits, isCost };
}

/**
 * A bare datagram's delay is the generator's own part; what is above it is the server's, and at the
 * 99th percentile no less than that: its own stalls and the server's need not meet.
 */
export const MEDIA_ROWS: readonly Row<LoadResult>[] = [
  row("server CPU per packet", "us", 2, true, (r) => r.cpuUsPerPacket),
  row("packets arrived", "/s", 0, false, (r) => r.packetsPerSecond),
  row("packets sent to server", "/s", 0, false, (r) => r.packetsInPerSecond),
  row("lost", "%", 3, false, (r) => r.lossPercent),
  row("latency p50", "ms", 2, true, (r) => r.latency.p50Ms),
  row("latency p99", "ms", 2, true, (r) => r.latency.p99Ms),
  row("latency max", "ms", 1, true, (r) => r.latency.maxMs),
  row("latency added p50", "ms", 2, true, (r) => r.latency.p50Ms - r.ownLatency.p50Ms),
  row("latency added p99", "ms", 2, true, (r) => r.latency.p99Ms - r.ownLatency.p50Ms),
  row("- a bare datagram p50", "ms", 2, false, (r) => r.ownLatency.p50Ms),
  row("- a bare datagram p99", "ms", 2, false, (r) => r.ownLatency.p99Ms),
  row("- a bare datagram max", "ms", 1, false, (r) => r.ownLatency.maxMs),
  row("server CPU per join", "ms", 1, true, (r) => r.cpuMsPerJoin),
  row("server RSS", "MB", 0, true, (r) => r.rssBytes / 1e6),
  row("RSS per participant", "MB", 2, true, (r) => r.rssBytesPerParticipant / 1e6),
  row("participants", "", 0, false, (r) => r.clients),
  row("server CPU", "%", 1, false, (r) => r.cpuPercent),
  row("load generator CPU", "%", 1, false, (r) => r.generatorPercent),
];

export const IDLE_ROWS: readonly Row<IdleResult>[] = [
  row("server CPU per participant", "ms/s", 3, true, (r) => r.cpuMsPerSecond),
  row("server CPU with all of them", "%", 2, true, (r) => r.fullPercent),
  row("server CPU without anybody", "%", 2, true, (r) => r.emptyPercent),
  row("RSS per participant", "MB", 2, true, (r) => r.rssBytesPerParticipant / 1e6),
  row("participants", "", 0, false, (r) => r.participants),
  row("load generator CPU", "%", 1, false, (r) => r.generatorPercent),
];

export const FLOOD_ROWS: readonly Row<FloodResult>[] = [
  row("latency p99 beside the flood", "ms", 2, true, (r) => r.flooded.p99Ms),
  row("latency max beside the flood", "ms", 2, true, (r) => r.flooded.maxMs),
  row("latency p99 without it", "ms", 2, true, (r) => r.quiet.p99Ms),
  row("- a bare datagram p99", "ms", 2, false, (r) => r.ownLatency.p99Ms),
  row("loss of sound", "%", 3, true, (r) => r.lossPercent),
  row("server CPU beside the flood", "%", 1, true, (r) => r.floodedPercent),
  row("server CPU without it", "%", 1, true, (r) => r.quietPercent),
  row("flood, packets/s", "", 0, false, (r) => r.floodPerSecond),
  row("load generator CPU", "%", 1, false, (r) => r.generatorPercent),
];

export const JOIN_ROWS: readonly Row<JoinResult>[] = [
  row("control CPU per join", "ms", 2, true, (r) => r.last.controlMsPerJoin),
  row("transport CPU per join", "ms", 2, true, (r) => r.last.transportMsPerJoin),
  row("runtime's threads, per join", "ms", 2, true, (r) => r.last.helperMsPerJoin),
  row("server CPU per join", "ms", 2, true, (r) => r.last.cpuMsPerJoin),
  row("join response p50", "ms", 1, true, (r) => r.last.answer.p50),
  row("join response max", "ms", 1, true, (r) => r.last.answer.max),
  row("both connections up p50", "ms", 1, true, (r) => r.last.connected.p50),
  row("both connections up p99", "ms", 1, true, (r) => r.last.connected.p99),
  row("both connections up max", "ms", 1, true, (r) => r.last.connected.max),
  row("just started: control CPU", "ms", 2, true, (r) => r.first.controlMsPerJoin),
  row("just started: server CPU", "ms", 2, true, (r) => r.first.cpuMsPerJoin),
  row("just started: up max", "ms", 1, true, (r) => r.first.connected.max),
  row("idle with all in the room", "%", 1, true, (r) => r.last.idlePercent),
  row("server RSS", "MB", 0, true, (r) => r.rssBytes / 1e6),
  row("load generator CPU", "%", 1, false, (r) => r.generatorPercent),
];

export const FIRST_FRAME_ROWS: readonly Row<FirstFrameResult>[] = (
  [
    ["browser subscribes", (r) => r.browser],
    ["native client subscribes", (r) => r.native],
    ["browser joins", (r) => r.browserJoin],
    ["native client joins", (r) => r.nativeJoin],
  ] satisfies readonly (readonly [string, (r: FirstFrameResult) => FirstFrameResult["browser"]])[]
).flatMap(([title, of]) => [
  row(`${title}: track p50`, "ms", 0, true, (r) => of(r).subscribed.p50),
  row(`${title}: picture p50`, "ms", 0, true, (r) => of(r).picture.p50),
  row(`${title}: picture max`, "ms", 0, true, (r) => of(r).picture.max),
]);

function messagesOf(kind: string): (result: SignalRoomResult) => number {
  return (r) => (r.kinds.find((each) => each.kind === kind)?.count ?? 0) / r.participants;
}

export const SIGNAL_ROOM_ROWS: readonly Row<SignalRoomResult>[] = [
  row("RSS per participant", "KB", 1, true, (r) => r.rssBytesPerParticipant / 1000),
  row("change reaches all, p50", "ms", 1, true, (r) => r.change.p50),
  row("change reaches all, max", "ms", 1, true, (r) => r.change.max),
  row("join storm", "s", 2, true, (r) => r.stormSeconds),
  row("join response p50", "ms", 1, true, (r) => r.answer.p50),
  row("join response max", "ms", 1, true, (r) => r.answer.max),
  row("control CPU per join", "ms", 2, true, (r) => r.controlMsPerJoin),
  row("server CPU per join", "ms", 2, true, (r) => r.cpuMsPerJoin),
  row("messages per participant", "", 1, false, (r) => r.messages / r.participants),
  row("- participant updates", "", 2, false, messagesOf("update")),
  row("- room updates", "", 2, false, messagesOf("roomUpdate")),
  row("bytes per participant", "KB", 1, false, (r) => r.bytes / r.participants / 1000),
  row("load generator CPU", "%", 1, false, (r) => r.generatorPercent),
];

export const IMPAIRMENT_ROWS: readonly Row<ImpairmentResult>[] = [
  row("settled on a layer after", "ms", 0, true, (r) => r.settleMs),
  row("that layer", "lines", 0, false, (r) => r.heightInLimit),
  row("queue once settled, max", "ms", 0, true, (r) => r.queueMaxMs),
  row("queue, max", "ms", 0, true, (r) => r.queuePeakMs),
  row("highest layer back after", "ms", 0, true, (r) => r.recoverMs),
  row("freezes", "", 0, true, (r) => r.freezes),
  row("longest without a picture", "ms", 0, true, (r) => r.gapMaxMs),
  row("pictures", "/s", 1, false, (r) => r.framesPerSecond),
  row("packets that never came", "%", 3, true, (r) => r.lostPercent),
];

/** In the middle of the sorted values; of two middle ones the lower. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN;
}

/** "-" for what cannot be known of a server: JSON has no NaN, and it comes as null. */
function spread(values: readonly number[], digits: number): string {
  if (!values.every((value) => Number.isFinite(value))) return "-";
  const middle = median(values).toFixed(digits);
  if (values.length === 1) return middle;
  return `${middle} (${Math.min(...values).toFixed(digits)}-${Math.max(...values).toFixed(digits)})`;
}

/** A table: median and spread of each figure for each server; with two, the second by the first. */
export function reportSeries<T>(
  rows: readonly Row<T>[],
  series: readonly BenchSeries<T>[],
): string {
  const [first, second] = series;
  const head = ["", ...series.map(({ server }) => server)];
  if (second !== undefined) head.push("ratio");
  const lines = rows.map(({ title, unit, of, digits, isCost }) => {
    const cells = series.map(({ runs }) => spread(runs.map(of), digits));
    const line = [unit === "" ? title : `${title}, ${unit}`, ...cells];
    if (first !== undefined && second !== undefined) {
      const ratio = median(second.runs.map(of)) / median(first.runs.map(of));
      line.push(isCost && Number.isFinite(ratio) ? ratio.toFixed(2) : "");
    }
    return line;
  });
  const table = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  return table
    .map((line) =>
      line
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
