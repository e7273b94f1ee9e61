import { expect, test } from "bun:test";
import fc from "fast-check";
import { livekit } from "../../gen/livekit.js";
import {
  layerForQuality,
  layerOfRank,
  QUALITIES,
  qualityForLayer,
  qualityForSize,
  rankOf,
} from "./video-quality.ts";

const { LOW, MEDIUM, HIGH } = livekit.VideoQuality;

type Row = {
  declared: livekit.VideoQuality[];
  layers: number[];
  qualities: livekit.VideoQuality[];
};

const TABLE: Row[] = [
  { declared: [], layers: [0, 1, 2], qualities: [LOW, MEDIUM, HIGH] },
  { declared: [LOW, MEDIUM, HIGH], layers: [0, 1, 2], qualities: [LOW, MEDIUM, HIGH] },
  { declared: [LOW, MEDIUM], layers: [0, 1, 1], qualities: [LOW, MEDIUM] },
  { declared: [LOW, HIGH], layers: [0, 1, 1], qualities: [LOW, HIGH] },
  { declared: [MEDIUM, HIGH], layers: [0, 0, 1], qualities: [MEDIUM, HIGH] },
  { declared: [MEDIUM], layers: [0, 0, 0], qualities: [MEDIUM] },
];

test.each(TABLE)("with $declared declared, LOW, MEDIUM and HIGH are layers $layers", (row) => {
  const { declared, layers, qualities } = row;
  expect([LOW, MEDIUM, HIGH].map((quality) => layerForQuality(quality, declared))).toEqual(layers);
  for (const [layer, quality] of qualities.entries()) {
    expect(qualityForLayer(layer, declared)).toBe(quality);
    expect(rankOf(layer, declared)).toBe(quality as 0 | 1 | 2);
    expect(layerOfRank(rankOf(layer, declared), declared)).toBe(layer);
  }
  expect(rankOf(-1, declared)).toBe(-1);
  expect(layerOfRank(-1, declared)).toBe(-1);
});

test("whatever a client asks for, the layer is 0, 1 or 2", () => {
  const declared = fc.subarray([...QUALITIES]);
  fc.assert(
    fc.property(fc.integer(), declared, (quality, qualities) => {
      const layer = layerForQuality(quality as livekit.VideoQuality, qualities);
      expect([0, 1, 2]).toContain(layer);
      expect([0, 1, 2]).toContain(rankOf(layer, qualities));
    }),
  );
});

const DECLARED = [
  { quality: LOW, width: 320, height: 180 },
  { quality: MEDIUM, width: 640, height: 360 },
  { quality: HIGH, width: 1280, height: 720 },
];
const LANDSCAPE = { width: 1280, height: 720 };
const PORTRAIT = { width: 720, height: 1280 };

test.each([
  { title: "the lowest layer that covers it", width: 320, height: 180, quality: LOW },
  { title: "ten percent more than a layer", width: 356, height: 200, quality: LOW },
  { title: "a little more than that", width: 358, height: 202, quality: MEDIUM },
  { title: "more than the largest", width: 4_000, height: 3_000, quality: HIGH },
  { title: "no height", width: 100, height: 0, quality: LOW },
])("a size of $title is $quality", ({ width, height, quality }) => {
  expect(qualityForSize(width, height, DECLARED, LANDSCAPE)).toBe(quality);
});

test("without declared layers 180 and 360 lines are assumed, of the shorter side", () => {
  expect(qualityForSize(320, 180, [], LANDSCAPE)).toBe(LOW);
  expect(qualityForSize(640, 360, [], LANDSCAPE)).toBe(MEDIUM);
  expect(qualityForSize(1280, 720, [], LANDSCAPE)).toBe(HIGH);
  expect(qualityForSize(180, 320, [], PORTRAIT)).toBe(LOW);
  expect(qualityForSize(360, 640, [], PORTRAIT)).toBe(MEDIUM);
});

test("declared layers are measured by height, in portrait too", () => {
  const portrait = DECLARED.map(({ quality, width, height }) => ({
    quality,
    width: height,
    height: width,
  }));
  expect(qualityForSize(180, 320, portrait, PORTRAIT)).toBe(LOW);
  expect(qualityForSize(360, 640, portrait, PORTRAIT)).toBe(MEDIUM);
});

test("of layers of the same size the best is taken", () => {
  const same = DECLARED.map((layer) => ({ ...layer, height: 360 }));
  expect(qualityForSize(10, 10, same, LANDSCAPE)).toBe(HIGH);
});

test("without any size known the quality is high", () => {
  expect(qualityForSize(10, 10, [], { width: 0, height: 0 })).toBe(HIGH);
  expect(qualityForSize(10, 10, [{ quality: LOW }], { width: 0, height: 0 })).toBe(HIGH);
});
