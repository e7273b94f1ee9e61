import { sourceName, trackTypeName } from "./metric-labels.ts";
import type {
  CounterFamily,
  GaugeFamily,
  HistogramFamily,
  MetricRegistry,
} from "./metric-registry.ts";
import { SampledHistogram } from "./sampled-histogram.ts";

/** Sums since the start over all media threads. */
export type MediaSums = {
  readonly packetsIn: number;
  readonly bytesIn: number;
  /** Retransmissions not included. */
  readonly packetsOut: number;
  readonly bytesOut: number;
  readonly retransmitsOut: number;
  readonly retransmitBytesOut: number;
  /** Asked of publishers. */
  readonly nacksToPublishers: number;
  readonly plisToPublishers: number;
  /** Asked by subscribers. */
  readonly nacksFromSubscribers: number;
  readonly plisFromSubscribers: number;
  readonly firsFromSubscribers: number;
};

/** Sums of the time that packets took through this server, with the spread. */
export type LatencySums = {
  /** By bucket of `FORWARD_LATENCY_NS`, one more above. */
  readonly counts: readonly number[];
  readonly packets: number;
  readonly sumMs: number;
  /** Of the squares. */
  readonly squareSumMs: number;
};

/** What became of a track in the window before. */
export type TrackWindow = {
  readonly packets: number;
  readonly lost: number;
  readonly outOfOrder: number;
  readonly jitterUs: number;
  /** 0: unknown. */
  readonly rttMs: number;
  readonly keyFrames: number;
  /** Retransmissions that the budget did not allow. */
  readonly capped: number;
};

type Direction = "incoming" | "outgoing";
type StreamLabel = "direction" | "source" | "type" | "country";

/** Upper bounds of forwarding latency, ns. */
export const FORWARD_LATENCY_NS: readonly number[] = [
  50_000, 100_000, 250_000, 500_000, 1_000_000, 2_000_000, 3_000_000, 5_000_000, 10_000_000,
  20_000_000,
];
const PERCENT = [0, 0.1, 0.3, 0.5, 0.7, 1, 5, 10, 40, 100];
const JITTER_US = [1_000, 10_000, 30_000, 50_000, 70_000, 100_000, 300_000, 600_000, 1_000_000];
const RTT_MS = [50, 100, 150, 200, 250, 500, 750, 1_000, 5_000, 10_000];
const NS_PER_MS = 1e6;
/** The gauges of latency are about the last so many calls of `sampleLatency`. */
const LATENCY_SAMPLES_MAX = 12;

/**
 * Metrics of packets, with the reference's names and labels (spec-operations 9). Nothing here runs
 * per packet: threads count, and their sums are read.
 */
export class MediaMetrics {
  readonly #packets: CounterFamily<"direction" | "transmission" | "country">;
  readonly #bytes: CounterFamily<"direction" | "transmission" | "country">;
  readonly #nacks: CounterFamily<"direction" | "country">;
  readonly #plis: CounterFamily<"direction" | "country">;
  readonly #firs: CounterFamily<"direction" | "country">;
  readonly #keyFrames: CounterFamily<"direction">;
  readonly #capped: CounterFamily<"kind">;
  readonly #lost: CounterFamily<StreamLabel>;
  readonly #lostPercent: HistogramFamily<StreamLabel>;
  readonly #outOfOrder: CounterFamily<StreamLabel>;
  readonly #outOfOrderPercent: HistogramFamily<StreamLabel>;
  readonly #jitterUs: HistogramFamily<StreamLabel>;
  readonly #rttMs: HistogramFamily<StreamLabel>;
  readonly #latency: GaugeFamily<never>;
  readonly #latencyJitter: GaugeFamily<never>;
  readonly #latencies: SampledHistogram = new SampledHistogram(
    "livekit_forward_latency_ns",
    "Time from a batch of packets to its sending on",
    FORWARD_LATENCY_NS,
  );
  readonly #systemPackets: GaugeFamily<"type">;
  readonly #connections: GaugeFamily<"kind">;
  readonly #latencySamples: LatencySums[] = [];

  constructor(registry: MetricRegistry) {
    const byTransmission = ["direction", "transmission", "country"] as const;
    const byDirection = ["direction", "country"] as const;
    const byStream = ["direction", "source", "type", "country"] as const;
    this.#packets = registry.counter("livekit_packet_total", "RTP packets", byTransmission);
    this.#bytes = registry.counter("livekit_packet_bytes", "Bytes of RTP packets", byTransmission);
    this.#nacks = registry.counter("livekit_nack_total", "Packets asked for again", byDirection);
    this.#plis = registry.counter("livekit_pli_total", "Key frames asked for by PLI", byDirection);
    this.#firs = registry.counter("livekit_fir_total", "Key frames asked for by FIR", byDirection);
    this.#keyFrames = registry.counter("livekit_keyframe_total", "Key frames", ["direction"]);
    this.#capped = registry.counter(
      "livekit_rtx_capped_total",
      "Retransmissions that the budget did not allow",
      ["kind"],
    );
    this.#lost = registry.counter("livekit_packet_loss_total", "Lost packets", byStream);
    this.#lostPercent = registry.histogram(
      "livekit_packet_loss_percent",
      "Loss of tracks in windows of five seconds",
      PERCENT,
      byStream,
    );
    this.#outOfOrder = registry.counter(
      "livekit_packet_out_of_order_total",
      "Packets out of order",
      byStream,
    );
    this.#outOfOrderPercent = registry.histogram(
      "livekit_packet_out_of_order_percent",
      "Packets out of order of tracks in windows of five seconds",
      PERCENT,
      byStream,
    );
    this.#jitterUs = registry.histogram(
      "livekit_jitter_us",
      "Jitter of tracks",
      JITTER_US,
      byStream,
    );
    this.#rttMs = registry.histogram("livekit_rtt_ms", "Round trips of tracks", RTT_MS, byStream);
    this.#latency = registry.gauge(
      "livekit_forward_latency",
      "Mean time that packets took through the server in the last minute, ns",
      [],
    );
    this.#latencyJitter = registry.gauge(
      "livekit_forward_jitter",
      "Standard deviation of that time, ns",
      [],
    );
    registry.add(this.#latencies);
    this.#systemPackets = registry.gauge(
      "livekit_node_packet_total",
      "Packets of the whole machine since the start, by what became of them",
      ["type"],
    );
    this.#connections = registry.gauge(
      "livekit_connection_total",
      "Connections of the TURN server: from clients, and its relays",
      ["kind"],
    );
  }

  /** Before a scrape. */
  setSums(sums: MediaSums): void {
    const values = (out: number, incoming: number, again: number) =>
      present([
        [{ direction: "incoming", transmission: "initial", country: "" }, incoming],
        [{ direction: "outgoing", transmission: "initial", country: "" }, out],
        [{ direction: "outgoing", transmission: "retransmit", country: "" }, again],
      ] as const);
    this.#packets.replace(values(sums.packetsOut, sums.packetsIn, sums.retransmitsOut));
    this.#bytes.replace(values(sums.bytesOut, sums.bytesIn, sums.retransmitBytesOut));
    this.#nacks.replace(byDirection(sums.nacksToPublishers, sums.nacksFromSubscribers));
    this.#plis.replace(byDirection(sums.plisToPublishers, sums.plisFromSubscribers));
    this.#firs.replace(byDirection(0, sums.firsFromSubscribers));
  }

  /** Before a scrape: packets since the start that left this machine, and that it dropped. */
  setSystemPackets(out: number, dropped: number): void {
    this.#systemPackets.set({ type: "out" }, out);
    this.#systemPackets.set({ type: "dropped" }, dropped);
  }

  /** Before a scrape, where there is a TURN server. */
  setConnections(incoming: number, outgoing: number): void {
    this.#connections.set({ kind: "incoming" }, incoming);
    this.#connections.set({ kind: "outgoing" }, outgoing);
  }

  /** Every five seconds: sums over all threads since the start. */
  sampleLatency(sums: LatencySums): void {
    this.#latencies.set(sums.counts, Math.round(sums.sumMs * NS_PER_MS));
    this.#latencySamples.push(sums);
    if (this.#latencySamples.length > LATENCY_SAMPLES_MAX + 1) this.#latencySamples.shift();
    const before = this.#latencySamples[0]!;
    const packets = sums.packets - before.packets;
    const meanMs = packets > 0 ? (sums.sumMs - before.sumMs) / packets : 0;
    const squareMs = packets > 0 ? (sums.squareSumMs - before.squareSumMs) / packets : 0;
    const deviationMs = Math.sqrt(Math.max(0, squareMs - meanMs * meanMs));
    this.#latency.set({}, Math.round(meanMs * NS_PER_MS));
    this.#latencyJitter.set({}, Math.round(deviationMs * NS_PER_MS));
  }

  /**
   * One window of one track.
   *
   * @param source number of `TrackSource`; `type` of `TrackType`
   */
  track(direction: Direction, source: number, type: number, window: TrackWindow): void {
    const labels = {
      direction,
      source: sourceName(source),
      type: trackTypeName(type),
      country: "",
    };
    const { packets, lost, outOfOrder } = window;
    if (packets > 0) {
      this.#lostPercent.observe(labels, (lost / packets) * 100);
      this.#outOfOrderPercent.observe(labels, (outOfOrder / packets) * 100);
    }
    if (lost > 0) this.#lost.add(labels, lost);
    if (outOfOrder > 0) this.#outOfOrder.add(labels, outOfOrder);
    if (window.jitterUs > 0) this.#jitterUs.observe(labels, window.jitterUs);
    if (window.rttMs > 0) this.#rttMs.observe(labels, window.rttMs);
    if (window.capped > 0) this.#capped.add({ kind: trackTypeName(type) }, window.capped);
    if (window.keyFrames > 0) this.#keyFrames.add({ direction }, window.keyFrames);
  }
}

function byDirection(
  incoming: number,
  outgoing: number,
): (readonly [{ direction: Direction; country: string }, number])[] {
  return present([
    [{ direction: "incoming", country: "" }, incoming],
    [{ direction: "outgoing", country: "" }, outgoing],
  ]);
}

/** What has not happened yet has no value. */
function present<L>(values: readonly (readonly [L, number])[]): (readonly [L, number])[] {
  return values.filter(([, count]) => count > 0);
}
