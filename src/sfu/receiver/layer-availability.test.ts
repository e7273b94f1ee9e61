import { expect, test } from "bun:test";
import { MediaPacket } from "../packet/media-packet.ts";
import { LayerAvailability } from "./layer-availability.ts";
import { CAMERA_RULES, SCREEN_RULES } from "./tracker-rules.ts";

/** One packet that is a whole frame. */
function packetOf(spatialLayer: number, nowMs = 0): MediaPacket {
  return Object.assign(new MediaPacket(), { spatialLayer, marker: true, extTs: nowMs * 90 });
}

/** Sends `pps` packets a second on a layer and lets the cycles run; tells when the mask changed. */
function run(layers: LayerAvailability, fromMs: number, toMs: number, layer: number, pps: number) {
  const changes: [number, number][] = [];
  for (let nowMs = fromMs; nowMs < toMs; nowMs += 10) {
    let hasChanged = layers.handleTimeout(nowMs);
    if (pps > 0 && nowMs % (1000 / pps) === 0)
      hasChanged = layers.observe(nowMs, packetOf(layer, nowMs), -1) || hasChanged;
    if (hasChanged) changes.push([nowMs, layers.mask]);
  }
  return changes;
}

test("a layer is there with its first packet and gone within a second of silence", () => {
  const layers = new LayerAvailability(CAMERA_RULES);
  expect(run(layers, 0, 2_000, 1, 20)).toEqual([[0, 0b010]]);
  const [gone] = run(layers, 2_000, 6_000, 1, 0);
  expect(gone![1]).toBe(0);
  expect(gone![0]).toBeLessThanOrEqual(3_000);
  expect(layers.highest).toBe(-1);
});

test("an upper camera layer that was gone needs ten good seconds, the lowest two", () => {
  const upper = new LayerAvailability(CAMERA_RULES);
  run(upper, 0, 1_000, 2, 20);
  run(upper, 1_000, 5_000, 2, 0);
  const [back] = run(upper, 5_000, 20_000, 2, 20);
  expect(back![0]).toBe(15_000);
  const lowest = new LayerAvailability(CAMERA_RULES);
  run(lowest, 0, 1_000, 0, 20);
  run(lowest, 1_000, 5_000, 0, 0);
  expect(run(lowest, 5_000, 20_000, 0, 20)[0]![0]).toBe(7_000);
});

test("a screen share may be still for two seconds", () => {
  const layers = new LayerAvailability(SCREEN_RULES);
  expect(run(layers, 0, 10_000, 0, 1)).toEqual([[0, 1]]);
});

test("a layer that is wanted again is there with its first packet", () => {
  const layers = new LayerAvailability(CAMERA_RULES);
  run(layers, 0, 1_000, 2, 20);
  layers.setMaxExpected(0);
  run(layers, 1_000, 5_000, 2, 0);
  layers.setMaxExpected(2);
  expect(run(layers, 5_000, 6_000, 2, 20)).toEqual([[5_000, 0b100]]);
});

test("a layer that is wanted again before its end showed comes back with its first packet", () => {
  const layers = new LayerAvailability(CAMERA_RULES);
  run(layers, 0, 1_000, 2, 20);
  layers.setMaxExpected(0);
  run(layers, 1_000, 1_100, 2, 0);
  layers.setMaxExpected(2);
  expect(run(layers, 1_100, 3_000, 2, 0)).toEqual([[1_500, 0]]);
  expect(run(layers, 3_000, 4_000, 2, 20)).toEqual([[3_000, 0b100]]);
});

test("a layer that flaps long after it was wanted again needs its ten seconds", () => {
  const layers = new LayerAvailability(CAMERA_RULES);
  run(layers, 0, 1_000, 2, 20);
  layers.setMaxExpected(0);
  layers.setMaxExpected(2);
  run(layers, 1_000, 2_000, 2, 20);
  run(layers, 2_000, 5_000, 2, 0);
  expect(run(layers, 5_000, 20_000, 2, 20)[0]![0]).toBe(15_000);
});

test("a muted track has no layers, and after it the first packet brings them back", () => {
  const layers = new LayerAvailability(CAMERA_RULES);
  run(layers, 0, 1_000, 1, 20);
  expect(layers.setPaused(true)).toBeTrue();
  expect(layers.mask).toBe(0);
  expect(run(layers, 1_000, 2_000, 1, 20)).toEqual([]);
  layers.setPaused(false);
  expect(run(layers, 2_000, 3_000, 1, 20)).toEqual([[2_000, 0b010]]);
});

test("active decode targets name the layers of a stream that has them all", () => {
  const layers = new LayerAvailability(CAMERA_RULES);
  expect(layers.observe(0, packetOf(0), 0b111)).toBeTrue();
  expect(layers.mask).toBe(0b111);
  expect(layers.observe(10, packetOf(2), 0b111)).toBeFalse();
  expect(layers.observe(20, packetOf(0), 0b001)).toBeTrue();
  expect(layers.mask).toBe(0b001);
  layers.handleTimeout(500);
  layers.handleTimeout(1_000);
  expect(layers.mask).toBe(0);
  expect(layers.dueMs).toBe(Number.POSITIVE_INFINITY);
});
