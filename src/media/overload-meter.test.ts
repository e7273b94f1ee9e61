import { expect, test } from "bun:test";
import { NO_LOAD_SOURCE } from "./load-source.ts";
import { BACKLOG_BYTES_MIN, OVERLOAD_WINDOW_MS, OverloadMeter } from "./overload-meter.ts";

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

test("a packet or a frame that has just come is no backlog, however little comes otherwise", () => {
  let queuedBytes = 0;
  const meter = new OverloadMeter({ cpuMs: () => 0, queuedBytes: () => queuedBytes });
  meter.start(0, 0);
  // one packet of sound, as the system keeps it, of 50 a second
  queuedBytes = 768;
  expect(meter.take(250, 1_250).queueMs).toBe(0);
  // a frame of 20 packets that came at once, of a video of 1 Mbit/s
  queuedBytes = 20 * 2_304;
  expect(meter.take(500, 1_250 + 31_250).queueMs).toBe(0);
  queuedBytes = BACKLOG_BYTES_MIN;
  expect(meter.take(750, 1_250 + 2 * 31_250).queueMs).toBeGreaterThan(200);
});
