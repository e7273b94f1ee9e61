import { expect, test } from "bun:test";
import fc from "fast-check";
import { FrameTracker } from "./frame-tracker.ts";

/** Sends frames of two packets at a rate and lets the checks run; tells when the layer came or went. */
function run(
  tracker: FrameTracker,
  fromMs: number,
  toMs: number,
  fps: number,
): [number, boolean][] {
  const changes: [number, boolean][] = [];
  const gapMs = fps > 0 ? 1000 / fps : Number.POSITIVE_INFINITY;
  let frameMs = fromMs;
  for (let nowMs = fromMs; nowMs < toMs; nowMs += 10) {
    const was = tracker.isActive;
    tracker.handleTimeout(nowMs);
    for (; fps > 0 && frameMs <= nowMs; frameMs += gapMs) {
      tracker.observe(nowMs, false, Math.round(frameMs * 90));
      tracker.observe(nowMs, true, Math.round(frameMs * 90));
    }
    if (tracker.isActive !== was) changes.push([nowMs, tracker.isActive]);
  }
  return changes;
}

test("a layer is there with its first packet, and gone within a second without frames", () => {
  const tracker = new FrameTracker({ minFps: 5 });
  expect(run(tracker, 0, 3_000, 30)).toEqual([[0, true]]);
  const [gone] = run(tracker, 3_000, 6_000, 0);
  expect(gone![1]).toBe(false);
  expect(gone![0]).toBeLessThanOrEqual(4_000);
  expect(tracker.dueMs).toBe(Number.POSITIVE_INFINITY);
});

test("a layer that was gone is back with the first stretch in which frames come", () => {
  const tracker = new FrameTracker({ minFps: 5 });
  run(tracker, 0, 1_000, 30);
  run(tracker, 1_000, 3_000, 0);
  expect(run(tracker, 3_000, 6_000, 30)).toEqual([[3_500, true]]);
});

test("packets without the end of a frame make no frame", () => {
  const tracker = new FrameTracker({ minFps: 5 });
  for (let nowMs = 0; nowMs < 2_000; nowMs += 20) {
    tracker.handleTimeout(nowMs);
    tracker.observe(nowMs, false, nowMs * 90);
  }
  expect(tracker.isActive).toBe(false);
});

test("a screen share of a frame every other second is not taken for gone", () => {
  const tracker = new FrameTracker({ minFps: 0.5 });
  expect(run(tracker, 0, 60_000, 0.6)).toEqual([[0, true]]);
});

test("a slow camera layer stays: checks come as seldom as its frames", () => {
  const tracker = new FrameTracker({ minFps: 0 });
  run(tracker, 0, 5_000, 10);
  expect(run(tracker, 5_000, 30_000, 2.5)).toEqual([]);
});

test("a layer that is wanted again is there with its first packet", () => {
  const tracker = new FrameTracker({ minFps: 5 });
  run(tracker, 0, 1_000, 30);
  run(tracker, 1_000, 3_000, 0);
  tracker.reset();
  expect(run(tracker, 3_000, 4_000, 30)).toEqual([[3_000, true]]);
});

test("a muted track has no layer, and after it the first packet brings it back", () => {
  const tracker = new FrameTracker({ minFps: 5 });
  run(tracker, 0, 1_000, 30);
  tracker.setPaused(true);
  expect(run(tracker, 1_000, 2_000, 30)).toEqual([]);
  expect(tracker.isActive).toBe(false);
  tracker.setPaused(false);
  expect(run(tracker, 2_000, 3_000, 30)).toEqual([[2_000, true]]);
});

test("whatever comes, a silent layer ends, and its timer with it", () => {
  const packets = fc.array(fc.tuple(fc.nat(400), fc.boolean(), fc.nat(1_000_000)), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(packets, fc.constantFrom(0, 0.5, 5), (all, minFps) => {
      const tracker = new FrameTracker({ minFps });
      let nowMs = 0;
      for (const [gapMs, marker, ts] of all) {
        nowMs += gapMs;
        tracker.handleTimeout(nowMs);
        tracker.observe(nowMs, marker, ts);
      }
      for (let i = 0; i < 2 && tracker.dueMs !== Number.POSITIVE_INFINITY; i++) {
        tracker.handleTimeout(tracker.dueMs);
      }
      expect([tracker.isActive, tracker.dueMs]).toEqual([false, Number.POSITIVE_INFINITY]);
    }),
  );
});
