import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./source-files.ts";

const HANDLERS = [
  "src/rtc/participant/signal-handler.ts",
  "src/service/signal/signal-socket.ts",
] as const;

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** The cases of the oneof of a message, as the schema spells them. */
function readCases(proto: string, message: string): string[] {
  const body =
    new RegExp(`message ${message} \\{\\s*oneof \\w+ \\{([^}]*)\\}`).exec(proto)?.[1] ?? "";
  return [...body.matchAll(/^\s*[\w.]+ (\w+) = \d+;/gm)].map((match) => match[1]!);
}

function toCamelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Requests that the server neither acts on nor admits that it does not. */
function findSilent(cases: readonly string[], code: string, page: string): string[] {
  return cases.filter((name) => {
    return !code.includes(`"${toCamelCase(name)}"`) && !page.includes(`\`${name}\``);
  });
}

/** Numbers of the rows of the table under a heading. */
function readRows(page: string, heading: string): number[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  return [...section.matchAll(/^\| (\d+) \| [^|]+ \| [^|]+ \|$/gm)].map((match) =>
    Number(match[1]),
  );
}

function countTo(last: number): number[] {
  return Array.from({ length: last }, (_, i) => i + 1);
}

test("every signal request is acted on, or stands in docs/compatibility.md", () => {
  const cases = readCases(read("proto/livekit_rtc.proto"), "SignalRequest");
  expect(cases.length).toBeGreaterThan(15);
  const code = HANDLERS.map(read).join("\n");
  expect(findSilent(cases, code, read("docs/compatibility.md"))).toEqual([]);
});

test("docs/compatibility.md has every row of the checklists", () => {
  const page = read("docs/compatibility.md");
  expect(readRows(page, "Signalling and server API")).toEqual(countTo(92));
  expect(readRows(page, "Operations")).toEqual(countTo(65));
});

test("this check sees a request that nobody mentions", () => {
  expect(findSilent(["add_track", "sing_song"], 'case "addTrack":', "nothing")).toEqual([
    "sing_song",
  ]);
});
