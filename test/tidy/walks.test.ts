import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./source-files.ts";

const PAGE = "docs/ARCHITECTURE.md";
const WALKS = [
  "A packet's walk\n",
  "A packet's walk to another thread",
  "A data message's walk",
  "A signal message's walk",
];

interface Step {
  readonly path: string;
  readonly names: readonly string[];
}

/** The steps of the table under a heading: the first `src/` path of a row, and the names after it. */
function readWalk(text: string, heading: string): Step[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.flatMap((row) => {
    const codes = [...row.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
    const path = codes.find((code) => code.startsWith("src/"));
    if (path === undefined) return [];
    const others = codes.filter((code) => !code.startsWith("src/"));
    const names = others.map((code) => /^[\w#]+/.exec(code)?.[0]);
    return [{ path, names: names.filter((name) => name !== undefined) }];
  });
}

/** A declaration or a member at the start of a line; a call in passing is none. */
function definition(name: string): RegExp {
  const words = "(?:(?:export|async|static|readonly|function|class|const|get|type|interface) )*";
  return new RegExp(`^ *${words}${name}(?![\\w.])`, "m");
}

function findLost(steps: readonly Step[], read: (path: string) => string | undefined): string[] {
  return steps.flatMap(({ path, names }) => {
    const text = read(path);
    if (text === undefined) return [`${path} does not exist`];
    if (names.length === 0) return [`the row of ${path} names nothing in it`];
    return names
      .filter((name) => !definition(name).test(text))
      .map((name) => `${path} has no ${name}`);
  });
}

function readSource(path: string): string | undefined {
  const full = join(ROOT, path);
  return existsSync(full) ? readFileSync(full, "utf8") : undefined;
}

test.each(WALKS)("%s names files and calls that exist", (heading) => {
  const steps = readWalk(readFileSync(join(ROOT, PAGE), "utf8"), heading);
  expect(steps.length).toBeGreaterThan(5);
  expect(findLost(steps, readSource)).toEqual([]);
});

test("every path of src/ in the documents exists", () => {
  const page = readFileSync(join(ROOT, PAGE), "utf8");
  const paths = [...page.matchAll(/`(src\/[\w./-]+)`/g)].map((match) => match[1]!);
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test("the check of the walks sees a lost file, a lost name, and a row without names", () => {
  const text = [
    "## A walk",
    "| 1 | `src/a.ts` | `gone(x)` |",
    "| 2 | `src/gone.ts` | `run()` |",
    "| 3 | `src/a.ts` | |",
    "| 4 | `src/a.ts` | `run(bytes)`, in place |",
  ].join("\n");
  const steps = readWalk(text, "A walk");
  expect(steps).toHaveLength(4);
  const read = (path: string): string | undefined =>
    path === "src/a.ts" ? "function run() {}" : undefined;
  expect(findLost(steps, read)).toHaveLength(3);
});
