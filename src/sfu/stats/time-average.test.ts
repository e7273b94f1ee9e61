import { expect, test } from "bun:test";
import fc from "fast-check";
import { TimeAverage } from "./time-average.ts";

test("each value counts for as long as it held, and the last one goes on", () => {
  const average = new TimeAverage();
  expect(average.take(100)).toBe(0);
  average.set(200, 4);
  average.set(300, 1);
  expect(average.take(600)).toBe((4 * 100 + 3 * 100) / 400);
  expect(average.take(700)).toBe(1);
  average.reset();
  expect(average.take(900)).toBe(0);
});

test("a mean lies between the least and the most that there was", () => {
  const steps = fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 0, max: 9 })), { minLength: 1 });
  fc.assert(
    fc.property(steps, (all) => {
      const average = new TimeAverage();
      let nowMs = 0;
      for (const [ms, value] of all) {
        nowMs += ms;
        average.set(nowMs, value);
      }
      const mean = average.take(nowMs + 1);
      const values = all.map(([, value]) => value);
      expect(mean).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
      expect(mean).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
    }),
  );
});
