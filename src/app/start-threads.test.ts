import { afterEach, expect, test } from "bun:test";
import { freePort } from "../../test/support/free-port.ts";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { loadTestConfig } from "../../test/support/test-config.ts";
import { SILENT_LOG } from "../base/log.ts";
import type { MediaThread } from "../bridge/media-thread.ts";
import { freeUdpPorts } from "../io/free-udp-ports.ts";
import { startLocalThread } from "./media-threads.ts";
import { startThreads } from "./start-threads.ts";

const ADDRESSES = [{ listen: "127.0.0.1", announce: ["127.0.0.1"] }];
const RANGE = 4;

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function occupy(port: number): Promise<void> {
  open.push(await Bun.udpSocket({ hostname: "127.0.0.1", port }));
}

/** The first of four ports that are free, one after another. */
async function freeRange(): Promise<number> {
  for (;;) {
    const start = await freePort();
    const range = { start, end: start + RANGE - 1 };
    if ((await freeUdpPorts(["127.0.0.1"], range, RANGE)).length === RANGE) return start;
  }
}

/** @returns the ports that the threads have, each below the first of the range */
async function startOn(
  first: number,
  workers: number,
  { log = new RecordingLog(), beforeStart = async (_port: number) => {} } = {},
): Promise<number[]> {
  const config = loadTestConfig(
    `keys: {k: ${"s".repeat(32)}}\nrtc: {workers: ${workers}, udp_port: ${first}-${first + RANGE - 1}}`,
  );
  const threads = await startThreads(config, ADDRESSES, log, async (options) => {
    await beforeStart(options.listens[0]!.port);
    return startLocalThread(options, SILENT_LOG, undefined);
  });
  open.push(...threads);
  return threads.map((thread: MediaThread) => thread.candidates[0]!.port - first);
}

test("each media thread takes the next port of the range that is free", async () => {
  const first = await freeRange();
  await occupy(first + 1);
  expect(await startOn(first, 2)).toEqual([0, 2]);
});

test("with fewer free ports than threads there are fewer threads, and a warning", async () => {
  const first = await freeRange();
  for (const offset of [0, 3]) await occupy(first + offset);
  const log = new RecordingLog();
  expect(await startOn(first, 3, { log })).toEqual([1, 2]);
  expect(log.lines).toMatchObject([{ level: "warn", fields: { wanted: 3 } }]);
});

test("no start without a free port: the range is named", async () => {
  const first = await freeRange();
  for (let offset = 0; offset < RANGE; offset++) await occupy(first + offset);
  await expect(startOn(first, 2)).rejects.toThrow(
    `Cannot listen on any UDP port from ${first} to ${first + RANGE - 1}`,
  );
});

test("a port that is taken at the last moment is done without", async () => {
  const first = await freeRange();
  let isFirst = true;
  const beforeStart = async (port: number): Promise<void> => {
    if (!isFirst) return;
    isFirst = false;
    await occupy(port);
  };
  expect(await startOn(first, 2, { beforeStart })).toEqual([1, 2]);
});

test("what fails for another reason fails at once", async () => {
  const first = await freeRange();
  let starts = 0;
  const beforeStart = async (): Promise<void> => {
    starts += 1;
    throw new Error("out of memory");
  };
  await expect(startOn(first, 2, { beforeStart })).rejects.toThrow("out of memory");
  expect(starts).toBe(2);
});
