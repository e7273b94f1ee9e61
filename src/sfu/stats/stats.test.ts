import { expect, test } from "bun:test";
import { Codec } from "../../wire/rtp/codec.ts";
import { ConnectionQuality, QualityWindow } from "./connection-quality.ts";
import { LayerBitrates } from "./layer-bitrates.ts";

test("LayerBitrates counts lower temporal layers in, and clears what has no base", () => {
  const bitrates = new LayerBitrates(1_000);
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
  expect(bitrates.dueMs).toBe(Number.POSITIVE_INFINITY);
});

test("LayerBitrates says when a layer begins or ceases to be sent, and not when its rate changes", () => {
  const bitrates = new LayerBitrates(1_000);
  const windows = [[1_000], [5_000], [100, 100], [0, 100], []];
  let nowMs = 0;
  const changes = windows.map((layers) => {
    for (const [spatial, bytes] of layers.entries()) bitrates.add(nowMs, spatial, 0, bytes);
    nowMs += 1_000;
    return bitrates.handleTimeout(nowMs);
  });
  expect(changes).toEqual([true, false, true, true, true]);
});

test("LayerBitrates counts lower spatial layers in where one stream has them all", () => {
  const bitrates = new LayerBitrates(1_000);
  bitrates.setSvc(true);
  bitrates.add(0, 0, 0, 100);
  bitrates.add(0, 0, 1, 50);
  bitrates.add(0, 1, 0, 200);
  bitrates.handleTimeout(1_000);
  expect([0, 1].map((t) => bitrates.bitrateBps(1, t))).toEqual([2_400, 2_800]);
  expect(bitrates.bitrateBps(2, 3)).toBe(0);
});

/** Scores windows of five seconds, one after the other. */
function scores(
  codec: Codec,
  windows: Partial<QualityWindow>[],
  quality = new ConnectionQuality(0),
) {
  return windows.map((fields, i) => {
    quality.update((i + 1) * 5_000, Object.assign(new QualityWindow(), fields), codec, false);
    return quality.score;
  });
}

test("ConnectionQuality is 100 without loss and poor at 8 % video loss", () => {
  expect(scores(Codec.Vp8, [{ packets: 1_000 }])).toEqual([100]);
  const lossy = scores(Codec.Vp8, new Array(6).fill({ packets: 920, lost: 80 }));
  expect(lossy.at(-1)).toBeLessThanOrEqual(40);
  const repaired = scores(Codec.Vp8, [{ packets: 920, lost: 80, missing: 60, outOfOrder: 20 }]);
  expect(repaired).toEqual([100]);
});

test("ConnectionQuality falls faster than it rises", () => {
  const [down, up] = scores(Codec.Opus, [{ packets: 190, lost: 10 }, { packets: 200 }]);
  expect(down).toBeCloseTo(100 - 40 * 0.8, 5);
  expect(up).toBeCloseTo(68 + 32 * 0.4, 5);
});

test("ConnectionQuality tells a silent publisher from one that is gone", () => {
  expect(scores(Codec.Vp8, [{ packets: 0, hasReport: true }])).toEqual([40]);
  expect(scores(Codec.Vp8, [{ packets: 0 }])).toEqual([20]);
});

test("ConnectionQuality counts missing layers", () => {
  expect(scores(Codec.Vp8, [{ packets: 100, layerDistance: 2 }])[0]).toBeCloseTo(100 - 70 * 0.8, 5);
});

test("ConnectionQuality is full while muted, and judges again once that is over", () => {
  const quality = new ConnectionQuality(0);
  scores(Codec.Vp8, [{ packets: 50, lost: 50 }], quality);
  quality.setMuted(6_000, true);
  expect(quality.score).toBe(100);
  quality.update(10_000, new QualityWindow(), Codec.Vp8, false);
  expect(quality.score).toBe(100);
  quality.setMuted(13_000, false);
  quality.update(15_000, new QualityWindow(), Codec.Vp8, false);
  expect(quality.score).toBe(100);
  quality.update(20_000, new QualityWindow(), Codec.Vp8, false);
  expect(quality.score).toBe(20);
});

test("ConnectionQuality is 30 while held back", () => {
  const quality = new ConnectionQuality(0);
  quality.setPaused(true);
  expect(quality.score).toBe(30);
});

test("ConnectionQuality does not punish a few lost packets of silence", () => {
  const loud = new Array<Partial<QualityWindow>>(12).fill({ packets: 250 });
  const quality = new ConnectionQuality(0);
  scores(Codec.Opus, loud, quality);
  const quiet = Object.assign(new QualityWindow(), { packets: 11, lost: 1 });
  quality.update(65_000, quiet, Codec.Opus, false);
  const unknown = scores(Codec.Opus, [{ packets: 11, lost: 1 }])[0]!;
  expect(quality.score).toBeGreaterThan(unknown + 20);
});
