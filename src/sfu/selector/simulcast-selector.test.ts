import { expect, test } from "bun:test";
import { packetOf } from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { Layers } from "./layers.ts";
import { Selection } from "./selection.ts";
import { SIMULCAST_SELECTOR } from "./simulcast-selector.ts";

function layersAt(current: number, target: number, max: number, maxSeen = 2): Layers {
  const layers = new Layers();
  layers.currentSpatial = current;
  layers.currentTemporal = current < 0 ? -1 : 2;
  layers.targetSpatial = target;
  layers.targetTemporal = 3;
  layers.maxSpatial = max;
  layers.maxSeenSpatial = maxSeen;
  return layers;
}

function packet(
  layer: number,
  isKeyFrame: boolean,
  isOutOfOrder = false,
): ReturnType<typeof packetOf> {
  return packetOf({
    codec: Codec.H264,
    extSn: 1,
    extTs: 1,
    spatialLayer: layer,
    isKeyFrame,
    isOutOfOrder,
  });
}

test.each([
  {
    title: "starts at any layer up to the target",
    current: -1,
    target: 2,
    max: 2,
    layer: 0,
    to: 0,
  },
  { title: "does not start above the target", current: -1, target: 1, max: 2, layer: 2, to: -1 },
  { title: "goes up to the target", current: 0, target: 2, max: 2, layer: 2, to: 2 },
  { title: "goes up through what lies between", current: 0, target: 2, max: 2, layer: 1, to: 1 },
  { title: "does not go above the target", current: 0, target: 1, max: 2, layer: 2, to: 0 },
  { title: "goes down to the target", current: 2, target: 0, max: 2, layer: 0, to: 0 },
  { title: "goes down through what lies between", current: 2, target: 0, max: 2, layer: 1, to: 1 },
  { title: "does not go below the target", current: 2, target: 1, max: 2, layer: 0, to: 2 },
  { title: "comes back from overshoot", current: 2, target: 2, max: 1, layer: 0, to: 0 },
  { title: "stays where target and current agree", current: 1, target: 1, max: 2, layer: 2, to: 1 },
])("SIMULCAST_SELECTOR at a key frame $title", ({ current, target, max, layer, to }) => {
  const layers = layersAt(current, target, max);
  const selection = SIMULCAST_SELECTOR.select(packet(layer, true), layers);
  expect(layers.currentSpatial).toBe(to);
  expect(selection).toBe(layer === to ? Selection.Take : Selection.Skip);
});

test("SIMULCAST_SELECTOR switches neither at other packets nor at a late key frame", () => {
  const layers = layersAt(0, 2, 2);
  expect(SIMULCAST_SELECTOR.select(packet(2, false), layers)).toBe(Selection.Skip);
  expect(SIMULCAST_SELECTOR.select(packet(2, true, true), layers)).toBe(Selection.Skip);
  expect(SIMULCAST_SELECTOR.select(packet(0, false), layers)).toBe(Selection.Take);
  expect(layers.currentSpatial).toBe(0);
});

test("SIMULCAST_SELECTOR settles for the highest layer that is published", () => {
  const layers = layersAt(0, 2, 2, 1);
  SIMULCAST_SELECTOR.select(packet(1, true), layers);
  expect(layers.currentSpatial).toBe(1);
  expect(layers.targetSpatial).toBe(1);
});

test("a switch that is rolled back leaves current and target as they were", () => {
  const layers = layersAt(0, 2, 2, 1);
  SIMULCAST_SELECTOR.select(packet(1, true), layers);
  layers.rollBack();
  expect([layers.currentSpatial, layers.currentTemporal, layers.targetSpatial]).toEqual([0, 2, 2]);
});
