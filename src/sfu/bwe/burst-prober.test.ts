import { expect, test } from "bun:test";
import fc from "fast-check";
import type { ProbeTrack } from "../downtrack/probe-track.ts";
import { BurstProber } from "./burst-prober.ts";
import { DEFAULT_REMOTE_BWE } from "./default-settings.ts";
import { RemoteBwe } from "./remote-bwe.ts";

class FakeTrack implements ProbeTrack {
  canProbe = true;
  sentBytes = 0;
  packetBytes = 280;
  readonly probes: { readonly nowMs: number; readonly bytes: number }[] = [];

  sendProbe(nowMs: number, bytes: number): number {
    let sent = 0;
    while (sent < bytes) sent += this.packetBytes;
    this.sentBytes += sent;
    this.probes.push({ nowMs, bytes: sent });
    return sent;
  }
}

function rig(...tracks: FakeTrack[]) {
  const bwe = new RemoteBwe(DEFAULT_REMOTE_BWE);
  const starts: number[] = [];
  const prober = new BurstProber(
    () => tracks,
    bwe,
    (dueMs) => starts.push(dueMs),
  );
  /** Runs until it is done, with media beside it; @returns when that was. */
  const run = (fromMs: number, toMs: number, mediaBps: number): number => {
    let lastMs = fromMs;
    while (prober.isActive && prober.pollTimeout() < toMs) {
      const nowMs = prober.pollTimeout();
      tracks[0]!.sentBytes += (mediaBps * (nowMs - lastMs)) / 8_000;
      lastMs = nowMs;
      prober.handleTimeout(nowMs);
    }
    return lastMs;
  };
  return { prober, bwe, starts, run };
}

test("BurstProber asks for no time without a probe", () => {
  const { prober } = rig(new FakeTrack());
  expect(prober.isActive).toBe(false);
  expect(prober.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
  prober.handleTimeout(1_000);
  prober.stop(1_000);
});

test("BurstProber fills up the media to the goal, in buckets of 20 ms, and ends the probe", () => {
  const track = new FakeTrack();
  const { prober, bwe, starts, run } = rig(track);
  const goal = { expectedBps: 300e3, desiredBps: 800e3, durationMs: 400, bytes: 40_000 };
  bwe.startProbe(1_000, goal);
  prober.start(1_000, goal);
  expect(starts).toEqual([1_000]);
  expect(prober.desiredBps).toBe(800e3);
  const endMs = run(1_000, 5_000, 300e3);
  expect(prober.isActive).toBe(false);
  expect(prober.desiredBps).toBe(0);
  expect(endMs - 1_000).toBeGreaterThanOrEqual(400);
  expect(endMs - 1_000).toBeLessThan(480);
  expect(track.sentBytes).toBeGreaterThanOrEqual(40_000);
  expect(track.sentBytes).toBeLessThan(46_000);
  const gaps = track.probes.slice(1).map(({ nowMs }, i) => nowMs - track.probes[i]!.nowMs);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10);
  expect(bwe.pollTimeout()).toBeLessThan(Number.POSITIVE_INFINITY);
});

test("BurstProber takes tracks in their order, and leaves out those that cannot", () => {
  const [first, second, third] = [new FakeTrack(), new FakeTrack(), new FakeTrack()];
  first.canProbe = false;
  const { prober, run } = rig(first, second, third);
  prober.start(0, { expectedBps: 0, desiredBps: 400e3, durationMs: 200, bytes: 10_000 });
  run(0, 1_000, 0);
  expect(first.probes).toEqual([]);
  expect(second.probes.length).toBeGreaterThan(5);
  expect(third.probes).toEqual([]);
});

test("BurstProber goes on until the bytes have left, and stops when it is told", () => {
  const track = new FakeTrack();
  track.canProbe = false;
  const { prober, run } = rig(track);
  prober.start(0, { expectedBps: 300e3, desiredBps: 600e3, durationMs: 200, bytes: 15_000 });
  run(0, 2_000, 0);
  expect(prober.isActive).toBe(true);
  prober.stop(2_000);
  expect(prober.isActive).toBe(false);
  expect(prober.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
});

test("BurstProber never sends much more than its goal, however late it is called", () => {
  const delays = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 50, maxLength: 50 });
  fc.assert(
    fc.property(delays, fc.integer({ min: 200_000, max: 3_000_000 }), (late, increaseBps) => {
      const track = new FakeTrack();
      const { prober } = rig(track);
      const durationMs = 500;
      const bytes = (increaseBps * durationMs) / 8_000;
      prober.start(0, { expectedBps: 0, desiredBps: increaseBps, durationMs, bytes });
      const bucketBytes = (increaseBps * 20) / 8_000;
      for (const ms of late) {
        if (!prober.isActive) break;
        const before = track.sentBytes;
        prober.handleTimeout(prober.pollTimeout() + ms);
        expect(track.sentBytes - before).toBeLessThanOrEqual(
          Math.max(1_100, 4 * bucketBytes) + 281,
        );
      }
      expect(track.sentBytes).toBeLessThanOrEqual(bytes + 1_100 + 4 * bucketBytes + 281);
    }),
  );
});
