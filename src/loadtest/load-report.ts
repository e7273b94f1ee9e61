import type { LatencySummary } from "./latency-histogram.ts";
import type { SampleSummary } from "./sample.ts";

/** What a load test is at, from moment to moment. */
export type LoadProgress = {
  readonly phase: "joining" | "measuring" | "leaving";
  /** Since the phase began. */
  readonly elapsedMs: number;
  /** Of the measurement; 0: until it is stopped. */
  readonly durationMs: number;
  readonly joined: number;
  readonly failed: number;
  readonly wanted: number;
  readonly tracks: number;
  readonly packets: number;
  readonly megabitsPerSecond: number;
  readonly lossPercent: number;
  readonly p99Ms: number;
};

/** Of all streams of one kind at all receivers, while it was measured. */
export type MediaReport = {
  readonly tracks: number;
  readonly expectedTracks: number;
  readonly packets: number;
  /** Of the packets that their numbers say were sent. */
  readonly lossPercent: number;
  readonly megabitsPerSecond: number;
  /** From writing a packet in this process to reading it here; `count` 0 where none was timed. */
  readonly latency: LatencySummary;
};

export type DataReport = {
  readonly sent: number;
  /** Sent, times those who are to get it. */
  readonly expected: number;
  readonly received: number;
  readonly lossPercent: number;
  readonly duplicates: number;
  /** Came behind one that was sent later. */
  readonly disordered: number;
  readonly megabitsPerSecond: number;
  readonly latency: LatencySummary;
};

/** The outcome of a load test; `--json` writes it as it is. */
export type LoadReport = {
  readonly url: string;
  readonly room: string;
  readonly rooms: number;
  /** It was ended before its time. */
  readonly isStopped: boolean;
  /** False: it ended while clients still joined, and the figures are of that. */
  readonly isMeasured: boolean;
  /** Length of the measurement. */
  readonly seconds: number;
  readonly participants: {
    readonly wanted: number;
    readonly joined: number;
    readonly failed: number;
    /** Joined, and fell out before the end. */
    readonly lost: number;
  };
  /** Milliseconds from opening the connection, to the answer, and to media connections being up. */
  readonly join: { readonly answer: SampleSummary; readonly connected: SampleSummary };
  readonly sentPacketsPerSecond: number;
  readonly audio: MediaReport | null;
  readonly video: MediaReport | null;
  readonly data: DataReport | null;
  readonly errors: readonly {
    readonly reason: string;
    readonly count: number;
    /** One of those that it happened to. */
    readonly identity: string;
  }[];
  /** This process: near 100 % of a core, or standing still, it is what is measured. */
  readonly generator: { readonly cpuPercent: number; readonly longestStallMs: number };
};

/** From here on the figures are those of the generator, percent of a core. */
const GENERATOR_BUSY_PERCENT = 85;

/** Nothing failed, and what was to arrive arrived at least in part. */
export function isSuccess(report: LoadReport): boolean {
  const { participants, audio, video, data, isMeasured } = report;
  if (participants.failed > 0 || participants.lost > 0) return false;
  if (!isMeasured) return report.isStopped;
  const isSilent = [audio, video].some(
    (media) => media !== null && media.expectedTracks > 0 && media.packets === 0,
  );
  return !isSilent && !(data !== null && data.expected > 0 && data.received === 0);
}

/** One line, without a line feed. */
export function progressLine(progress: LoadProgress): string {
  const { phase, elapsedMs, durationMs, joined, failed, wanted } = progress;
  const clock =
    durationMs > 0 ? `${seconds(elapsedMs)}/${seconds(durationMs)}` : seconds(elapsedMs);
  const parts = [
    `${phase} ${clock}`,
    `${joined}/${wanted} joined${failed > 0 ? `, ${failed} failed` : ""}`,
    `${count(progress.tracks)} tracks`,
    `${progress.megabitsPerSecond.toFixed(1)} Mbit/s`,
    `lost ${progress.lossPercent.toFixed(2)} %`,
    `p99 ${progress.p99Ms.toFixed(1)} ms`,
  ];
  return parts.join(" | ");
}

/** The table for people, with line feeds. */
export function reportText(report: LoadReport): string {
  const { participants, join, audio, video, data, errors, generator } = report;
  const rows: string[][] = [
    ["received", "tracks", "packets", "Mbit/s", "lost", "latency p50", "p99", "max"],
  ];
  for (const [name, media] of [
    ["audio", audio],
    ["video", video],
  ] as const) {
    if (media === null) continue;
    rows.push([
      name,
      `${count(media.tracks)}/${count(media.expectedTracks)}`,
      count(media.packets),
      media.megabitsPerSecond.toFixed(2),
      `${media.lossPercent.toFixed(3)} %`,
      ...delays(media.latency),
    ]);
  }
  if (data !== null) {
    rows.push([
      "data",
      "",
      `${count(data.received)}/${count(data.expected)}`,
      data.megabitsPerSecond.toFixed(2),
      `${data.lossPercent.toFixed(3)} %`,
      ...delays(data.latency),
    ]);
  }
  const lines = [
    `${report.rooms === 1 ? "Room" : `${report.rooms} rooms`} ${report.room} on ${report.url}`,
    `${count(participants.joined)} of ${count(participants.wanted)} clients joined` +
      `${participants.failed > 0 ? `, ${count(participants.failed)} failed` : ""}` +
      `${participants.lost > 0 ? `, ${count(participants.lost)} fell out later` : ""}; ` +
      `${durationText(report)}`,
    "",
  ];
  if (rows.length > 1) lines.push(...table(rows), "");
  lines.push(
    ...table([
      ["joins", "p50", "p99", "max"],
      ["answer of the server", ...times(join.answer)],
      ["media connections up", ...times(join.connected)],
    ]),
    "",
    `Sent to the server: ${count(report.sentPacketsPerSecond)} media packets/s. This process took ` +
      `${generator.cpuPercent.toFixed(0)} % of a core and stood still for ` +
      `${generator.longestStallMs.toFixed(0)} ms at most.`,
  );
  if (generator.cpuPercent > GENERATOR_BUSY_PERCENT) {
    lines.push(
      "The load generator was busy: delays and losses may be its own. Spread the clients over " +
        "several machines or processes, with --identity-prefix for each.",
    );
  }
  for (const { reason, count: times, identity } of errors) {
    lines.push(
      `${count(times)} x ${reason}${times > 1 ? ` (first ${identity})` : ` (${identity})`}`,
    );
  }
  if (!isSuccess(report) && participants.failed + participants.lost === 0) {
    lines.push("Nothing arrived: see above what was to come.");
  }
  return `${lines.join("\n")}\n`;
}

function durationText({ isMeasured, isStopped, seconds }: LoadReport): string {
  const length = `${seconds.toFixed(1)} s`;
  if (isMeasured) return `measured for ${length}${isStopped ? ", then stopped" : ""}`;
  return isStopped ? `stopped before all had joined, after ${length}` : `given up after ${length}`;
}

function seconds(ms: number): string {
  return `${Math.floor(ms / 1000)} s`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

function delays({ count, p50Ms, p99Ms, maxMs }: LatencySummary): string[] {
  return [p50Ms, p99Ms, maxMs].map((ms) => (count === 0 ? "-" : `${ms.toFixed(2)} ms`));
}

function times({ p50, p99, max }: SampleSummary): string[] {
  return [p50, p99, max].map((ms) => (Number.isFinite(ms) ? `${ms.toFixed(1)} ms` : "-"));
}

/** Columns as wide as they need; the first to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 2),
      )
      .join("")
      .trimEnd(),
  );
}
