import { expect, test } from "bun:test";
import {
  isSuccess,
  type LoadProgress,
  type LoadReport,
  progressLine,
  reportText,
} from "./load-report.ts";

const LATENCY = { count: 3_000, p50Ms: 0.5, p99Ms: 2.25, maxMs: 8 };
const REPORT: LoadReport = {
  url: "wss://example.com",
  room: "demo",
  rooms: 1,
  isStopped: false,
  isMeasured: true,
  seconds: 30,
  participants: { wanted: 61, joined: 61, failed: 0, lost: 0 },
  join: { answer: { p50: 3, p99: 9, max: 10 }, connected: { p50: 70, p99: 90, max: 95.25 } },
  sentPacketsPerSecond: 270,
  audio: null,
  video: {
    tracks: 60,
    expectedTracks: 60,
    packets: 324_000,
    lossPercent: 0.0125,
    megabitsPerSecond: 98.25,
    latency: LATENCY,
  },
  data: null,
  errors: [],
  generator: { cpuPercent: 12, longestStallMs: 4 },
};

function rowOf(text: string, title: string): string[] {
  const line = text.split("\n").find((each) => each.startsWith(title)) ?? "";
  return line.slice(title.length).trim().split(/ {2,}/);
}

test("the table has a row for each kind of what arrived, and for joining", () => {
  const text = reportText(REPORT);
  expect(text).toStartWith("Room demo on wss://example.com\n61 of 61 clients joined; ");
  expect(rowOf(text, "video")).toEqual([
    "60/60",
    "324,000",
    "98.25",
    "0.013 %",
    "0.50 ms",
    "2.25 ms",
    "8.00 ms",
  ]);
  expect(rowOf(text, "media connections up")).toEqual(["70.0 ms", "90.0 ms", "95.3 ms"]);
  expect(text).not.toContain("audio");
});

test("delays that nobody measured are no zeros", () => {
  const latency = { count: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 };
  const text = reportText({ ...REPORT, video: { ...REPORT.video!, latency } });
  expect(rowOf(text, "video").slice(-3)).toEqual(["-", "-", "-"]);
});

test("failures are told with their reason, and how often", () => {
  const text = reportText({
    ...REPORT,
    participants: { wanted: 61, joined: 58, failed: 3, lost: 1 },
    errors: [
      { reason: "No answer over UDP", count: 3, identity: "sub-7" },
      { reason: "The server sent it away: ROOM_DELETED", count: 1, identity: "sub-1" },
    ],
  });
  expect(text).toContain("58 of 61 clients joined, 3 failed, 1 fell out later");
  expect(text).toContain("3 x No answer over UDP (first sub-7)");
  expect(text).toContain("1 x The server sent it away: ROOM_DELETED (sub-1)");
});

test("a generator that was busy says so", () => {
  expect(reportText(REPORT)).not.toContain("busy");
  const generator = { cpuPercent: 97, longestStallMs: 200 };
  expect(reportText({ ...REPORT, generator })).toContain("delays and losses may be its own");
});

const SILENT = { ...REPORT.video!, packets: 0, tracks: 0 };
const NOBODY = { ...REPORT.participants, joined: 60, failed: 1 };
const DATA = {
  sent: 10,
  expected: 600,
  received: 0,
  lossPercent: 100,
  duplicates: 0,
  disordered: 0,
  megabitsPerSecond: 0,
  latency: LATENCY,
};

test.each([
  ["all is well", {}, true],
  ["it was stopped while it measured", { isStopped: true }, true],
  ["it was stopped while clients joined", { isStopped: true, isMeasured: false }, true],
  ["a client did not join", { participants: NOBODY }, false],
  ["a client fell out", { participants: { ...REPORT.participants, lost: 1 } }, false],
  ["no video came", { video: SILENT }, false],
  ["no video was to come", { video: { ...SILENT, expectedTracks: 0 } }, true],
  ["no message came", { data: DATA }, false],
] as const)("when %s the outcome is told by the exit code", (_, change, expected) => {
  expect(isSuccess({ ...REPORT, ...change })).toBe(expected);
});

test("progress is one line", () => {
  const progress: LoadProgress = {
    phase: "measuring",
    elapsedMs: 12_900,
    durationMs: 60_000,
    joined: 61,
    failed: 0,
    wanted: 61,
    tracks: 60,
    packets: 1_000,
    megabitsPerSecond: 98.26,
    lossPercent: 0,
    p99Ms: 2.25,
  };
  expect(progressLine(progress)).toBe(
    "measuring 12 s/60 s | 61/61 joined | 60 tracks | 98.3 Mbit/s | lost 0.00 % | p99 2.3 ms",
  );
  expect(progressLine({ ...progress, durationMs: 0, failed: 2 })).toStartWith(
    "measuring 12 s | 61/61 joined, 2 failed | ",
  );
});
