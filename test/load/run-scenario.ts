/**
 * Puts one load on a server and measures: `bun test/load/run-scenario.ts --url ws://127.0.0.1:7880
 * --key K --secret S --pid PID --scenario livestream [--subscribers N] [--seconds N]`. Prints one
 * line of JSON. `scripts/bench` starts the server and this beside it.
 */
import { parseArgs } from "node:util";
import type { LatencySummary } from "../../src/loadtest/latency-histogram.ts";
import type { LoadServer } from "../../src/loadtest/load-client.ts";
import type { JoinWish, LoadRun } from "../../src/loadtest/load-run.ts";
import { required, SERVER_OPTIONS, serverOf } from "./arguments.ts";
import { LoopbackProbe } from "./loopback-probe.ts";
import { readProcessUsage } from "./process-usage.ts";
import { expectedStreams, SCENARIOS, type Scenario } from "./scenarios.ts";
import { startLoad } from "./start-load.ts";
import { warmUp } from "./warm-up.ts";

const SETTLE_MS = 1_000;
/** Half a core, and how its number of rooms is found: twice, as more of them cost less each. */
const HALF_LOAD_PERCENT = 50;
const HALF_LOAD_ROUNDS = 2;
const HALF_LOAD_LOOK_MS = 4_000;
const HALF_LOAD_ROOMS_MAX = 150;
/**
 * What joining left to collect is collected by then, and hot code compiled. Measured is a call that
 * runs, not one that begins.
 */
const WARM_UP_MS = 15_000;
const STREAMS_LIMIT_MS = 20_000;
/** Layers come up one by one: a rate that no longer grows by more than this is the final one. */
const RATE_WINDOW_MS = 500;
const RATE_GROWTH_MAX = 1.02;
const RATE_LIMIT_MS = 10_000;

export type LoadResult = {
  readonly scenario: string;
  readonly clients: number;
  readonly seconds: number;
  /** Sent to the server, and arrived at clients. */
  readonly packetsInPerSecond: number;
  readonly packetsPerSecond: number;
  readonly megabitsPerSecond: number;
  /** Of the server process, user and system, all threads. */
  readonly cpuUsPerPacket: number;
  readonly cpuPercent: number;
  /** Server CPU from before the first join until all were connected, for each. */
  readonly cpuMsPerJoin: number;
  readonly lossPercent: number;
  readonly latency: LatencySummary;
  /** Of datagrams from the generator to itself meanwhile: its own and the system's part of it. */
  readonly ownLatency: LatencySummary;
  readonly rssBytes: number;
  /** More than before the first of them joined, and after a short call of others. */
  readonly rssBytesPerParticipant: number;
  readonly srtpProfile: string;
  /** CPU of this process: near 100 the figures are those of the generator. */
  readonly generatorPercent: number;
};

export async function runScenario(
  server: LoadServer,
  pid: number,
  scenario: Scenario,
  seconds: number,
): Promise<LoadResult> {
  await warmUp(server, scenario.published);
  using run = startLoad(server);
  using probe = await LoopbackProbe.start();
  const { publishers, subscribers } = wishesOf(scenario);
  const idle = readProcessUsage(pid);
  await run.join(subscribers);
  const publishing = await run.join(publishers);
  await Bun.sleep(SETTLE_MS);
  const joined = readProcessUsage(pid);
  const firstJoins = publishers.length + subscribers.length;
  await run.publish(publishing, scenario.published);
  await everythingArrives(run, scenario);
  if (scenario.isHalfLoad === true) await addUpToHalfLoad(run, pid, scenario);
  await rateIsFinal(run);
  await Bun.sleep(WARM_UP_MS);

  run.latency.clear();
  probe.clear();
  const before = { ...readProcessUsage(pid), ...run.sums(), sent: run.sentPackets };
  const ownBefore = process.cpuUsage();
  const startMs = performance.now();
  await Bun.sleep(seconds * 1000);
  const elapsedMs = performance.now() - startMs;
  const own = process.cpuUsage(ownBefore);
  const after = { ...readProcessUsage(pid), ...run.sums(), sent: run.sentPackets };
  run.check();

  const packets = after.packets - before.packets;
  const lost = after.expected - before.expected - packets;
  const cpuUs = after.cpuUs - before.cpuUs;
  const clients = run.clients.length;
  return {
    scenario: scenario.name,
    clients,
    seconds: elapsedMs / 1000,
    packetsInPerSecond: ((after.sent - before.sent) * 1000) / elapsedMs,
    packetsPerSecond: (packets * 1000) / elapsedMs,
    megabitsPerSecond: ((after.bytes - before.bytes) * 8) / 1000 / elapsedMs,
    cpuUsPerPacket: cpuUs / packets,
    cpuPercent: cpuUs / 10 / elapsedMs,
    cpuMsPerJoin: (joined.cpuUs - idle.cpuUs) / 1000 / firstJoins,
    lossPercent: (100 * Math.max(0, lost)) / Math.max(1, packets + lost),
    latency: run.latency.summary(),
    ownLatency: probe.summary(),
    rssBytes: after.rssBytes,
    rssBytesPerParticipant: (after.rssBytes - idle.rssBytes) / clients,
    srtpProfile: run.clients[0]?.srtpProfile ?? "",
    generatorPercent: (own.user + own.system) / 10 / elapsedMs,
  };
}

/** @throws when a stream does not come */
async function everythingArrives(run: LoadRun, scenario: Scenario): Promise<void> {
  const expected = expectedStreams(scenario);
  const isComplete = (): boolean => {
    run.check();
    const { audioStreams, videoStreams } = run.sums();
    return audioStreams >= expected.audio && videoStreams >= expected.video;
  };
  if (await run.waitFor(isComplete, STREAMS_LIMIT_MS)) return;
  const { audioStreams, videoStreams } = run.sums();
  throw new Error(
    `Only ${audioStreams} of ${expected.audio} sounds and ${videoStreams} of ${expected.video} ` +
      "pictures have arrived",
  );
}

/** More rooms of the same kind until the server takes half a core. */
async function addUpToHalfLoad(run: LoadRun, pid: number, scenario: Scenario): Promise<void> {
  let { rooms } = scenario;
  for (let round = 0; round < HALF_LOAD_ROUNDS; round++) {
    await rateIsFinal(run);
    const { cpuUs } = readProcessUsage(pid);
    const startMs = performance.now();
    await Bun.sleep(HALF_LOAD_LOOK_MS);
    const percent = (readProcessUsage(pid).cpuUs - cpuUs) / 10 / (performance.now() - startMs);
    const wanted = Math.round((rooms * HALF_LOAD_PERCENT) / percent);
    const more = Math.max(0, Math.min(HALF_LOAD_ROOMS_MAX, wanted) - rooms);
    const { publishers, subscribers } = wishesOf({ ...scenario, rooms: more }, rooms);
    await run.join(subscribers);
    await run.publish(await run.join(publishers), scenario.published);
    rooms += more;
    await everythingArrives(run, { ...scenario, rooms });
  }
}

function roomName(index: number): string {
  return `load-${index}`;
}

async function rateIsFinal(run: LoadRun): Promise<void> {
  const endMs = performance.now() + RATE_LIMIT_MS;
  let last = 0;
  while (performance.now() < endMs) {
    const { bytes } = run.sums();
    await Bun.sleep(RATE_WINDOW_MS);
    const rate = run.sums().bytes - bytes;
    if (last > 0 && rate < last * RATE_GROWTH_MAX) return;
    last = rate;
  }
}

function wishesOf(
  scenario: Scenario,
  firstRoom = 0,
): { publishers: JoinWish[]; subscribers: JoinWish[] } {
  const publishers: JoinWish[] = [];
  const subscribers: JoinWish[] = [];
  for (let index = firstRoom; index < firstRoom + scenario.rooms; index++) {
    const room = roomName(index);
    for (let i = 0; i < scenario.publishers; i++) {
      const autoSubscribe = scenario.subscribers === 0;
      publishers.push({ room, identity: `publisher-${index}-${i}`, autoSubscribe });
    }
    for (let i = 0; i < scenario.subscribers; i++) {
      const isLight = i >= (scenario.fullSubscribers ?? Number.POSITIVE_INFINITY);
      const identity = `subscriber-${index}-${i}`;
      subscribers.push({ room, identity, autoSubscribe: true, isLight });
    }
  }
  return { publishers, subscribers };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      ...SERVER_OPTIONS,
      pid: { type: "string" },
      scenario: { type: "string", default: "livestream" },
      subscribers: { type: "string" },
      seconds: { type: "string", default: "10" },
    },
  });
  const scenario = SCENARIOS.find(({ name }) => name === values.scenario);
  if (scenario === undefined) throw new Error(`There is no scenario ${values.scenario}`);
  const server = serverOf(values);
  const changed =
    values.subscribers === undefined
      ? scenario
      : { ...scenario, subscribers: Number(values.subscribers) };
  const pid = Number(required(values.pid, "pid"));
  console.log(JSON.stringify(await runScenario(server, pid, changed, Number(values.seconds))));
  process.exit(0);
}
