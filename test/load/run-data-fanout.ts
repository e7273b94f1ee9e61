/**
 * One sends data messages to all others of a room: `bun test/load/run-data-fanout.ts --url
 * ws://127.0.0.1:7880 --key K --secret S --pid PID [--receivers N] [--rate N] [--bytes N] [--lossy]
 * [--seconds N]`. Prints one line of JSON.
 */
import { parseArgs } from "node:util";
import { livekit } from "../../src/gen/livekit.js";
import { DataReceipts } from "../../src/loadtest/data-receipts.ts";
import type { LatencySummary } from "../../src/loadtest/latency-histogram.ts";
import type { LoadClient, LoadServer } from "../../src/loadtest/load-client.ts";
import type { LoadRun } from "../../src/loadtest/load-run.ts";
import { readUserPacket, userPacket } from "../../src/loadtest/user-packets.ts";
import { required, SERVER_OPTIONS, serverOf } from "./arguments.ts";
import { readProcessUsage } from "./process-usage.ts";
import { startLoad } from "./start-load.ts";

const ROOM = "data-fanout";
const SENDER = "sender";
const TICK_MS = 1;
const IDLE_MS = 6_000;
/** Hot code is compiled by then. */
const WARM_UP_MS = 10_000;
/** Nothing has come for so long: nothing will. */
const QUIET_MS = 3_000;

export type FanoutWish = {
  readonly receivers: number;
  /** Messages a second. */
  readonly rate: number;
  /** Of a message's payload. */
  readonly byteCount: number;
  readonly isReliable: boolean;
  readonly seconds: number;
};

export type FanoutResult = {
  readonly receivers: number;
  readonly deliveredPerSecond: number;
  /** Of the server process, user and system, all threads. */
  readonly cpuUsPerMessage: number;
  /** The same without what the server takes when nobody sends. */
  readonly netCpuUsPerMessage: number;
  readonly cpuPercent: number;
  readonly idlePercent: number;
  /** From handing over to the sender's channel to the whole message at a receiver. */
  readonly latency: LatencySummary;
  /** Of the whole run, all receivers together. */
  readonly lost: number;
  readonly duplicates: number;
  readonly disordered: number;
  /** With another content, or another sender's name. */
  readonly corrupt: number;
  readonly cpuMsPerJoin: number;
  readonly rssBytes: number;
  readonly generatorPercent: number;
  /** How long the generator itself stood still; latency is not the server's alone then. */
  readonly generatorStallMs: number;
};

export async function runFanout(
  server: LoadServer,
  pid: number,
  wish: FanoutWish,
): Promise<FanoutResult> {
  using run = startLoad(server);
  const idle = readProcessUsage(pid);
  const [sender] = await run.join([{ room: ROOM, identity: SENDER, autoSubscribe: true }]);
  const receivers = await run.join(
    Array.from({ length: wish.receivers }, (_, i) => ({
      room: ROOM,
      identity: `receiver-${i}`,
      autoSubscribe: true,
    })),
  );
  const joined = readProcessUsage(pid);
  await run.publish([sender!], { audio: false, video: "none" });
  await Promise.all([sender!.data.canSend, ...receivers.map(({ data }) => data.canReceive)]);
  const receipts = receivers.map((receiver) => watch(run, receiver, wish.byteCount));
  await Bun.sleep(IDLE_MS);
  const idleBefore = readProcessUsage(pid);
  await Bun.sleep(IDLE_MS);
  const idleUsPerMs = (readProcessUsage(pid).cpuUs - idleBefore.cpuUs) / IDLE_MS;

  const source = new MessageSource(sender!, wish);
  await Bun.sleep(WARM_UP_MS);
  const delivered = (): number => receipts.reduce((sum, { received }) => sum + received, 0);
  run.latency.clear();
  run.longestStallMs = 0;
  const before = { ...readProcessUsage(pid), delivered: delivered() };
  const ownBefore = process.cpuUsage();
  const startMs = performance.now();
  await Bun.sleep(wish.seconds * 1000);
  const elapsedMs = performance.now() - startMs;
  const own = process.cpuUsage(ownBefore);
  const after = { ...readProcessUsage(pid), delivered: delivered() };
  const latency = run.latency.summary();
  const generatorStallMs = run.longestStallMs;
  source.stop();
  const all = source.sent * receivers.length;
  let last = -1;
  while (delivered() < all && delivered() > last) {
    last = delivered();
    await run.waitFor(() => delivered() === all, QUIET_MS);
  }
  run.check();

  const messages = after.delivered - before.delivered;
  const cpuUs = after.cpuUs - before.cpuUs;
  const sum = (of: (receipts: DataReceipts) => number): number =>
    receipts.reduce((total, each) => total + of(each), 0);
  return {
    receivers: receivers.length,
    deliveredPerSecond: (messages * 1000) / elapsedMs,
    cpuUsPerMessage: cpuUs / messages,
    netCpuUsPerMessage: (cpuUs - idleUsPerMs * elapsedMs) / messages,
    cpuPercent: cpuUs / 10 / elapsedMs,
    idlePercent: idleUsPerMs / 10,
    latency,
    lost: sum((each) => each.lost(source.sent)),
    duplicates: sum(({ duplicates }) => duplicates),
    disordered: sum(({ disordered }) => disordered),
    corrupt: sum(({ corrupt }) => corrupt),
    cpuMsPerJoin: (joined.cpuUs - idle.cpuUs) / 1000 / (receivers.length + 1),
    rssBytes: after.rssBytes,
    generatorPercent: (own.user + own.system) / 10 / elapsedMs,
    generatorStallMs,
  };
}

function watch(run: LoadRun, { data }: LoadClient, byteCount: number): DataReceipts {
  const receipts = new DataReceipts();
  data.onMessage = (_label, bytes) => {
    const message = readUserPacket(bytes);
    if (message === undefined || message.sender !== SENDER || message.byteCount !== byteCount) {
      receipts.corrupt += 1;
      return;
    }
    receipts.add(message.index, message.byteCount);
    run.latency.add(performance.now() - message.sentMs);
  };
  return receipts;
}

/** Sends at a steady rate; what a late timer missed is made up for. */
class MessageSource {
  sent = 0;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor({ data }: LoadClient, { rate, byteCount, isReliable }: FanoutWish) {
    const { RELIABLE, LOSSY } = livekit.DataPacket.Kind;
    const kind = isReliable ? RELIABLE : LOSSY;
    const label = isReliable ? "_reliable" : "_lossy";
    const startMs = performance.now();
    this.#timer = setInterval(() => {
      let nowMs = performance.now();
      while (this.sent < ((nowMs - startMs) * rate) / 1000) {
        const packet = userPacket({
          sequence: this.sent + 1,
          kind,
          index: this.sent,
          processTag: 0,
          nowMs,
          byteCount,
        });
        if (!data.send(nowMs, label, packet)) throw new Error("The sender's channel is full");
        this.sent += 1;
        data.flush(nowMs);
        nowMs = performance.now();
      }
    }, TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      ...SERVER_OPTIONS,
      pid: { type: "string" },
      receivers: { type: "string", default: "30" },
      rate: { type: "string", default: "100" },
      bytes: { type: "string", default: "1024" },
      lossy: { type: "boolean", default: false },
      seconds: { type: "string", default: "10" },
    },
  });
  const wish: FanoutWish = {
    receivers: Number(values.receivers),
    rate: Number(values.rate),
    byteCount: Number(values.bytes),
    isReliable: !values.lossy,
    seconds: Number(values.seconds),
  };
  const pid = Number(required(values.pid, "pid"));
  console.log(JSON.stringify(await runFanout(serverOf(values), pid, wish)));
  process.exit(0);
}
