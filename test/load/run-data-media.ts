/**
 * Two participants with sound and video who also transfer a file: how long media packets are on
 * their way then. `bun test/load/run-data-media.ts --url ws://127.0.0.1:7880 --key K --secret S --pid
 * PID [--rate BYTES] [--seconds N]`; rate 0 is no transfer, Infinity as fast as it goes. Prints one
 * line of JSON.
 */
import { parseArgs } from "node:util";
import type { LatencySummary } from "../../src/loadtest/latency-histogram.ts";
import type { LoadServer } from "../../src/loadtest/load-client.ts";
import { required, SERVER_OPTIONS, serverOf } from "./arguments.ts";
import type { BulkReport } from "./bulk-protocol.ts";
import { BulkReceiver, BulkSender } from "./bulk-stream.ts";
import { readProcessUsage } from "./process-usage.ts";
import { startLoad } from "./start-load.ts";

const ROOM = "data-media";
const STREAMS_LIMIT_MS = 20_000;
const WARM_UP_MS = 5_000;
const END_LIMIT_MS = 10_000;

export type DataMediaResult = {
  /** Asked of the sender, bytes a second; null for as fast as it goes: JSON has no infinity. */
  readonly bytesPerSecond: number;
  readonly megabytesPerSecond: number;
  readonly mediaPacketsPerSecond: number;
  readonly mediaLostPercent: number;
  /** Of media packets. */
  readonly latency: LatencySummary;
  readonly cpuPercent: number;
  readonly generatorPercent: number;
  /** How long the generator itself stood still; latency is not the server's alone then. */
  readonly generatorStallMs: number;
  readonly lostChunks: number;
  readonly corrupt: number;
};

export async function runDataMedia(
  server: LoadServer,
  pid: number,
  bytesPerSecond: number,
  seconds: number,
): Promise<DataMediaResult> {
  using run = startLoad(server);
  const [first, second] = await run.join(
    ["first", "second"].map((identity) => ({ room: ROOM, identity, autoSubscribe: true })),
  );
  await run.publish([first!, second!], { audio: true, video: "single" });
  const isComplete = (): boolean => {
    run.check();
    const { audioStreams, videoStreams } = run.sums();
    return audioStreams === 2 && videoStreams === 2;
  };
  if (!(await run.waitFor(isComplete, STREAMS_LIMIT_MS))) {
    throw new Error("The media of the two has not arrived");
  }
  await Promise.all([first!.data.canSend, second!.data.canReceive]);
  await Bun.sleep(WARM_UP_MS);
  const sender = new BulkSender(first!.data);
  const receiver = new BulkReceiver(second!.data);
  const isUncapped = bytesPerSecond === Number.POSITIVE_INFINITY;
  if (bytesPerSecond > 0) sender.start(isUncapped ? undefined : bytesPerSecond);
  await Bun.sleep(WARM_UP_MS);

  run.latency.clear();
  run.longestStallMs = 0;
  const before = { ...readProcessUsage(pid), ...run.sums(), data: receiver.report().bytes };
  const ownBefore = process.cpuUsage();
  const startMs = performance.now();
  await Bun.sleep(seconds * 1000);
  const elapsedMs = performance.now() - startMs;
  const own = process.cpuUsage(ownBefore);
  const after = { ...readProcessUsage(pid), ...run.sums(), data: receiver.report().bytes };
  const latency = run.latency.summary();
  const generatorStallMs = run.longestStallMs;
  let end: BulkReport = receiver.report();
  if (bytesPerSecond > 0) {
    sender.stop();
    await run.waitFor(() => receiver.report().isEnded, END_LIMIT_MS);
    end = receiver.report();
  }
  run.check();
  const packets = after.packets - before.packets;
  const lost = Math.max(0, after.expected - before.expected - packets);
  return {
    bytesPerSecond,
    megabytesPerSecond: (after.data - before.data) / 1000 / elapsedMs,
    mediaPacketsPerSecond: (packets * 1000) / elapsedMs,
    mediaLostPercent: (100 * lost) / Math.max(1, packets + lost),
    latency,
    cpuPercent: (after.cpuUs - before.cpuUs) / 10 / elapsedMs,
    generatorPercent: (own.user + own.system) / 10 / elapsedMs,
    generatorStallMs,
    lostChunks: sender.report().chunks - end.chunks,
    corrupt: end.corrupt + end.disordered + end.duplicates,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      ...SERVER_OPTIONS,
      pid: { type: "string" },
      rate: { type: "string", default: "Infinity" },
      seconds: { type: "string", default: "10" },
    },
  });
  const pid = Number(required(values.pid, "pid"));
  const result = await runDataMedia(
    serverOf(values),
    pid,
    Number(values.rate),
    Number(values.seconds),
  );
  console.log(JSON.stringify(result));
  process.exit(0);
}
