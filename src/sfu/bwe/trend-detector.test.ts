import { expect, test } from "bun:test";
import fc from "fast-check";
import { TrendDetector } from "./trend-detector.ts";

function detector(): TrendDetector {
  return new TrendDetector({
    requiredSamples: 12,
    requiredSamplesMin: 8,
    downwardTrendThreshold: -0.6,
    downwardTrendMaxWaitMs: 5_000,
    collapseThresholdMs: 500,
    validityWindowMs: 10_000,
  });
}

function trendOf(values: readonly number[], stepMs: number): string {
  const trend = detector();
  for (const [i, value] of values.entries()) trend.add(i * stepMs, value);
  return trend.trend;
}

const rising = Array.from({ length: 12 }, (_, i) => 100 + i);
const falling = rising.toReversed();

test.each([
  { title: "up", values: rising, stepMs: 500, trend: "up" },
  { title: "nothing, of too few to rise", values: rising.slice(0, 11), stepMs: 500, trend: "none" },
  { title: "down", values: falling, stepMs: 500, trend: "down" },
  {
    title: "down, of eight over a long time",
    values: falling.slice(0, 8),
    stepMs: 800,
    trend: "down",
  },
  {
    title: "nothing, of eight in a short time",
    values: falling.slice(0, 8),
    stepMs: 500,
    trend: "none",
  },
  { title: "nothing, of old values", values: falling, stepMs: 2_000, trend: "none" },
  { title: "nothing, where it is level", values: Array(20).fill(7), stepMs: 600, trend: "none" },
])("TrendDetector says $title", ({ values, stepMs, trend }) => {
  expect(trendOf(values, stepMs)).toBe(trend);
});

test("TrendDetector ignores the same value again within the collapse time", () => {
  const trend = detector();
  for (let i = 0; i < 100; i++) trend.add(i * 40, 1_000 - Math.floor(i / 20));
  expect(trend.trend).toBe("none");
});

test("TrendDetector takes any row of values", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 9 })), {
        maxLength: 60,
      }),
      (samples) => {
        const trend = detector();
        let nowMs = 0;
        for (const [stepMs, value] of samples) {
          nowMs += stepMs;
          trend.add(nowMs, value);
          expect(["up", "down", "none"]).toContain(trend.trend);
        }
      },
    ),
  );
});
