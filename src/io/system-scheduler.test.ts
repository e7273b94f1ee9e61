import { expect, test } from "bun:test";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { FailureLog } from "../base/failure-log.ts";
import { SystemScheduler } from "./system-scheduler.ts";

function create() {
  const log = new RecordingLog();
  return { log, scheduler: new SystemScheduler(new FailureLog(log, "Timed work failed")) };
}

test("it runs once after a time, or again and again, until it is taken back", async () => {
  const { scheduler } = create();
  const ran: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancelLost = scheduler.after(1, () => ran.push("lost"));
  cancelLost();
  cancelLost();
  scheduler.after(0, () => ran.push("once"));
  let count = 0;
  const cancel = scheduler.every(1, () => {
    count += 1;
    if (count < 3) return;
    cancel();
    scheduler.after(10, resolve);
  });
  await promise;
  expect(ran).toEqual(["once"]);
  expect(count).toBe(3);
});

test("its clocks go forward, and its wall clock counts Unix time", () => {
  const { scheduler } = create();
  const before = scheduler.nowMs();
  expect(scheduler.nowMs()).toBeGreaterThanOrEqual(before);
  expect(scheduler.wallMs()).toBeGreaterThan(Date.UTC(2024, 0));
});

test("what throws is logged and ends neither its own period nor anything else", async () => {
  const { log, scheduler } = create();
  const broken = (): never => {
    throw new Error("broken");
  };
  const cancels = [scheduler.after(0, broken), scheduler.every(1_000, broken)];
  let count = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  cancels.push(
    scheduler.every(1, () => {
      count += 1;
      if (count === 3) resolve();
      broken();
    }),
  );
  const shared = Promise.withResolvers<void>();
  cancels.push(scheduler.every(1_000, shared.resolve));
  await Promise.all([promise, shared.promise]);
  for (const cancel of cancels) cancel();
  expect(log.lines[0]).toMatchObject({ level: "error", message: "Timed work failed" });
  expect(log.lines.length).toBeGreaterThanOrEqual(5);
});

test("what is to wait for months does not run at once", async () => {
  const { log, scheduler } = create();
  const ran: number[] = [];
  const cancels = [2 ** 31, 1e12, Number.POSITIVE_INFINITY].flatMap((delayMs) => [
    scheduler.after(delayMs, () => ran.push(delayMs)),
    ...(Number.isFinite(delayMs) ? [scheduler.every(delayMs, () => ran.push(delayMs))] : []),
  ]);
  const { promise, resolve } = Promise.withResolvers<void>();
  scheduler.after(20, resolve);
  await promise;
  for (const cancel of cancels) cancel();
  expect(ran).toEqual([]);
  expect(log.lines).toEqual([]);
});
