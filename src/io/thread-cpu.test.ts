import { expect, test } from "bun:test";
import { loadThreadCpuClock } from "./thread-cpu.ts";

test("the clock of a thread's processor time moves while it works, and not while it waits", () => {
  const cpuMs = loadThreadCpuClock()!;
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const startMs = cpuMs();
  Atomics.wait(pause, 0, 0, 50);
  const restedMs = cpuMs() - startMs;
  const usage = process.cpuUsage();
  let sum = 0;
  while (cpuMs() - startMs - restedMs < 20) for (let i = 0; i < 1e5; i++) sum += i;
  const { user, system } = process.cpuUsage(usage);
  expect(sum).toBeGreaterThan(0);
  expect(restedMs).toBeLessThan(50);
  // the process has other threads
  expect((user + system) / 1_000).toBeGreaterThan(10);
});
