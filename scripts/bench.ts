/**
 * Runs benchmarks: each `test/bench/**` file named `*.bench.ts`, or those whose path contains one of
 * the words given. They print their own figures; no test depends on them.
 */
import { globSync } from "node:fs";
import { run } from "./lib/run.ts";

const words = process.argv.slice(2);
const all = globSync("test/bench/**/*.bench.ts").toSorted();
const files = all.filter((path) => words.length === 0 || words.some((word) => path.includes(word)));
if (files.length === 0) {
  console.error(`No benchmark fits ${words.join(" ")}; there are:\n  ${all.join("\n  ")}`);
  process.exit(2);
}

let exitCode = 0;
for (const file of files) {
  console.log(`\n--- ${file}`);
  exitCode ||= await run(["bun", file]);
}
process.exit(exitCode);
