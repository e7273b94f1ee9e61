import { expect, test } from "bun:test";
import { readTone, writeTone } from "./tone.ts";

const RATE_HZ = 48_000;

test("a tone is found at its frequency and nowhere else", () => {
  const samples = new Int16Array(RATE_HZ / 2);
  writeTone(samples, 440, RATE_HZ, 0);
  expect(readTone(samples, 440, RATE_HZ).share).toBeGreaterThan(0.99);
  expect(readTone(samples, 660, RATE_HZ).share).toBeLessThan(0.01);
  expect(readTone(samples, 440, RATE_HZ).rms).toBeCloseTo(0.4 / Math.SQRT2, 2);
});

test("silence is no tone", () => {
  expect(readTone(new Int16Array(4800), 440, RATE_HZ)).toEqual({ rms: 0, share: 0 });
});
