import { expect, test } from "bun:test";
import type { SourceFile } from "./source-files.ts";
import { folderOf, isTest, problemAt, readFiles, sourceFile } from "./source-files.ts";

/** Protocol cores and their engine: time, chance and output come from outside. Style guide 5. */
const CORES = ["base", "wire", "crypto", "transport", "sfu", "media"];

/** Where the runtime's own interface may be used. */
const RUNTIME_FOLDERS = ["io", "cli"];

const IN_CORES =
  /\b(Date\.now|performance\.now|Math\.random|new Date\(\)|setTimeout|setInterval|setImmediate|queueMicrotask|async\b|await\b|console\.|process\.)/g;
const RUNTIME = /(?<![\w.])Bun\./g;
const NEW_THREAD = /\bnew Worker\(/g;

function findCalls(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    [...file.code.matchAll(pattern)].map((match) =>
      problemAt(file, match.index, `${match[0]} has no place in ${folderOf(file.path)}`),
    ),
  );
}

const sources = readFiles("src/**/*.ts").filter(({ path }) => !isTest(path));
const cores = sources.filter(({ path }) => CORES.includes(folderOf(path)));

test("cores take time and randomness from outside, and are synchronous and silent", () => {
  for (const folder of CORES) {
    expect(cores.some(({ path }) => folderOf(path) === folder)).toBe(true);
  }
  expect(findCalls(cores, IN_CORES)).toEqual([]);
});

test("the runtime's own interface is used in io and cli only", () => {
  const others = sources.filter(({ path }) => !RUNTIME_FOLDERS.includes(folderOf(path)));
  expect(findCalls(others, RUNTIME)).toEqual([]);
});

test("threads are started by an expression in main.ts: elsewhere the binary lacks the path", () => {
  expect(findCalls(sources, NEW_THREAD).map((problem) => problem.split(":")[0])).toEqual([
    "src/main.ts",
  ]);
});

test.each([
  "const nowMs = Date.now();",
  "const nowMs = performance.now();",
  "const x = Math.random();",
  "setTimeout(() => {}, 10);",
  "queueMicrotask(run);",
  "export async function run() {}",
  "await run();",
  'console.log("x");',
  "process.exit(1);",
  `const text = \`at \${Date.now()}\`;`,
])("the check of the cores sees %s", (text) => {
  expect(findCalls([sourceFile("src/wire/a.ts", text)], IN_CORES).length).toBeGreaterThan(0);
});

test.each([
  "// unlike Date.now() this is monotonic",
  "/* await nothing */",
  'const text = "process.exit";',
  "const isAsync = handle.asyncMode;",
])("the check of the cores lets pass %s", (text) => {
  expect(findCalls([sourceFile("src/wire/a.ts", text)], IN_CORES)).toEqual([]);
});

test("the check of the runtime sees Bun.serve", () => {
  const file = sourceFile("src/service/a.ts", "const server = Bun.serve({});");
  expect(findCalls([file], RUNTIME)).toHaveLength(1);
});
