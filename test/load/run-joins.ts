/**
 * Joins at a steady pace, each with both of its peer connections up: `bun test/load/run-joins.ts
 * --url ws://127.0.0.1:7880 --key K --secret S --pid PID [--joins N] [--rounds N]`. Every round is a
 * room of its own that all have left before the next. Prints one line of JSON.
 */
import { parseArgs } from "node:util";
import { joinToken } from "../../src/loadtest/access-token.ts";
import type { LoadServer } from "../../src/loadtest/load-client.ts";
import { type SampleSummary, summarize } from "../../src/loadtest/sample.ts";
import { required, SERVER_OPTIONS, serverOf } from "./arguments.ts";
import { readProcessUsage, readThreadUsage, readTicksUs } from "./process-usage.ts";
import { startLoad } from "./start-load.ts";

/** 100 in 5 s. */
const PACE_MS = 50;
/** What joining brings about later: participant updates of 3 s, room updates of 5 s. */
const SETTLE_MS = 5_500;
/** Then nothing happens but pings and time-outs, which are no part of a join. */
const IDLE_MS = 5_000;

export type JoinRound = {
  /** From opening the socket to the answer to joining, ms. */
  readonly answer: SampleSummary;
  /** From opening the socket until both peer connections are up, ms. */
  readonly connected: SampleSummary;
  /**
   * Server CPU, user and system, of all that a join brings about; each join's share, ms. What it
   * takes to keep those that are in is measured after that, and left out.
   */
  readonly cpuMsPerJoin: number;
  /** The same of the main thread, of media threads, of the runtime's own; NaN where unknown. */
  readonly controlMsPerJoin: number;
  readonly transportMsPerJoin: number;
  readonly helperMsPerJoin: number;
  /** With all of them in the room and nothing happening, of one core. */
  readonly idlePercent: number;
};

export type JoinResult = {
  readonly joins: number;
  /** A server just started, and one that has seen joins before: compilers need some. */
  readonly first: JoinRound;
  readonly last: JoinRound;
  readonly rssBytes: number;
  readonly generatorPercent: number;
};

export async function runJoins(
  server: LoadServer,
  pid: number,
  joins: number,
  rounds: number,
): Promise<JoinResult> {
  const own = process.cpuUsage();
  const startMs = performance.now();
  const results: JoinRound[] = [];
  for (let round = 0; round < rounds; round++) {
    results.push(await runRound(server, pid, `joins-${round}`, joins));
  }
  const { user, system } = process.cpuUsage(own);
  return {
    joins,
    first: results[0]!,
    last: results.at(-1)!,
    rssBytes: readProcessUsage(pid).rssBytes,
    generatorPercent: (user + system) / 10 / (performance.now() - startMs),
  };
}

async function runRound(
  server: LoadServer,
  pid: number,
  room: string,
  joins: number,
): Promise<JoinRound> {
  using run = startLoad(server);
  const identities = Array.from({ length: joins }, (_, i) => `participant-${i}`);
  const tokens = await Promise.all(identities.map((identity) => joinToken(server, room, identity)));
  const answerMs: number[] = [];
  const connectedMs: number[] = [];
  const before = { cpuUs: readTicksUs(pid), threads: readThreadUsage(pid) };
  const join = async (identity: string, token: string): Promise<void> => {
    const startMs = performance.now();
    const client = await run.open({ room, identity, autoSubscribe: true }, token);
    answerMs.push(performance.now() - startMs);
    await Promise.all([client.connected(), client.publish({ audio: false, video: "none" })]);
    connectedMs.push(performance.now() - startMs);
  };
  const startMs = performance.now();
  const pending: Promise<void>[] = [];
  for (const [index, identity] of identities.entries()) {
    await Bun.sleep(Math.max(0, startMs + index * PACE_MS - performance.now()));
    pending.push(join(identity, tokens[index]!));
  }
  const joiningMs = performance.now() - startMs;
  await Promise.all(pending);
  await Bun.sleep(SETTLE_MS);
  run.check();
  const joined = { cpuUs: readTicksUs(pid), threads: readThreadUsage(pid) };
  const joinedMs = performance.now();
  await Bun.sleep(IDLE_MS);
  const idle = { cpuUs: readTicksUs(pid), threads: readThreadUsage(pid) };
  const idleMs = performance.now() - joinedMs;
  // while they come, half of them are there on average
  const presentMs = joinedMs - startMs - joiningMs / 2;
  const perJoin = (of: (usage: typeof joined) => number | undefined): number => {
    const [startUs, joinedUs, endUs] = [before, joined, idle].map(
      (usage) => of(usage) ?? Number.NaN,
    );
    const keepingUs = ((endUs! - joinedUs!) * presentMs) / idleMs;
    return (joinedUs! - startUs! - keepingUs) / 1000 / joins;
  };
  return {
    answer: summarize(answerMs),
    connected: summarize(connectedMs),
    cpuMsPerJoin: perJoin(({ cpuUs }) => cpuUs),
    controlMsPerJoin: perJoin(({ threads }) => threads?.mainUs),
    transportMsPerJoin: perJoin(({ threads }) => threads?.workerUs),
    helperMsPerJoin: perJoin(({ threads }) => threads?.helperUs),
    idlePercent: (idle.cpuUs - joined.cpuUs) / 10 / idleMs,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      ...SERVER_OPTIONS,
      pid: { type: "string" },
      joins: { type: "string", default: "100" },
      rounds: { type: "string", default: "3" },
    },
  });
  const pid = Number(required(values.pid, "pid"));
  const result = await runJoins(serverOf(values), pid, Number(values.joins), Number(values.rounds));
  console.log(JSON.stringify(result));
  process.exit(0);
}
