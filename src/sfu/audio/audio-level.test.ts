import { expect, test } from "bun:test";
import fc from "fast-check";
import { AudioLevel } from "./audio-level.ts";

const OPTIONS = { activeLevel: 35, minPercentile: 40, updateIntervalMs: 400, smoothIntervals: 2 };
const CLOCK_HZ = 48_000;

/** Plays packets of 20 ms for `durationMs`; `levelAt` chooses each packet's level. */
function play(
  level: AudioLevel,
  fromMs: number,
  durationMs: number,
  levelAt: (i: number) => number,
) {
  for (let i = 0; i * 20 < durationMs; i++) {
    const nowMs = fromMs + i * 20;
    level.observe(nowMs, levelAt(i), nowMs * 48, CLOCK_HZ);
  }
  return fromMs + durationMs;
}

test("AudioLevel hears a loud talker within 0.8 s and forgets it within 0.8 s of silence", () => {
  const level = new AudioLevel(OPTIONS);
  let nowMs = play(level, 0, 800, () => 10);
  expect(level.levelAt(nowMs)).toBeGreaterThan(0.1);
  nowMs = play(level, nowMs, 800, () => 127);
  expect(level.levelAt(nowMs)).toBe(0);
});

test("AudioLevel approaches the loudest level of windows that are all voice", () => {
  const level = new AudioLevel(OPTIONS);
  const nowMs = play(level, 0, 8_000, (i) => (i % 3 === 0 ? 20 : 34));
  expect(level.levelAt(nowMs)).toBeCloseTo(10 ** (-20 / 20), 2);
});

test("AudioLevel takes a window with too little voice for silence", () => {
  const level = new AudioLevel(OPTIONS);
  const nowMs = play(level, 0, 4_000, (i) => (i % 10 < 3 ? 5 : 100));
  expect(level.levelAt(nowMs)).toBe(0);
});

test("AudioLevel falls to zero when packets stop", () => {
  const level = new AudioLevel(OPTIONS);
  const nowMs = play(level, 0, 2_000, () => 10);
  expect(level.levelAt(nowMs + 700)).toBeGreaterThan(0);
  expect(level.levelAt(nowMs + 900)).toBe(0);
  level.observe(nowMs + 2_000, 10, (nowMs + 2_000) * 48, CLOCK_HZ);
  expect(level.levelAt(nowMs + 2_000)).toBe(0);
});

test("AudioLevel passes over repeated and late timestamps", () => {
  const level = new AudioLevel(OPTIONS);
  for (let i = 0; i < 100; i++) level.observe(i, 5, 1_000, CLOCK_HZ);
  expect(level.levelAt(100)).toBe(0);
});

test("AudioLevel counts duration, not packets", () => {
  const level = new AudioLevel(OPTIONS);
  for (let i = 0; i <= 20; i++) level.observe(i * 60, 12, i * 60 * 48, CLOCK_HZ);
  expect(level.levelAt(1_200)).toBeGreaterThan(0.1);
});

test("AudioLevel tells levels as they are measured where they are not to be smoothed", () => {
  const level = new AudioLevel({ ...OPTIONS, smoothIntervals: 0 });
  let nowMs = play(level, 0, 460, () => 10);
  expect(level.levelAt(nowMs)).toBeCloseTo(10 ** (-10 / 20), 1);
  nowMs = play(level, nowMs, 2_000, () => 30);
  expect(level.levelAt(nowMs)).toBeCloseTo(10 ** (-30 / 20), 2);
});

test("AudioLevel is a share of full scale, and nothing below what counts as voice", () => {
  const packets = fc.array(fc.tuple(fc.nat(127), fc.integer({ min: 1, max: 500 })), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(packets, fc.nat(4), (all, smoothIntervals) => {
      const level = new AudioLevel({ ...OPTIONS, smoothIntervals });
      let nowMs = 0;
      for (const [dBov, gapMs] of all) {
        nowMs += gapMs;
        level.observe(nowMs, dBov, nowMs * 48, CLOCK_HZ);
        const now = level.levelAt(nowMs);
        expect(now === 0 || now >= 10 ** (-OPTIONS.activeLevel / 20)).toBe(true);
        // a window may be longer than its interval by a packet, and louder by as much
        expect(now).toBeLessThan(2.5);
      }
    }),
  );
});
