import { expect, test } from "bun:test";
import { SYSTEM_SCHEDULER } from "./system-scheduler.ts";

test("SYSTEM_SCHEDULER runs once after a time, or again and again, until it is taken back", async () => {
  const ran: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancelLost = SYSTEM_SCHEDULER.after(1, () => ran.push("lost"));
  cancelLost();
  cancelLost();
  SYSTEM_SCHEDULER.after(0, () => ran.push("once"));
  let count = 0;
  const cancel = SYSTEM_SCHEDULER.every(1, () => {
    count += 1;
    if (count < 3) return;
    cancel();
    SYSTEM_SCHEDULER.after(10, resolve);
  });
  await promise;
  expect(ran).toEqual(["once"]);
  expect(count).toBe(3);
});

test("SYSTEM_SCHEDULER's clocks go forward, and its wall clock counts Unix time", () => {
  const before = SYSTEM_SCHEDULER.nowMs();
  expect(SYSTEM_SCHEDULER.nowMs()).toBeGreaterThanOrEqual(before);
  expect(SYSTEM_SCHEDULER.wallMs()).toBeGreaterThan(Date.UTC(2024, 0));
});

test("work of the same long period runs together, each taken back by itself", async () => {
  const ran: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancels = ["a", "b", "c"].map((name) =>
    SYSTEM_SCHEDULER.every(1_000, () => ran.push(name)),
  );
  cancels[1]!();
  cancels[1]!();
  const cancelLast = SYSTEM_SCHEDULER.every(1_000, resolve);
  await promise;
  cancels[0]!();
  cancels[2]!();
  cancelLast();
  expect(ran).toEqual(["a", "c"]);
});
