import { expect, test } from "bun:test";
import fc from "fast-check";
import { ReceiveSideEstimator } from "./receive-side-estimator.ts";

const PACKET_BYTES = 1_200;
const UNITS_PER_MS = 262.144;

/** A publisher that sends what it is told, from `firstBps` on, over a link with a queue. */
class SimUplink {
  readonly estimator: ReceiveSideEstimator = new ReceiveSideEstimator();
  capacityBps: number;
  sendBps: number;
  maxBps: number;
  queueMs = 0;
  #sendMs = 0;
  #freeMs = 0;

  constructor(capacityBps: number, firstBps: number, maxBps: number) {
    this.capacityBps = capacityBps;
    this.sendBps = firstBps;
    this.maxBps = maxBps;
  }

  run(forMs: number): void {
    const endMs = this.#sendMs + forMs;
    while (this.#sendMs < endMs) {
      this.#sendMs += (PACKET_BYTES * 8_000) / this.sendBps;
      this.queueMs = Math.max(0, this.#freeMs - this.#sendMs);
      this.#freeMs = this.#sendMs + this.queueMs + (PACKET_BYTES * 8_000) / this.capacityBps;
      const sendTime = Math.floor(this.#sendMs * UNITS_PER_MS) & 0xffffff;
      this.estimator.record(this.#freeMs + 30, sendTime, PACKET_BYTES);
      const reportBps = this.estimator.takeReport(this.#freeMs + 30);
      if (reportBps > 0) this.sendBps = Math.min(reportBps, this.maxBps);
    }
  }
}

test("ReceiveSideEstimator lets a publisher grow to what it has, across the clock's wrap of 64 s", () => {
  const link = new SimUplink(10_000_000, 300_000, 2_000_000);
  link.run(70_000);
  expect(link.sendBps).toBe(2_000_000);
});

test("ReceiveSideEstimator finds the capacity, and keeps the queue short", () => {
  const link = new SimUplink(1_000_000, 300_000, 5_000_000);
  link.run(30_000);
  let most = 0;
  let longestMs = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 300; i++) {
    link.run(100);
    most = Math.max(most, link.sendBps);
    least = Math.min(least, link.sendBps);
    longestMs = Math.max(longestMs, link.queueMs);
  }
  expect(most).toBeLessThan(1_300_000);
  expect(least).toBeGreaterThan(600_000);
  expect(longestMs).toBeLessThan(300);
});

test("ReceiveSideEstimator follows a capacity that falls, within two seconds", () => {
  const link = new SimUplink(3_000_000, 1_000_000, 2_000_000);
  link.run(20_000);
  expect(link.sendBps).toBe(2_000_000);
  link.capacityBps = 500_000;
  link.run(5_000);
  expect(link.sendBps).toBeLessThan(500_000);
});

test("ReceiveSideEstimator reports once a second, and a fall at once", () => {
  const link = new SimUplink(10_000_000, 1_000_000, 1_000_000);
  link.run(3_000);
  const { estimator } = link;
  const dueMs = estimator.pollTimeout();
  expect(estimator.takeReport(dueMs - 1)).toBe(0);
  expect(estimator.takeReport(dueMs)).toBeGreaterThan(0);
  expect(estimator.pollTimeout()).toBe(dueMs + 1_000);
});

test("ReceiveSideEstimator stays finite and positive whatever the times are", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.integer({ min: 0, max: 5_000 }),
          fc.integer({ min: 0, max: 0xffffff }),
          fc.integer({ min: 12, max: 1_500 }),
        ),
        { maxLength: 300 },
      ),
      (packets) => {
        const estimator = new ReceiveSideEstimator();
        let nowMs = 0;
        for (const [stepMs, sendTime, bytes] of packets) {
          nowMs += stepMs;
          estimator.record(nowMs, sendTime, bytes);
          const { estimateBps } = estimator;
          expect(Number.isFinite(estimateBps)).toBe(true);
          expect(estimateBps === 0 || estimateBps >= 30_000).toBe(true);
        }
      },
    ),
  );
});
