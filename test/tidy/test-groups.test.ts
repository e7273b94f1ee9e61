import { expect, test } from "bun:test";
import { TEST_GROUPS } from "../../scripts/lib/test-groups.ts";
import { readFiles } from "./source-files.ts";

function findUnrun(paths: readonly string[]): string[] {
  const globs = TEST_GROUPS.map(({ pattern }) => new Bun.Glob(pattern));
  return paths.filter((path) => globs.filter((glob) => glob.match(path)).length !== 1);
}

const paths = readFiles("**/*.test.ts", "**/*.fuzz.ts").map(({ path }) => path);

test("scripts/test runs every test file, and runs it once", () => {
  expect(paths.length).toBeGreaterThan(50);
  expect(findUnrun(paths)).toEqual([]);
});

test("every group of tests has files", () => {
  for (const { pattern } of TEST_GROUPS) {
    const glob = new Bun.Glob(pattern);
    expect([pattern, paths.some((path) => glob.match(path))]).toEqual([pattern, true]);
  }
});

test("this check sees a test file that no group has", () => {
  expect(findUnrun(["docs/a.test.ts"])).toEqual(["docs/a.test.ts"]);
});
