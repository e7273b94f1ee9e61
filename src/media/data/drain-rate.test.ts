import { expect, test } from "bun:test";
import { DrainRate } from "./drain-rate.ts";

test("the rate is not known before the queue was in use for 100 ms", () => {
  const rate = new DrainRate();
  rate.note(0, 10_000, 10_000);
  rate.note(90, 0, 5_000);
  expect(rate.bps(90)).toBe(-1);
  rate.note(100, 0, 4_000);
  expect(rate.bps(100)).toBe(480_000);
});

test("who wants to know for certain waits longer", () => {
  const rate = new DrainRate(1_000);
  rate.note(0, 10_000, 10_000);
  for (let ms = 90; ms <= 990; ms += 90) rate.note(ms, 0, 10_000 - ms);
  expect(rate.bps(990)).toBe(-1);
  rate.note(1_000, 0, 9_000);
  expect(rate.bps(1_000)).toBe(8_000);
});

test("times without anything to send do not count", () => {
  const rate = new DrainRate();
  rate.note(0, 3_000, 3_000);
  rate.note(100, 0, 2_000);
  rate.note(200, 0, 1_000);
  rate.note(250, 0, 0);
  const before = rate.bps(250);
  rate.note(1_500, 0, 0);
  expect(rate.bps(1_500)).toBe(before);
});

test("two seconds later it is forgotten", () => {
  const rate = new DrainRate();
  rate.note(0, 1_000_000, 1_000_000);
  for (let ms = 10; ms <= 1_000; ms += 10) rate.note(ms, 0, 1_000_000 - 100 * ms);
  expect(rate.bps(1_000)).toBeCloseTo(800_000, -3);
  for (let ms = 1_010; ms <= 4_000; ms += 10) rate.note(ms, 0, 900_000 - 10 * (ms - 1_000));
  expect(rate.bps(4_000)).toBeCloseTo(80_000, -3);
  expect(rate.bps(60_000)).toBe(-1);
});
