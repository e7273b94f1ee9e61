import { expect, test } from "bun:test";
import { FakeSource, packetOf } from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { DEFAULT_REMOTE_BWE } from "../bwe/default-settings.ts";
import { RemoteBwe } from "../bwe/remote-bwe.ts";
import { Forwarder } from "../forwarder/forwarder.ts";
import { Translation } from "../forwarder/translation.ts";
import { Allocator } from "./allocator.ts";
import { TrackAllocation } from "./track-allocation.ts";

/** 150, 500 and 2000 kbit/s; of each, the temporal layers have 40, 60 and 100 %. */
const SIMULCAST: number[][] = [150_000, 500_000, 2_000_000].map((bps) => [
  bps * 0.4,
  bps * 0.6,
  bps,
  bps,
]);

type Rigged = { source: FakeSource; forwarder: Forwarder; allocation: TrackAllocation };

function track(
  fields: { isScreenShare?: boolean; priority?: number; streams?: number } = {},
): Rigged {
  const source = new FakeSource();
  source.streamCount = fields.streams ?? 3;
  for (let s = 0; s < 3; s++) {
    if (s < source.streamCount) source.bitrates[s] = [...SIMULCAST[s]!];
    else source.available.delete(s);
  }
  const forwarder = new Forwarder(source);
  const allocation = new TrackAllocation(
    forwarder,
    source,
    fields.isScreenShare ?? false,
    fields.priority ?? 1,
  );
  return { source, forwarder, allocation };
}

function targetOf({ forwarder }: Rigged): [number, number] {
  return [forwarder.layers.targetSpatial, forwarder.layers.targetTemporal];
}

/** A key frame of every layer, so that the target flows. */
function flow({ forwarder }: Rigged, nowMs: number): void {
  for (const spatialLayer of [0, 1, 2]) {
    const packet = packetOf({
      codec: Codec.H264,
      extSn: 1 + nowMs,
      extTs: 90 * nowMs,
      spatialLayer,
      isKeyFrame: true,
      marker: true,
    });
    forwarder.translate(nowMs, packet, new Translation());
  }
}

test("without a constraint every track gets all it asked for", () => {
  const allocator = new Allocator(true);
  const a = track();
  const b = track();
  b.forwarder.layers.maxSpatial = 1;
  allocator.add(0, a.allocation);
  allocator.add(0, b.allocation);
  expect([targetOf(a), targetOf(b)]).toEqual([
    [2, 3],
    [1, 3],
  ]);
  expect(allocator.requestedBps).toBe(2_500_000);
  expect(allocator.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
});

test.each([
  { capacity: 5_000_000, target: [2, 3] },
  { capacity: 1_300_000, target: [2, 1] },
  { capacity: 900_000, target: [2, 0] },
  { capacity: 600_000, target: [1, 3] },
  { capacity: 350_000, target: [1, 1] },
  { capacity: 160_000, target: [0, 3] },
  { capacity: 70_000, target: [0, 0] },
  { capacity: 50_000, target: [-1, -1] },
])("an override of $capacity bit/s gives one track layers $target", ({ capacity, target }) => {
  const allocator = new Allocator(true);
  const a = track();
  allocator.add(0, a.allocation);
  allocator.setOverride(0, capacity);
  expect(targetOf(a)).toEqual(target as [number, number]);
  expect(a.allocation.isPaused).toBe(target[0] === -1);
  expect(a.allocation.isDeficient).toBe(capacity < 2_000_000);
});

test("lifting the override makes everything optimal at once", () => {
  const allocator = new Allocator(true);
  const a = track();
  allocator.add(0, a.allocation);
  allocator.setOverride(0, 50_000);
  allocator.setOverride(1_000, 0);
  expect(targetOf(a)).toEqual([2, 3]);
  expect([a.allocation.isPaused, a.allocation.isDeficient]).toEqual([false, false]);
});

test("tracks get their lowest layers before any has a higher one", () => {
  const allocator = new Allocator(true);
  const a = track();
  const b = track();
  allocator.add(0, a.allocation);
  allocator.add(0, b.allocation);
  allocator.setOverride(0, 320_000);
  expect([targetOf(a), targetOf(b)]).toEqual([
    [0, 3],
    [0, 3],
  ]);
});

test("a screen share comes first, then the higher priority", () => {
  const allocator = new Allocator(true);
  const low = track({ priority: 1 });
  const high = track({ priority: 9 });
  const screen = track({ isScreenShare: true });
  for (const it of [low, high, screen]) allocator.add(0, it.allocation);
  allocator.setOverride(0, 130_000);
  expect([targetOf(screen), targetOf(high), targetOf(low)]).toEqual([
    [0, 0],
    [0, 0],
    [-1, -1],
  ]);
});

test("a screen share of one layer gets what it needs, and the others what is left", () => {
  const allocator = new Allocator(true);
  const screen = track({ isScreenShare: true, streams: 1 });
  const camera = track();
  allocator.add(0, screen.allocation);
  allocator.add(0, camera.allocation);
  allocator.setOverride(0, 250_000);
  expect([targetOf(screen), targetOf(camera)]).toEqual([
    [0, 3],
    [0, 1],
  ]);
});

test("where pausing is not allowed, each track keeps its lowest layer", () => {
  const allocator = new Allocator(false);
  const a = track();
  const b = track();
  allocator.add(0, a.allocation);
  allocator.add(0, b.allocation);
  allocator.setOverride(0, 10_000);
  expect([targetOf(a), targetOf(b)]).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(a.allocation.isPaused).toBe(false);
});

test("a muted track takes nothing, and another track has its share until it is back", () => {
  const allocator = new Allocator(true);
  const a = track();
  const b = track();
  allocator.add(0, a.allocation);
  allocator.add(0, b.allocation);
  allocator.setOverride(0, 600_000);
  const shared = targetOf(a);
  b.forwarder.setMuted(true);
  allocator.handleTrackChange(1_000, b.allocation);
  expect(targetOf(a)).toEqual([1, 3]);
  expect(b.allocation.isPaused).toBe(false);
  b.forwarder.setMuted(false);
  allocator.handleTrackChange(2_000, b.allocation);
  expect(targetOf(a)).toEqual(shared);
});

test("layers that begin to flow while bandwidth is short are noticed within a second", () => {
  const allocator = new Allocator(true);
  const a = track();
  a.source.bitrates[1] = [];
  a.source.bitrates[2] = [];
  allocator.add(0, a.allocation);
  allocator.setOverride(0, 600_000);
  expect(targetOf(a)).toEqual([0, 3]);
  a.source.bitrates[1] = [...SIMULCAST[1]!];
  for (let nowMs = 0; nowMs <= 1_100; nowMs = allocator.pollTimeout())
    allocator.handleTimeout(nowMs);
  expect(targetOf(a)).toEqual([1, 3]);
});

test("a track whose bitrate is not measured yet gets its lowest layer, not a pause", () => {
  const allocator = new Allocator(true);
  const a = track();
  for (let s = 0; s < 3; s++) a.source.bitrates[s] = [];
  allocator.add(0, a.allocation);
  allocator.setOverride(0, 100_000);
  expect(targetOf(a)).toEqual([0, 3]);
  expect(a.allocation.isPaused).toBe(false);
});

/** An allocator whose estimates are given by hand. */
function estimated(): { allocator: Allocator; remb: (nowMs: number, bps: number) => void } {
  const bwe = new RemoteBwe(DEFAULT_REMOTE_BWE);
  const allocator = new Allocator(true, bwe);
  return {
    allocator,
    remb(nowMs, bps) {
      bwe.setExpectedUsage(allocator.requestedBps);
      bwe.handleEstimate(nowMs, bps, 0, 0);
      if (bwe.pollChange()) allocator.handleCongestion(nowMs);
    },
  };
}

/** REMBs each 500 ms, falling from one value to another. @returns the time after them */
function fall(
  remb: (nowMs: number, bps: number) => void,
  fromMs: number,
  from: number,
  to: number,
): number {
  for (let i = 0; i < 12; i++) remb(fromMs + i * 500, from + ((to - from) * i) / 11);
  return fromMs + 6_000;
}

test("falling estimates lower the layers, and step by step all comes back when they rise", () => {
  const { allocator, remb } = estimated();
  const a = track();
  allocator.add(0, a.allocation);
  flow(a, 0);
  const afterMs = fall(remb, 0, 2_500_000, 600_000);
  expect(a.forwarder.layers.targetSpatial).toBeLessThan(2);
  expect(a.allocation.isDeficient).toBe(true);
  const steps: [number, number][] = [];
  let lastMs = afterMs;
  for (
    let nowMs = afterMs;
    allocator.isConstrained && nowMs < 200_000;
    nowMs = allocator.pollTimeout()
  ) {
    lastMs = nowMs;
    allocator.handleTimeout(nowMs);
    flow(a, nowMs);
    steps.push(targetOf(a));
    for (let i = 0; i < 12; i++) remb(nowMs + 1 + i, 3_000_000 + i);
  }
  expect(targetOf(a)).toEqual([2, 3]);
  expect(lastMs - afterMs).toBeLessThan(40_000);
  expect(steps.length).toBeGreaterThan(2);
});

test("estimates that fall above what is used change nothing", () => {
  const { allocator, remb } = estimated();
  const a = track();
  allocator.add(0, a.allocation);
  fall(remb, 0, 9_000_000, 2_100_000);
  expect(targetOf(a)).toEqual([2, 3]);
  expect(allocator.isConstrained).toBe(false);
});

test("a track above its target after a downgrade stops at once, and its lower layer goes on", () => {
  const allocator = new Allocator(true);
  const a = track();
  allocator.add(0, a.allocation);
  flow(a, 0);
  expect(a.forwarder.layers.currentSpatial).toBe(2);
  allocator.setOverride(100, 160_000);
  flow(a, 200);
  expect(a.forwarder.layers.currentSpatial).toBe(0);
});

test("a removed track gives its share to the others", () => {
  const allocator = new Allocator(true);
  const a = track();
  const b = track();
  allocator.add(0, a.allocation);
  allocator.add(0, b.allocation);
  allocator.setOverride(0, 600_000);
  allocator.remove(0, b.allocation);
  expect(targetOf(a)).toEqual([1, 3]);
});
