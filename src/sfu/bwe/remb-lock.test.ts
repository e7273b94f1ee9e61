import { expect, test } from "bun:test";
import { RembLock } from "./remb-lock.ts";

const OURS = new Set([1, 2, 3]);

function listing(...ssrcs: number[]) {
  return { rembSsrcCount: () => ssrcs.length, rembSsrc: (index: number) => ssrcs[index]! };
}

test("RembLock takes each REMB that lists all streams", () => {
  const lock = new RembLock();
  for (let i = 0; i < 5; i++) expect(lock.accept(i * 100, listing(3, 1, 2), OURS)).toBe(true);
});

test("RembLock takes one of the REMBs that come for each stream", () => {
  const lock = new RembLock();
  const taken = [];
  for (let i = 0; i < 4; i++) {
    for (const ssrc of [2, 1, 3]) {
      if (lock.accept(i * 1_000, listing(ssrc), OURS)) taken.push(ssrc);
    }
  }
  expect(taken).toEqual([2, 2, 2, 2]);
});

test("RembLock goes over to another stream when its own is listed no more", () => {
  const lock = new RembLock();
  expect(lock.accept(0, listing(1), OURS)).toBe(true);
  expect(lock.accept(1_000, listing(2), OURS)).toBe(false);
  expect(lock.accept(2_600, listing(2), OURS)).toBe(true);
  expect(lock.accept(2_700, listing(1), OURS)).toBe(false);
});

test("RembLock takes none that lists no stream of ours", () => {
  const lock = new RembLock();
  expect(lock.accept(0, listing(), OURS)).toBe(false);
  expect(lock.accept(0, listing(0, 9), OURS)).toBe(false);
});
