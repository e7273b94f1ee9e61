import { expect, test } from "bun:test";
import fc from "fast-check";
import { DropReason } from "../../base/drop-reason.ts";
import { Claim, REPEAT_PACKETS_MAX, SentStream } from "./sent-stream.ts";
import { LATE_PACKETS_MAX } from "./skipped-indices.ts";
import type { SrtpCipher } from "./srtp-cipher.ts";

/** Is asked for nothing where only indices are claimed. */
const CIPHER: SrtpCipher = {
  rtpOverhead: 0,
  rtcpOverhead: 0,
  sealRtp: (_bytes, _offset, _headerLength, length) => length,
  openRtp: () => -1,
  sealRtcp: () => 0,
  openRtcp: () => -1,
  close: () => {},
};

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
      const stream = new SentStream(1, CIPHER);
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

/** Also in long runs without a gap, after which the book of gaps is closed, and with ends in between. */
const PHASES = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ step: fc.integer({ min: -2_100, max: 2_100 }) }) },
    { weight: 3, arbitrary: fc.record({ run: fc.integer({ min: 1, max: 5_000 }) }) },
    { weight: 1, arbitrary: fc.record({ step: fc.integer({ min: -9_000, max: 9_000 }) }) },
    { weight: 1, arbitrary: fc.constant({ ends: true } as const) },
  ),
  { minLength: 1, maxLength: 60 },
);

test("however long the runs between gaps, and wherever it ends and goes on, the same holds", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 40 }), PHASES, (start, phases) => {
      const stream = new SentStream(1, CIPHER);
      const given = new Set<number>();
      let at = start;
      let highest = -1;
      let floor = -1;
      const claim = (index: number): void => {
        const isBehind = index <= highest - LATE_PACKETS_MAX || index <= floor;
        const expected = isBehind ? Claim.Refused : given.has(index) ? Claim.Used : Claim.Fresh;
        if (stream.claim(index) !== expected) throw new Error(`${index} after ${highest}`);
        if (expected === Claim.Fresh) given.add(index);
        highest = Math.max(highest, index);
      };
      for (const phase of phases) {
        if ("run" in phase) {
          for (let i = 0; i < phase.run; i++) claim(highest + 1);
        } else if ("step" in phase) {
          at = Math.max(0, (highest < 0 ? start : highest) + phase.step);
          claim(at);
        } else {
          stream.retire();
          floor = highest;
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("a stream protects nothing of another SSRC", () => {
  const stream = new SentStream(0x8000_0001 | 0, CIPHER);
  const packet = new Uint8Array(20);
  packet[0] = 0x80;
  packet[8] = 0x80;
  expect(stream.protectRtp(packet, 0, 20, false)).toBe(-DropReason.Unknown);
  packet[11] = 1;
  expect(stream.protectRtp(packet, 0, 20, false)).toBe(20);
  expect(stream.protectRtp(packet, 0, 20, false)).toBe(-DropReason.Duplicate);
  expect(stream.refusedCount).toBe(2);
});

test("a number is taken for the index that a receiver takes it for", () => {
  const stream = new SentStream(1, CIPHER);
  let index = 20_000;
  for (const step of [1, 30_000, 32_767, -2_000, 32_767, 32_767, 5]) {
    index += step;
    expect(stream.estimate(index & 0xffff)).toBe(index);
    expect(stream.claim(index)).toBe(Claim.Fresh);
  }
});

test("the last index of a key is the last", () => {
  const stream = new SentStream(1, CIPHER);
  expect(stream.claim(2 ** 48 - 1)).toBe(Claim.Fresh);
  expect(stream.claim(2 ** 48)).toBe(Claim.Refused);
});

test("repeats are known by the end of the packet, among the newest packets", () => {
  const stream = new SentStream(1, CIPHER);
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
  const stream = new SentStream(1, CIPHER);
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
