import { expect, test } from "bun:test";
import fc from "fast-check";
import { layerDistance } from "./layer-distance.ts";

// wanted, spatial, temporal, highest temporal seen
test.each([
  { title: "all is there", at: [2, 2, 2, 2], distance: 0 },
  { title: "one spatial layer lacks", at: [2, 1, 2, 2], distance: 1 },
  { title: "one temporal layer of three lacks", at: [2, 2, 1, 2], distance: 1 / 3 },
  { title: "both", at: [2, 1, 0, 1], distance: 1.5 },
  { title: "nothing comes", at: [2, -1, -1, 0], distance: 3 },
  { title: "nothing comes of the only layer", at: [0, -1, -1, 2], distance: 1 },
  { title: "more comes than is wanted", at: [0, 2, 2, 2], distance: 0 },
  { title: "nothing is wanted", at: [-1, -1, -1, 2], distance: 0 },
  { title: "nothing has come yet", at: [2, -1, -1, -1], distance: 0 },
])("layers below what is wanted: $title", ({ at, distance }) => {
  const [wanted, spatial, temporal, seen] = at as [number, number, number, number];
  expect(layerDistance(wanted, spatial, temporal, seen)).toBeCloseTo(distance, 9);
});

test("more layers are never farther from what is wanted", () => {
  const layer = fc.integer({ min: -1, max: 2 });
  fc.assert(
    fc.property(layer, layer, fc.integer({ min: 0, max: 3 }), (wanted, spatial, seen) => {
      for (let temporal = 0; temporal < seen; temporal++) {
        const less = layerDistance(wanted, spatial, temporal, seen);
        expect(layerDistance(wanted, spatial, temporal + 1, seen)).toBeLessThanOrEqual(less);
        expect(layerDistance(wanted, spatial + 1, temporal, seen)).toBeLessThanOrEqual(less);
      }
    }),
  );
});
