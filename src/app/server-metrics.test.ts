import { expect, test } from "bun:test";
import { FakeScheduler } from "../../test/support/fake-scheduler.ts";
import { IDLE_LOAD } from "../../test/support/idle-load.ts";
import { TestRooms } from "../../test/support/test-room.ts";
import type { MediaCounters } from "../bridge/events.ts";
import { livekit } from "../gen/livekit.js";
import { MetricRegistry } from "../telemetry/metrics/metric-registry.ts";
import { RoomMetrics } from "../telemetry/metrics/room-metrics.ts";
import { roomMetricsObserver } from "./room-metrics-observer.ts";
import { dataSums, mediaSums, relaySums, ServerMetrics, threadLoad } from "./server-metrics.ts";

const COUNTERS: MediaCounters = {
  packetsIn: 1,
  bytesIn: 2,
  mediaPacketsIn: 3,
  mediaBytesIn: 4,
  packetsOut: 50,
  bytesOut: 6_000,
  retransmitsOut: 7,
  retransmitBytesOut: 800,
  refusedOut: 9,
  nacksIn: 10,
  nacksOut: 11,
  plisIn: 12,
  plisOut: 13,
  firsIn: 14,
  bugs: 0,
  relayPacketsOut: 21,
  relayPacketsIn: 20,
  relayDropped: 1,
  peers: 0,
  receivers: 0,
  downTracks: 0,
  load: IDLE_LOAD,
  sockets: { refused: 0, bufferFull: 0, silenced: 0, receiveDrops: 0 },
  data: {
    messagesIn: 1,
    bytesIn: 2,
    messagesOut: 3,
    bytesOut: 4,
    reliableDropped: 5,
    lossyDropped: 6,
    pauses: 7,
  },
  dropped: [],
  forwarding: { counts: [1, 2], packets: 3, sumMs: 1, squareSumMs: 1 },
};

test("sums of all threads make one, and retransmissions are told apart", () => {
  expect(mediaSums([COUNTERS, COUNTERS])).toEqual({
    packetsIn: 6,
    bytesIn: 8,
    packetsOut: 86,
    bytesOut: 10_400,
    retransmitsOut: 14,
    retransmitBytesOut: 1_600,
    nacksToPublishers: 22,
    plisToPublishers: 26,
    nacksFromSubscribers: 20,
    plisFromSubscribers: 24,
    firsFromSubscribers: 28,
  });
  const dropped = [900, 0, 3];
  const load = { ...IDLE_LOAD, cpuMs: 10, worstLagMs: 7, overloaded: 1, pausedTracks: 2 };
  const sockets = { refused: 0, bufferFull: 6, silenced: 0, receiveDrops: 0 };
  const late = { ...COUNTERS, sockets, dropped, load: { ...load, worstLagMs: 40 } };
  expect(threadLoad([COUNTERS, { ...COUNTERS, dropped, load }, late])).toEqual({
    cpuMs: 20,
    worstLagMs: 40,
    overloaded: 2,
    overloads: 0,
    shedSteps: 0,
    loweredTracks: 0,
    pausedTracks: 4,
    dropped: new Map([["malformed", 6]]),
    receiveDrops: 0,
    unsent: new Map([
      ["refused", 0],
      ["buffer_full", 6],
      ["silent_address", 0],
    ]),
  });
  expect(relaySums([COUNTERS, COUNTERS])).toEqual({ packets: 40, dropped: 2 });
  expect(dataSums([COUNTERS, COUNTERS])).toEqual({
    messagesIn: 2,
    bytesIn: 4,
    messagesOut: 6,
    bytesOut: 8,
    reliableDropped: 10,
    lossyDropped: 12,
    pauses: 14,
  });
});

test("a scrape shows the node, what it carries now, and the process", async () => {
  const metrics = new ServerMetrics("ND_here");
  const scheduler = new FakeScheduler();
  metrics.watch({
    scheduler,
    counters: () => [COUNTERS],
    threads: () => ({ live: 2, starting: 0, dead: 1, restarts: 3 }),
    roomCount: () => 2,
    participantCount: () => 5,
    connections: () => ({ incoming: 3, outgoing: 4 }),
    webhooks: () => ({ delivered: 1, retries: 0, waiting: 0, dropped: { "too old": 3 } }),
  });
  scheduler.advance(5_000);
  const text = await metrics.text();
  const labels = 'node_id="ND_here",node_type="SERVER"';
  expect(text).toContain(`livekit_room_total{${labels}} 2\n`);
  expect(text).toContain(`livekit_participant_total{${labels}} 5\n`);
  expect(text).toContain(`livekit_connection_total{kind="outgoing",${labels}} 4\n`);
  expect(text).toContain(`livekit_forward_latency_ns_count{${labels}} 3\n`);
  expect(text).toContain(
    `livekit_webhook_dispatch_total{status="drop",reason="age",${labels}} 3\n`,
  );
  expect(text).toContain(`parley_media_threads{state="dead",${labels}} 1\n`);
  expect(text).toContain(`parley_media_thread_restarts_total{${labels}} 3\n`);
  expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
  metrics.close();
});

/** Rooms whose observer counts, and what it counted. */
function counted() {
  const registry = new MetricRegistry();
  const metrics = new RoomMetrics(registry);
  const clock: { scheduler?: FakeScheduler } = {};
  const rooms = new TestRooms(
    {},
    roomMetricsObserver(metrics, {
      nowMs: () => clock.scheduler!.nowMs(),
      wallMs: () => clock.scheduler!.wallMs(),
      after: () => () => {},
      every: () => () => {},
    }),
  );
  clock.scheduler = rooms.scheduler;
  const value = async (name: string, from = registry) => {
    const line = (await from.text()).split("\n").find((text) => text.startsWith(`${name} `));
    return line === undefined ? undefined : Number(line.split(" ").at(-1));
  };
  return { rooms, value };
}

test("sessions count as begun when they are active, and by how they ended", async () => {
  const { rooms, value } = counted();
  const a = rooms.join("a").connect();
  const b = rooms.join("b");
  const c = rooms.join("c");
  rooms.advance(60_000);
  a.send({ leave: {} });
  b.send({ leave: {} });
  c.session?.linkLost();
  const join = (state: string) => value(`livekit_participant_join_total{state="${state}"}`);
  expect(await join("rtc_active")).toBe(1);
  expect(await join("rtc_success")).toBe(1);
  expect(await value('livekit_session_duration_ms_count{protocol_version="16"}')).toBe(1);
  expect(await value('livekit_session_duration_ms_sum{protocol_version="16"}')).toBe(60_000);
  const canceled = (await join("rtc_canceled")) ?? 0;
  const failed = (await join("rtc_failure")) ?? 0;
  expect([canceled, failed]).toEqual([0, 2]);
});

test("tracks and joins of rooms are counted as they come and go", async () => {
  const { rooms, value } = counted();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const sid = a.publish("cam");
  b.negotiate();
  const own = rooms.registry;
  expect(await value('livekit_participant_join_total{state="rtc_connected"}', own)).toBe(2);
  expect(await value('livekit_track_subscribed_total{kind="VIDEO"}', own)).toBe(1);
  expect(await value('livekit_track_subscribe_counter{state="attempt",error=""}', own)).toBe(1);
  expect(await value('livekit_track_subscribe_counter{state="success",error=""}', own)).toBe(1);
  expect(await value('livekit_track_published_total{kind="VIDEO"}')).toBe(1);
  b.send({ subscription: { trackSids: [sid], subscribe: false } });
  expect(await value('livekit_track_subscribed_total{kind="VIDEO"}', own)).toBe(0);
  b.send({ subscription: { trackSids: [sid], subscribe: true } });
  b.negotiate();
  b.send({ leave: { reason: livekit.DisconnectReason.CLIENT_INITIATED } });
  a.send({ leave: {} });
  expect(await value('livekit_track_subscribed_total{kind="VIDEO"}', own)).toBe(0);
  expect(await value('livekit_track_published_total{kind="VIDEO"}')).toBe(0);
  rooms.advance(5 * 60_000);
  expect(await value("livekit_room_duration_seconds_count")).toBe(1);
});
