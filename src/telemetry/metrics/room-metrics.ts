import { kindName, protocolName, sdkName, sourceName, trackTypeName } from "./metric-labels.ts";
import {
  type CounterFamily,
  exponentialBuckets,
  type GaugeFamily,
  type HistogramFamily,
  type MetricRegistry,
} from "./metric-registry.ts";

/** How far a join came, as the reference counts them. */
export type JoinState =
  | "signal_connected"
  | "signal_failed"
  | "signal_validation_failed"
  | "signal_upgrade_failed"
  | "rtc_init"
  | "rtc_connected"
  | "rtc_active"
  | "rtc_canceled"
  | "rtc_success"
  | "rtc_failure";

export type ServiceOperation = "participant_join" | "peer_connection" | "offer" | "answer";
export type OperationError = "remote_description";
export type TransportTarget = "PUBLISHER" | "SUBSCRIBER";
export type TransportState = "started" | "ice_connected" | "connected" | "fully_established";
export type SubscribeError =
  | "track cannot be found"
  | "track not bound"
  | "unable to start track, codec is not supported by remote";

/** Whose track, for how long it took until it was there. */
export type TrackTiming = {
  readonly direction: "publish" | "subscribe" | "subscribe-stream-start";
  /** Numbers of the schema's enums. */
  readonly source: number;
  readonly type: number;
  readonly sdk: number;
  readonly kind: number;
  /** How many times by now. */
  readonly count: number;
};

/** Repetitions above are told as this many. */
const COUNT_MAX = 10;
const MIME_TYPES: ReadonlySet<string> = new Set(["text", "image", "application", "audio", "video"]);
const DAY_SECONDS_BUCKETS = [5, 10, 60, 300, 600, 1_800, 3_600, 7_200, 18_000, 36_000];
const FOUR_HOURS_MS = 14_400_000;

/** Messages on signal connections, counted where they pass and read at each scrape. */
export class SignalCounts {
  requests = 0;
  /** That could not be read, or were too many. */
  failedRequests = 0;
  responses = 0;
  failedResponses = 0;
}

/**
 * Metrics of rooms, sessions, tracks and signalling, with the reference's names and labels
 * (spec-operations 9). Values of labels that a client chooses are bounded here.
 */
export class RoomMetrics {
  readonly signal: SignalCounts = new SignalCounts();
  readonly #joins: CounterFamily<"state">;
  readonly #operations: CounterFamily<"type" | "status" | "error_type">;
  readonly #transports: CounterFamily<"transport" | "state">;
  readonly #rooms: GaugeFamily<never>;
  readonly #participants: GaugeFamily<never>;
  readonly #roomSeconds: HistogramFamily<never>;
  readonly #published: GaugeFamily<"kind">;
  readonly #subscribed: GaugeFamily<"kind">;
  readonly #publishing: CounterFamily<"kind" | "state">;
  readonly #subscribing: CounterFamily<"state" | "error">;
  readonly #joinMs: HistogramFamily<"protocol_version">;
  readonly #startMs: HistogramFamily<"protocol_version">;
  readonly #sessionMs: HistogramFamily<"protocol_version">;
  readonly #trackMs: HistogramFamily<
    "direction" | "source" | "type" | "country" | "sdk" | "kind" | "count"
  >;
  readonly #ratings: HistogramFamily<never>;
  readonly #scores: HistogramFamily<never>;
  readonly #streamDestinations: HistogramFamily<"type" | "mime_type">;
  readonly #streamBytes: HistogramFamily<"type" | "mime_type">;

  constructor(registry: MetricRegistry) {
    const messages = registry.counter("livekit_node_messages", "Signal messages", [
      "type",
      "status",
      "direction",
    ]);
    registry.onScrape(() => messages.replace(signalValues(this.signal)));
    this.#joins = registry.counter(
      "livekit_participant_join_total",
      "Joins, by how far they came",
      ["state"],
    );
    this.#operations = registry.counter("livekit_node_service_operation", "Steps of sessions", [
      "type",
      "status",
      "error_type",
    ]);
    this.#transports = registry.counter(
      "livekit_peer_connection_state",
      "Peer connections, by how far they came",
      ["transport", "state"],
    );
    this.#rooms = registry.gauge("livekit_room_total", "Rooms that are open", []);
    this.#participants = registry.gauge("livekit_participant_total", "Participants in rooms", []);
    this.#roomSeconds = registry.histogram(
      "livekit_room_duration_seconds",
      "How long rooms were open",
      DAY_SECONDS_BUCKETS,
      [],
    );
    this.#published = registry.gauge("livekit_track_published_total", "Published tracks", ["kind"]);
    this.#subscribed = registry.gauge("livekit_track_subscribed_total", "Subscribed tracks", [
      "kind",
    ]);
    this.#publishing = registry.counter("livekit_track_publish_counter", "Publishing of tracks", [
      "kind",
      "state",
    ]);
    this.#subscribing = registry.counter(
      "livekit_track_subscribe_counter",
      "Subscribing to tracks",
      ["state", "error"],
    );
    this.#joinMs = registry.histogram(
      "livekit_session_join_latency_ms",
      "Until a signal connection was open",
      exponentialBuckets(10, 10_000, 15),
      ["protocol_version"],
    );
    this.#startMs = registry.histogram(
      "livekit_session_start_time_ms",
      "From the join until media can flow",
      exponentialBuckets(100, 10_000, 15),
      ["protocol_version"],
    );
    this.#sessionMs = registry.histogram(
      "livekit_session_duration_ms",
      "How long sessions were active",
      exponentialBuckets(100, FOUR_HOURS_MS, 15),
      ["protocol_version"],
    );
    this.#trackMs = registry.histogram(
      "livekit_pubsubtime_ms",
      "Until a track was published or subscribed to",
      [100, 200, 500, 700, 1_000, 5_000, 10_000],
      ["direction", "source", "type", "country", "sdk", "kind", "count"],
    );
    this.#ratings = registry.histogram(
      "livekit_quality_rating",
      "Connection quality of participants: 0 poor, 1 good, 2 excellent, 3 lost",
      [0, 1, 2],
      [],
    );
    this.#scores = registry.histogram(
      "livekit_quality_score",
      "Connection quality of participants as a mean opinion score",
      [1, 2, 2.5, 3, 3.25, 3.5, 3.75, 4, 4.25, 4.5],
      [],
    );
    this.#streamDestinations = registry.histogram(
      "livekit_datapacket_stream_dest_count",
      "Receivers that data streams name",
      [1, 2, 3, 4, 5, 10, 15, 25, 50],
      ["type", "mime_type"],
    );
    this.#streamBytes = registry.histogram(
      "livekit_datapacket_stream_bytes",
      "Length of data streams that announce it",
      Array.from({ length: 10 }, (_, i) => 128 * 4 ** i),
      ["type", "mime_type"],
    );
  }

  countJoin(state: JoinState): void {
    this.#joins.add({ state });
  }

  /**
   * Counts one attempt to join or to resume.
   *
   * @param join undefined: the client was told to start afresh
   */
  attempt<T>(join: () => T | undefined): T | undefined {
    this.countJoin("rtc_init");
    let isDone = false;
    try {
      const joined = join();
      isDone = joined !== undefined;
      return joined;
    } finally {
      if (!isDone) this.countJoin("rtc_canceled");
    }
  }

  /** A participant is in its room, and was told so. */
  joined(): void {
    this.countJoin("rtc_connected");
    this.countOperation("participant_join");
  }

  countOperation(type: ServiceOperation, error?: OperationError): void {
    const status = error === undefined ? "success" : "error";
    this.#operations.add({ type, status, error_type: error ?? "" });
  }

  countTransport(transport: TransportTarget, state: TransportState): void {
    this.#transports.add({ transport, state });
  }

  /** As they are now: to be called before a scrape. */
  setCurrent(rooms: number, participants: number): void {
    this.#rooms.set({}, rooms);
    this.#participants.set({}, participants);
  }

  roomEnded(seconds: number): void {
    this.#roomSeconds.observe({}, seconds);
  }

  signalConnected(protocol: number, latencyMs: number): void {
    this.countJoin("signal_connected");
    this.#joinMs.observe({ protocol_version: protocolName(protocol) }, latencyMs);
  }

  sessionStarted(protocol: number, sinceJoinMs: number): void {
    this.countJoin("rtc_active");
    this.countJoin("rtc_success");
    this.#startMs.observe({ protocol_version: protocolName(protocol) }, sinceJoinMs);
  }

  /** Of one that was active. */
  sessionEnded(protocol: number, activeMs: number): void {
    this.#sessionMs.observe({ protocol_version: protocolName(protocol) }, activeMs);
  }

  /** @param type number of `TrackType` */
  publishRequested(type: number): void {
    this.#publishing.add({ kind: trackTypeName(type), state: "attempt" });
  }

  published(type: number): void {
    const kind = trackTypeName(type);
    this.#published.add({ kind }, 1);
    this.#publishing.add({ kind, state: "success" });
  }

  unpublished(type: number): void {
    this.#published.add({ kind: trackTypeName(type) }, -1);
  }

  /** Its publisher left before it came. */
  publishCanceled(type: number): void {
    this.#publishing.add({ kind: trackTypeName(type), state: "cancel" });
  }

  subscribeRequested(): void {
    this.#subscribing.add({ state: "attempt", error: "" });
  }

  subscribed(type: number): void {
    this.#subscribed.add({ kind: trackTypeName(type) }, 1);
    this.#subscribing.add({ state: "success", error: "" });
  }

  unsubscribed(type: number): void {
    this.#subscribed.add({ kind: trackTypeName(type) }, -1);
  }

  subscribeFailed(error: SubscribeError): void {
    this.#subscribing.add({ state: "failure", error });
  }

  /** The wish ended before there was anything to have. */
  subscribeCanceled(count = 1): void {
    this.#subscribing.add({ state: "cancel", error: "" }, count);
  }

  trackTook(timing: TrackTiming, ms: number): void {
    this.#trackMs.observe(
      {
        direction: timing.direction,
        source: sourceName(timing.source),
        type: trackTypeName(timing.type),
        country: "",
        sdk: sdkName(timing.sdk),
        kind: kindName(timing.kind),
        count: String(Math.min(timing.count, COUNT_MAX)),
      },
      ms,
    );
  }

  /** @param opinion 1..4.5 */
  quality(rating: number, opinion: number): void {
    this.#ratings.observe({}, rating);
    this.#scores.observe({}, opinion);
  }

  /**
   * The header of a data stream passed.
   *
   * @param bytes undefined: not announced
   */
  dataStream(
    type: "text" | "bytes" | "unknown",
    mimeType: string,
    destinations: number,
    bytes: number | undefined,
  ): void {
    const [group = ""] = mimeType.toLowerCase().split("/", 1);
    const labels = { type, mime_type: MIME_TYPES.has(group) ? group : "unknown" };
    this.#streamDestinations.observe(labels, destinations);
    if (bytes !== undefined) this.#streamBytes.observe(labels, bytes);
  }
}

type MessageLabels = { type: string; status: string; direction: string };

function signalValues(counts: SignalCounts): [MessageLabels, number][] {
  const all: [string, string, number][] = [
    ["success", "request", counts.requests],
    ["failure", "request", counts.failedRequests],
    ["success", "response", counts.responses],
    ["failure", "response", counts.failedResponses],
  ];
  return all
    .filter(([, , count]) => count > 0)
    .map(([status, direction, count]) => [{ type: "signal", status, direction }, count]);
}
