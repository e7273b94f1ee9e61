import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";

const RESULTS = "dist/test-results";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Runs `bun test` over some files or folders and counts by its report. What ends without a report,
 * or with an error outside of the tests, counts as one failure more.
 */
export async function runTests(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Counts> {
  mkdirSync(RESULTS, { recursive: true });
  const report = join(RESULTS, `${name}.xml`);
  rmSync(report, { force: true });
  const reporter = ["--reporter=junit", `--reporter-outfile=${report}`];
  const exitCode = await run(["bun", "test", "--only-failures", ...reporter, ...args], env);
  const counts = readReport(report);
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function readReport(path: string): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return counts; // the runner died before it could write; its exit code tells
  }
  return countReport(text);
}

/** @param xml a JUnit report, whose outermost element carries the sums */
export function countReport(xml: string): Counts {
  const head = /<testsuites\b[^>]*>/.exec(xml)?.[0] ?? "";
  const attribute = (name: string): number =>
    Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
  const failed = attribute("failures") + attribute("errors");
  const skipped = attribute("skipped");
  return { passed: attribute("tests") - failed - skipped, failed, skipped };
}
