import { DROP_REASON_NAMES, DropReason } from "../base/drop-reason.ts";
import type { Cancel, Scheduler } from "../base/scheduler.ts";
import type { MediaCounters } from "../bridge/events.ts";
import { FORWARDING_BOUNDS_MS } from "../bridge/forwarding-bounds.ts";
import { sampleProcess, sampleSystemPackets } from "../io/process-statistics.ts";
import { ApiMetrics, type WebhookCounts } from "../telemetry/metrics/api-metrics.ts";
import { type DataMessageSums, DataMetrics } from "../telemetry/metrics/data-metrics.ts";
import {
  type LatencySums,
  MediaMetrics,
  type MediaSums,
} from "../telemetry/metrics/media-metrics.ts";
import { MetricRegistry } from "../telemetry/metrics/metric-registry.ts";
import { addProcessMetrics } from "../telemetry/metrics/process-metrics.ts";
import { RelayMetrics, type RelaySums } from "../telemetry/metrics/relay-metrics.ts";
import { RoomMetrics } from "../telemetry/metrics/room-metrics.ts";
import {
  type ThreadCounts,
  type ThreadLoad,
  ThreadMetrics,
} from "../telemetry/metrics/thread-metrics.ts";
import type { DropCause, WebhookSums } from "../telemetry/webhook/webhook-statistics.ts";

const LATENCY_MS = 5_000;

/** Why a webhook was dropped, in the reference's words where it has any. */
const DROP_REASONS: { readonly [cause in DropCause]: string } = {
  "queue full": "queue is full",
  "memory full": "memory is full",
  "outbox full": "outbox is full",
  "outbox damaged": "outbox is damaged",
  "too many rooms": "too many rooms",
  "too old": "age",
  refused: "",
  "unknown receiver": "unknown receiver",
};

/** Where values are kept that are read when somebody scrapes. */
export type MetricSources = {
  readonly scheduler: Scheduler;
  /** Of each media thread, sums since its start. */
  counters(): readonly MediaCounters[];
  threads(): ThreadCounts;
  roomCount(): number;
  participantCount(): number;
  webhooks(): WebhookSums;
  /** Of the TURN server; undefined: there is none. */
  connections(): { readonly incoming: number; readonly outgoing: number } | undefined;
};

/** All metrics of a server, and what they are fed by. */
export class ServerMetrics {
  readonly rooms: RoomMetrics;
  readonly media: MediaMetrics;
  readonly data: DataMetrics;
  readonly threads: ThreadMetrics;
  readonly api: ApiMetrics;
  readonly #relays: RelayMetrics;
  readonly #node: MetricRegistry;
  readonly #process: MetricRegistry = new MetricRegistry();
  #timer: Cancel | undefined;

  constructor(nodeId: string) {
    this.#node = new MetricRegistry({ node_id: nodeId, node_type: "SERVER" });
    this.rooms = new RoomMetrics(this.#node);
    this.media = new MediaMetrics(this.#node);
    this.data = new DataMetrics(this.#node);
    this.threads = new ThreadMetrics(this.#node);
    this.api = new ApiMetrics(this.#node);
    this.#relays = new RelayMetrics(this.#node);
    addProcessMetrics(this.#process, sampleProcess);
  }

  /** Reads from here on each scrape, and the latency of forwarding every five seconds. */
  watch(sources: MetricSources): void {
    const start = sampleSystemPackets();
    this.#node.onScrape(() => {
      this.rooms.setCurrent(sources.roomCount(), sources.participantCount());
      this.media.setSums(mediaSums(sources.counters()));
      this.data.setSums(dataSums(sources.counters()));
      this.threads.setCounts(sources.threads());
      this.threads.setLoad(threadLoad(sources.counters()));
      this.#relays.setSums(relaySums(sources.counters()));
      const { out, dropped } = sampleSystemPackets();
      this.media.setSystemPackets(out - start.out, dropped - start.dropped);
      const connections = sources.connections();
      if (connections !== undefined) {
        this.media.setConnections(connections.incoming, connections.outgoing);
      }
      this.api.setWebhooks(webhookCounts(sources.webhooks()));
    });
    this.#timer = sources.scheduler.every(LATENCY_MS, () =>
      this.media.sampleLatency(latencySums(sources.counters())),
    );
  }

  async text(): Promise<string> {
    return (await this.#node.text()) + (await this.#process.text());
  }

  close(): void {
    this.#timer?.();
  }
}

/** @param threads sums of each */
export function mediaSums(threads: readonly MediaCounters[]): MediaSums {
  const sumOf = (read: (counters: MediaCounters) => number) =>
    threads.reduce((sum, counters) => sum + read(counters), 0);
  return {
    packetsIn: sumOf((c) => c.mediaPacketsIn),
    bytesIn: sumOf((c) => c.mediaBytesIn),
    packetsOut: sumOf((c) => c.packetsOut - c.retransmitsOut),
    bytesOut: sumOf((c) => c.bytesOut - c.retransmitBytesOut),
    retransmitsOut: sumOf((c) => c.retransmitsOut),
    retransmitBytesOut: sumOf((c) => c.retransmitBytesOut),
    nacksToPublishers: sumOf((c) => c.nacksOut),
    plisToPublishers: sumOf((c) => c.plisOut),
    nacksFromSubscribers: sumOf((c) => c.nacksIn),
    plisFromSubscribers: sumOf((c) => c.plisIn),
    firsFromSubscribers: sumOf((c) => c.firsIn),
  };
}

/** @param threads sums of each */
export function dataSums(threads: readonly MediaCounters[]): DataMessageSums {
  const sumOf = (read: (data: MediaCounters["data"]) => number) =>
    threads.reduce((sum, { data }) => sum + read(data), 0);
  return {
    messagesIn: sumOf((data) => data.messagesIn),
    bytesIn: sumOf((data) => data.bytesIn),
    messagesOut: sumOf((data) => data.messagesOut),
    bytesOut: sumOf((data) => data.bytesOut),
    reliableDropped: sumOf((data) => data.reliableDropped),
    lossyDropped: sumOf((data) => data.lossyDropped),
    pauses: sumOf((data) => data.pauses),
  };
}

/** @param threads sums of each */
export function threadLoad(threads: readonly MediaCounters[]): ThreadLoad {
  const loadSum = (read: (load: MediaCounters["load"]) => number) =>
    sumOf(threads, ({ load }) => read(load));
  const dropped = DROP_REASON_NAMES.map(
    (name, reason) => [name, sumOf(threads, (one) => one.dropped[reason] ?? 0)] as const,
  );
  return {
    cpuMs: loadSum((load) => load.cpuMs),
    worstLagMs: threads.reduce((worst, { load }) => Math.max(worst, load.worstLagMs), 0),
    overloaded: loadSum((load) => load.overloaded),
    overloads: loadSum((load) => load.overloads),
    shedSteps: loadSum((load) => load.shedSteps),
    loweredTracks: loadSum((load) => load.loweredTracks),
    pausedTracks: loadSum((load) => load.pausedTracks),
    unsent: new Map([
      ["refused", sumOf(threads, ({ sockets }) => sockets.refused)],
      ["buffer_full", sumOf(threads, ({ sockets }) => sockets.bufferFull)],
      ["silent_address", sumOf(threads, ({ sockets }) => sockets.silenced)],
    ]),
    receiveDrops: sumOf(threads, ({ sockets }) => sockets.receiveDrops),
    dropped: new Map(
      dropped.filter(([, count], reason) => count > 0 && reason !== DropReason.None),
    ),
  };
}

/** @param threads sums of each */
export function relaySums(threads: readonly MediaCounters[]): RelaySums {
  return {
    packets: sumOf(threads, ({ relayPacketsIn }) => relayPacketsIn),
    dropped: sumOf(threads, ({ relayDropped }) => relayDropped),
  };
}

function sumOf(
  threads: readonly MediaCounters[],
  read: (counters: MediaCounters) => number,
): number {
  return threads.reduce((sum, counters) => sum + read(counters), 0);
}

function latencySums(threads: readonly MediaCounters[]): LatencySums {
  const counts = new Array<number>(FORWARDING_BOUNDS_MS.length + 1).fill(0);
  let packets = 0;
  let sumMs = 0;
  let squareSumMs = 0;
  for (const { forwarding } of threads) {
    for (const [i, count] of forwarding.counts.entries()) counts[i]! += count;
    packets += forwarding.packets;
    sumMs += forwarding.sumMs;
    squareSumMs += forwarding.squareSumMs;
  }
  return { counts, packets, sumMs, squareSumMs };
}

function webhookCounts({ delivered, dropped }: WebhookSums): WebhookCounts {
  const reasons = new Map<string, number>();
  for (const [cause, reason] of Object.entries(DROP_REASONS)) {
    const count = dropped[cause as DropCause] ?? 0;
    if (reason !== "" && count > 0) reasons.set(reason, count);
  }
  return { delivered, failed: dropped.refused ?? 0, dropped: reasons };
}
