import { expect, test } from "bun:test";
import { monotonicMs, wallMs } from "./clock.ts";
import { fillRandom, randomFraction, randomUint32 } from "./random.ts";

test("the monotonic clock never goes back, and the wall clock is in Unix milliseconds", () => {
  let last = monotonicMs();
  for (let i = 0; i < 1000; i++) {
    const now = monotonicMs();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  }
  expect(new Date(wallMs()).getUTCFullYear()).toBeGreaterThan(2024);
});

test("random bytes reach to the end of any length", () => {
  const bytes = new Uint8Array(200_000);
  fillRandom(bytes);
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = counts[byte]! + 1;
  expect(Math.min(...counts)).toBeGreaterThan(500);
  expect(bytes.subarray(199_984).some((byte) => byte !== 0)).toBe(true);
  for (let i = 0; i < 100; i++) {
    expect(randomUint32()).toBeWithin(0, 2 ** 32);
    expect(randomFraction()).toBeWithin(0, 1);
  }
});
