/**
 * Checks everything and runs every test, against sources and then against the compiled binary. Goes
 * on after a failure; the last line is `N passed, N failed`, where a failing step that is not a test
 * counts as one failure. `--fast` leaves out what needs a browser.
 */
import { globSync } from "node:fs";
import { parseArgs } from "node:util";
import { run } from "./lib/run.ts";
import { CHROMIUM, ensurePackages, REDIS } from "./lib/system-packages.ts";
import { TEST_GROUPS, type TestGroup } from "./lib/test-groups.ts";
import { type Counts, runTests } from "./lib/test-run.ts";

/**
 * How long one test may take, ms, before it counts as hanging. No measure of speed: thousands of
 * mutations take their time on a busy machine, and end-to-end tests start several programs.
 */
const TEST_LIMIT_MS = 120_000;

const { values } = parseArgs({ options: { fast: { type: "boolean", default: false } } });
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];

function report(name: string, counts: Counts, startedMs: number): void {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  if (counts.failed > 0) failures.push(name);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`--- ${name}: ${counts.failed > 0 ? "FAILED" : "ok"}, ${seconds} s\n`);
}

async function step(name: string, command: readonly string[]): Promise<boolean> {
  console.log(`--- ${name}`);
  const startedMs = performance.now();
  const isGood = (await run(command)) === 0;
  report(name, { passed: 0, failed: isGood ? 0 : 1, skipped: 0 }, startedMs);
  return isGood;
}

async function groups(needs: TestGroup["needs"]): Promise<void> {
  const limit = ["--timeout", String(TEST_LIMIT_MS)];
  // In any other environment @livekit/rtc-node logs each of its calls.
  const env: Record<string, string> = needs === "sources" ? {} : { NODE_ENV: "production" };
  for (const { name, pattern } of TEST_GROUPS.filter((group) => group.needs === needs)) {
    console.log(`--- ${name}`);
    const startedMs = performance.now();
    const files = globSync(pattern).map((path) => `./${path}`);
    // A pattern that finds nothing is a mistake here, not a success.
    if (files.length === 0) console.log(`No test file fits ${pattern}`);
    const counts =
      files.length > 0
        ? await runTests(name.replaceAll(" ", "-"), [...limit, ...files.toSorted()], env)
        : { passed: 0, failed: 1, skipped: 0 };
    report(name, counts, startedMs);
  }
}

const wanted = values.fast ? [REDIS] : [CHROMIUM, REDIS];
const missing = await ensurePackages(wanted);
for (const { name, use, isRequired } of missing) {
  console.log(`Install the package ${name} (for ${use}): apt-get install ${name}`);
  if (isRequired) {
    failures.push(`${name} is not installed`);
    total.failed += 1;
  } else {
    total.skipped += 1;
  }
}

await step("format and lint", ["bun", "run", "lint"]);
await step("types", ["bun", "run", "types"]);
await groups("sources");
if (await step("build", ["bun", "scripts/build.ts"])) {
  await groups("binary");
  if (!values.fast && !missing.includes(CHROMIUM)) await groups("browser");
}

if (total.skipped > 0) console.log(`${total.skipped} skipped: what is needed is not installed`);
if (failures.length > 0) console.log(`Failed: ${failures.join("; ")}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
