import { expect, test } from "bun:test";
import { type FakeParts, fakeParts } from "../../../test/support/fake-congestion.ts";
import type { ProbeOutcome } from "../bwe/bandwidth-estimator.ts";
import { ProbeController } from "./probe-controller.ts";

type Rig = FakeParts & { readonly probe: ProbeController };

function rig(settings = {}): Rig {
  const parts = fakeParts(settings);
  return { ...parts, probe: new ProbeController(parts.settings, parts.estimator, parts.prober) };
}

/** Runs a probe to its outcome. */
function finish({ probe, prober, estimator }: Rig, nowMs: number, outcome: ProbeOutcome) {
  prober.isActive = false;
  estimator.outcome = outcome;
  return probe.poll(nowMs);
}

test.each([
  { title: "the next layer and a fifth", usage: 100_000, next: 2_000_000, desired: 1_300_000 },
  { title: "no less than the least", usage: 100_000, next: 10_000, desired: 300_000 },
  { title: "a share of what it comes to", usage: 2_000_000, next: 300_000, desired: 2_705_882 },
])("ProbeController tries $title, within twice of what is known", ({ usage, next, desired }) => {
  const { probe, estimator, prober } = rig();
  probe.start(0, usage, 550_000, next, next);
  expect(estimator.goal).toEqual({
    expectedBps: usage,
    desiredBps: desired,
    durationMs: 200,
    bytes: Math.ceil(desired / 40),
  });
  expect(prober.isActive).toBe(true);
});

test("ProbeController tries more after what went well, as far as there is something to gain", () => {
  const it = rig();
  it.probe.start(0, 500_000, 500_000, 100_000, 3_000_000);
  finish(it, 300, { verdict: "clear", capacityBps: 705_000 });
  it.probe.start(3_000, 600_000, 700_000, 100_000, 3_000_000);
  expect(it.estimator.goal?.desiredBps).toBe(1_411_765);
  finish(it, 3_500, { verdict: "congesting", capacityBps: 700_000 });
  it.probe.start(9_000, 600_000, 700_000, 100_000, 3_000_000);
  expect(it.estimator.goal?.desiredBps).toBe(823_529);
  finish(it, 9_500, { verdict: "clear", capacityBps: 820_000 });
  it.probe.start(13_000, 600_000, 900_000, 100_000, 150_000);
  expect(it.estimator.goal?.desiredBps).toBe(882_353);
});

test("ProbeController takes no more for found than what it tried", () => {
  const it = rig();
  it.probe.start(0, 500_000, 500_000, 100_000, 100_000);
  const outcome = finish(it, 300, { verdict: "clear", capacityBps: 9_000_000 });
  expect(outcome).toEqual({ verdict: "clear", capacityBps: 705_882 });
  expect(it.probe.isActive).toBe(false);
  expect(it.probe.poll(400)).toBeUndefined();
});

test("ProbeController stops sending when the outcome comes early", () => {
  const { probe, estimator, prober } = rig();
  probe.start(0, 500_000, 500_000, 100_000, 100_000);
  estimator.outcome = { verdict: "congesting", capacityBps: 400_000 };
  expect(probe.poll(100)?.verdict).toBe("congesting");
  expect([prober.isActive, prober.stops, estimator.isProbeEnded]).toEqual([false, 1, true]);
});

test("ProbeController calls what met congestion congesting, whatever came of it", () => {
  const it = rig();
  it.probe.start(0, 500_000, 500_000, 100_000, 100_000);
  it.probe.noteCongestion();
  const outcome = finish(it, 300, { verdict: "clear", capacityBps: 600_000 });
  expect(outcome).toEqual({ verdict: "congesting", capacityBps: 600_000 });
  expect(it.probe.canStart(3_100)).toBe(false);
});

test("ProbeController gives up on a burst that never ends and an outcome that never comes", () => {
  const { probe, prober, estimator } = rig();
  probe.start(0, 500_000, 500_000, 100_000, 100_000);
  expect(probe.poll(5_000)).toBeUndefined();
  expect(prober.isActive).toBe(true);
  expect(probe.poll(5_300)).toBeUndefined();
  expect([prober.isActive, estimator.isProbeEnded]).toEqual([false, true]);
  expect(probe.poll(15_300)).toEqual({ verdict: "inconclusive", capacityBps: 0 });
  expect(probe.isActive).toBe(false);
});

test("ProbeController forgets a probe that is abandoned", () => {
  const { probe, prober } = rig();
  probe.start(0, 500_000, 500_000, 100_000, 100_000);
  probe.abandon(100);
  expect([prober.isActive, probe.isActive]).toEqual([false, false]);
  expect(probe.canStart(100)).toBe(true);
});
