/**
 * What participants cost that do nothing: `bun test/load/run-idle.ts --url ws://127.0.0.1:7880 --key K
 * --secret S --pid PID [--participants N] [--seconds N]`. All are in one room with both of their
 * connections up and publish nothing. Prints one line of JSON.
 */
import { parseArgs } from "node:util";
import type { LoadServer } from "../../src/loadtest/load-client.ts";
import { required, SERVER_OPTIONS, serverOf } from "./arguments.ts";
import { readProcessUsage, readTicksUs } from "./process-usage.ts";
import { startLoad } from "./start-load.ts";
import { warmUp } from "./warm-up.ts";

const EMPTY_MS = 5_000;
/** Participant updates, room updates and first statistics of those who joined last are over. */
const SETTLE_MS = 10_000;

export type IdleResult = {
  readonly participants: number;
  /** Of a server that nobody uses, of one core. */
  readonly emptyPercent: number;
  /** With all of them in the room, of one core. */
  readonly fullPercent: number;
  /** Each participant's share of the difference: ms of CPU in a second. */
  readonly cpuMsPerSecond: number;
  readonly rssBytesPerParticipant: number;
  readonly generatorPercent: number;
};

export async function runIdle(
  server: LoadServer,
  pid: number,
  participants: number,
  seconds: number,
): Promise<IdleResult> {
  const none = { audio: false, video: "none" } as const;
  await warmUp(server, none);
  const empty = await percentOf(pid, EMPTY_MS);
  const { rssBytes } = readProcessUsage(pid);
  using run = startLoad(server);
  const clients = await run.join(
    Array.from({ length: participants }, (_, i) => ({
      room: "idle",
      identity: `participant-${i}`,
      autoSubscribe: true,
    })),
  );
  await run.publish(clients, none);
  await Bun.sleep(SETTLE_MS);
  const own = process.cpuUsage();
  const startMs = performance.now();
  const full = await percentOf(pid, seconds * 1000);
  const { user, system } = process.cpuUsage(own);
  run.check();
  return {
    participants,
    emptyPercent: empty,
    fullPercent: full,
    cpuMsPerSecond: ((full - empty) * 10) / participants,
    rssBytesPerParticipant: (readProcessUsage(pid).rssBytes - rssBytes) / participants,
    generatorPercent: (user + system) / 10 / (performance.now() - startMs),
  };
}

/** CPU of a process in the time to come, of one core. */
async function percentOf(pid: number, ms: number): Promise<number> {
  const beforeUs = readTicksUs(pid);
  const startMs = performance.now();
  await Bun.sleep(ms);
  return (readTicksUs(pid) - beforeUs) / 10 / (performance.now() - startMs);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      ...SERVER_OPTIONS,
      pid: { type: "string" },
      participants: { type: "string", default: "100" },
      seconds: { type: "string", default: "20" },
    },
  });
  const pid = Number(required(values.pid, "pid"));
  const { participants, seconds } = values;
  const result = await runIdle(serverOf(values), pid, Number(participants), Number(seconds));
  console.log(JSON.stringify(result));
  process.exit(0);
}
