/**
 * Measures. Without arguments: the micro benchmarks of `test/bench/`, then the `livestream` load on
 * the compiled binary. No test depends on speed; the figures are printed, and go to a file on wish.
 */
import { globSync } from "node:fs";
import { parseArgs } from "node:util";
import { IMPAIRMENTS, type ImpairmentResult } from "../test/load/impairments.ts";
import type { FirstFrameResult } from "../test/load/run-first-frame.ts";
import type { FloodResult } from "../test/load/run-flood.ts";
import type { IdleResult } from "../test/load/run-idle.ts";
import type { JoinResult } from "../test/load/run-joins.ts";
import type { LoadResult } from "../test/load/run-scenario.ts";
import type { SignalRoomResult } from "../test/load/run-signal-room.ts";
import { SCENARIOS } from "../test/load/scenarios.ts";
import { chartOf } from "./lib/bench-chart.ts";
import { DATA_LOADS, dataLoadsOf } from "./lib/bench-data.ts";
import { readBenchFile, shownCommand, writeBenchFile, writeOutput } from "./lib/bench-file.ts";
import { ensureBinary, measureLoad, measureUnshared, ourServer } from "./lib/bench-load.ts";
import {
  type BenchSeries,
  describeMachine,
  FIRST_FRAME_ROWS,
  FLOOD_ROWS,
  IDLE_ROWS,
  IMPAIRMENT_ROWS,
  JOIN_ROWS,
  MEDIA_ROWS,
  reportSeries,
  SIGNAL_ROOM_ROWS,
} from "./lib/bench-report.ts";
import { run } from "./lib/run.ts";

/** Loads of the control side, next to the media loads of SCENARIOS. */
const SESSION_LOADS = [
  { name: "joins", what: "100 joins in 5 s, each with both peer connections up" },
  { name: "idle", what: "100 participants with both connections up that do nothing" },
  { name: "flood", what: "ten voices beside 50,000 small packets a second of no use" },
  { name: "signal-room", what: "1,000 participants without media in one room" },
  { name: "first-frame", what: "what a late subscriber waits for, with real clients (Chromium)" },
] as const;

const USAGE = `Usage: ./scripts/bench [WHAT...] [options]
       ./scripts/bench chart FILE.json... --chart FILE.svg

WHAT is a load, or a word in the path of a micro benchmark; all of the latter and livestream
when there is none:
${[...SCENARIOS, ...SESSION_LOADS, ...IMPAIRMENTS].map(({ name, what }) => `  ${name.padEnd(14)} ${what}`).join("\n")}
  data           all of the data channels; or a group: data-fanout, data-bulk, data-loss, data-media
${DATA_LOADS.map(({ name, what }) => `    ${name.padEnd(20)} ${what}`).join("\n")}
  lab            scenarios on a virtual clock: congestion, loss, switches; see test/lab/README.md
  micro          all micro benchmarks
  ${globSync("test/bench/*.bench.ts")
    .map((path) => path.slice("test/bench/".length, -".bench.ts".length))
    .toSorted()
    .join(", ")}

Options of loads:
  --vs 'COMMAND {config}'      runs a second server in turns with ours and prints ratios
  --server 'COMMAND {config}'  measures this one instead of dist/parley
  --runs N                     so many runs of each server, 1 unless told; median and spread
  --seconds N                  length of a measurement, 10
  --subscribers N              instead of the load's own number
  --vs-name NAME               what the second server is called in tables and charts, "other"
  --json FILE                  all figures of all runs
  --chart FILE                 bars of the servers side by side, as SVG`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    vs: { type: "string" },
    server: { type: "string" },
    runs: { type: "string", default: "1" },
    seconds: { type: "string", default: "10" },
    subscribers: { type: "string" },
    "vs-name": { type: "string", default: "other" },
    json: { type: "string" },
    chart: { type: "string" },
    help: { type: "boolean", short: "h" },
  },
});
if (values.help === true) {
  console.log(USAGE);
  process.exit(0);
}

if (positionals[0] === "chart") {
  if (values.chart === undefined || positionals.length < 2) {
    console.error(
      `A chart is made of files of --json, and goes to the file of --chart.\n\n${USAGE}`,
    );
    process.exit(2);
  }
  writeOutput(values.chart, chartOf(positionals.slice(1).map(readBenchFile)));
  process.exit(0);
}

const wanted = positionals.length === 0 ? ["micro", "livestream"] : positionals;
const wantsLab = wanted.includes("lab");
const loads = SCENARIOS.filter(({ name }) => wanted.includes(name));
const sessionLoads = SESSION_LOADS.filter(({ name }) => wanted.includes(name));
const impairments = IMPAIRMENTS.filter(({ name }) => wanted.includes(name));
const dataLoads = [...new Set(wanted.flatMap(dataLoadsOf))];
const known = [...loads, ...sessionLoads, ...impairments].map(({ name }) => name as string);
const words = wanted.filter(
  (word) => word !== "lab" && !known.includes(word) && dataLoadsOf(word).length === 0,
);
const benches = globSync("test/bench/*.bench.ts")
  .toSorted()
  .filter((path) => words.some((word) => word === "micro" || path.includes(word)));
const unknown = words.find(
  (word) => word !== "micro" && !benches.some((path) => path.includes(word)),
);
if (unknown !== undefined) {
  console.error(`There is no benchmark ${unknown}.\n\n${USAGE}`);
  process.exit(2);
}

const machine = describeMachine();
console.log(
  `${machine.processor}, ${machine.cores} cores, kernel ${machine.kernel}, Bun ${machine.bun}`,
);
let exitCode = 0;
for (const path of benches) {
  console.log(`\n--- ${path}`);
  exitCode = (await run(["bun", path])) || exitCode; // one that fails keeps no other from running
}

if (wantsLab) {
  console.log("\n--- test/lab/report.ts");
  exitCode = (await run(["bun", "test/lab/report.ts"])) || exitCode;
}

const results: Record<string, readonly BenchSeries<unknown>[]> = {};
if (loads.length + sessionLoads.length + impairments.length + dataLoads.length > 0) {
  if (values.server === undefined) await ensureBinary();
  const first =
    values.server === undefined ? ourServer() : { name: "server", command: values.server };
  const servers =
    values.vs === undefined ? [first] : [first, { name: values["vs-name"], command: values.vs }];
  const measure = async <T>(name: string, generator: string[]): Promise<BenchSeries<T>[]> => {
    // two tabs with a camera and its picture are no load for one core
    // and what makes a flood is not to take the clients' core
    const isPinned = name !== "first-frame" && name !== "flood";
    const runs = Number(values.runs);
    const series = await measureLoad<T>({ name, generator, runs, servers, isPinned });
    results[name] = series;
    return series;
  };
  for (const { name, what } of loads) {
    const { seconds, subscribers } = values;
    const series = await measure<LoadResult>(name, [
      ...["test/load/run-scenario.ts", "--scenario", name, "--seconds", seconds],
      ...(subscribers === undefined ? [] : ["--subscribers", subscribers]),
    ]);
    const profile = series[0]?.runs[0]?.srtpProfile ?? "";
    console.log(`\n--- ${name}: ${what}; ${seconds} s, ${profile}`);
    console.log(reportSeries(MEDIA_ROWS, series));
  }
  for (const { name, what } of sessionLoads) {
    const script = `test/load/run-${name}.ts`;
    const report = {
      idle: async () => {
        const idle = await measure<IdleResult>(name, [script, "--seconds", values.seconds]);
        return reportSeries(IDLE_ROWS, idle);
      },
      flood: async () => {
        const flood = await measure<FloodResult>(name, [script, "--seconds", values.seconds]);
        return reportSeries(FLOOD_ROWS, flood);
      },
      joins: async () => reportSeries(JOIN_ROWS, await measure<JoinResult>(name, [script])),
      "signal-room": async () =>
        reportSeries(SIGNAL_ROOM_ROWS, await measure<SignalRoomResult>(name, [script])),
      "first-frame": async () =>
        reportSeries(FIRST_FRAME_ROWS, await measure<FirstFrameResult>(name, [script])),
    }[name];
    const table = await report();
    console.log(`\n--- ${name}: ${what}`);
    console.log(table);
  }
  for (const { name, what } of impairments) {
    const script = ["test/load/run-impairment.ts", "--scenario", name];
    const runs = Number(values.runs);
    const series = await measureUnshared<ImpairmentResult>(name, script, runs, servers);
    results[name] = series;
    console.log(`\n--- ${name}: ${what}`);
    console.log(reportSeries(IMPAIRMENT_ROWS, series));
  }
  for (const { name, what, measure: measureData } of dataLoads) {
    const { seconds } = values;
    const runs = Number(values.runs);
    const { series, table } = await measureData(name, { seconds, runs, servers });
    results[name] = series;
    console.log(`\n--- ${name}: ${what}`);
    console.log(table);
  }
}
const file = { machine, command: shownCommand(process.argv.slice(2)), results };
if (values.json !== undefined) writeBenchFile(values.json, file);
if (values.chart !== undefined) writeOutput(values.chart, chartOf([file]));
process.exit(exitCode);
