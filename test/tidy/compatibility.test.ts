import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isTest, ROOT, readFiles } from "./source-files.ts";

/** One `case` of a switch each. */
const HANDLER = "src/rtc/participant/signal-handler.ts";
/** Answers pings, by comparing. */
const SOCKET = "src/service/signal/signal-socket.ts";

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

/** Requests that have a branch of their own, of the cases of the oneof. */
function findHandled(cases: readonly string[], handler: string, socket: string): string[] {
  return cases.filter((name) => {
    const member = toCamelCase(name);
    return handler.includes(`case "${member}":`) || socket.includes(`.message === "${member}"`);
  });
}

/** Responses that some code makes, of the cases of the oneof: `{ name: ...` or `{ name }`. */
function findMade(cases: readonly string[], code: string): string[] {
  return cases.filter((name) => {
    const member = toCamelCase(name);
    // these two are put together of encoded parts
    if (name === "join" || name === "update") return code.includes(`${member}Frame(`);
    return new RegExp(`\\{\\s*${member}\\s*[:,}]`).test(code);
  });
}

/** Names in the first column of the table under a heading. */
function readListed(page: string, heading: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^\| (`[^|]+) \| [^|]+ \|$/gm)].flatMap((row) =>
    [...row[1]!.matchAll(/`(\w+)`/g)].map((name) => name[1]!),
  );
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

test("every signal request is acted on, or stands in docs/compatibility.md, and none does both", () => {
  const cases = readCases(read("proto/livekit_rtc.proto"), "SignalRequest");
  expect(cases.length).toBe(22);
  const handled = findHandled(cases, read(HANDLER), read(SOCKET));
  const listed = readListed(read("docs/compatibility.md"), "Signal requests that change nothing");
  expect([...handled, ...listed].sort()).toEqual(cases.toSorted());
});

test("every signal response is sent in some case", () => {
  const cases = readCases(read("proto/livekit_rtc.proto"), "SignalResponse");
  expect(cases.length).toBe(30);
  const code = readFiles("src/rtc/**/*.ts", "src/service/signal/*.ts")
    .filter(({ path }) => !isTest(path))
    .map((file) => file.code)
    .join("\n");
  expect(findMade(cases, code).sort()).toEqual(cases.toSorted());
});

test("docs/compatibility.md has every row of the checklists", () => {
  const page = read("docs/compatibility.md");
  expect(readRows(page, "Signalling and server API")).toEqual(countTo(92));
  expect(readRows(page, "Operations")).toEqual(countTo(65));
});

test("these checks see a message that nobody mentions", () => {
  const cases = ["add_track", "ping", "sing_song"];
  expect(findHandled(cases, 'case "addTrack":', '.message === "ping"')).toEqual([
    "add_track",
    "ping",
  ]);
  const code =
    "send({ addTrack: 1 }); send({\n  ping,\n}); const { singSong: x } = { singSongs: 1 };";
  expect(findMade(["add_track", "ping", "sing_songs", "sing"], code)).toEqual([
    "add_track",
    "ping",
    "sing_songs",
  ]);
  expect(readListed("## A\n\n| `x`, `y_z` | why |\n\n## B\n\n| `b` | why |\n", "A")).toEqual([
    "x",
    "y_z",
  ]);
});
