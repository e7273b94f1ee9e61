import { joinToken } from "./access-token.ts";
import { DataLoad, type DataSums } from "./data-load.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import type { LoadClient, LoadServer } from "./load-client.ts";
import {
  clientsOf,
  expectedTracks,
  LAYOUTS,
  type LoadPlan,
  type PlannedClient,
} from "./load-plan.ts";
import type { LoadProgress, LoadReport, MediaReport } from "./load-report.ts";
import { LoadRun, sleep } from "./load-run.ts";
import type { LoadRuntime } from "./load-runtime.ts";
import type { KindSums } from "./received-streams.ts";
import { summarize } from "./sample.ts";
import { isOutOfFiles, LoadTestError, OUT_OF_FILES, refusalOf } from "./server-check.ts";

const TICK_MS = 2;
const LOOK_MS = 100;
/** From the last join on, until the figures of joining are no part of the rest. */
const SETTLE_MS = 1_000;
/** What was sent last is on its way for so long at most. */
const DRAIN_MS = 500;
/** For clients that are let in while the others leave. */
const LEAVE_LIMIT_MS = 3_000;
/** Different reasons of failures that are kept; more are counted with the last. */
const REASONS_MAX = 20;

const NOTHING: KindSums = { streams: 0, packets: 0, bytes: 0, expected: 0 };
const NO_DATA: DataSums = {
  sent: 0,
  expected: 0,
  received: 0,
  bytes: 0,
  duplicates: 0,
  disordered: 0,
};

/** What there was when the measurement began. */
type Baseline = {
  readonly atMs: number;
  readonly audio: KindSums;
  readonly video: KindSums;
  readonly data: DataSums;
  readonly sentPackets: number;
  readonly cpuUs: number;
};

type Phase = LoadProgress["phase"];

function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Puts a planned load on a server: joins, measures, leaves. Runs once. */
export class LoadTest {
  readonly #plan: LoadPlan;
  readonly #server: LoadServer;
  readonly #wanted: readonly PlannedClient[];
  readonly #stop: AbortSignal;
  readonly #stopped: Promise<void>;
  readonly #audio: LatencyHistogram = new LatencyHistogram();
  readonly #video: LatencyHistogram = new LatencyHistogram();
  readonly #dataLatency: LatencyHistogram = new LatencyHistogram();
  readonly #run: LoadRun;
  readonly #data: DataLoad;
  /** Clients that have no answer of the server yet. */
  readonly #opening: Set<Promise<LoadClient>> = new Set();
  readonly #answerMs: number[] = [];
  readonly #connectedMs: number[] = [];
  readonly #joined: LoadClient[] = [];
  readonly #reasons: Map<string, { count: number; readonly identity: string }> = new Map();
  #failed = 0;
  #phase: Phase = "joining";
  #phaseMs: number;
  #baseline: Baseline;

  /**
   * @param clientAddress what the server is told of where clients are
   * @param stop ends the test early; there is a report all the same
   */
  constructor(plan: LoadPlan, runtime: LoadRuntime, clientAddress: string, stop: AbortSignal) {
    const { url, key, secret } = plan;
    this.#plan = plan;
    this.#server = { url, key, secret, clientAddress, bindAddress: "0.0.0.0" };
    this.#wanted = clientsOf(plan);
    this.#stop = stop;
    this.#stopped = aborted(stop);
    this.#run = new LoadRun(this.#server, runtime, { audio: this.#audio, video: this.#video });
    this.#data = new DataLoad(plan.data, runtime.processTag, this.#dataLatency);
    this.#phaseMs = performance.now();
    this.#baseline = {
      atMs: this.#phaseMs,
      audio: NOTHING,
      video: NOTHING,
      data: NO_DATA,
      sentPackets: 0,
      cpuUs: cpuUs(),
    };
  }

  /**
   * @returns the report, once all have left
   * @throws LoadTestError when the server cannot be used at all
   */
  async run(): Promise<LoadReport> {
    const timer = setInterval(() => this.#data.handleTimeout(performance.now()), TICK_MS);
    try {
      const { room = "", identity = "" } = this.#wanted[0] ?? {};
      const refusal = await refusalOf(
        this.#server.url,
        await joinToken(this.#server, room, identity),
      );
      if (refusal !== undefined) throw new LoadTestError(refusal);
      await this.#joinAll();
      if (this.#joined.length > 0) await this.#measure();
      const report = this.#report();
      this.#enter("leaving");
      return report;
    } finally {
      clearInterval(timer);
      await this.#run.leave();
      // who was let in just now has to leave as well
      await Promise.race([Promise.allSettled(this.#opening), sleep(LEAVE_LIMIT_MS)]);
    }
  }

  progress(): LoadProgress {
    const nowMs = performance.now();
    const { durationMs } = this.#plan;
    const { audio, video, data, elapsedMs } = this.#since(nowMs);
    const packets = audio.packets + video.packets;
    const expected = audio.expected + video.expected;
    const isMeasuring = this.#phase === "measuring";
    return {
      phase: this.#phase,
      elapsedMs: nowMs - this.#phaseMs,
      durationMs: isMeasuring ? durationMs : 0,
      joined: this.#joined.length,
      failed: this.#failed,
      wanted: this.#wanted.length,
      tracks: audio.streams + video.streams,
      packets,
      megabitsPerSecond: ((audio.bytes + video.bytes + data.bytes) * 8) / 1000 / elapsedMs,
      lossPercent: lossPercent(packets, expected),
      p99Ms: Math.max(
        this.#audio.summary().p99Ms,
        this.#video.summary().p99Ms,
        this.#dataLatency.summary().p99Ms,
      ),
    };
  }

  async #joinAll(): Promise<void> {
    const pending: Promise<void>[] = [];
    const startMs = performance.now();
    const stepMs = 1000 / this.#plan.joinsPerSecond;
    for (const [index, wanted] of this.#wanted.entries()) {
      await this.#pause(startMs + index * stepMs - performance.now());
      if (this.#stop.aborted) break;
      pending.push(this.#join(wanted));
    }
    await Promise.race([Promise.all(pending), this.#stopped]);
  }

  async #join(wanted: PlannedClient): Promise<void> {
    const { room, identity, isReceiver, published, isDataSender } = wanted;
    const token = await joinToken(this.#server, room, identity);
    const startMs = performance.now();
    let hasAnswer = false;
    try {
      const opening = this.#run.open({ room, identity, autoSubscribe: isReceiver }, token);
      this.#opening.add(opening);
      const client = await opening.finally(() => this.#opening.delete(opening));
      hasAnswer = true;
      if (this.#stop.aborted) return;
      this.#answerMs.push(performance.now() - startMs);
      if (isReceiver) {
        this.#data.addReceiver(client, room);
        this.#applyLayout(client);
      }
      const publishes = published.audio || published.video !== "none" || isDataSender;
      await Promise.all([
        client.connected(),
        publishes ? this.#run.publishOne(client, published) : undefined,
      ]);
      if (isDataSender) this.#data.addSender(client, room);
      this.#connectedMs.push(performance.now() - startMs);
      this.#joined.push(client);
    } catch (error) {
      if (this.#stop.aborted) return;
      this.#failed += 1;
      const reason = error instanceof Error ? error.message : String(error);
      if (isOutOfFiles(reason)) {
        this.#note(OUT_OF_FILES, identity);
        return;
      }
      const refusal = hasAnswer ? undefined : await refusalOf(this.#server.url, token);
      const text = hasAnswer
        ? reason
        : `${reason.trim()}. The token is good: the room may be full; the server's log says more`;
      this.#note(refusal ?? text, identity);
    }
  }

  #applyLayout(client: LoadClient): void {
    const { layout } = this.#plan;
    if (layout === "all") return;
    const { large, width, height, videos, smallWidth, smallHeight } = LAYOUTS[layout];
    client.watchVideos((sid, index) => {
      const isShown = index < videos;
      const isLarge = index < large;
      client.updateTrack(sid, {
        disabled: !isShown,
        width: isLarge ? width : smallWidth,
        height: isLarge ? height : smallHeight,
      });
    });
  }

  async #measure(): Promise<void> {
    await this.#pause(SETTLE_MS);
    if (!this.#stop.aborted) {
      this.#data.start(performance.now());
      for (const latency of [this.#audio, this.#video, this.#dataLatency]) latency.clear();
      this.#run.longestStallMs = 0;
      this.#baseline = {
        atMs: performance.now(),
        audio: this.#run.kindSums(false),
        video: this.#run.kindSums(true),
        data: this.#data.sums(),
        sentPackets: this.#run.sentPackets,
        cpuUs: cpuUs(),
      };
      this.#enter("measuring");
      await this.#untilOver();
      this.#data.stop();
    }
    const endMs = performance.now() + DRAIN_MS;
    const isComplete = (): boolean => {
      const { received, expected } = this.#data.sums();
      return received >= expected;
    };
    while (this.#plan.dataSenders > 0 && !isComplete() && performance.now() < endMs) {
      await sleep(TICK_MS);
    }
  }

  /** Its time is over, it is stopped, or nobody is left. */
  async #untilOver(): Promise<void> {
    const { durationMs } = this.#plan;
    const endMs = durationMs === 0 ? Number.POSITIVE_INFINITY : performance.now() + durationMs;
    const isAlive = ({ failure }: LoadClient): boolean => failure === undefined;
    while (!this.#stop.aborted && this.#joined.some(isAlive)) {
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) return;
      await sleep(Math.min(LOOK_MS, leftMs));
    }
  }

  #since(nowMs: number): Omit<Baseline, "atMs"> & { readonly elapsedMs: number } {
    const baseline = this.#baseline;
    const data = this.#data.sums();
    return {
      audio: difference(this.#run.kindSums(false), baseline.audio),
      video: difference(this.#run.kindSums(true), baseline.video),
      data: {
        sent: data.sent - baseline.data.sent,
        expected: data.expected - baseline.data.expected,
        received: data.received - baseline.data.received,
        bytes: data.bytes - baseline.data.bytes,
        duplicates: data.duplicates - baseline.data.duplicates,
        disordered: data.disordered - baseline.data.disordered,
      },
      sentPackets: this.#run.sentPackets - baseline.sentPackets,
      cpuUs: cpuUs() - baseline.cpuUs,
      elapsedMs: Math.max(1, nowMs - baseline.atMs),
    };
  }

  #report(): LoadReport {
    const { audio, video, data, sentPackets, cpuUs, elapsedMs } = this.#since(performance.now());
    const expected = expectedTracks(this.#plan);
    const { url, room, rooms, dataSenders, durationMs } = this.#plan;
    const isMeasured = this.#phase === "measuring";
    const left = this.#joined.filter(({ failure }) => failure !== undefined);
    for (const { failure = "", identity } of left) this.#note(failure, identity);
    return {
      url,
      room,
      rooms,
      // a test without a time is stopped in any case
      isStopped: this.#stop.aborted && !(isMeasured && durationMs === 0),
      isMeasured,
      seconds: elapsedMs / 1000,
      participants: {
        wanted: this.#wanted.length,
        joined: this.#joined.length,
        failed: this.#failed,
        lost: left.length,
      },
      join: { answer: summarize(this.#answerMs), connected: summarize(this.#connectedMs) },
      sentPacketsPerSecond: (sentPackets * 1000) / elapsedMs,
      audio: mediaReport(audio, expected.audio, elapsedMs, this.#audio),
      video: mediaReport(video, expected.video, elapsedMs, this.#video),
      data:
        dataSenders === 0
          ? null
          : {
              sent: data.sent,
              expected: data.expected,
              received: data.received,
              lossPercent: lossPercent(data.received, data.expected),
              duplicates: data.duplicates,
              disordered: data.disordered,
              megabitsPerSecond: (data.bytes * 8) / 1000 / elapsedMs,
              latency: this.#dataLatency.summary(),
            },
      errors: [...this.#reasons].map(([reason, { count, identity }]) => ({
        reason,
        count,
        identity,
      })),
      generator: {
        cpuPercent: cpuUs / 10 / elapsedMs,
        longestStallMs: this.#run.longestStallMs,
      },
    };
  }

  #note(reason: string, identity: string): void {
    // what differs from client to client is no reason of its own
    const text = reason.replaceAll(identity, "a client").replaceAll("\n", " ");
    const known = this.#reasons.get(text);
    if (known !== undefined) known.count += 1;
    else if (this.#reasons.size < REASONS_MAX) this.#reasons.set(text, { count: 1, identity });
    else [...this.#reasons.values()].at(-1)!.count += 1;
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#phaseMs = performance.now();
  }

  /** Resolves after so long, or when the test is stopped. */
  async #pause(ms: number): Promise<void> {
    if (ms > 0) await Promise.race([sleep(ms), this.#stopped]);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function difference(now: KindSums, before: KindSums): KindSums {
  return {
    streams: now.streams,
    packets: now.packets - before.packets,
    bytes: now.bytes - before.bytes,
    expected: now.expected - before.expected,
  };
}

function lossPercent(arrived: number, expected: number): number {
  return expected > 0 ? (100 * Math.max(0, expected - arrived)) / expected : 0;
}

/** @returns null when none is to come and none came */
function mediaReport(
  sums: KindSums,
  expectedTracks: number,
  elapsedMs: number,
  latency: LatencyHistogram,
): MediaReport | null {
  if (expectedTracks === 0 && sums.streams === 0) return null;
  return {
    tracks: sums.streams,
    expectedTracks,
    packets: sums.packets,
    lossPercent: lossPercent(sums.packets, sums.expected),
    megabitsPerSecond: (sums.bytes * 8) / 1000 / elapsedMs,
    latency: latency.summary(),
  };
}
