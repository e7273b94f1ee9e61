import { expect, test } from "bun:test";
import fc from "fast-check";
import { Placement } from "./placement.ts";

/** Places so many participants of one room one after the other; @returns how many each thread has. */
function fill(placement: Placement, home: number, threads: number, participants: number): number[] {
  const counts = new Array<number>(threads).fill(0);
  for (let i = 0; i < participants; i++) counts[placement.takeParticipant(home, counts)]! += 1;
  return counts;
}

test("rooms go to the thread with the fewest among the least loaded", () => {
  const placement = new Placement(3, 0);
  expect([1, 2, 3, 4].map(() => placement.takeRoom())).toEqual([0, 1, 2, 0]);
  placement.noteLoad(1, 0.5);
  placement.noteLoad(0, 0.03);
  // thread 1 has fewer than thread 0, and far more to do
  expect([1, 2, 3].map(() => placement.takeRoom())).toEqual([2, 0, 2]);
  placement.noteLoad(1, 0);
  expect(placement.takeRoom()).toBe(1);
  expect(placement.takeRoom(0)).toBe(0);
  expect(placement.roomsByThread).toEqual([4, 2, 3]);
});

test("a room stays on its thread while it is small, and never leaves it where that is not wanted", () => {
  expect(fill(new Placement(4, 24), 1, 4, 24)).toEqual([0, 24, 0, 0]);
  expect(fill(new Placement(4, 0), 1, 4, 3_000)).toEqual([0, 3_000, 0, 0]);
});

test("a room that everybody joins at once fills thread after thread, then all alike", () => {
  expect(fill(new Placement(4, 24), 0, 4, 49)).toEqual([24, 24, 1, 0]);
  const counts = fill(new Placement(4, 24), 0, 4, 3_000);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(60);
});

test("where everybody receives many tracks, fewer participants fill a thread", () => {
  const placement = new Placement(2, 100);
  // 30 of a meeting of 30 with sound and pictures have 1,800 subscriptions
  expect(placement.takeParticipant(0, [16, 0], 60)).toBe(0);
  expect(placement.takeParticipant(0, [17, 0], 60)).toBe(1);
  expect(placement.takeParticipant(0, [99, 0], 10)).toBe(0);
});

test("a room spills earlier where its thread is busy and another one is free", () => {
  const placement = new Placement(2, 24);
  placement.noteLoad(0, 0.8);
  expect(fill(placement, 0, 2, 5)).toEqual([5, 0]);
  expect(placement.takeParticipant(0, [6, 0])).toBe(1);
  placement.noteLoad(1, 0.6);
  expect(placement.takeParticipant(0, [6, 0])).toBe(0);
  // a little less is no reason to go back and forth
  placement.noteLoad(1, 0.2);
  placement.noteLoad(0, 0.65);
  expect(placement.takeParticipant(0, [6, 0])).toBe(0);
});

test("a full room goes on where there is least to do", () => {
  const placement = new Placement(3, 10);
  placement.noteLoad(0, 0.6);
  placement.noteLoad(1, 0.2);
  placement.noteLoad(2, 0.9);
  expect(placement.takeParticipant(0, [30, 30, 0])).toBe(1);
  placement.noteLoad(1, 0.95);
  expect(placement.takeParticipant(0, [30, 30, 0])).toBe(0);
});

test("nobody is put on a thread that is not live", () => {
  const live = [false, true, true];
  const placement = new Placement(3, 5, (thread) => live[thread]!);
  expect([1, 2, 3].map(() => placement.takeRoom())).toEqual([1, 2, 1]);
  expect(fill(placement, 0, 3, 20)[0]).toBe(0);
  live.fill(false);
  expect(placement.takeRoom()).toBe(-1);
});

test("whatever was reported, a room takes no thread more than it has filled", () => {
  const loads = fc.array(fc.double({ min: 0, max: 0.69, noNaN: true }), {
    minLength: 2,
    maxLength: 8,
  });
  fc.assert(
    fc.property(
      loads,
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 30 }),
      (all, participants, spill) => {
        const placement = new Placement(all.length, spill);
        for (const [thread, load] of all.entries()) placement.noteLoad(thread, load);
        const counts = fill(placement, 0, all.length, participants);
        const used = counts.filter((count) => count > 0).length;
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(participants);
        expect(used).toBeLessThanOrEqual(Math.ceil(participants / spill) + 1);
      },
    ),
  );
});
