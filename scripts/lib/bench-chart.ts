import { type BenchFile, mergeResults } from "./bench-file.ts";
import { type BenchSeries, type Machine, median } from "./bench-report.ts";

const WIDTH = 760;
const MARGIN = 16;
const LABEL_WIDTH = 130;
const BAR_HEIGHT = 13;
const BAR_GAP = 3;
const GROUP_GAP = 12;
/** Right of the longest bar: its figure and the ratio. */
const FIGURE_WIDTH = 170;
const BAR_WIDTH_MAX = WIDTH - 2 * MARGIN - LABEL_WIDTH - FIGURE_WIDTH;
const LINE_HEIGHT = 18;
const PANEL_GAP = 14;

/** One figure of many loads, as bars on one scale. */
type Panel = {
  readonly title: string;
  readonly unit: string;
  readonly digits: number;
  /** Where the figure is in a result; a load without it is left out. */
  readonly path: readonly string[];
  readonly factor: number;
};

function panel(title: string, unit: string, digits: number, path: string, factor = 1): Panel {
  return { title, unit, digits, path: path.split("."), factor };
}

/** Less is better in all of them. */
const PANELS: readonly Panel[] = [
  panel("Server CPU per forwarded packet", "us", 1, "cpuUsPerPacket"),
  panel("Latency, 99th percentile", "ms", 1, "latency.p99Ms"),
  panel("Memory per participant (RSS)", "MB", 2, "rssBytesPerParticipant", 1e-6),
  panel("Server CPU per join", "ms", 1, "last.cpuMsPerJoin"),
  panel("Server CPU per idle participant and second", "ms", 2, "cpuMsPerSecond"),
  panel("Server CPU per delivered data message", "us", 1, "cpuUsPerMessage"),
  panel("Server CPU per MB of a data stream", "ms", 1, "cpuUsPerMegabyte", 1e-3),
];

type Bar = {
  readonly server: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
};
type Group = { readonly load: string; readonly bars: readonly Bar[] };

/**
 * Horizontal bars of the median of each server's runs, with a line from the lowest to the highest
 * run, as an SVG of its own: no scripts, no fonts, no links. The same files make the same text.
 *
 * @throws when no file holds a figure that a chart has
 */
export function chartOf(files: readonly BenchFile[]): string {
  const results = mergeResults(files);
  const panels = PANELS.map((each) => ({ panel: each, groups: groupsOf(each, results) })).filter(
    ({ groups }) => groups.length > 0,
  );
  if (panels.length === 0) throw new Error("There is nothing to draw: no load has such a figure");
  const groups = panels.flatMap((each) => each.groups);
  const servers = [...new Set(groups.flatMap(({ bars }) => bars.map(({ server }) => server)))];
  const body: string[] = [];
  let y = MARGIN + LINE_HEIGHT;
  let x = MARGIN;
  for (const [index, server] of servers.entries()) {
    body.push(`<rect class="s${index}" x="${x}" y="${y - 11}" width="12" height="12" rx="2"/>`);
    body.push(text(x + 18, y, server, "b"));
    x += 40 + server.length * 8;
  }
  body.push(text(WIDTH - MARGIN, y, "less is better; lines: all runs", "n e"));
  y += PANEL_GAP;
  for (const each of panels) {
    y += LINE_HEIGHT + PANEL_GAP / 2;
    body.push(text(MARGIN, y, `${each.panel.title}, ${each.panel.unit}`, "b"));
    y += GROUP_GAP;
    const all = each.groups.flatMap(({ bars }) => bars.map(({ max }) => max));
    const largest = Math.max(0, ...all);
    const scale = largest > 0 ? BAR_WIDTH_MAX / largest : 0;
    for (const group of each.groups) {
      body.push(...drawGroup(each.panel, group, servers, y, scale));
      y += group.bars.length * (BAR_HEIGHT + BAR_GAP) - BAR_GAP + GROUP_GAP;
    }
  }
  for (const line of new Set(files.map(({ machine }) => machineLine(machine)))) {
    y += LINE_HEIGHT;
    body.push(text(MARGIN, y, line, "n"));
  }
  const height = y + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${escapeXml(`${servers.join(" beside ")}: ${panels.map((each) => each.panel.title).join("; ")}`)}</title>`,
    STYLE,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

/** Legible on white and on black; where the page's scheme is known, better than that. */
const STYLE = `<style>
text { font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #6e7781; }
.b { font-weight: 600; }
.n { font-size: 11px; }
.e { text-anchor: end; }
.s0 { fill: #2f81f7; } .s1 { fill: #9a8f86; } .s2 { fill: #bf6f2a; } .s3 { fill: #3f9a5a; }
.w { stroke: #6e7781; stroke-width: 1.5; }
@media (prefers-color-scheme: light) { text { fill: #30363d; } .w { stroke: #30363d; } }
@media (prefers-color-scheme: dark) { text { fill: #d0d7de; } .w { stroke: #d0d7de; } }
</style>`;

function drawGroup(
  { unit, digits }: Panel,
  { load, bars }: Group,
  servers: readonly string[],
  top: number,
  scale: number,
): string[] {
  const out: string[] = [];
  const left = MARGIN + LABEL_WIDTH;
  const middle = top + (bars.length * (BAR_HEIGHT + BAR_GAP) - BAR_GAP) / 2;
  out.push(text(left - 10, middle + 4, load, "e"));
  const [first] = bars;
  for (const [index, { server, value, min, max }] of bars.entries()) {
    const y = top + index * (BAR_HEIGHT + BAR_GAP);
    const width = round(Math.max(0, value) * scale);
    const series = servers.indexOf(server) % 4;
    out.push(
      `<rect class="s${series}" x="${left}" y="${y}" width="${width}" height="${BAR_HEIGHT}" rx="2"/>`,
    );
    if (max > min) {
      const center = y + BAR_HEIGHT / 2;
      const [from, to] = [min, max].map((each) => round(left + Math.max(0, each) * scale));
      out.push(`<path class="w" d="M${from} ${center}H${to}"/>`);
    }
    const ratio = index > 0 && first !== undefined && first.value > 0 ? value / first.value : 0;
    const times = ratio > 0 ? `  (${ratio.toFixed(1)} x)` : "";
    const end = round(left + Math.max(0, value, max) * scale + 6);
    out.push(text(end, y + BAR_HEIGHT - 2.5, `${value.toFixed(digits)} ${unit}${times}`, "n"));
  }
  return out;
}

function groupsOf(each: Panel, results: BenchFile["results"]): Group[] {
  return Object.entries(results).flatMap(([load, series]) => {
    const bars = series.flatMap((one) => barOf(each, one) ?? []);
    return bars.length > 0 ? [{ load, bars }] : [];
  });
}

function barOf({ path, factor }: Panel, { server, runs }: BenchSeries<unknown>): Bar | undefined {
  const values = runs.map((run) => numberAt(run, path) * factor);
  if (values.length === 0 || !values.every((value) => Number.isFinite(value))) return undefined;
  return { server, value: median(values), min: Math.min(...values), max: Math.max(...values) };
}

function numberAt(value: unknown, path: readonly string[]): number {
  let at: unknown = value;
  for (const name of path) {
    at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[name] : undefined;
  }
  return typeof at === "number" ? at : Number.NaN;
}

function machineLine({ processor, cores, kernel, bun }: Machine): string {
  return `${processor}, ${cores} cores, kernel ${kernel}, Bun ${bun}`;
}

function text(x: number, y: number, content: string, classes: string): string {
  return `<text class="${classes}" x="${x}" y="${y}">${escapeXml(content)}</text>`;
}

function escapeXml(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
