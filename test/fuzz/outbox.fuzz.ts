import { expect, test } from "bun:test";
import { crc32 } from "node:zlib";
import { readOutboxFile, writeOutboxFile } from "../../src/io/outbox-file.ts";
import { runMutations } from "../support/mutate.ts";

const SEED = 20_261_121;

const CORPUS = [1, 2].map((sequence) =>
  writeOutboxFile({
    url: "http://127.0.0.1/hook",
    room: "demo",
    event: "participant_joined",
    id: "EV_abcdefghijkm",
    sequence,
    atMs: 1_700_000_000_000 + sequence,
    body: '{"event":"participant_joined","room":{"name":"demo"}}',
  }),
);

test("any file of an outbox is an event or refused", () => {
  runMutations(CORPUS, 10_000, SEED, (bytes) => {
    const event = readOutboxFile(bytes);
    if (event !== undefined) expect(writeOutboxFile(event)).toEqual(bytes);
  });
});

test("a file with a right checksum around anything is an event or refused", () => {
  const start = new TextEncoder();
  const inner = CORPUS.map((bytes) => bytes.slice(9));
  runMutations(inner, 10_000, SEED + 1, (json) => {
    const head = start.encode(`${crc32(json).toString(16).padStart(8, "0")}\n`);
    const event = readOutboxFile(Uint8Array.from([...head, ...json]));
    if (event === undefined) return;
    expect([typeof event.url, typeof event.room, typeof event.body]).toEqual([
      "string",
      "string",
      "string",
    ]);
    expect(Number.isSafeInteger(event.sequence)).toBe(true);
  });
});
