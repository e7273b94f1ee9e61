import { expect, test } from "bun:test";
import fc from "fast-check";
import { Codec } from "../../wire/rtp/codec.ts";
import { ConnectionQuality, QualityWindow } from "./connection-quality.ts";

const WINDOW_MS = 5_000;

/** A window in which all is well, but for what is said. */
function windowOf(fields: Partial<QualityWindow>): QualityWindow {
  return Object.assign(new QualityWindow(), { durationMs: WINDOW_MS, isAlive: true }, fields);
}

/** Scores windows of five seconds, one after the other. */
function scores(
  codec: Codec,
  windows: Partial<QualityWindow>[],
  quality = new ConnectionQuality(0),
  hasFec = false,
) {
  return windows.map((fields, i) => {
    quality.update((i + 1) * WINDOW_MS, windowOf(fields), codec, hasFec);
    return quality.score;
  });
}

test("a track without loss is at 100, and one with 8 % loss of video becomes poor", () => {
  expect(scores(Codec.Vp8, [{ packets: 1_000 }])).toEqual([100]);
  const lossy = scores(Codec.Vp8, new Array(6).fill({ packets: 1_000, lost: 80 }));
  expect(lossy[0]!).toBeLessThanOrEqual(40);
  expect(lossy.at(-1)).toBe(30);
});

test("what was lost before us is no fault of the way from us", () => {
  const windows = [{ packets: 920, lost: 80, missing: 80 }];
  expect(scores(Codec.Vp8, windows)).toEqual([100]);
  expect(scores(Codec.Vp8, [{ packets: 920, lost: 80, missing: 200 }])).toEqual([100]);
});

// one percent of loss costs this much
test.each([
  { title: "video", codec: Codec.H264, hasFec: false, weight: 10 },
  { title: "Opus", codec: Codec.Opus, hasFec: false, weight: 8 },
  { title: "Opus with FEC", codec: Codec.Opus, hasFec: true, weight: 8 / 1.5 },
  { title: "RED", codec: Codec.Red, hasFec: false, weight: 4 },
  { title: "RED with FEC", codec: Codec.Red, hasFec: true, weight: 4 / 1.5 },
  { title: "PCM", codec: Codec.Pcmu, hasFec: false, weight: 0 },
])("loss counts by codec: $title", ({ codec, hasFec, weight }) => {
  const [score] = scores(codec, [{ packets: 100, lost: 1 }], new ConnectionQuality(0), hasFec);
  expect(score).toBeCloseTo(100 - weight * 0.8, 5);
});

test("padding counts as sent", () => {
  const [score] = scores(Codec.Vp8, [{ packets: 50, paddingPackets: 50, lost: 1 }]);
  expect(score).toBeCloseTo(100 - 10 * 0.8, 5);
});

test("a score falls faster than it rises", () => {
  const [down, up] = scores(Codec.Opus, [{ packets: 200, lost: 10 }, { packets: 200 }]);
  expect(down).toBeCloseTo(100 - 40 * 0.8, 5);
  expect(up).toBeCloseTo(68 + 32 * 0.4, 5);
});

test("who sends nothing is poor, and lost when not even reports come", () => {
  expect(scores(Codec.Vp8, [{ packets: 0 }])).toEqual([40]);
  expect(scores(Codec.Vp8, [{ packets: 0, isAlive: false }])).toEqual([20]);
});

test("missing layers count for as long as they were missing", () => {
  const quality = new ConnectionQuality(0);
  quality.noteDistance(0, 0);
  quality.noteDistance(2_500, 2);
  expect(scores(Codec.Vp8, [{ packets: 100 }], quality)[0]).toBeCloseTo(100 - 35 * 0.8, 5);
  quality.update(10_000, windowOf({ packets: 100 }), Codec.Vp8, false);
  expect(quality.score).toBeCloseTo(72 + (30 - 72) * 0.8, 5);
});

test("a muted track is at 100 at once, frozen, and judged again when most of a window is heard", () => {
  const quality = new ConnectionQuality(0);
  scores(Codec.Vp8, [{ packets: 100, lost: 50 }], quality);
  quality.setMuted(6_000, true);
  expect(quality.score).toBe(100);
  quality.update(10_000, windowOf({}), Codec.Vp8, false);
  expect(quality.score).toBe(100);
  quality.setMuted(12_500, false);
  quality.update(15_000, windowOf({}), Codec.Vp8, false);
  expect(quality.score).toBe(100);
  quality.update(20_000, windowOf({}), Codec.Vp8, false);
  expect(quality.score).toBe(40);
});

test("a track that was lost stays so when it is muted", () => {
  const quality = new ConnectionQuality(0);
  scores(Codec.Vp8, [{ packets: 0, isAlive: false }], quality);
  quality.setMuted(6_000, true);
  expect(quality.score).toBe(20);
});

test("a publisher that is asked for nothing is at 100, lost or not, and its missing layers forgotten", () => {
  const quality = new ConnectionQuality(0);
  quality.noteDistance(0, 2);
  scores(Codec.Vp8, [{ packets: 0, isAlive: false }], quality);
  quality.setLayerMuted(6_000, true);
  expect(quality.score).toBe(100);
  quality.update(10_000, windowOf({}), Codec.Vp8, false);
  quality.setLayerMuted(10_500, false);
  quality.update(15_000, windowOf({ packets: 100 }), Codec.Vp8, false);
  expect(quality.score).toBe(100);
});

test("a track that is held back is poor at once, and climbs afterwards", () => {
  const quality = new ConnectionQuality(0);
  quality.setPaused(true);
  expect(quality.score).toBe(30);
  quality.update(5_000, windowOf({}), Codec.Vp8, false);
  expect(quality.score).toBe(30);
  quality.setPaused(false);
  expect(quality.score).toBe(30);
  quality.update(10_000, windowOf({ packets: 100 }), Codec.Vp8, false);
  expect(quality.score).toBeCloseTo(30 + 70 * 0.4, 5);
});

test("a few lost packets of silence hurt less", () => {
  const loud = new Array<Partial<QualityWindow>>(12).fill({ packets: 250 });
  const quality = new ConnectionQuality(0);
  scores(Codec.Opus, loud, quality);
  quality.update(65_000, windowOf({ packets: 12, lost: 1 }), Codec.Opus, false);
  const unknown = scores(Codec.Opus, [{ packets: 12, lost: 1 }])[0]!;
  expect(quality.score).toBeGreaterThan(unknown + 20);
});

type Step =
  | {
      readonly kind: "window";
      readonly packets: number;
      readonly lost: number;
      readonly alive: boolean;
    }
  | { readonly kind: "mute" | "layer-mute" | "pause"; readonly isOn: boolean }
  | { readonly kind: "distance"; readonly layers: number };

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("window" as const),
        packets: fc.nat(500),
        lost: fc.nat(600),
        alive: fc.boolean(),
      }),
    },
    fc.record({
      kind: fc.constantFrom("mute" as const, "layer-mute" as const, "pause" as const),
      isOn: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant("distance" as const),
      layers: fc.double({ min: 0, max: 3, noNaN: true }),
    }),
  ),
  { maxLength: 60 },
);

function apply(quality: ConnectionQuality, nowMs: number, step: Step): void {
  switch (step.kind) {
    case "window": {
      const window = windowOf({ packets: step.packets, lost: step.lost, isAlive: step.alive });
      quality.update(nowMs, window, Codec.Vp8, false);
      break;
    }
    case "mute":
      quality.setMuted(nowMs, step.isOn);
      break;
    case "layer-mute":
      quality.setLayerMuted(nowMs, step.isOn);
      break;
    case "pause":
      quality.setPaused(step.isOn);
      break;
    case "distance":
      quality.noteDistance(nowMs, step.layers);
      break;
  }
}

test("whatever happens, a score is one that can be told: 20, or 30 to 100", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const quality = new ConnectionQuality(0);
      for (const [i, step] of all.entries()) {
        apply(quality, (i + 1) * 1_000, step);
        const { score } = quality;
        expect(score === 20 || (score >= 30 && score <= 100)).toBe(true);
      }
    }),
  );
});

test("windows without fault never lower a score, and bring it back to excellent", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const quality = new ConnectionQuality(0);
      let nowMs = 0;
      for (const step of all) {
        nowMs += 1_000;
        apply(quality, nowMs, step);
      }
      quality.setMuted(nowMs, false);
      quality.setLayerMuted(nowMs, false);
      quality.setPaused(false);
      quality.noteDistance(nowMs, 0);
      quality.skip(nowMs);
      let last = quality.score;
      for (let i = 0; i < 8; i++) {
        nowMs += WINDOW_MS;
        quality.update(nowMs, windowOf({ packets: 100 }), Codec.Vp8, false);
        expect(quality.score).toBeGreaterThanOrEqual(last);
        last = quality.score;
      }
      expect(last).toBeGreaterThan(80);
    }),
  );
});
