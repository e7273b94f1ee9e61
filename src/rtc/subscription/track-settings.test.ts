import { expect, test } from "bun:test";
import fc from "fast-check";
import { livekit } from "../../gen/livekit.js";
import { PublishedTrack } from "../publication/published-track.ts";
import { defaultWish, downTrackSettings, wishOf } from "./track-settings.ts";

const { LOW, MEDIUM, HIGH } = livekit.VideoQuality;
const { CAMERA, SCREEN_SHARE } = livekit.TrackSource;
const MIME = "video/VP8";

function trackOf(info: livekit.ITrackInfo): PublishedTrack {
  const options = {
    announcedCid: "c",
    onInfoChanged: () => {},
    onInfoCompleted: () => {},
    prefersRegression: () => true,
  };
  const publisher = { sid: "PA_x", identity: "x" };
  const video = { type: livekit.TrackType.VIDEO, source: CAMERA };
  return new PublishedTrack(new livekit.TrackInfo({ ...video, ...info }), publisher, options);
}

function settingsFor(update: livekit.IUpdateTrackSettings, info: livekit.ITrackInfo = {}) {
  return downTrackSettings(wishOf(new livekit.UpdateTrackSettings(update)), trackOf(info), MIME);
}

const LAYERS = [
  { quality: LOW, width: 320, height: 180 },
  { quality: MEDIUM, width: 640, height: 360 },
  { quality: HIGH, width: 1280, height: 720 },
];
const CAMERA_INFO = { width: 1280, height: 720, layers: LAYERS };

test.each([
  { title: "quality alone", update: { quality: MEDIUM }, layer: 1 },
  { title: "a size", update: { width: 640, height: 360 }, layer: 1 },
  {
    title: "a size against the quality",
    update: { quality: HIGH, width: 300, height: 170 },
    layer: 0,
  },
  { title: "a size within the tolerance", update: { width: 700, height: 400 }, layer: 1 },
  { title: "a size beyond it", update: { width: 720, height: 405 }, layer: 2 },
])("by $title the layer is $layer", ({ update, layer }) => {
  expect(settingsFor(update, CAMERA_INFO).maxSpatialLayer).toBe(layer);
});

test("a track with two layers maps the three qualities onto them", () => {
  const layers = [{ quality: LOW }, { quality: HIGH }];
  const of = (quality: livekit.VideoQuality) =>
    settingsFor({ quality }, { layers }).maxSpatialLayer;
  expect([LOW, MEDIUM, HIGH].map(of)).toEqual([0, 1, 1]);
});

test("screens come first in line by default, and an asked priority wins", () => {
  const screen = { source: SCREEN_SHARE };
  expect(settingsFor({}, screen).priority).toBe(255);
  expect(settingsFor({}).priority).toBe(1);
  expect(settingsFor({ priority: 9 }, screen).priority).toBe(9);
  expect(settingsFor({ priority: 1_000 }).priority).toBe(255);
});

test("defaults are high, or low for an adaptive stream", () => {
  const track = trackOf(CAMERA_INFO);
  expect(downTrackSettings(defaultWish(false), track, MIME)).toMatchObject({ maxSpatialLayer: 2 });
  expect(downTrackSettings(defaultWish(true), track, MIME)).toMatchObject({ maxSpatialLayer: 0 });
});

test("audio has one layer whatever is asked", () => {
  const audio = { type: livekit.TrackType.AUDIO };
  expect(settingsFor({ quality: HIGH }, audio).maxSpatialLayer).toBe(0);
});

test("whatever a client and a publisher say, settings are in range", () => {
  const integer = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  const unsigned = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const layer = fc.record({ quality: integer, width: unsigned, height: unsigned });
  fc.assert(
    fc.property(
      fc.record({ quality: integer, width: unsigned, height: unsigned, priority: unsigned }),
      fc.record({
        width: unsigned,
        height: unsigned,
        source: integer,
        layers: fc.array(layer, { maxLength: 10 }),
      }),
      (update, info) => {
        const settings = settingsFor(update as never, info as never);
        expect([0, 1, 2]).toContain(settings.maxSpatialLayer);
        expect(settings.priority).toBeGreaterThanOrEqual(1);
        expect(settings.priority).toBeLessThanOrEqual(255);
      },
    ),
  );
});

test("a frame rate stays until another one is asked for", () => {
  const asked = wishOf(new livekit.UpdateTrackSettings({ fps: 15 }));
  expect(asked.frameRate).toBe(15);
  expect(wishOf(new livekit.UpdateTrackSettings({ width: 10 }), asked).frameRate).toBe(15);
  expect(wishOf(new livekit.UpdateTrackSettings({ fps: 8 }), asked).frameRate).toBe(8);
  expect(defaultWish(false).frameRate).toBe(0);
});
