import fc from "fast-check";
import type { LayerOptions } from "./encoder.ts";
import type { LinkOptions } from "./link.ts";
import type { Deed, SessionOptions } from "./session.ts";
import type { VideoMode, VideoTrackOptions } from "./video-tracks.ts";

/** Small pictures: what is looked at is headers, not bytes. */
const LAYERS: readonly LayerOptions[] = [
  { bitrateBps: 80_000, width: 320, height: 180 },
  { bitrateBps: 200_000, width: 640, height: 360 },
  { bitrateBps: 500_000, width: 1280, height: 720 },
];

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("layer" as const),
      spatial: fc.integer({ min: 0, max: 2 }),
      temporal: fc.integer({ min: 0, max: 3 }),
    }),
  },
  fc.record({ kind: fc.constant("disable" as const), isDisabled: fc.boolean() }),
  fc.record({ kind: fc.constant("mute" as const), isMuted: fc.boolean() }),
  fc.record({
    kind: fc.constant("pause-layer" as const),
    layer: fc.integer({ min: 0, max: 2 }),
    isPaused: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("change-ssrc" as const), layer: fc.integer({ min: 0, max: 2 }) }),
  fc.record({
    kind: fc.constant("estimate" as const),
    bitrateBps: fc.constantFrom(0, 60_000, 150_000, 400_000),
  }),
  fc.record({
    kind: fc.constant("silence" as const),
    durationMs: fc.integer({ min: 100, max: 8_000 }),
  }),
  fc.constant<Deed>({ kind: "key-frame" }),
);

const link: fc.Arbitrary<LinkOptions> = fc.record({
  delayMs: fc.constantFrom(2, 20, 80),
  jitterMs: fc.constantFrom(0, 0, 15, 60),
  reorders: fc.boolean(),
  loss: fc.constantFrom(0, 0, 0.01, 0.1),
  burst: fc.constantFrom(undefined, undefined, { chance: 0.01, meanPackets: 8 }),
  duplication: fc.constantFrom(0, 0, 0.05),
});

/** Near the wraps of sequence number, picture id and timestamp. */
const start = fc.record({
  sn: fc.constantFrom(0, 1, 30_000, 65_400, 65_534, 65_535),
  ts: fc.constantFrom(0, 5, 0x7fff_fff0, 0xffff_0000, 0xffff_ffff),
});

export function arbitraryTrack(mode: VideoMode): fc.Arbitrary<VideoTrackOptions> {
  return fc.record({
    mode: fc.constant(mode),
    layers: fc.integer({ min: 1, max: 3 }).map((count) => LAYERS.slice(0, count)),
    temporalLayers: fc.integer({ min: 1, max: 3 }),
    starts: fc.array(start, { minLength: 3, maxLength: 3 }),
    firstPictureId: fc.constantFrom(0, 100, 126, 32_700, 32_767),
    firstTl0: fc.constantFrom(0, 250, 255),
    firstFrameNumber: fc.constantFrom(0, 30_000, 65_500),
    isKeySvc: fc.boolean(),
    hasKeyIndex: fc.boolean(),
    ntpOffsetMs: fc.constantFrom(0, -40, 3_600_000),
  });
}

export function arbitrarySession(mode: VideoMode): fc.Arbitrary<SessionOptions> {
  return fc.record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    track: arbitraryTrack(mode),
    feedback: fc.constantFrom("remb" as const, "twcc" as const),
    uplink: link,
    downlink: link,
    deeds: fc.array(fc.record({ afterMs: fc.integer({ min: 1, max: 1_500 }), deed }), {
      maxLength: 10,
    }),
  });
}
