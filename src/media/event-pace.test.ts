import { expect, test } from "bun:test";
import { EventPace } from "./event-pace.ts";

test("a burst is told at once, then five a second; a rest allows the next burst", () => {
  const pace = new EventPace();
  const told = (fromMs: number, toMs: number): number => {
    let count = 0;
    for (let nowMs = fromMs; nowMs < toMs; nowMs++) if (pace.take(nowMs)) count += 1;
    return count;
  };
  expect(told(1_000, 1_020)).toBeGreaterThanOrEqual(16);
  expect(pace.dueMs).toBeGreaterThan(1_020);
  expect(told(1_020, 11_020)).toBe(50);
  expect(told(100_000, 100_020)).toBeGreaterThanOrEqual(16);
});
