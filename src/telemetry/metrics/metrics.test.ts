import { expect, test } from "bun:test";
import fc from "fast-check";
import { ApiMetrics } from "./api-metrics.ts";
import { MediaMetrics } from "./media-metrics.ts";
import { exponentialBuckets, MetricRegistry } from "./metric-registry.ts";
import { addProcessMetrics } from "./process-metrics.ts";
import { RoomMetrics } from "./room-metrics.ts";

/** Values by name and labels, as `name{a="b"}`. */
async function scrape(registry: MetricRegistry): Promise<Map<string, number>> {
  const lines = (await registry.text()).split("\n").filter((line) => !/^(#|$)/.test(line));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

const NO_SUMS = {
  packetsIn: 0,
  bytesIn: 0,
  packetsOut: 0,
  bytesOut: 0,
  retransmitsOut: 0,
  retransmitBytesOut: 0,
  nacksToPublishers: 0,
  plisToPublishers: 0,
  nacksFromSubscribers: 0,
  plisFromSubscribers: 0,
  firsFromSubscribers: 0,
};

test("a family is shown once it has a value, with its type and the registry's labels", async () => {
  const registry = new MetricRegistry({ node_id: "ND_1" });
  const calls = registry.counter("calls_total", "Calls", ["kind"]);
  registry.gauge("rooms", "Rooms", []);
  expect(await registry.text()).toBe(
    '# HELP rooms Rooms\n# TYPE rooms gauge\nrooms{node_id="ND_1"} 0\n',
  );
  calls.add({ kind: "a" }, 2);
  expect(await registry.text()).toContain(
    '# TYPE calls_total counter\ncalls_total{kind="a",node_id="ND_1"} 2\n',
  );
});

test("sums that are kept elsewhere are read at each scrape", async () => {
  const registry = new MetricRegistry();
  const { signal } = new RoomMetrics(registry);
  signal.requests = 3;
  signal.failedResponses = 1;
  const values = await scrape(registry);
  const name = 'livekit_node_messages{type="signal",status=';
  expect(values.get(`${name}"success",direction="request"}`)).toBe(3);
  expect(values.get(`${name}"failure",direction="response"}`)).toBe(1);
  expect(values.has(`${name}"success",direction="response"}`)).toBe(false);
});

test("joins and tracks are counted by how far they came", async () => {
  const registry = new MetricRegistry();
  const metrics = new RoomMetrics(registry);
  expect(metrics.attempt(() => "session")).toBe("session");
  expect(metrics.attempt(() => undefined)).toBeUndefined();
  expect(() =>
    metrics.attempt(() => {
      throw new Error("full");
    }),
  ).toThrow("full");
  metrics.publishRequested(1);
  metrics.published(1);
  metrics.published(0);
  metrics.unpublished(0);
  metrics.subscribeRequested();
  metrics.subscribeFailed("track not bound");
  const values = await scrape(registry);
  expect(values.get('livekit_participant_join_total{state="rtc_init"}')).toBe(3);
  expect(values.get('livekit_participant_join_total{state="rtc_canceled"}')).toBe(2);
  expect(values.get('livekit_track_publish_counter{kind="VIDEO",state="attempt"}')).toBe(1);
  expect(values.get('livekit_track_published_total{kind="VIDEO"}')).toBe(1);
  expect(values.get('livekit_track_published_total{kind="AUDIO"}')).toBe(0);
  expect(
    values.get('livekit_track_subscribe_counter{state="failure",error="track not bound"}'),
  ).toBe(1);
});

test("what a client makes up makes no new values of labels", async () => {
  const anything = fc.oneof(fc.integer(), fc.double());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anything, fc.string()), { maxLength: 50 }), async (said) => {
      const registry = new MetricRegistry();
      const metrics = new RoomMetrics(registry);
      const media = new MediaMetrics(registry);
      for (const [number, text] of said) {
        metrics.signalConnected(number, 1);
        metrics.dataStream("text", text, 1, 1);
        metrics.published(number);
        const timing = { source: number, type: number, sdk: number, kind: number };
        metrics.trackTook({ direction: "publish", count: 1, ...timing }, 1);
        const window = { packets: 1, lost: 0, outOfOrder: 0, jitterUs: 0, rttMs: 0 };
        media.track("incoming", number, number, { ...window, keyFrames: 0, capped: 1 });
      }
      for (const key of (await scrape(registry)).keys()) {
        for (const [, name, value] of key.matchAll(/(\w+)="([^"]*)"/g)) {
          if (name === "protocol_version") expect(Number(value)).toBeWithin(0, 33);
          else if (name === "mime_type") {
            expect(["unknown", "text", "image", "audio", "video", "application"]).toContain(value!);
          } else expect(value).toMatch(/^[A-Z_a-z0-9.+-]*$/);
        }
      }
    }),
    { numRuns: 30, examples: [[[[Number.NaN, ""]]]] },
  );
});

test("packets are told by direction and transmission", async () => {
  const registry = new MetricRegistry();
  const media = new MediaMetrics(registry);
  media.setSums({
    ...NO_SUMS,
    packetsIn: 7,
    packetsOut: 5,
    retransmitsOut: 2,
    firsFromSubscribers: 4,
  });
  media.setSums({
    ...NO_SUMS,
    packetsIn: 8,
    packetsOut: 6,
    retransmitsOut: 2,
    firsFromSubscribers: 4,
  });
  const values = await scrape(registry);
  const name = "livekit_packet_total";
  expect(values.get(`${name}{direction="incoming",transmission="initial",country=""}`)).toBe(8);
  expect(values.get(`${name}{direction="outgoing",transmission="initial",country=""}`)).toBe(6);
  expect(values.get(`${name}{direction="outgoing",transmission="retransmit",country=""}`)).toBe(2);
  expect(values.get('livekit_fir_total{direction="outgoing",country=""}')).toBe(4);
  expect([...values.keys()].some((key) => key.startsWith("livekit_nack_total"))).toBe(false);
});

test("windows of tracks become shares of what was sent", async () => {
  const registry = new MetricRegistry();
  const media = new MediaMetrics(registry);
  const window = {
    packets: 200,
    lost: 4,
    outOfOrder: 1,
    jitterUs: 12_000,
    rttMs: 0,
    keyFrames: 3,
    capped: 5,
  };
  media.track("incoming", 1, 1, window);
  media.track("incoming", 1, 1, { ...window, packets: 0, lost: 0, outOfOrder: 0, keyFrames: 0 });
  const values = await scrape(registry);
  const labels = 'direction="incoming",source="CAMERA",type="VIDEO",country=""';
  expect(values.get(`livekit_packet_loss_total{${labels}}`)).toBe(4);
  expect(values.get(`livekit_packet_loss_percent_sum{${labels}}`)).toBe(2);
  expect(values.get(`livekit_packet_loss_percent_count{${labels}}`)).toBe(1);
  expect(values.get(`livekit_packet_out_of_order_percent_sum{${labels}}`)).toBe(0.5);
  expect(values.get(`livekit_jitter_us_bucket{le="30000",${labels}}`)).toBe(2);
  expect(values.get('livekit_keyframe_total{direction="incoming"}')).toBe(3);
  expect(values.get('livekit_rtx_capped_total{kind="VIDEO"}')).toBe(10);
  // unknown round trips are no round trips of 0
  expect([...values.keys()].some((key) => key.startsWith("livekit_rtt_ms"))).toBe(false);
});

test("forwarding times are a histogram of all, and mean and deviation of the last minute", async () => {
  const registry = new MetricRegistry();
  const media = new MediaMetrics(registry);
  const counts = new Array<number>(11).fill(0);
  media.sampleLatency({ counts, packets: 0, sumMs: 0, squareSumMs: 0 });
  // two packets of 1 ms, two of 3
  counts[4] = 2;
  counts[6] = 2;
  media.sampleLatency({ counts, packets: 4, sumMs: 8, squareSumMs: 20 });
  let values = await scrape(registry);
  expect(values.get("livekit_forward_latency")).toBe(2_000_000);
  expect(values.get("livekit_forward_jitter")).toBe(1_000_000);
  expect(values.get('livekit_forward_latency_ns_bucket{le="1000000"}')).toBe(2);
  expect(values.get('livekit_forward_latency_ns_bucket{le="+Inf"}')).toBe(4);
  expect(values.get("livekit_forward_latency_ns_sum")).toBe(8_000_000);
  for (let i = 0; i < 13; i++) {
    media.sampleLatency({ counts, packets: 4, sumMs: 8, squareSumMs: 20 });
  }
  values = await scrape(registry);
  expect(values.get("livekit_forward_latency")).toBe(0);
  expect(values.get("livekit_forward_latency_ns_count")).toBe(4);
});

test("calls of the API are told by family of status, and webhooks by what became of them", async () => {
  const registry = new MetricRegistry();
  const api = new ApiMetrics(registry);
  api.call("RoomService", "ListRooms", 200, "", 7);
  api.call("RoomService", "DeleteRoom", 404, "not_found", 3);
  api.call("RoomService", "DeleteRoom", 503, "unavailable", 3);
  api.webhookQueued(2);
  api.setWebhooks({ delivered: 3, failed: 0, dropped: new Map([["age", 2]]) });
  const values = await scrape(registry);
  const name = 'livekit_node_twirp_request_status{service="RoomService",method=';
  expect(values.get(`${name}"ListRooms",status="200",code=""}`)).toBe(1);
  expect(values.get(`${name}"DeleteRoom",status="4xx",code="not_found"}`)).toBe(1);
  expect(values.get(`${name}"DeleteRoom",status="5xx",code="unavailable"}`)).toBe(1);
  expect(values.get('livekit_webhook_dispatch_total{status="success",reason=""}')).toBe(3);
  expect(values.get('livekit_webhook_dispatch_total{status="drop",reason="age"}')).toBe(2);
  expect(values.get('livekit_webhook_queue_length_bucket{le="1"}')).toBe(0);
  expect(values.get('livekit_webhook_queue_length_bucket{le="2"}')).toBe(1);
});

test("the process is told under the names that Prometheus clients share", async () => {
  const registry = new MetricRegistry();
  let cpuSeconds = 1;
  addProcessMetrics(registry, () => ({
    cpuSeconds,
    residentBytes: 10,
    virtualBytes: undefined,
    virtualBytesMax: 2 ** 64,
    openFiles: 5,
    openFilesMax: 6,
    receivedBytes: 7,
    sentBytes: 8,
    startedAt: 9,
  }));
  await scrape(registry);
  cpuSeconds = 1.5;
  const values = await scrape(registry);
  expect(values.get("process_cpu_seconds_total")).toBe(1.5);
  expect(values.get("process_resident_memory_bytes")).toBe(10);
  expect(values.get("process_open_fds")).toBe(5);
});

test("exponential buckets run from one bound to the other", () => {
  const buckets = exponentialBuckets(10, 10_000, 4);
  for (const [i, bound] of [10, 100, 1_000, 10_000].entries()) {
    expect(buckets[i]).toBeCloseTo(bound, 6);
  }
});
