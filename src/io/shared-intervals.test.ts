import { expect, test } from "bun:test";
import fc from "fast-check";
import { FakeScheduler } from "../../test/support/fake-scheduler.ts";
import type { Cancel } from "../base/scheduler.ts";
import { beatOf, SharedIntervals } from "./shared-intervals.ts";

function create() {
  const clock = new FakeScheduler();
  return { clock, intervals: new SharedIntervals(clock) };
}

test("work of one period and beat shares a timer, each taken back by itself", () => {
  const { clock, intervals } = create();
  const ran: string[] = [];
  const start = (name: string) => intervals.every(1_000, () => ran.push(name));
  const cancels = [start("a"), start("b")];
  clock.advance(beatOf(1_000) - 1);
  cancels.push(start("c"));
  expect(clock.pendingCount).toBe(1);
  cancels[1]!();
  cancels[1]!();
  clock.advance(1_000);
  expect(ran).toEqual(["a", "c"]);
  for (const cancel of cancels) cancel();
  expect(clock.pendingCount).toBe(0);
});

test("rounds of several long periods meet", () => {
  const { clock, intervals } = create();
  for (let i = 0; i < 100; i++) {
    for (const periodMs of [3_000, 10_000]) intervals.every(periodMs, () => {});
    clock.advance(53);
  }
  clock.advance(20_000);
  expect(clock.pendingCount).toBe(6 + 11); // beats of 3 s, and those of 5.3 s
  const dueMs = new Set<number>();
  for (let i = 0; i < 11; i++) intervals.every(10_000, () => dueMs.add(clock.nowMs() % 500));
  clock.advance(10_000);
  expect([...dueMs]).toEqual([0]);
});

test("what begins late in the cycle of another is not run with its next round", () => {
  const { clock, intervals } = create();
  clock.advance(240);
  intervals.every(1_000, () => {});
  clock.advance(765); // five ms into the same beat of the next cycle
  const startMs = clock.nowMs();
  let firstMs = 0;
  intervals.every(1_000, () => {
    firstMs ||= clock.nowMs();
  });
  clock.advance(2_000);
  expect(firstMs - startMs).toBe(995);
});

test("a round that comes late leaves out what has only just begun", () => {
  const late = { nowMs: 0, run: () => {} };
  const clock = {
    nowMs: () => late.nowMs,
    after: (_delayMs: number, run: () => void): Cancel => {
      late.run = run;
      return () => {};
    },
  };
  const intervals = new SharedIntervals(clock);
  const ran: string[] = [];
  intervals.every(1_000, () => ran.push("old"));
  late.nowMs = 3_010;
  intervals.every(1_000, () => ran.push("new"));
  late.run();
  expect(ran).toEqual(["old"]);
  late.nowMs = 4_000;
  late.run();
  expect(ran).toEqual(["old", "old", "new"]);
});

test("work that takes itself back and begins anew within its run is run once a round", () => {
  const { clock, intervals } = create();
  let count = 0;
  let cancel: Cancel = () => {};
  const renew = (): void => {
    count += 1;
    if (count > 10) throw new Error("for ever");
    cancel();
    cancel = intervals.every(1_000, renew);
  };
  intervals.every(1_000, () => {});
  cancel = intervals.every(1_000, renew);
  clock.advance(3_000);
  expect(count).toBe(3);
});

test("no first run is more than a beat early, nor late; the others follow by the period", () => {
  const periods = fc.constantFrom(1_000, 1_100, 2_000, 5_250, 30_000);
  const starts = fc.array(fc.tuple(periods, fc.nat({ max: 700 })), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(starts, (works) => {
      const { clock, intervals } = create();
      const runs = works.map(([periodMs, waitMs]) => {
        clock.advance(waitMs);
        const work = { periodMs, startMs: clock.nowMs(), ranMs: [] as number[] };
        intervals.every(periodMs, () => work.ranMs.push(clock.nowMs()));
        return work;
      });
      clock.advance(70_000);
      for (const { periodMs, startMs, ranMs } of runs) {
        expect(ranMs[0]! - startMs).toBeGreaterThan(periodMs - beatOf(periodMs));
        expect(ranMs[0]! - startMs).toBeLessThanOrEqual(periodMs);
        expect(ranMs.map((at) => at - ranMs[0]!)).toEqual(ranMs.map((_, i) => i * periodMs));
      }
    }),
  );
});
