import { expect, test } from "bun:test";
import type { SourceFile } from "./source-files.ts";
import { problemAt, readFiles, sourceFile } from "./source-files.ts";

// The words are in pieces here, so that this file does not find itself.
const UNFINISHED = new RegExp(`\\b(TO${"DO"}|FIX${"ME"}|XX${"X"}|HA${"CK"})\\b`, "g");
const UNRUN = /\b(?:test|it|describe)\.(?:only|skip|todo|failing)\b/g;
const MACHINE_PATH = new RegExp(
  `(?:^|[\\s"'\`(=:])/(?:home/(?!ann\\b)|Users/|ro${"ot"}/|wo${"rk"}/)[\\w.-]+`,
  "gm",
);
/** `.skipIf` is for what a machine may lack; each such test says what in its file. */
const EXTERNAL_TOOLS = [
  "src/io/native-aead.test.ts",
  "src/io/thread-waiter.test.ts",
  "test/conformance/dtls-openssl.test.ts",
  "test/conformance/schema-go.test.ts",
];
const CONDITIONAL = /\b(?:test|it|describe)\.(?:skipIf|todoIf|if)\b/g;

function find(files: readonly SourceFile[], pattern: RegExp, what: string): string[] {
  return files.flatMap((file) =>
    [...file.text.matchAll(pattern)].map((match) =>
      problemAt(file, match.index, `${what}: ${match[0].trim()}`),
    ),
  );
}

function findInCode(files: readonly SourceFile[], pattern: RegExp, what: string): string[] {
  const codes = files.map(({ path, code }) => ({ path, text: code, code }));
  return find(codes, pattern, what);
}

const OWN = ["src/**", "test/**", "scripts/**", "docs/**", "proto/**", ".ci/**", "*"];
const WRITTEN_BY_TOOLS = /^(src\/gen\/|test\/fixtures\/|bun\.lock$)/;
const files = readFiles(...OWN).filter(({ path }) => !WRITTEN_BY_TOOLS.test(path));
const tests = files.filter(({ path }) => /\.(test|fuzz)\.ts$/.test(path));

test("nothing is marked as unfinished", () => {
  expect(files.length).toBeGreaterThan(200);
  expect(find(files, UNFINISHED, "unfinished")).toEqual([]);
});

test("no test is left out, or runs alone", () => {
  expect(tests.length).toBeGreaterThan(20);
  expect(findInCode(tests, UNRUN, "a test that hides others or itself")).toEqual([]);
  const unconditional = tests.filter(({ path }) => !EXTERNAL_TOOLS.includes(path));
  expect(findInCode(unconditional, CONDITIONAL, "a test that may not run")).toEqual([]);
});

test("no file names a path of somebody's machine", () => {
  expect(find(files, MACHINE_PATH, "a machine's own path")).toEqual([]);
});

test.each([
  [UNFINISHED, `// ${"TO" + "DO"}: later`],
  [UNRUN, `test${".only"}("x", () => {});`],
  [UNRUN, `describe${".skip"}("x", () => {});`],
  [CONDITIONAL, `test${".skipIf"}(true)("x", () => {});`],
  [MACHINE_PATH, `const path = "/ho${"me/ada"}/parley";`],
])("the pattern %p sees what it is for", (pattern, text) => {
  const file = sourceFile("src/rtc/a.ts", text);
  expect(find([file], pattern, "found")).toHaveLength(1);
});
