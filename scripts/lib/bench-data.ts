import type { BulkResult } from "../../test/load/run-data-bulk.ts";
import type { FanoutResult } from "../../test/load/run-data-fanout.ts";
import type { LossResult } from "../../test/load/run-data-loss.ts";
import type { DataMediaResult } from "../../test/load/run-data-media.ts";
import { type LoadOptions, measureLoad, measureUnshared } from "./bench-load.ts";
import { type BenchSeries, type Row, reportSeries, row } from "./bench-report.ts";

export const FANOUT_ROWS: readonly Row<FanoutResult>[] = [
  row("server CPU per delivered message", "us", 1, true, (r) => r.cpuUsPerMessage),
  row("- without what idle clients take", "us", 1, true, (r) => r.netCpuUsPerMessage),
  row("delivered", "/s", 0, false, (r) => r.deliveredPerSecond),
  row("latency p50", "ms", 2, true, (r) => r.latency.p50Ms),
  row("latency p99", "ms", 2, true, (r) => r.latency.p99Ms),
  row("latency max", "ms", 1, true, (r) => r.latency.maxMs),
  row("lost", "", 0, false, (r) => r.lost),
  row("duplicates", "", 0, false, (r) => r.duplicates),
  row("out of order", "", 0, false, (r) => r.disordered),
  row("corrupt", "", 0, false, (r) => r.corrupt),
  row("server CPU per join", "ms", 1, true, (r) => r.cpuMsPerJoin),
  row("server RSS", "MB", 0, true, (r) => r.rssBytes / 1e6),
  row("server CPU", "%", 1, false, (r) => r.cpuPercent),
  row("load generator CPU", "%", 1, false, (r) => r.generatorPercent),
  row("load generator, longest stall", "ms", 1, false, (r) => r.generatorStallMs),
];

const STREAM_ROWS: readonly Row<BulkResult>[] = [
  row("chunks that never came", "", 0, false, (r) => r.lostChunks),
  row("duplicate, disordered or corrupt", "", 0, false, (r) =>
    [r.duplicates, r.disordered, r.corrupt].reduce((sum, count) => sum + count, 0),
  ),
  row("streams that ended as they should", "", 0, false, (r) => r.ended),
];

export const BULK_ROWS: readonly Row<BulkResult>[] = [
  row("transferred", "MB/s", 1, false, (r) => r.megabytesPerSecond),
  row("by a whole core of the server", "MB/s", 1, false, (r) => r.megabytesPerSecondPerCore),
  row("server CPU per MB", "ms", 2, true, (r) => r.cpuUsPerMegabyte / 1000),
  row("server CPU", "%", 1, false, (r) => r.cpuPercent),
  row("both clients' CPU", "%", 1, false, (r) => r.generatorPercent),
  ...STREAM_ROWS,
  row("transferred in all", "MB", 0, false, (r) => r.megabytes),
  row("server RSS before", "MB", 0, false, (r) => r.rssBeforeBytes / 1e6),
  row("- after 5 s of it", "MB", 0, false, (r) => r.rssWarmBytes / 1e6),
  row("- max", "MB", 0, true, (r) => r.rssMaxBytes / 1e6),
  row("- 3 s after the end", "MB", 0, true, (r) => r.rssAfterBytes / 1e6),
];

export const LOSS_ROWS: readonly Row<LossResult>[] = [
  row("transferred", "Mbit/s", 2, false, (r) => r.megabytesPerSecond * 8),
  row("server CPU", "%", 1, true, (r) => r.cpuPercent),
  row("server RSS, max", "MB", 0, true, (r) => r.rssMaxBytes / 1e6),
  ...STREAM_ROWS,
];

export const DATA_MEDIA_ROWS: readonly Row<DataMediaResult>[] = [
  row("transferred", "MB/s", 1, false, (r) => r.megabytesPerSecond),
  row("media latency p50", "ms", 2, true, (r) => r.latency.p50Ms),
  row("media latency p99", "ms", 2, true, (r) => r.latency.p99Ms),
  row("media latency max", "ms", 1, true, (r) => r.latency.maxMs),
  row("media packets", "/s", 0, false, (r) => r.mediaPacketsPerSecond),
  row("media packets lost", "%", 3, false, (r) => r.mediaLostPercent),
  row("chunks that never came", "", 0, false, (r) => r.lostChunks),
  row("duplicate, disordered or corrupt", "", 0, false, (r) => r.corrupt),
  row("server CPU", "%", 1, false, (r) => r.cpuPercent),
  row("load generator CPU", "%", 1, false, (r) => r.generatorPercent),
  row("load generator, longest stall", "ms", 1, false, (r) => r.generatorStallMs),
];

type Settings = {
  readonly seconds: string;
  readonly runs: number;
  readonly servers: LoadOptions["servers"];
};

type DataLoad = {
  /** Selected by this, by its group's name, or by `data`. */
  readonly name: string;
  readonly what: string;
  /** @returns the series, and a table of them */
  readonly measure: (
    name: string,
    settings: Settings,
  ) => Promise<{ readonly series: readonly BenchSeries<unknown>[]; readonly table: string }>;
};

function load<T>(
  name: string,
  what: string,
  rows: readonly Row<T>[],
  script: string,
  args: readonly string[],
  /** False for clients that one core is not enough for. */
  isPinned = true,
): DataLoad {
  return {
    name,
    what,
    measure: async (title, { seconds, runs, servers }) => {
      const generator = [`test/load/${script}.ts`, "--seconds", seconds, ...args];
      const series = await measureLoad<T>({ name: title, generator, runs, servers, isPinned });
      return { series, table: reportSeries(rows, series) };
    },
  };
}

function lossLoad(name: string, what: string, args: readonly string[]): DataLoad {
  return {
    name,
    what,
    measure: async (title, { seconds, runs, servers }) => {
      const script = ["test/load/run-data-loss.ts", "--seconds", seconds, ...args];
      const series = await measureUnshared<LossResult>(title, script, runs, servers);
      return { series, table: reportSeries(LOSS_ROWS, series) };
    },
  };
}

const FANOUT = "run-data-fanout";
const BULK = "run-data-bulk";
const MEDIA = "run-data-media";

/** `data-x-y` belongs to the group `data-x`. */
export const DATA_LOADS: readonly DataLoad[] = [
  load("data-fanout-1k", "1 KB reliable, 100/s, to 30 receivers", FANOUT_ROWS, FANOUT, []),
  load("data-fanout-5k", "5 KB reliable, 100/s, to 30 receivers", FANOUT_ROWS, FANOUT, [
    ...["--bytes", "5120"],
  ]),
  load("data-fanout-lossy", "1 KB lossy, 100/s, to 30 receivers", FANOUT_ROWS, FANOUT, ["--lossy"]),
  load("data-room", "100 bytes reliable, 10/s, to 1,000 receivers", FANOUT_ROWS, FANOUT, [
    ...["--receivers", "1000", "--rate", "10", "--bytes", "100"],
  ]),
  load("data-bulk-own", "a byte stream, load clients", BULK_ROWS, BULK, []),
  load(
    "data-bulk-native",
    "a byte stream, @livekit/rtc-node",
    BULK_ROWS,
    BULK,
    [...["--clients", "native"]],
    false,
  ),
  load(
    "data-bulk-browser",
    "a byte stream, livekit-client in Chromium",
    BULK_ROWS,
    BULK,
    [...["--clients", "browser"]],
    false,
  ),
  load("data-bulk-1000mb", "a byte stream of 1 GB, load clients", BULK_ROWS, BULK, [
    ...["--megabytes", "1000"],
  ]),
  lossLoad("data-loss-up", "2 % loss each way, 50 ms: a load client sends across", [
    ...["--far", "sender"],
  ]),
  lossLoad("data-loss-down", "2 % loss each way, 50 ms: the server sends across", [
    ...["--far", "receiver"],
  ]),
  lossLoad("data-loss-nativeup", "the same from @livekit/rtc-node", [
    ...["--far", "sender", "--clients", "native"],
  ]),
  lossLoad("data-loss-nativedown", "the same to @livekit/rtc-node", [
    ...["--far", "receiver", "--clients", "native"],
  ]),
  load("data-media-quiet", "sound and video of two, no transfer", DATA_MEDIA_ROWS, MEDIA, [
    ...["--rate", "0"],
  ]),
  load("data-media-capped", "the same with a transfer of 10 MB/s", DATA_MEDIA_ROWS, MEDIA, [
    ...["--rate", "10e6"],
  ]),
  load("data-media-full", "the same, as fast as it goes", DATA_MEDIA_ROWS, MEDIA, []),
];

/** The data loads that a word of the command line asks for. */
export function dataLoadsOf(word: string): readonly DataLoad[] {
  return DATA_LOADS.filter(({ name }) => name === word || name.startsWith(`${word}-`));
}
