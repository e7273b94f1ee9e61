import { expect, test } from "bun:test";
import { dirname, join, normalize } from "node:path";
import { BROWSER_FOLDERS, FREE_FOLDERS, IMPORT_TABLE } from "./import-table.ts";
import type { SourceFile } from "./source-files.ts";
import { folderOf, isTest, problemAt, readFiles, sourceFile } from "./source-files.ts";

interface Import {
  readonly index: number;
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

const STATIC = /^[ \t]*(import|export)\b\s*([^"';]*?\bfrom\s*)?"([^"\n]+)"/gm;
const DYNAMIC = /\b(?:import|require)\(\s*"([^"\n]+)"/g;

function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  for (const match of file.text.matchAll(STATIC)) {
    const clause = match[2] ?? "";
    // `{ type A, type B }` brings no more at run time than `type { A, B }` does.
    const names = /\{([^}]*)\}/.exec(clause)?.[1]?.split(",") ?? [];
    const named = names.map((name) => name.trim()).filter((name) => name !== "");
    const isTypeOnly =
      /^type\b/.test(clause) ||
      (named.length > 0 && named.every((name) => name.startsWith("type ")));
    found.push({ index: match.index, specifier: match[3]!, isTypeOnly });
  }
  for (const match of file.text.matchAll(DYNAMIC)) {
    // Inside a comment or a string it imports nothing.
    if (file.code.startsWith(match[0].slice(0, 6), match.index)) {
      found.push({ index: match.index, specifier: match[1]!, isTypeOnly: false });
    }
  }
  return found;
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0]!;
}

function isAllowedPackage(name: string, allowed: readonly string[]): boolean {
  const scheme = /^\w+:/.exec(name)?.[0];
  return allowed.includes(name) || (scheme !== undefined && allowed.includes(`${scheme}*`));
}

function findSlips(files: readonly SourceFile[]): string[] {
  const problems: string[] = [];
  for (const file of files) {
    const folder = folderOf(file.path);
    if (FREE_FOLDERS.includes(folder) || isTest(file.path)) continue;
    if (BROWSER_FOLDERS.some((start) => file.path.startsWith(start))) continue;
    const rule = IMPORT_TABLE[folder];
    if (rule === undefined) {
      problems.push(problemAt(file, 0, `src/${folder} has no line in the import table`));
      continue;
    }
    for (const { index, specifier, isTypeOnly } of importsOf(file)) {
      if (!specifier.startsWith(".")) {
        if (isAllowedPackage(packageOf(specifier), rule.packages ?? [])) continue;
        problems.push(problemAt(file, index, `${folder} may not import the package ${specifier}`));
        continue;
      }
      const target = normalize(join(dirname(file.path), specifier));
      const to = folderOf(target);
      if (!target.startsWith("src/")) {
        problems.push(problemAt(file, index, `${specifier} lies outside of src/`));
      } else if (to !== folder && !rule.folders.includes(to)) {
        if (isTypeOnly && rule.typesOf?.includes(to)) continue;
        problems.push(problemAt(file, index, `${folder} may not import ${to}`));
      }
    }
  }
  return problems;
}

function findBareEndings(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter(({ specifier }) => specifier.startsWith("."))
      .filter(({ specifier }) => !/\.(ts|js|mjs|json|txt)$/.test(specifier))
      .map(({ index, specifier }) => problemAt(file, index, `${specifier} needs its file ending`)),
  );
}

const sources = readFiles("src/**/*.ts").filter(({ path }) => !path.endsWith(".d.ts"));

test("every folder imports only what the import table lets it", () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(findSlips(sources)).toEqual([]);
});

test("the import table names only folders that have a line in it", () => {
  const listed = Object.values(IMPORT_TABLE).flatMap((rule) => [
    ...rule.folders,
    ...(rule.typesOf ?? []),
  ]);
  expect(listed.filter((folder) => IMPORT_TABLE[folder] === undefined)).toEqual([]);
});

test("relative imports name their file with its ending", () => {
  expect(findBareEndings([...sources, ...readFiles("test/**/*.ts", "scripts/**/*.ts")])).toEqual(
    [],
  );
});

test.each([
  ["a core that imports upward", "src/wire/a.ts", 'import { x } from "../transport/b.ts";'],
  ["siblings that meet", "src/sfu/x/a.ts", 'import { x } from "../../transport/b.ts";'],
  ["an import over several lines", "src/sfu/a.ts", 'import {\n  x,\n} from "../media/b.ts";'],
  ["an import for its effects", "src/base/a.ts", 'import "../rtc/b.ts";'],
  ["a re-export", "src/base/a.ts", 'export { x } from "../rtc/b.ts";'],
  ["a dynamic import", "src/base/a.ts", 'const x = await import("../rtc/b.ts");'],
  ["a type from a layer above", "src/wire/a.ts", 'import type { X } from "../sfu/b.ts";'],
  ["a value of a port", "src/io/a.ts", 'import { type X, y } from "../transport/b.ts";'],
  ["a package far from its home", "src/rtc/a.ts", 'import { Hono } from "hono";'],
  ["the runtime in a core", "src/wire/a.ts", 'import { readFileSync } from "node:fs";'],
  ["a test helper in the server", "src/rtc/a.ts", 'import { x } from "../../test/support/x.ts";'],
  ["a folder that is not in the table", "src/misc/a.ts", 'import { x } from "../base/b.ts";'],
])("the import check sees %s", (_, path, text) => {
  expect(findSlips([sourceFile(path, text)])).toHaveLength(1);
});

test.each([
  ["a port as a type", "src/io/a.ts", 'import type { X } from "../transport/b.ts";'],
  ["types named one by one", "src/io/a.ts", 'import { type X, type Y } from "../transport/b.ts";'],
  ["an import within a comment", "src/base/a.ts", '// like import("../rtc/b.ts")\n'],
  ["what the table lets in", "src/sfu/x/a.ts", 'import { x } from "../../wire/b.ts";'],
])("the import check lets pass %s", (_, path, text) => {
  expect(findSlips([sourceFile(path, text)])).toEqual([]);
});

test("the ending check sees an import without one", () => {
  const file = sourceFile("src/base/a.ts", 'import { x } from "./b";');
  expect(findBareEndings([file])).toHaveLength(1);
});
