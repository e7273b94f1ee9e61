import { expect, test } from "bun:test";
import { RembDrops } from "./remb-drops.ts";

const THRESHOLD_BPS = 1_000_000;

test("two drops within four seconds mean a short downlink, for two seconds after the last", () => {
  const drops = new RembDrops();
  expect(drops.add(0, 2_000_000, THRESHOLD_BPS)).toBe(false);
  expect(drops.add(1_000, 1_500_000, THRESHOLD_BPS)).toBe(true);
  expect(drops.isShort(1_000)).toBe(false);
  expect(drops.add(4_500, 1_400_000, THRESHOLD_BPS)).toBe(true);
  expect(drops.isShort(4_500)).toBe(true);
  expect(drops.isShort(6_499)).toBe(true);
  expect(drops.isShort(6_500)).toBe(false);
});

test("a single drop, a slow fall, and what rises mean nothing", () => {
  const drops = new RembDrops();
  for (let i = 0; i < 20; i++) {
    expect(drops.add(i * 500, 2_000_000 * 0.98 ** i, THRESHOLD_BPS)).toBe(false);
  }
  expect(drops.add(10_000, 1_000_000, THRESHOLD_BPS)).toBe(true);
  for (let i = 1; i < 20; i++) drops.add(10_000 + i * 500, 1_000_000 + i * 9_000, THRESHOLD_BPS);
  expect(drops.isShort(20_000)).toBe(false);
});

test("an estimate that stays below what is sent after a drop means a short downlink", () => {
  const drops = new RembDrops();
  drops.add(0, 2_000_000, THRESHOLD_BPS);
  for (let ms = 0; ms <= 8_000; ms += 500) drops.add(500 + ms, 900_000, THRESHOLD_BPS);
  expect(drops.isShort(8_499)).toBe(false);
  expect(drops.isShort(8_500)).toBe(true);
  drops.add(9_000, 1_000_000, THRESHOLD_BPS);
  expect(drops.isShort(9_000)).toBe(false);
});

test("an estimate that was always below what is sent follows a subscriber that gets little", () => {
  const drops = new RembDrops();
  for (let ms = 0; ms <= 20_000; ms += 500) drops.add(ms, 300_000, THRESHOLD_BPS);
  expect(drops.isShort(20_000)).toBe(false);
  drops.add(20_500, 200_000, THRESHOLD_BPS);
  drops.reset();
  expect(drops.isShort(40_000)).toBe(false);
});
