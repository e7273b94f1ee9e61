import { expect, test } from "bun:test";
import { packetOf } from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { Layers } from "./layers.ts";
import { selectTemporal } from "./temporal-selector.ts";

function layersAt(current: number, target: number): Layers {
  const layers = new Layers();
  layers.currentTemporal = current;
  layers.targetTemporal = target;
  return layers;
}

test.each([
  {
    title: "jumps to the target at a key frame",
    current: 0,
    target: 3,
    tid: 0,
    key: true,
    sync: false,
    to: 3,
    taken: true,
  },
  {
    title: "goes up at a layer sync",
    current: 0,
    target: 2,
    tid: 1,
    key: false,
    sync: true,
    to: 1,
    taken: true,
  },
  {
    title: "waits for the layer sync",
    current: 0,
    target: 2,
    tid: 1,
    key: false,
    sync: false,
    to: 0,
    taken: false,
  },
  {
    title: "goes up one layer at a time",
    current: 0,
    target: 2,
    tid: 2,
    key: false,
    sync: true,
    to: 0,
    taken: false,
  },
  {
    title: "does not pass the target",
    current: 1,
    target: 1,
    tid: 2,
    key: false,
    sync: true,
    to: 1,
    taken: false,
  },
])("selectTemporal $title", ({ current, target, tid, key, sync, to, taken }) => {
  const layers = layersAt(current, target);
  const packet = packetOf({
    codec: Codec.Vp8,
    extSn: 1,
    extTs: 1,
    temporalLayer: tid,
    isKeyFrame: key,
    isSwitchingPoint: sync,
  });
  expect(selectTemporal(packet, layers)).toBe(taken);
  expect(layers.currentTemporal).toBe(to);
});

test("selectTemporal goes down only after the end of a frame", () => {
  const layers = layersAt(2, 0);
  const packet = (marker: boolean): ReturnType<typeof packetOf> =>
    packetOf({ codec: Codec.Vp8, extSn: 1, extTs: 1, temporalLayer: 2, marker });
  expect(selectTemporal(packet(false), layers)).toBe(true);
  expect(selectTemporal(packet(true), layers)).toBe(true);
  expect(selectTemporal(packet(false), layers)).toBe(false);
});
