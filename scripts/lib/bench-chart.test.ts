import { expect, test } from "bun:test";
import { chartOf } from "./bench-chart.ts";
import { type BenchFile, mergeResults, shownCommand } from "./bench-file.ts";

const MACHINE = { processor: "A <fast> one & co", cores: 2, kernel: "6.1", bun: "1.4.5" };

function media(cpuUsPerPacket: number): object {
  return { cpuUsPerPacket, latency: { p99Ms: 2 * cpuUsPerPacket }, rssBytesPerParticipant: 1.5e6 };
}

function fileOf(results: BenchFile["results"], machine: typeof MACHINE = MACHINE): BenchFile {
  return { machine, command: "./scripts/bench", results };
}

const FILE = fileOf({
  livestream: [
    { server: "parley", runs: [media(3), media(4), media(5)] },
    { server: "reference", runs: [media(10), media(12), media(11)] },
  ],
  joins: [
    { server: "parley", runs: [{ last: { cpuMsPerJoin: 2 } }] },
    { server: "reference", runs: [{ last: { cpuMsPerJoin: 7 } }] },
  ],
});

function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);
}

function widthsOf(svg: string, series: string): number[] {
  const bars = svg.matchAll(new RegExp(`<rect class="${series}"[^>]* width="([\\d.]+)"`, "g"));
  return [...bars].map(([, width]) => Number(width)).slice(1); // the first is in the legend
}

test("a chart has a bar for each server and load, and says how much and how many times", () => {
  const svg = chartOf([FILE]);
  const texts = textsOf(svg);
  expect(texts).toContain("Server CPU per forwarded packet, us");
  expect(texts).toContain("4.0 us");
  expect(texts).toContain("11.0 us  (2.8 x)");
  expect(texts).toContain("7.0 ms  (3.5 x)");
  expect(texts).toContain("1.50 MB");
  const [ours, theirs] = [widthsOf(svg, "s0"), widthsOf(svg, "s1")];
  expect(ours).toHaveLength(4);
  expect(theirs[0]! / ours[0]!).toBeCloseTo(11 / 4, 1);
});

test("the same files make the same text, which is well-formed", () => {
  const svg = chartOf([FILE]);
  expect(chartOf([structuredClone(FILE)])).toBe(svg);
  expect(svg).toContain("A &lt;fast&gt; one &amp; co, 2 cores");
  const tags = [...svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)];
  const open: string[] = [];
  for (const [, isEnd, name, isEmpty] of tags) {
    if (isEnd !== "") expect(open.pop()).toBe(name);
    else if (isEmpty === "") open.push(name!);
  }
  expect(open).toEqual([]);
  expect(svg).not.toMatch(/NaN|Infinity|undefined|script|href/);
});

test("colours are told for light pages and for dark ones", () => {
  const svg = chartOf([FILE]);
  expect(svg).toContain("prefers-color-scheme: light");
  expect(svg).toContain("prefers-color-scheme: dark");
});

test("several files are one chart: loads side by side, runs of the same load together", () => {
  const more = fileOf({
    livestream: [{ server: "parley", runs: [media(20)] }],
    meeting: [{ server: "parley", runs: [media(1)] }],
  });
  const merged = mergeResults([FILE, more]);
  expect(merged["livestream"]!.map(({ runs }) => runs.length)).toEqual([4, 3]);
  const texts = textsOf(chartOf([FILE, more]));
  expect(texts).toContain("meeting");
  expect(texts.filter((text) => text.startsWith("A "))).toHaveLength(1);
});

test("a figure that is unknown or below zero breaks nothing", () => {
  const odd = fileOf({
    idle: [
      { server: "parley", runs: [{ rssBytesPerParticipant: -1e6 }] },
      { server: "reference", runs: [{ rssBytesPerParticipant: null }] },
    ],
  });
  const svg = chartOf([odd]);
  expect(textsOf(svg)).toContain("-1.00 MB");
  expect(svg).not.toMatch(/width="-|NaN/);
});

test("files without any figure of a chart are refused", () => {
  expect(() => chartOf([fileOf({})])).toThrow("nothing to draw");
});

test("the command that is told holds no path of a machine", () => {
  const args = [
    "livestream",
    "--vs",
    "/opt/x --config {config}",
    "--runs",
    "3",
    "--json",
    "a.json",
  ];
  expect(shownCommand(args)).toBe("./scripts/bench livestream --vs 'COMMAND {config}' --runs 3");
  expect(shownCommand(["joins", "--vs=/opt/x {config}", "--chart=a.svg"])).toBe(
    "./scripts/bench joins --vs='COMMAND {config}'",
  );
});
