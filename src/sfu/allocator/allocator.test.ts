import { expect, test } from "bun:test";
import { type FakeParts, fakeParts } from "../../../test/support/fake-congestion.ts";
import { FakeVideo } from "../../../test/support/fake-video.ts";
import { Allocator } from "./allocator.ts";
import { CAPACITY_SHARE } from "./probe-controller.ts";

type Scene = FakeParts & {
  readonly allocator: Allocator;
  readonly videos: readonly FakeVideo[];
  /** Lets the pings of a time happen; what is published flows. */
  run(fromMs: number, untilMs: number): void;
  /** The estimator found the downlink congested, with so much to share out. */
  congest(nowMs: number, capacityBps: number): void;
  /** The estimator says that it is not congested any more. */
  clear(nowMs: number): void;
  targets(): [number, number][];
};

function scene(
  videos: readonly FakeVideo[],
  { mayPause = true, settings = {} }: { mayPause?: boolean; settings?: object } = {},
): Scene {
  const parts = fakeParts(settings);
  const allocator = new Allocator(mayPause, parts);
  for (const video of videos) allocator.add(0, video.allocation);
  for (const video of videos) video.flow(0);
  const say = (nowMs: number): void => {
    if (parts.estimator.pollChange()) allocator.handleCongestion(nowMs);
  };
  return {
    ...parts,
    allocator,
    videos,
    run(fromMs, untilMs) {
      for (let nowMs = fromMs; nowMs <= untilMs; nowMs += 50) {
        allocator.handleTimeout(nowMs);
        for (const video of videos) video.flow(nowMs);
      }
    },
    congest(nowMs, capacityBps) {
      parts.estimator.say("congested", capacityBps / CAPACITY_SHARE);
      say(nowMs);
      for (const video of videos) video.flow(nowMs);
    },
    clear(nowMs) {
      parts.estimator.say("none");
      say(nowMs);
    },
    targets: () => videos.map((video) => video.target),
  };
}

test("without a constraint every track gets all it asked for", () => {
  const { allocator, targets } = scene([new FakeVideo(), new FakeVideo({ maxSpatial: 1 })]);
  expect(targets()).toEqual([
    [2, 3],
    [1, 3],
  ]);
  expect(allocator.usageBps).toBe(2_500_000);
  expect(allocator.isDeficient).toBe(false);
});

test.each([
  { capacity: 5_000_000, target: [2, 2] },
  { capacity: 1_300_000, target: [2, 1] },
  { capacity: 900_000, target: [1, 2] },
  { capacity: 600_000, target: [1, 2] },
  { capacity: 350_000, target: [1, 1] },
  { capacity: 160_000, target: [0, 2] },
  { capacity: 70_000, target: [0, 0] },
  { capacity: 50_000, target: [-1, -1] },
])("an override of $capacity bit/s gives one track layers $target", ({ capacity, target }) => {
  const video = new FakeVideo();
  const { allocator } = scene([video]);
  allocator.setOverride(0, capacity);
  expect(video.target).toEqual(target as [number, number]);
  expect(video.allocation.pauseReason).toBe(target[0] === -1 ? "bandwidth" : "none");
  expect(video.allocation.isDeficient).toBe(capacity < 2_000_000);
  expect(allocator.isDeficient).toBe(capacity < 2_000_000);
});

test.each([
  { capacity: 5_000_000, target: [2, 2] },
  { capacity: 900_000, target: [2, 0] },
  { capacity: 250_000, target: [1, 0] },
])("an override of $capacity bit/s gives a screen share layers $target", ({ capacity, target }) => {
  const video = new FakeVideo({ isScreenShare: true });
  const { allocator } = scene([video]);
  allocator.setOverride(0, capacity);
  expect(video.target).toEqual(target as [number, number]);
});

test("lifting the override gives everything back at once", () => {
  const video = new FakeVideo();
  const { allocator } = scene([video]);
  allocator.setOverride(0, 50_000);
  allocator.setOverride(1_000, 0);
  expect(video.target).toEqual([2, 2]);
  expect([allocator.isDeficient, video.allocation.isDeficient]).toEqual([false, false]);
});

test("what the layers measure is kept within an override", () => {
  const video = new FakeVideo();
  const { allocator, run } = scene([video]);
  allocator.setOverride(0, 600_000);
  expect(video.target).toEqual([1, 2]);
  video.publish(1, [700_000, 800_000, 900_000, 900_000]);
  run(50, 2_000);
  expect(video.target).toEqual([0, 2]);
});

test("tracks get their lowest layers before any has a higher one", () => {
  const { allocator, targets } = scene([new FakeVideo(), new FakeVideo()]);
  allocator.setOverride(0, 320_000);
  expect(targets()).toEqual([
    [0, 2],
    [0, 2],
  ]);
});

test("higher priorities come first, and a change of priority is a reason to share out anew", () => {
  const low = new FakeVideo({ priority: 1 });
  const high = new FakeVideo({ priority: 9 });
  const { allocator } = scene([low, high]);
  allocator.setOverride(0, 70_000);
  expect([high.target, low.target]).toEqual([
    [0, 0],
    [-1, -1],
  ]);
  low.allocation.priority = 255;
  allocator.handlePriorityChange(100);
  expect([high.target, low.target]).toEqual([
    [-1, -1],
    [0, 0],
  ]);
});

test("a screen share of one layer gets what it needs, and the others what is left", () => {
  const screen = new FakeVideo({ isScreenShare: true, streams: 1 });
  const camera = new FakeVideo();
  const { congest } = scene([screen, camera]);
  congest(0, 250_000);
  expect([screen.target, camera.target]).toEqual([
    [0, 3],
    [0, 1],
  ]);
  congest(500, 100_000);
  expect([screen.target, camera.target]).toEqual([
    [0, 3],
    [-1, -1],
  ]);
  expect(screen.allocation.isDeficient).toBe(false);
});

test("exempt tracks can be left out of the sums", () => {
  const screen = new FakeVideo({ isScreenShare: true, streams: 1 });
  const camera = new FakeVideo();
  const settings = { disableEstimationUnmanagedTracks: true };
  const { congest, allocator } = scene([screen, camera], { settings });
  expect(allocator.isEstimated(screen.allocation)).toBe(false);
  expect(allocator.isEstimated(camera.allocation)).toBe(true);
  expect(allocator.usageBps).toBe(2_000_000);
  congest(0, 250_000);
  expect(camera.target).toEqual([0, 2]);
});

test("an SVC screen share is exempt while it has one spatial layer only", () => {
  const screen = new FakeVideo({ isScreenShare: true, isSvc: true, streams: 1 });
  const { congest } = scene([screen]);
  congest(0, 100_000);
  expect(screen.allocation.isExempt).toBe(true);
  screen.publish(1);
  congest(100, 100_000);
  expect(screen.allocation.isExempt).toBe(false);
  expect(screen.target).toEqual([0, 1]);
});

test("where pausing is not allowed, each track keeps its lowest layer", () => {
  const { allocator, targets, videos } = scene([new FakeVideo(), new FakeVideo()], {
    mayPause: false,
  });
  allocator.setOverride(0, 10_000);
  expect(targets()).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(videos.map(({ allocation }) => allocation.isPaused)).toEqual([false, false]);
});

test("no less than the least capacity is shared out", () => {
  const video = new FakeVideo();
  const { congest } = scene([video], { settings: { minChannelCapacityBps: 160_000 } });
  congest(0, 10_000);
  expect(video.target).toEqual([0, 2]);
});

test("where congestion control is off, everything is optimal whatever happens", () => {
  const video = new FakeVideo();
  const { congest, allocator, estimator } = scene([video], { settings: { isEnabled: false } });
  congest(0, 10_000);
  allocator.setOverride(0, 10_000);
  expect(video.target).toEqual([2, 3]);
  expect(allocator.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
  expect(estimator.goal).toBeUndefined();
});

test("congestion lowers layers at once, and the estimator starts over when nothing lacks", () => {
  const video = new FakeVideo();
  const { congest, clear, allocator, estimator } = scene([video]);
  congest(0, 600_000);
  expect(video.target).toEqual([1, 2]);
  expect(allocator.isDeficient).toBe(true);
  expect(estimator.expectedBps).toBe(500_000);
  clear(1_000);
  expect(video.target).toEqual([1, 2]);
  // The publisher stops the upper layer: what is left is had in full.
  video.withdraw(2);
  allocator.handleTrackChange(1_400, video.allocation);
  expect(allocator.isDeficient).toBe(false);
  expect(estimator.resets).toBe(1);
  expect(allocator.capacityBps).toBeGreaterThan(50_000_000);
});

test("an early warning keeps tracks from taking more, until it is over", () => {
  const held = new FakeVideo({ maxSpatial: 0 });
  const { allocator, estimator, clear } = scene([held]);
  expect(held.target).toEqual([0, 3]);
  estimator.say("early-warning");
  estimator.pollChange();
  allocator.handleCongestion(0);
  held.forwarder.layers.maxSpatial = 2;
  allocator.handleTrackChange(100, held.allocation);
  expect(held.target).toEqual([0, 3]);
  const fresh = new FakeVideo();
  allocator.add(200, fresh.allocation);
  expect(fresh.target).toEqual([0, 0]);
  clear(300);
  expect([held.target, fresh.target]).toEqual([
    [2, 3],
    [2, 3],
  ]);
  expect(allocator.isDeficient).toBe(false);
});

test("a track that wants more while bandwidth is short stays where it is", () => {
  const a = new FakeVideo();
  const b = new FakeVideo({ maxSpatial: 0 });
  const { congest, allocator, targets } = scene([a, b]);
  congest(0, 690_000);
  expect(targets()).toEqual([
    [1, 2],
    [0, 2],
  ]);
  b.forwarder.layers.maxSpatial = 2;
  allocator.handleTrackChange(100, b.allocation);
  expect(targets()).toEqual([
    [1, 2],
    [0, 2],
  ]);
  expect(b.allocation.isDeficient).toBe(true);
});

test("a track that begins takes what others can give with the least loss", () => {
  const a = new FakeVideo();
  const b = new FakeVideo();
  const { congest, allocator } = scene([a, b]);
  b.forwarder.setMuted(true);
  allocator.handleTrackChange(0, b.allocation);
  congest(0, 500_000);
  expect(a.target).toEqual([1, 2]);
  b.forwarder.setMuted(false);
  allocator.handleTrackChange(100, b.allocation);
  // Temporal layers go before spatial ones, and none is left with a choppy picture.
  expect([a.target, b.target]).toEqual([
    [1, 1],
    [0, 2],
  ]);
  expect(allocator.usageBps).toBe(450_000);
});

test("a track that begins is paused where nobody has anything to give", () => {
  const a = new FakeVideo();
  const { congest, allocator } = scene([a]);
  congest(0, 70_000);
  expect(a.target).toEqual([0, 0]);
  const b = new FakeVideo();
  allocator.add(100, b.allocation);
  expect([b.target, b.allocation.streamState]).toEqual([[-1, -1], "paused"]);
  expect(a.target).toEqual([0, 0]);
});

test("where pausing is not allowed, a track that begins has its lowest layer in any case", () => {
  const a = new FakeVideo();
  const { congest, allocator } = scene([a], { mayPause: false });
  congest(0, 70_000);
  const b = new FakeVideo();
  allocator.add(100, b.allocation);
  expect(b.target).toEqual([0, 0]);
});

test("what a muted or removed track had goes to those that lack", () => {
  const a = new FakeVideo();
  const b = new FakeVideo();
  const { congest, allocator } = scene([a, b]);
  congest(0, 600_000);
  const before = a.target;
  b.forwarder.setMuted(true);
  allocator.handleTrackChange(100, b.allocation);
  expect(a.target).toEqual([1, 2]);
  b.forwarder.setMuted(false);
  allocator.handleTrackChange(200, b.allocation);
  expect(allocator.usageBps).toBeLessThanOrEqual(600_000);
  expect(before[0]).toBeLessThan(2);
  allocator.remove(300, b.allocation);
  expect(a.target).toEqual([1, 2]);
});

test("a layer that is measured while bandwidth is short is taken if it fits", () => {
  const video = new FakeVideo();
  video.source.bitrates[1] = [];
  const { congest, allocator } = scene([video]);
  congest(0, 700_000);
  expect(video.target).toEqual([0, 2]);
  video.publish(1);
  allocator.handleTrackChange(100, video.allocation);
  expect(video.target).toEqual([1, 2]);
});

test("a track whose bitrate is not measured yet begins with the least, without a pause", () => {
  const { congest, allocator } = scene([new FakeVideo()]);
  congest(0, 100_000);
  const video = new FakeVideo();
  for (const spatial of [0, 1, 2]) video.source.bitrates[spatial] = [];
  allocator.add(100, video.allocation);
  expect(video.target).toEqual([0, 0]);
  expect(video.allocation.pauseReason).toBe("feed-dry");
});

test("probes go out while something lacks, and what they find is given to it", () => {
  const video = new FakeVideo();
  const { congest, clear, run, estimator, prober, allocator } = scene([video]);
  congest(0, 600_000);
  run(50, 2_900);
  expect(estimator.goal).toBeUndefined();
  clear(2_900);
  run(2_950, 3_100);
  // From 500 kbit/s to the next layer's 1200, with room to spare.
  expect(estimator.goal).toEqual({
    expectedBps: 500_000,
    desiredBps: 1_411_765,
    durationMs: 200,
    bytes: 35_295,
  });
  expect(prober.isActive).toBe(true);
  prober.isActive = false;
  run(3_150, 3_400);
  expect(estimator.isProbeEnded).toBe(true);
  expect(video.target).toEqual([1, 2]);
  estimator.outcome = { verdict: "clear", capacityBps: 1_400_000 };
  run(3_450, 3_600);
  expect(video.target).toEqual([2, 1]);
  expect(allocator.isDeficient).toBe(true);
  const { goal } = estimator;
  run(3_650, 5_900);
  expect(estimator.goal).toBe(goal);
  run(5_950, 6_200);
  // It went well: longer, and for as much as there is to gain.
  expect(estimator.goal).toMatchObject({ expectedBps: 1_200_000, durationMs: 300 });
  expect(estimator.goal?.desiredBps).toBe(2_352_941);
});

test("congestion in a probe is laid to the probe, and the capacity stays", () => {
  const video = new FakeVideo();
  const { congest, clear, run, estimator, prober } = scene([video]);
  congest(0, 600_000);
  clear(100);
  run(3_000, 3_100);
  expect(prober.isActive).toBe(true);
  congest(3_150, 200_000);
  expect(prober.isActive).toBe(false);
  expect(video.target).toEqual([1, 2]);
  estimator.outcome = { verdict: "inconclusive", capacityBps: 5_000_000 };
  run(3_200, 3_400);
  expect(video.target).toEqual([1, 2]);
  congest(3_500, 190_000);
  expect(video.target).toEqual([0, 2]);
});

test("a probe without an outcome is given up at last", () => {
  const { congest, clear, run, estimator, prober } = scene([new FakeVideo()]);
  congest(0, 600_000);
  clear(100);
  run(3_000, 3_100);
  estimator.goal = undefined;
  run(3_150, 9_000);
  expect([prober.isActive, estimator.goal]).toEqual([false, undefined]);
  run(9_050, 19_000);
  expect(estimator.goal).toBeDefined();
});

test("a change of what a track gets breaks a probe off", () => {
  const video = new FakeVideo();
  const { congest, clear, run, allocator, estimator, prober } = scene([video]);
  congest(0, 600_000);
  clear(100);
  run(3_000, 3_100);
  allocator.handleTrackChange(3_110, video.allocation);
  expect([prober.stops, estimator.isProbeEnded]).toEqual([0, false]);
  video.forwarder.layers.maxSpatial = 0;
  allocator.handleTrackChange(3_120, video.allocation);
  expect([prober.stops, estimator.isProbeEnded]).toEqual([1, true]);
});

test("under an override nothing is probed", () => {
  const { allocator, run, estimator } = scene([new FakeVideo()]);
  allocator.setOverride(0, 300_000);
  run(50, 20_000);
  expect(estimator.goal).toBeUndefined();
});

test("with media as probe the next layer is taken at once, and given back where it was too much", () => {
  const video = new FakeVideo();
  const { congest, clear, run, estimator } = scene([video], { settings: { probeMode: "media" } });
  congest(0, 600_000);
  clear(100);
  run(150, 3_200);
  expect(estimator.goal).toBeUndefined();
  expect(video.target).toEqual([2, 1]);
  congest(4_000, 600_000);
  expect(video.target).toEqual([1, 2]);
  clear(4_100);
  run(4_150, 7_400);
  expect(video.target).toEqual([1, 2]);
  run(7_450, 20_000);
  expect(video.target).toEqual([2, 2]);
});

test("an estimator that hears nothing since everything is paused starts over", () => {
  const video = new FakeVideo();
  const { congest, run, estimator } = scene([video]);
  congest(0, 50_000);
  expect(video.allocation.isPaused).toBe(true);
  run(50, 4_900);
  expect(estimator.resets).toBe(0);
  run(4_950, 5_300);
  expect(estimator.resets).toBe(1);
  expect(estimator.goal?.desiredBps).toBe(200_000);
  // A probe is something to hear of: its outcome is waited for, and the next one comes later.
  congest(5_400, 40_000);
  estimator.outcome = { verdict: "congesting", capacityBps: 40_000 };
  run(5_450, 6_500);
  expect([estimator.resets, estimator.goal !== undefined]).toEqual([1, true]);
});

test("what a subscriber is told: paused for bandwidth, active when a picture flows again", () => {
  const video = new FakeVideo();
  const { allocator } = scene([video]);
  expect(video.allocation.streamState).toBe("active");
  allocator.setOverride(0, 10_000);
  expect(video.allocation.streamState).toBe("paused");
  allocator.setOverride(100, 0);
  expect(video.allocation.streamState).toBe("paused");
  video.flow(200);
  expect(video.allocation.streamState).toBe("active");
  video.forwarder.setMuted(true);
  allocator.handleTrackChange(300, video.allocation);
  expect(video.allocation.streamState).toBe("inactive");
});
