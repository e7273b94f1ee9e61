import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { BenchSeries, Machine } from "./bench-report.ts";

/** What `--json` writes: all runs of all loads. */
export type BenchFile = {
  readonly machine: Machine;
  /** What was typed, with COMMAND for the commands of servers. */
  readonly command: string;
  readonly results: Readonly<Record<string, readonly BenchSeries<unknown>[]>>;
};

export function writeBenchFile(path: string, file: BenchFile): void {
  writeOutput(path, `${JSON.stringify(file, undefined, 2)}\n`);
}

/** Makes the folder that the file is to be in. */
export function writeOutput(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** @throws when the file is none that the bench wrote */
export function readBenchFile(path: string): BenchFile {
  const file: unknown = JSON.parse(readFileSync(path, "utf8"));
  const isOurs =
    typeof file === "object" && file !== null && "machine" in file && "results" in file;
  if (!isOurs) throw new Error(`${path} was not written by ./scripts/bench --json`);
  return file as BenchFile;
}

/** The arguments as a command to be shown: a server's command may hold paths of this machine. */
export function shownCommand(args: readonly string[]): string {
  const words = args.map((arg, index) => {
    const isServer = /^--(vs|server)$/.test(args[index - 1] ?? "");
    if (isServer) return "'COMMAND {config}'";
    return arg.replace(/^(--(?:vs|server))=.*$/s, "$1='COMMAND {config}'");
  });
  const kept = words.filter((word, index) => {
    const isOutput = /^--(json|chart)(=|$)/.test(word);
    return !isOutput && !/^--(json|chart)$/.test(words[index - 1] ?? "");
  });
  return ["./scripts/bench", ...kept].join(" ");
}

/** All results of several files; runs of the same load and server come one after the other. */
export function mergeResults(files: readonly BenchFile[]): BenchFile["results"] {
  const merged: Record<string, BenchSeries<unknown>[]> = {};
  for (const { results } of files) {
    for (const [load, series] of Object.entries(results)) {
      merged[load] ??= [];
      const known = merged[load];
      for (const { server, runs } of series) {
        const index = known.findIndex((each) => each.server === server);
        if (index === -1) known.push({ server, runs });
        else known[index] = { server, runs: [...known[index]!.runs, ...runs] };
      }
    }
  }
  return merged;
}
