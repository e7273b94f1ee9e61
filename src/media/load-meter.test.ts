import { expect, test } from "bun:test";
import { LOAD_WINDOW_MS, LoadMeter } from "./load-meter.ts";

test("a window tells how busy the thread was, and how late it came", () => {
  let cpuMs = 1_000;
  const meter = new LoadMeter(() => cpuMs);
  expect(meter.dueMs).toBe(Number.POSITIVE_INFINITY);
  meter.start(5_000);
  expect(meter.dueMs).toBe(5_000 + LOAD_WINDOW_MS);
  cpuMs += 125;
  expect(meter.take(5_250)).toEqual({ busy: 0.5, lagMs: 0 });
  cpuMs += 500;
  expect(meter.take(5_750)).toEqual({ busy: 1, lagMs: 250 });
  cpuMs += 400; // of work that was counted late
  expect(meter.take(6_000).busy).toBe(1);
  meter.stop();
  expect(meter.dueMs).toBe(Number.POSITIVE_INFINITY);
});

test("without a clock of the thread's work only what is late is seen", () => {
  const meter = new LoadMeter(undefined);
  meter.start(0);
  expect(meter.take(LOAD_WINDOW_MS + 40)).toEqual({ busy: 0.5, lagMs: 40 });
});
