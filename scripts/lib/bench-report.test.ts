import { expect, test } from "bun:test";
import type { LoadResult } from "../../test/load/run-scenario.ts";
import { MEDIA_ROWS, median, reportSeries } from "./bench-report.ts";

function result(cpuUsPerPacket: number): LoadResult {
  return {
    scenario: "livestream",
    clients: 61,
    seconds: 10,
    packetsInPerSecond: 270,
    packetsPerSecond: 10_800,
    megabitsPerSecond: 98,
    cpuUsPerPacket,
    cpuPercent: 5,
    cpuMsPerJoin: 7,
    lossPercent: 0,
    latency: { count: 108_000, p50Ms: 1, p99Ms: 2, maxMs: 3 },
    ownLatency: { count: 1_000, p50Ms: 0.25, p99Ms: 0.5, maxMs: 1 },
    rssBytes: 150e6,
    rssBytesPerParticipant: 1.1e6,
    srtpProfile: "AEAD_AES_128_GCM",
    generatorPercent: 10,
  };
}

function rowOf(report: string, title: string): string[] {
  const line = report.split("\n").find((text) => text.startsWith(title));
  return (line ?? "").slice(title.length).trim().split(/ {2,}/);
}

test("the median is in the middle, of two the lower", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([2, 1])).toBe(1);
});

test("one run is one number, without a spread", () => {
  const report = reportSeries(MEDIA_ROWS, [{ server: "parley", runs: [result(4.2)] }]);
  expect(rowOf(report, "server CPU per packet, us")).toEqual(["4.20"]);
});

test("two servers are compared by the ratio of their medians, the second to the first", () => {
  const report = reportSeries(MEDIA_ROWS, [
    { server: "parley", runs: [result(3), result(4), result(5)] },
    { server: "other", runs: [result(10), result(12), result(20)] },
  ]);
  expect(rowOf(report, "server CPU per packet, us")).toEqual([
    "4.00 (3.00-5.00)",
    "12.00 (10.00-20.00)",
    "3.00",
  ]);
  expect(rowOf(report, "packets arrived, /s")).toHaveLength(2);
});

test("latency added is what is above a bare datagram's", () => {
  const report = reportSeries(MEDIA_ROWS, [{ server: "parley", runs: [result(4)] }]);
  expect(rowOf(report, "latency added p50, ms")).toEqual(["0.75"]);
  expect(rowOf(report, "latency added p99, ms")).toEqual(["1.75"]);
  expect(rowOf(report, "RSS per participant, MB")).toEqual(["1.10"]);
});

test("what is unknown of a server is a dash, and no ratio", () => {
  const report = reportSeries(MEDIA_ROWS, [
    { server: "parley", runs: [result(3)] },
    { server: "other", runs: [result(Number.NaN)] },
  ]);
  expect(rowOf(report, "server CPU per packet, us")).toEqual(["3.00", "-"]);
});
