import { readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT: string = join(import.meta.dir, "../..");

/** One file of the repository. */
export interface SourceFile {
  /** From the top of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** The text with comments and the contents of strings blanked; lines and columns stay. */
  readonly code: string;
}

export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, code: path.endsWith(".ts") ? blankNonCode(text) : text };
}

/** The files that fit a glob and that git does not ignore, sorted. */
export function readFiles(...patterns: readonly string[]): readonly SourceFile[] {
  const globs = patterns.map((pattern) => `:(glob)${pattern}`);
  const listed = Bun.spawnSync(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", ...globs],
    { cwd: ROOT },
  );
  const paths = [...new Set(listed.stdout.toString().split("\n"))].filter((path) => path !== "");
  const there = paths.filter((path) => Bun.file(join(ROOT, path)).size > 0);
  return there.toSorted().map((path) => sourceFile(path, readFileSync(join(ROOT, path), "utf8")));
}

/** The folder below src/ that a file lies in, or the file's own name when it lies in src/ itself. */
export function folderOf(path: string): string {
  return path.split("/")[1] ?? "";
}

/** `path:line: message`, which editors and terminals can follow. */
export function problemAt(file: SourceFile, index: number, message: string): string {
  const line = file.text.slice(0, index).split("\n").length;
  return `${file.path}:${line}: ${message}`;
}

export function isTest(path: string): boolean {
  return path.endsWith(".test.ts");
}

/**
 * Comments, and each kind of literal: template, quoted string, regular expression. The last is told
 * from a division by what stands before it.
 */
const NON_CODE =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|`(?:\\[\s\S]|[^`\\])*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?<=(?:[(,=:[!&|?{};]|\breturn|=>)\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;

function blankNonCode(text: string): string {
  return text.replace(NON_CODE, (literal) => {
    const isTemplate = literal.startsWith("`");
    // What a template puts in is code, so a template is kept whole.
    if (isTemplate && literal.includes("${")) return literal;
    return literal.replace(/[^\n]/g, " ");
  });
}
