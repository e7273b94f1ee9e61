import { expect, test } from "bun:test";
import { type PacketFields, packetOf } from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { Layers } from "./layers.ts";
import { PASS_THROUGH_SELECTOR } from "./pass-through-selector.ts";
import { Selection } from "./selection.ts";
import { VP9_SELECTOR } from "./vp9-selector.ts";

const { Skip, Take, TakeAndMark } = Selection;

function layersFor(targetSpatial: number, targetTemporal: number): Layers {
  const layers = new Layers();
  layers.targetSpatial = targetSpatial;
  layers.targetTemporal = targetTemporal;
  return layers;
}

/** One packet per layer frame; the last spatial layer has the marker. */
function picture(
  spatialCount: number,
  fields: Partial<PacketFields>,
): ReturnType<typeof packetOf>[] {
  return Array.from({ length: spatialCount }, (_, spatialLayer) =>
    packetOf({
      codec: Codec.Vp9,
      extSn: 1,
      extTs: 1,
      spatialLayer,
      isLayerFrameStart: true,
      isLayerFrameEnd: true,
      isInterPicturePredicted: !(fields.isKeyFrame ?? false),
      marker: spatialLayer === spatialCount - 1,
      ...fields,
      isKeyFrame: (fields.isKeyFrame ?? false) && spatialLayer === 0,
    }),
  );
}

function run(layers: Layers, packets: ReturnType<typeof packetOf>[]): Selection[] {
  return packets.map((packet) => VP9_SELECTOR.select(packet, layers));
}

test("VP9_SELECTOR starts at a key frame and takes the spatial layers up to the target", () => {
  const layers = layersFor(1, 2);
  expect(run(layers, picture(3, {}))).toEqual([Skip, Skip, Skip]);
  expect(run(layers, picture(3, { isKeyFrame: true }))).toEqual([Take, TakeAndMark, Skip]);
  expect(run(layers, picture(3, {}))).toEqual([Take, TakeAndMark, Skip]);
});

test("VP9_SELECTOR takes what comes before the first packet of a layer, where the layer is known", () => {
  const layers = layersFor(2, 0);
  layers.maxSeenSpatial = 2;
  const [base, first] = picture(2, { isKeyFrame: true });
  const rest = packetOf({ codec: Codec.Vp9, extSn: 3, extTs: 1, spatialLayer: 1 });
  first!.isOutOfOrder = true;
  expect(run(layers, [base!, rest, first!])).toEqual([Take, Take, Take]);
});

test("VP9_SELECTOR judges late packets by the layers of their place, not of today", () => {
  const layers = layersFor(0, 0);
  layers.maxSeenSpatial = 1;
  const late = (extSn: number): ReturnType<typeof packetOf> =>
    packetOf({ codec: Codec.Vp9, extSn, extTs: 1, spatialLayer: 1, isOutOfOrder: true });
  run(layers, picture(2, { isKeyFrame: true, extSn: 10 }));
  layers.targetSpatial = 1;
  run(layers, picture(2, { isKeyFrame: true, extSn: 20 }));
  expect(run(layers, [late(11), late(21)])).toEqual([Skip, Take]);
});

test("VP9_SELECTOR takes no layer without the one below it", () => {
  const layers = layersFor(2, 0);
  const [base, middle, top] = picture(3, { isKeyFrame: true });
  middle!.isOutOfOrder = true;
  expect(run(layers, [base!, top!, middle!])).toEqual([Take, Skip, Skip]);
});

test("VP9_SELECTOR cuts upper layers after the picture, then marks the lower one's end", () => {
  const layers = layersFor(2, 2);
  run(layers, picture(3, { isKeyFrame: true }));
  layers.targetSpatial = 0;
  expect(run(layers, picture(3, {}))).toEqual([Take, Take, TakeAndMark]);
  expect(run(layers, picture(3, {}))).toEqual([TakeAndMark, Skip, Skip]);
});

test("VP9_SELECTOR goes up in space only where the layer uses no earlier picture", () => {
  const layers = layersFor(0, 2);
  run(layers, picture(3, { isKeyFrame: true }));
  layers.targetSpatial = 2;
  expect(run(layers, picture(3, {}))).toEqual([TakeAndMark, Skip, Skip]);
  expect(run(layers, picture(3, { isKeyFrame: true }))).toEqual([Take, Take, TakeAndMark]);
});

test("VP9_SELECTOR goes up in time at a switching point, and down after a picture", () => {
  const layers = layersFor(0, 0);
  run(layers, picture(1, { isKeyFrame: true }));
  layers.targetTemporal = 2;
  expect(run(layers, picture(1, { temporalLayer: 2 }))).toEqual([Skip]);
  expect(run(layers, picture(1, { temporalLayer: 2, isSwitchingPoint: true }))).toEqual([
    TakeAndMark,
  ]);
  layers.targetTemporal = 0;
  expect(run(layers, picture(1, { temporalLayer: 2 }))).toEqual([TakeAndMark]);
  expect(run(layers, picture(1, { temporalLayer: 1 }))).toEqual([Skip]);
});

test("PASS_THROUGH_SELECTOR takes everything from a key frame on", () => {
  const layers = layersFor(2, 3);
  const packets = [...picture(2, {}), ...picture(2, { isKeyFrame: true }), ...picture(2, {})];
  expect(packets.map((packet) => PASS_THROUGH_SELECTOR.select(packet, layers))).toEqual([
    Skip,
    Skip,
    Take,
    Take,
    Take,
    Take,
  ]);
});
