import { expect, test } from "bun:test";
import { FakeMediaThread } from "../../../test/support/fake-media-thread.ts";
import { FakeScheduler } from "../../../test/support/fake-scheduler.ts";
import { IDLE_LOAD } from "../../../test/support/idle-load.ts";
import type { MediaCounters } from "../../bridge/events.ts";
import { DataCounters } from "../../media/data/data-counters.ts";
import { MediaRouter } from "../media/media-router.ts";
import { NodeLimits } from "./node-limits.ts";

const COUNTERS: MediaCounters = {
  packetsIn: 0,
  bytesIn: 0,
  packetsOut: 0,
  bytesOut: 0,
  retransmitsOut: 0,
  retransmitBytesOut: 0,
  refusedOut: 0,
  nacksIn: 0,
  nacksOut: 0,
  plisIn: 0,
  plisOut: 0,
  bugs: 0,
  relayPacketsOut: 0,
  relayPacketsIn: 0,
  relayDropped: 0,
  peers: 0,
  receivers: 0,
  downTracks: 0,
  load: IDLE_LOAD,
  sockets: { refused: 0, bufferFull: 0, silenced: 0, receiveDrops: 0 },
  data: new DataCounters(),
  dropped: [],
  mediaPacketsIn: 0,
  mediaBytesIn: 0,
  firsIn: 0,
  forwarding: { counts: [], packets: 0, sumMs: 0, squareSumMs: 0 },
};

function limits(options: { tracks?: number; bytesPerSecond?: number }) {
  const threads = [new FakeMediaThread(0), new FakeMediaThread(1)];
  const router = new MediaRouter(threads);
  const scheduler = new FakeScheduler();
  const node = new NodeLimits({ tracks: 0, bytesPerSecond: 0, router, scheduler, ...options });
  const carried = (thread: number, bytesIn: number, bytesOut: number) =>
    threads[thread]!.emit({
      kind: "statistics-report",
      counters: { ...COUNTERS, bytesIn, bytesOut },
    });
  return { node, router, scheduler, carried };
}

const LISTENER = {
  onStreamStarted: () => {},
  onLayersChanged: () => {},
  onVideoSize: () => {},
  onAudioLevel: () => {},
  onQuality: () => {},
  onForwarding: () => {},
};

test("tracks of both directions count", () => {
  const { node, router } = limits({ tracks: 2 });
  expect(node.isReached).toBe(false);
  router.addReceiver(1, LISTENER);
  expect(node.isReached).toBe(false);
  router.addDownTrack(2, LISTENER);
  expect(node.isReached).toBe(true);
  router.removeReceiver(1);
  expect(node.isReached).toBe(false);
});

test("bytes of all threads count, over the last ten seconds", () => {
  const { node, scheduler, carried } = limits({ bytesPerSecond: 1_000 });
  expect(node.isReached).toBe(false);
  carried(0, 4_000, 3_000);
  carried(1, 1_000, 2_000);
  scheduler.advance(10_000);
  expect(node.isReached).toBe(true);
  scheduler.advance(1_000);
  expect(node.isReached).toBe(false);
  node.close();
  expect(scheduler.pendingCount).toBe(0);
});

test("without limits nothing is reached, and nothing measured", () => {
  const { node, router, scheduler, carried } = limits({});
  router.addReceiver(1, LISTENER);
  carried(0, 1e12, 1e12);
  scheduler.advance(10_000);
  expect(node.isReached).toBe(false);
  expect(scheduler.pendingCount).toBe(0);
});
