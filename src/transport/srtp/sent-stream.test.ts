import { expect, test } from "bun:test";
import fc from "fast-check";
import { Claim, LATE_PACKETS_MAX, REPEAT_PACKETS_MAX, SentStream } from "./sent-stream.ts";

/** Steps to the next index: mostly small, some over the windows or over half a circle. */
const STEPS = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -8, max: 8 }) },
    { weight: 2, arbitrary: fc.integer({ min: -3_000, max: 3_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -70_000, max: 70_000 }) },
  ),
  { minLength: 1, maxLength: 400 },
);

test("whatever comes, no index is given out twice, and what is new always is", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 40 }), STEPS, (start, steps) => {
      const stream = new SentStream();
      const given = new Set<number>();
      let at = start;
      let highest = -1;
      for (const step of steps) {
        at = Math.max(0, at + step);
        const isBehind = at <= highest - LATE_PACKETS_MAX;
        const expected = isBehind ? Claim.Refused : given.has(at) ? Claim.Used : Claim.Fresh;
        expect(stream.claim(at)).toBe(expected);
        if (expected === Claim.Fresh) given.add(at);
        highest = Math.max(highest, at);
      }
    }),
  );
});

test("a number is taken for the index that a receiver takes it for", () => {
  const stream = new SentStream();
  let index = 20_000;
  for (const step of [1, 30_000, 32_767, -2_000, 32_767, 32_767, 5]) {
    index += step;
    expect(stream.estimate(index & 0xffff)).toBe(index);
    expect(stream.claim(index)).toBe(Claim.Fresh);
  }
});

test("the last index of a key is the last", () => {
  const stream = new SentStream();
  expect(stream.claim(2 ** 48 - 1)).toBe(Claim.Fresh);
  expect(stream.claim(2 ** 48)).toBe(Claim.Refused);
});

test("repeats are known by the end of the packet, among the newest packets", () => {
  const stream = new SentStream();
  const packet = Uint8Array.from({ length: 20 }, (_, i) => i);
  const other = packet.with(19, 99);
  stream.claim(1_000);
  expect(stream.canRepeat(1_000)).toBe(false);
  stream.keep(1_000, packet, 20);
  expect(stream.canRepeat(1_000)).toBe(true);
  expect(stream.isRepeat(1_000, packet, 20)).toBe(true);
  expect(stream.isRepeat(1_000, other, 20)).toBe(false);
  stream.claim(1_000 + REPEAT_PACKETS_MAX);
  expect(stream.canRepeat(1_000)).toBe(false);
  stream.claim(999 + REPEAT_PACKETS_MAX);
  stream.keep(999, other, 20);
  expect(stream.canRepeat(999 + REPEAT_PACKETS_MAX)).toBe(true);
  expect(stream.isRepeat(999 + REPEAT_PACKETS_MAX, other, 20)).toBe(false);
});

test("a stream that ended goes on above what it sent", () => {
  const stream = new SentStream();
  stream.claim(70_000);
  stream.keep(70_000, new Uint8Array(16), 16);
  stream.retire();
  expect(stream.estimate(70_001 & 0xffff)).toBe(70_001);
  expect(stream.claim(69_999)).toBe(Claim.Refused);
  expect(stream.claim(70_000)).toBe(Claim.Refused);
  expect(stream.claim(70_002)).toBe(Claim.Fresh);
  expect(stream.claim(70_001)).toBe(Claim.Fresh);
  expect(stream.claim(70_001)).toBe(Claim.Used);
  expect(stream.claim(70_000)).toBe(Claim.Refused);
});
