import { expect, test } from "bun:test";
import { WorkBudget, workOf } from "./work-budget.ts";

test("a second's work may be done at once, and then as it is earned", () => {
  const budget = new WorkBudget();
  budget.readyMs(0);
  budget.spend(99_999);
  expect(budget.readyMs(0)).toBe(0);
  budget.spend(10_001);
  const readyMs = budget.readyMs(0);
  expect(readyMs).toBeGreaterThan(100);
  expect(readyMs).toBeLessThan(103);
  expect(budget.readyMs(readyMs)).toBe(readyMs);
});

test("who rests saves up no more than a second's work", () => {
  const budget = new WorkBudget();
  budget.readyMs(0);
  expect(budget.readyMs(3_600_000)).toBe(3_600_000);
  budget.spend(200_000);
  expect(budget.readyMs(3_600_000)).toBeGreaterThan(3_600_900);
});

test("work grows with receivers, bytes and names", () => {
  expect(workOf(0, 0)).toBe(1);
  expect(workOf(0, 40_960)).toBe(11);
  expect(workOf(1, 0)).toBe(2);
  expect(workOf(999, 4_096)).toBe(2_000);
  expect(workOf(0, 0, 6_400)).toBe(101);
});
