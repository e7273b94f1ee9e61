import { afterEach, beforeEach, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeScheduler } from "../../test/support/fake-scheduler.ts";
import { RecordingLog } from "../../test/support/recording-log.ts";
import type { OutboxEvent } from "../telemetry/webhook/outbox.ts";
import { EventOutbox, type EventOutboxOptions } from "./event-outbox.ts";
import { readOutboxFile, writeOutboxFile } from "./outbox-file.ts";

let directory: string;
let log: RecordingLog;

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), "parley-outbox-")), "events");
  log = new RecordingLog();
});

afterEach(() => {
  rmSync(join(directory, ".."), { recursive: true, force: true });
});

function open(options: Partial<EventOutboxOptions> = {}): EventOutbox {
  return new EventOutbox({ directory, scheduler: new FakeScheduler(), log, ...options });
}

function event(sequence: number, body = `{"n":${sequence}}`): OutboxEvent {
  const id = `EV_${sequence}`;
  return { url: "http://a/", room: "r", event: "e", id, sequence, atMs: 1_700_000_000_000, body };
}

function files(): string[] {
  return readdirSync(directory)
    .filter((name) => name !== "corrupt")
    .toSorted();
}

test("what was put is there for the next process, in its order, until it is removed", () => {
  const first = open();
  expect(first.restore()).toEqual([]);
  const numbers = [1, 2, 3].map((n) => first.put(event(n)) as number);
  expect(first.readBody(numbers[1]!)).toBe('{"n":2}');
  first.remove(numbers[1]!);
  const second = open();
  const { body: _, ...fields } = event(1);
  const restored = second.restore();
  expect(restored.map(({ sequence }) => sequence)).toEqual([1, 3]);
  expect(restored[0]).toEqual({ ...fields, entry: numbers[0]! });
  expect(second.readBody(restored[1]!.entry)).toBe('{"n":3}');
  expect(second.put(event(4))).toBe(numbers[2]! + 1);
});

test("files are the server user's own", () => {
  const outbox = open();
  outbox.put(event(1));
  expect(statSync(directory).mode & 0o077).toBe(0);
  expect(statSync(join(directory, files()[0]!)).mode & 0o077).toBe(0);
});

test("bytes and entries are bounded; removing makes room", () => {
  const outbox = open({ entriesMax: 2 });
  const first = outbox.put(event(1)) as number;
  outbox.put(event(2));
  expect(outbox.put(event(3))).toBe("full");
  outbox.remove(first);
  expect(outbox.put(event(3))).toBeNumber();
  const small = open({ bytesMax: 300 });
  small.restore();
  expect(small.put(event(4, "x".repeat(200)))).toBe("full");
});

test.each([
  ["cut off", (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 3)],
  ["empty", () => new Uint8Array(0)],
  ["with a letter changed", (bytes: Uint8Array) => bytes.with(bytes.length - 4, 0x41)],
  ["of something else", () => new TextEncoder().encode("hello")],
])("a file that is %s is put aside with one log line, the others are delivered", (_, spoil) => {
  const first = open();
  for (const n of [1, 2, 3]) first.put(event(n));
  for (const name of files().slice(0, 2)) {
    const path = join(directory, name);
    writeFileSync(path, spoil(new Uint8Array(readFileSync(path))));
  }
  const restored = open().restore();
  expect(restored.map(({ sequence }) => sequence)).toEqual([3]);
  expect(log.lines.map(({ level, fields }) => [level, fields["count"]])).toEqual([["warn", 2]]);
  expect(readdirSync(join(directory, "corrupt"))).toHaveLength(2);
  expect(open().restore()).toHaveLength(1);
  expect(log.lines).toHaveLength(1);
});

test("an event that is damaged while the server runs is put aside, one deleted is not told", () => {
  const outbox = open();
  const [damaged, deleted] = [outbox.put(event(1)) as number, outbox.put(event(2)) as number];
  writeFileSync(join(directory, files()[0]!), "x");
  expect(outbox.readBody(damaged)).toBeUndefined();
  outbox.remove(damaged);
  expect(log.lines).toHaveLength(1);
  outbox.remove(deleted);
  expect(outbox.readBody(deleted)).toBeUndefined();
  expect(log.lines).toHaveLength(1);
  expect(files()).toEqual([]);
});

test("no more than a hundred damaged files are kept", () => {
  open();
  for (let n = 1; n <= 130; n++) {
    writeFileSync(join(directory, `${String(n).padStart(16, "0")}.event`), "x");
  }
  expect(open().restore()).toEqual([]);
  expect(files()).toEqual([]);
  expect(readdirSync(join(directory, "corrupt"))).toHaveLength(100);
});

test("what a killed process was writing, folders and files of others do no harm", () => {
  open().put(event(1));
  writeFileSync(join(directory, "0000000000000002.part"), "half");
  writeFileSync(join(directory, "readme.txt"), "mine");
  mkdirSync(join(directory, "0000000000000003.event"));
  expect(open().restore()).toHaveLength(1);
  expect(existsSync(join(directory, "0000000000000002.part"))).toBe(false);
  expect(existsSync(join(directory, "readme.txt"))).toBe(true);
});

test("a directory that cannot be used is refused with what to do", () => {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, "file");
  writeFileSync(path, "");
  expect(() => open({ directory: path })).toThrow(/webhook\.outbox has to name a directory/);
});

test("a disk that takes nothing is told once, and once when it takes events again", () => {
  const outbox = open();
  rmSync(directory, { recursive: true });
  expect(outbox.put(event(1))).toBe("broken");
  expect(outbox.put(event(1))).toBe("broken");
  expect(log.lines.map(({ level }) => level)).toEqual(["error"]);
  mkdirSync(directory);
  expect(outbox.put(event(2))).toBeNumber();
  expect(log.lines.map(({ level }) => level)).toEqual(["error", "info"]);
});

test("syncing takes what is undelivered, and what is delivered meanwhile is no error", async () => {
  const outbox = open();
  const [first] = [1, 2].map((n) => outbox.put(event(n)) as number);
  const synced = outbox.sync();
  outbox.remove(first!);
  await synced;
  outbox.put(event(3));
  await outbox.close();
  expect(log.lines).toEqual([]);
});

test("a file is read back as it was written, and refused with any byte changed", () => {
  const bytes = writeOutboxFile(event(1, 'a "body"\n with ü and \u2028'));
  expect(readOutboxFile(bytes)).toEqual(event(1, 'a "body"\n with ü and \u2028'));
  for (let at = 0; at < bytes.length; at++) {
    expect(readOutboxFile(bytes.with(at, bytes[at]! ^ 0x10))).toBeUndefined();
  }
});
