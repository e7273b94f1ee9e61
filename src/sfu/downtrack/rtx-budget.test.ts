import { expect, test } from "bun:test";
import fc from "fast-check";
import { NO_RTX_LIMITS, RtxBudget } from "./rtx-budget.ts";

test("without a ratio everything may be sent again", () => {
  const budget = new RtxBudget(NO_RTX_LIMITS);
  budget.spend(1e12);
  expect(budget.isOpen).toBe(true);
});

test("a burst smaller than a packet counts as one packet", () => {
  const budget = new RtxBudget({ maxRatio: 0.1, burstBytes: 10 });
  budget.spend(1_499);
  expect(budget.isOpen).toBe(true);
  budget.spend(1);
  expect(budget.isOpen).toBe(false);
});

test("an overdrawn budget opens when enough media was sent", () => {
  const budget = new RtxBudget({ maxRatio: 0.1, burstBytes: 2_000 });
  budget.spend(3_000);
  budget.noteSent(10_000);
  expect(budget.isOpen).toBe(false);
  budget.noteSent(10_010);
  expect(budget.isOpen).toBe(true);
});

test("what is spent stays below the ratio, plus the burst and one packet", () => {
  const step = fc.record({
    sent: fc.integer({ min: 0, max: 20_000 }),
    wanted: fc.array(fc.integer({ min: 1, max: 1_500 }), { maxLength: 30 }),
  });
  const limits = fc.record({
    maxRatio: fc.double({ min: 0.01, max: 2, noNaN: true }),
    burstBytes: fc.integer({ min: 0, max: 64_000 }),
  });
  fc.assert(
    fc.property(limits, fc.array(step, { maxLength: 40 }), (limit, steps) => {
      const budget = new RtxBudget(limit);
      const burst = Math.max(limit.burstBytes, 1_500);
      let sent = 0;
      let spent = 0;
      for (const { sent: more, wanted } of steps) {
        sent += more;
        budget.noteSent(sent);
        for (const bytes of wanted) {
          if (!budget.isOpen) continue;
          budget.spend(bytes);
          spent += bytes;
        }
        expect(spent).toBeLessThanOrEqual(sent * limit.maxRatio + burst + 1_500);
      }
    }),
  );
});
