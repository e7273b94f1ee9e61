import { expect, test } from "bun:test";
import { LayerBitrates, WindowResult } from "./layer-bitrates.ts";

test("LayerBitrates counts lower temporal layers in, and clears what has no base", () => {
  const bitrates = new LayerBitrates([1_000, 1_000, 1_000]);
  bitrates.add(0, 0, 0, 1_000);
  bitrates.add(500, 0, 2, 500);
  bitrates.add(500, 1, 1, 500);
  bitrates.handleTimeout(999);
  expect(bitrates.bitrateBps(0, 3)).toBe(0);
  bitrates.handleTimeout(1_000);
  expect([0, 1, 2, 3].map((t) => bitrates.bitrateBps(0, t))).toEqual([
    8_000, 8_000, 12_000, 12_000,
  ]);
  expect(bitrates.bitrateBps(1, 3)).toBe(0);
  bitrates.handleTimeout(2_000);
  expect(bitrates.bitrateBps(0, 3)).toBe(0);
  // each layer has windows of its own
  expect(bitrates.dueMs).toBe(3_000);
  bitrates.handleTimeout(3_000);
  expect(bitrates.dueMs).toBe(Number.POSITIVE_INFINITY);
});

test("LayerBitrates counts lower spatial layers in where one stream has them all", () => {
  const bitrates = new LayerBitrates([1_000, 1_000, 1_000]);
  bitrates.setSvc(true);
  bitrates.add(0, 0, 0, 100);
  bitrates.add(0, 0, 1, 50);
  bitrates.add(0, 1, 0, 200);
  bitrates.handleTimeout(1_000);
  expect([0, 1].map((t) => bitrates.bitrateBps(1, t))).toEqual([2_400, 2_800]);
  expect(bitrates.bitrateBps(2, 3)).toBe(0);
});

test("LayerBitrates knows the highest temporal layer that comes, and that ever came", () => {
  const bitrates = new LayerBitrates([1_000, 1_000, 2_000]);
  expect([bitrates.highestTemporal(0), bitrates.maxTemporalSeen]).toEqual([-1, -1]);
  for (const temporal of [0, 1, 2]) bitrates.add(0, 0, temporal, 100);
  bitrates.add(500, 2, 1, 100);
  expect(bitrates.highestTemporal(0)).toBe(-1);
  expect(bitrates.handleTimeout(999)).toBe(WindowResult.Open);
  expect(bitrates.handleTimeout(1_000)).toBe(WindowResult.Changed);
  expect(bitrates.highestTemporal(0)).toBe(2);
  bitrates.add(1_100, 0, 0, 100);
  bitrates.handleTimeout(2_000);
  expect([bitrates.highestTemporal(0), bitrates.maxTemporalSeen]).toEqual([0, 2]);
  // its own window, and nothing to decode without the lowest layer
  expect(bitrates.handleTimeout(2_500)).toBe(WindowResult.Ended);
  expect([bitrates.bitrateBps(2, 1), bitrates.highestTemporal(2)]).toEqual([0, -1]);
});

test("LayerBitrates says when a layer begins or ceases to be sent, and not when its rate changes", () => {
  const bitrates = new LayerBitrates([1_000, 1_000, 1_000]);
  const windows = [[1_000], [5_000], [100, 100], [0, 100], []];
  let nowMs = 0;
  const changes = windows.map((layers) => {
    for (const [spatial, bytes] of layers.entries()) bitrates.add(nowMs, spatial, 0, bytes);
    nowMs += 1_000;
    return bitrates.handleTimeout(nowMs);
  });
  const { Changed, Ended } = WindowResult;
  expect(changes).toEqual([Changed, Ended, Changed, Changed, Changed]);
});
