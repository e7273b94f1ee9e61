import { expect, test } from "bun:test";
import fc from "fast-check";
import { Decision, FRAMES_KEPT, FrameDecisions, MISSING_AFTER_FRAMES } from "./frame-decisions.ts";

test("FrameDecisions knows what became of a frame until it is too old", () => {
  const frames = new FrameDecisions();
  expect(frames.of(5)).toBe(Decision.Dropped);
  frames.note(100);
  expect(frames.of(99)).toBe(Decision.Dropped);
  expect(frames.of(100)).toBe(Decision.Open);
  expect(frames.of(101)).toBe(Decision.Open);
  frames.decide(100, Decision.Forwarded);
  frames.note(103);
  frames.decide(103, Decision.Dropped);
  expect([100, 101, 102, 103].map((f) => frames.of(f))).toEqual([
    Decision.Forwarded,
    Decision.Open,
    Decision.Open,
    Decision.Dropped,
  ]);
  frames.note(103 + FRAMES_KEPT - 1);
  expect(frames.of(103)).toBe(Decision.Dropped);
  frames.note(103 + FRAMES_KEPT);
  expect(frames.of(103)).toBe(Decision.Missing);
});

/** One on which chains 0, 1 and 5 have begun with frame 1; frames up to 4 are known. */
function begun(): FrameDecisions {
  const frames = new FrameDecisions();
  frames.breakAll();
  frames.note(1);
  for (const chain of [0, 1, 5]) frames.beginChain(chain, 1);
  frames.note(4);
  return frames;
}

function broken(frames: FrameDecisions): number[] {
  return [0, 1, 5].filter((chain) => ((frames.brokenChains >>> chain) & 1) === 1);
}

test("a chain breaks when the frame it waits for is left out, or does not come", () => {
  const frames = begun();
  frames.expect(2, 0);
  frames.expect(3, 5);
  frames.decide(2, Decision.Begun);
  expect(broken(frames)).toEqual([]);
  frames.decide(2, Decision.Forwarded);
  expect(broken(frames)).toEqual([]);
  frames.note(3 + MISSING_AFTER_FRAMES);
  expect(broken(frames)).toEqual([]);
  frames.note(4 + MISSING_AFTER_FRAMES);
  expect(frames.of(3)).toBe(Decision.Missing);
  expect(broken(frames)).toEqual([5]);
});

test("a chain that begins anew waits for nothing", () => {
  const frames = begun();
  frames.expect(2, 0);
  frames.expect(2, 1);
  frames.beginChain(0, 4);
  frames.decide(2, Decision.Dropped);
  expect(broken(frames)).toEqual([1]);
  frames.beginChain(1, 4);
  expect(broken(frames)).toEqual([]);
});

test("a beginning that comes late mends nothing that the chain misses since", () => {
  const frames = begun();
  frames.expect(3, 0);
  frames.breakChains(1 << 1, 3);
  frames.breakChains(1 << 5, 1);
  for (const chain of [0, 1, 5]) frames.beginChain(chain, 2);
  expect(broken(frames)).toEqual([1]);
  frames.decide(3, Decision.Dropped);
  expect(broken(frames)).toEqual([0, 1]);
});

test("FrameDecisions agrees with a map, whatever jumps the numbers make", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.oneof(fc.integer({ min: -40, max: 60 }), fc.integer({ min: -400, max: 40_000 })),
          fc.constantFrom(Decision.Begun, Decision.Forwarded, Decision.Dropped),
        ),
        { maxLength: 120 },
      ),
      (moves) => {
        const frames = new FrameDecisions();
        const model = new Map<number, Decision>();
        let newest = 70_000;
        frames.note(newest);
        for (const [step, decision] of moves) {
          const frame = newest + step;
          frames.note(frame);
          newest = Math.max(newest, frame);
          if (frames.of(frame) === Decision.Open) {
            frames.decide(frame, decision);
            model.set(frame, decision);
          }
          for (const [known, expected] of model) {
            const age = newest - known;
            const isGone =
              age >= FRAMES_KEPT || (age > MISSING_AFTER_FRAMES && expected === Decision.Begun);
            expect(frames.of(known)).toBe(isGone ? Decision.Missing : expected);
          }
        }
      },
    ),
    { numRuns: 100 },
  );
});
