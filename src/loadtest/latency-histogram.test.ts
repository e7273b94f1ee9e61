import { expect, test } from "bun:test";
import { LatencyHistogram } from "./latency-histogram.ts";

test("the histogram tells quantiles to its bucket, and the largest delay exactly", () => {
  const histogram = new LatencyHistogram();
  for (let i = 1; i <= 100; i++) histogram.add(i - 0.005);
  const { count, p50Ms, p99Ms, maxMs } = histogram.summary();
  expect(count).toBe(100);
  expect(p50Ms).toBeCloseTo(50, 2);
  expect(p99Ms).toBeCloseTo(99, 2);
  expect(maxMs).toBe(99.995);
});

test("a quantile is never above the largest delay", () => {
  const histogram = new LatencyHistogram();
  histogram.add(0.001);
  expect(histogram.summary()).toEqual({ count: 1, p50Ms: 0.001, p99Ms: 0.001, maxMs: 0.001 });
});

test("delays beyond the last bucket count in it", () => {
  const histogram = new LatencyHistogram();
  histogram.add(10_000);
  expect(histogram.summary().maxMs).toBe(10_000);
  expect(histogram.summary().p50Ms).toBe(2_000);
});

test("nothing is told of no delays, and clearing forgets all", () => {
  const histogram = new LatencyHistogram();
  histogram.add(5);
  histogram.clear();
  expect(histogram.summary()).toEqual({ count: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 });
});
