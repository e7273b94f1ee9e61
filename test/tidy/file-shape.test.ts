import { expect, test } from "bun:test";
import { basename } from "node:path";
import type { SourceFile } from "./source-files.ts";
import { isTest, readFiles, sourceFile } from "./source-files.ts";

const LINES_MAX = 500;
/** A test file is a list of cases, which nobody reads from end to end. */
const TEST_LINES_MAX = 700;

/** State machines that would be harder to follow in pieces. */
const LONG_FILES: readonly string[] = [
  "test/support/werift-dtls.ts",
  "src/sfu/forwarder/forwarder.ts",
  "src/transport/sctp/sctp-association.ts",
];

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|fuzz|bench|d))?\.ts$/;
const DEFAULT_EXPORT = /^export default\b/m;
const BARREL = /^(?:export (?:type )?(?:\*|\{[^}]*\}) from "[^"]+";\s*)+$/;

function lineCount({ text }: SourceFile): number {
  return text.split("\n").length - 1;
}

function findLong(files: readonly SourceFile[], allowed: readonly string[]): string[] {
  return files
    .filter((file) => lineCount(file) > (isTest(file.path) ? TEST_LINES_MAX : LINES_MAX))
    .filter(({ path }) => !allowed.includes(path))
    .map((file) => `${file.path} has ${lineCount(file)} lines: look for the seam`);
}

function findBadNames(files: readonly SourceFile[]): string[] {
  return files.filter(({ path }) => !KEBAB.test(basename(path))).map(({ path }) => path);
}

function findBarrels(files: readonly SourceFile[]): string[] {
  return files.filter(({ code, text }) => code !== "" && BARREL.test(text)).map(({ path }) => path);
}

function findDefaultExports(files: readonly SourceFile[]): string[] {
  return files.filter(({ code }) => DEFAULT_EXPORT.test(code)).map(({ path }) => path);
}

const files = readFiles("src/**/*.ts", "test/**/*.ts", "scripts/**/*.ts").filter(
  ({ path }) => !path.startsWith("src/gen/"),
);

test(`no file is longer than ${LINES_MAX} lines, but for a few state machines`, () => {
  expect(files.length).toBeGreaterThan(200);
  expect(findLong(files, LONG_FILES)).toEqual([]);
});

test("the list of long files holds long files only", () => {
  const long = findLong(files, []).map((problem) => problem.split(" ")[0]!);
  expect(LONG_FILES.filter((path) => !long.includes(path))).toEqual([]);
});

test("files are named in kebab case", () => {
  expect(findBadNames(files)).toEqual([]);
});

test("a thing is imported from the file that defines it: no barrels, no default exports", () => {
  expect(findBarrels(files)).toEqual([]);
  expect(findDefaultExports(files)).toEqual([]);
});

test("these checks can fail", () => {
  expect(findLong([sourceFile("src/rtc/a.ts", "x;\n".repeat(LINES_MAX + 1))], [])).toHaveLength(1);
  const badNames = ["src/rtc/roomManager.ts", "src/rtc/Room.ts", "src/rtc/room_manager.ts"];
  expect(findBadNames(badNames.map((path) => sourceFile(path, "")))).toEqual(badNames);
  const barrel = sourceFile(
    "src/rtc/a.ts",
    'export * from "./b.ts";\nexport { c } from "./c.ts";\n',
  );
  expect(findBarrels([barrel])).toHaveLength(1);
  expect(findDefaultExports([sourceFile("src/rtc/a.ts", "export default 1;")])).toHaveLength(1);
});
