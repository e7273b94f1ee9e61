import { expect, test } from "bun:test";
import { CAPACITY_UNKNOWN_BPS } from "./bandwidth-estimator.ts";
import { DEFAULT_REMOTE_BWE } from "./default-settings.ts";
import { RemoteBwe } from "./remote-bwe.ts";

const GOAL = { expectedBps: 500_000, desiredBps: 900_000, durationMs: 2_000, bytes: 225_000 };

function estimator(expectedBps: number): RemoteBwe {
  const bwe = new RemoteBwe(DEFAULT_REMOTE_BWE);
  bwe.setExpectedUsage(expectedBps);
  return bwe;
}

test("RemoteBwe takes a falling estimate below the usage as the capacity", () => {
  const bwe = estimator(1_500_000);
  const changes: number[] = [];
  for (let i = 0; i < 12; i++) {
    bwe.handleEstimate(i * 500, 1_600_000 * 0.98 ** i, 0, 0);
    if (bwe.pollChange()) changes.push(i);
  }
  expect(changes[0]).toBe(11);
  expect(bwe.capacityBps).toBe(Math.round(1_600_000 * 0.98 ** 11));
  expect(bwe.state).toBe("congested");
});

test("RemoteBwe needs no more than two estimates that drop below the usage", () => {
  const bwe = estimator(1_500_000);
  for (const [i, bps] of [2_000_000, 1_200_000, 500_000].entries()) {
    expect(bwe.state).toBe("none");
    bwe.handleEstimate(i * 300, bps, 0, 0);
  }
  expect(bwe.state).toBe("congested");
  expect(bwe.capacityBps).toBe(500_000);
  bwe.setExpectedUsage(400_000);
  for (let i = 0; i < 5; i++) bwe.handleEstimate(1_000 + i * 500, 500_000 + i * 20_000, 0, 0);
  expect(bwe.state).toBe("none");
  expect(bwe.capacityBps).toBe(500_000);
});

test("RemoteBwe takes a drop during a probe for its failure", () => {
  const bwe = estimator(500_000);
  bwe.handleEstimate(0, 700_000, 0, 0);
  bwe.startProbe(100, GOAL);
  bwe.handleEstimate(500, 550_000, 0, 0);
  expect(bwe.pollProbeOutcome(500)?.verdict).toBe("congesting");
});

test("RemoteBwe ignores a falling estimate above the usage, and a level one below it", () => {
  const bwe = estimator(1_000_000);
  for (let i = 0; i < 12; i++) bwe.handleEstimate(i * 500, 2_000_000 - i * 10_000, 0, 0);
  expect(bwe.pollChange()).toBe(false);
  bwe.reset(6_000);
  for (let i = 0; i < 12; i++) bwe.handleEstimate(6_000 + i * 500, 300_000, 0, 0);
  expect(bwe.pollChange()).toBe(false);
  expect(bwe.capacityBps).toBe(CAPACITY_UNKNOWN_BPS);
});

test("RemoteBwe takes repeated NACKs as congestion after two seconds", () => {
  const bwe = estimator(1_000_000);
  const states: string[] = [];
  for (let i = 0; i < 7; i++) {
    bwe.handleEstimate(i * 500, 5_000_000 + i, i * 100, i * 50);
    states.push(bwe.state);
  }
  expect(states.slice(0, 6).every((state) => state === "none")).toBe(true);
  expect(states[6]).toBe("congested");
  expect(bwe.capacityBps).toBeCloseTo(1_000_000 * (1 - 0.4 * 0.5), 0);
});

test("RemoteBwe takes a few repeated NACKs among many packets for nothing", () => {
  const bwe = estimator(1_000_000);
  for (let i = 0; i < 40; i++) bwe.handleEstimate(i * 500, 5_000_000 + i, i * 100, i);
  expect(bwe.pollChange()).toBe(false);
});

test("RemoteBwe recovers when estimates rise again", () => {
  const bwe = estimator(1_500_000);
  for (let i = 0; i < 12; i++) bwe.handleEstimate(i * 500, 2e6 - i * 1e5, 0, 0);
  expect(bwe.state).toBe("congested");
  bwe.setExpectedUsage(800_000);
  for (let i = 0; i < 12; i++) bwe.handleEstimate(6_000 + i * 500, 9e5 + i * 1e5, 0, 0);
  expect(bwe.state).toBe("none");
});

test.each([
  { title: "rose to the end of a probe", goal: GOAL, step: 50_000, found: 900_000 },
  { title: "rose in a shorter probe", goal: { ...GOAL, durationMs: 900 }, step: 50_000, ms: 900 },
  { title: "rose in a probe that was broken off", goal: GOAL, step: 50_000, ms: 1_999 },
  { title: "did not move", goal: GOAL, step: 0, found: 600_000 },
])("RemoteBwe takes the highest estimate for found, or all where they $title", (row) => {
  const bwe = estimator(500_000);
  bwe.startProbe(0, row.goal);
  const endMs = row.ms ?? 2_000;
  for (let i = 0; i < 4; i++) bwe.handleEstimate((i * endMs) / 4, 600_000 + i * row.step, 0, 0);
  bwe.endProbe(endMs);
  const capacityBps = row.found ?? 750_000;
  expect(bwe.pollProbeOutcome(9_000)).toEqual({ verdict: "clear", capacityBps });
  expect(bwe.pollProbeOutcome(9_001)).toBeUndefined();
});

test("RemoteBwe calls a probe clear once estimates have settled", () => {
  const bwe = estimator(500_000);
  bwe.setRtt(20);
  bwe.startProbe(0, GOAL);
  expect(bwe.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
  for (let i = 0; i < 4; i++) bwe.handleEstimate(i * 500, 600_000 + i * 50_000, 0, 0);
  bwe.endProbe(2_000);
  expect(bwe.pollProbeOutcome(2_000)).toBeUndefined();
  expect(bwe.pollTimeout()).toBe(2_250);
  expect(bwe.pollProbeOutcome(2_250)).toEqual({ verdict: "clear", capacityBps: 900_000 });
  expect(bwe.pollProbeOutcome(2_251)).toBeUndefined();
});

test("RemoteBwe tells early that a probe has found what was hoped for", () => {
  const bwe = estimator(500_000);
  bwe.startProbe(0, GOAL);
  for (let i = 0; i < 3; i++) bwe.handleEstimate(i * 200, 800_000 + i * 100_000, 0, 0);
  expect(bwe.pollProbeOutcome(500)).toEqual({ verdict: "clear", capacityBps: 1_000_000 });
});

test("RemoteBwe calls a probe congesting when estimates fall, and forgets that after it", () => {
  const bwe = estimator(500_000);
  const before = bwe.capacityBps;
  bwe.startProbe(0, GOAL);
  for (let i = 0; i < 3; i++) bwe.handleEstimate(i * 300, 600_000 - i * 50_000, 0, 0);
  expect(bwe.state).toBe("congested");
  expect(bwe.pollProbeOutcome(900)?.verdict).toBe("congesting");
  expect(bwe.capacityBps).toBe(before);
  expect(bwe.state).toBe("none");
});

test("RemoteBwe says nothing of a probe with too few estimates", () => {
  const bwe = estimator(500_000);
  bwe.startProbe(0, GOAL);
  bwe.handleEstimate(100, 900_000, 0, 0);
  bwe.endProbe(200);
  expect(bwe.pollProbeOutcome(5_200)?.verdict).toBe("inconclusive");
});
