import { expect, test } from "bun:test";
import fc from "fast-check";
import { LayerFrameRates } from "./layer-frame-rates.ts";

/** Three temporal layers of 30 frames a second in all, two packets to a frame. */
const PATTERN = [0, 2, 1, 2];

function feed(rates: LayerFrameRates, fromMs: number, ms: number, frameRate = 30): boolean {
  let isNews = false;
  const count = Math.round((ms * frameRate) / 1000);
  for (let frame = 0; frame < count; frame++) {
    const nowMs = fromMs + (frame * 1000) / frameRate;
    if (rates.handleTimeout(nowMs)) isNews = true;
    const temporal = PATTERN[frame % PATTERN.length]!;
    for (let packet = 0; packet < 2; packet++) rates.add(nowMs, 1, temporal, nowMs * 90);
  }
  return isNews;
}

test("the lowest layer is taken that comes near the rate asked for", () => {
  const rates = new LayerFrameRates();
  expect(rates.temporalLayerFor(1, 5, 3)).toBe(3);
  expect(feed(rates, 0, 10_000)).toBe(true);
  const asked = [1, 7, 8, 10, 15, 16, 24, 30, 33].map((fps) => rates.temporalLayerFor(1, fps, 3));
  expect(asked).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
  expect(rates.temporalLayerFor(1, 60, 3)).toBe(3);
  expect(rates.temporalLayerFor(0, 5, 3)).toBe(3);
});

test("rates that stay are told once, and again when they change", () => {
  const rates = new LayerFrameRates();
  feed(rates, 0, 10_000);
  expect(feed(rates, 10_000, 20_000)).toBe(false);
  expect(feed(rates, 30_000, 20_000, 10)).toBe(true);
  expect(rates.temporalLayerFor(1, 15, 3)).toBe(3);
});

test("a pause ends the window and keeps what was measured", () => {
  const rates = new LayerFrameRates();
  feed(rates, 0, 10_000);
  rates.pause();
  expect(rates.dueMs).toBe(Number.POSITIVE_INFINITY);
  expect(rates.handleTimeout(100_000)).toBe(false);
  expect(rates.temporalLayerFor(1, 15, 3)).toBe(1);
  feed(rates, 100_000, 1_000);
  expect(rates.dueMs).toBeLessThanOrEqual(102_000);
});

test("nothing that comes for a window means no rate", () => {
  const rates = new LayerFrameRates();
  feed(rates, 0, 3_000);
  rates.handleTimeout(rates.dueMs);
  rates.handleTimeout(rates.dueMs);
  expect(rates.dueMs).toBe(Number.POSITIVE_INFINITY);
  expect(rates.temporalLayerFor(1, 7, 3)).toBe(3);
});

test("whatever comes, more frames are never asked of a lower layer", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(5), fc.nat(7), fc.nat(200)), { maxLength: 300 }),
      (frames) => {
        const rates = new LayerFrameRates();
        let nowMs = 0;
        for (const [spatial, temporal, gapMs] of frames) {
          nowMs += gapMs;
          rates.handleTimeout(nowMs);
          rates.add(nowMs, spatial, temporal, nowMs);
        }
        for (let spatial = 0; spatial < 3; spatial++) {
          const chosen = [1, 5, 15, 30, 60].map((fps) => rates.temporalLayerFor(spatial, fps, 3));
          expect(chosen).toEqual(chosen.toSorted((a, b) => a - b));
        }
      },
    ),
  );
});
