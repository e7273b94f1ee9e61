import { expect, test } from "bun:test";
import { NO_LOAD_SOURCE } from "./load-source.ts";
import { OVERLOAD_WINDOW_MS, OverloadMeter } from "./overload-meter.ts";

test("a window tells how busy the thread was, how late it came, and what waits", () => {
  let cpuMs = 1_000;
  let queuedBytes = 0;
  const meter = new OverloadMeter({ cpuMs: () => cpuMs, queuedBytes: () => queuedBytes });
  expect(meter.dueMs).toBe(Number.POSITIVE_INFINITY);
  meter.start(5_000, 1e6);
  expect(meter.dueMs).toBe(5_000 + OVERLOAD_WINDOW_MS);
  cpuMs += 125;
  expect(meter.take(5_250, 1e6)).toEqual({ busy: 0.5, lagMs: 0, queueMs: 0 });
  cpuMs += 500;
  queuedBytes = 100_000;
  // 1,000 bytes a millisecond
  expect(meter.take(5_750, 1.5e6)).toEqual({ busy: 1, lagMs: 250, queueMs: 50 });
  cpuMs += 400; // of work that was counted late
  queuedBytes = 1e9;
  expect(meter.take(6_000, 1.5e6)).toEqual({ busy: 1, lagMs: 0, queueMs: 10_000 });
  meter.stop();
  expect(meter.dueMs).toBe(Number.POSITIVE_INFINITY);
});

test("where the system tells nothing only what is late is seen", () => {
  const meter = new OverloadMeter(NO_LOAD_SOURCE);
  meter.start(0, 0);
  expect(meter.take(OVERLOAD_WINDOW_MS + 40, 500)).toEqual({ busy: 0.5, lagMs: 40, queueMs: 0 });
});
