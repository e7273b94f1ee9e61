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
