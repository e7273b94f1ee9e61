import { expect, test } from "bun:test";
import fc from "fast-check";
import { SentNumbers } from "./sent-numbers.ts";

test("numbers left out count up to where a report reaches", () => {
  const sent = new SentNumbers();
  for (const sn of [100, 101, 105, 106, 110]) sent.note(sn);
  expect([sent.first, sent.next]).toEqual([100, 111]);
  expect([100, 104, 105, 109, 110, 200].map((sn) => sent.missingUpTo(sn))).toEqual([
    0, 0, 3, 3, 6, 6,
  ]);
});

test("a hole that is filled late stays a hole, since the report may be older", () => {
  const sent = new SentNumbers();
  for (const sn of [1, 4, 2, 3, 5]) sent.note(sn);
  expect([sent.missingUpTo(5), sent.late]).toEqual([2, 2]);
});

test("what is left out is what was never the newest, whatever the order of the rest", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 60 }), (order) => {
      const sent = new SentNumbers();
      sent.note(0);
      const newest = new Set([0]);
      let highest = 0;
      for (const sn of order) {
        sent.note(sn);
        if (sn > highest) newest.add(sn);
        highest = Math.max(highest, sn);
      }
      for (const ack of newest) {
        let left = 0;
        for (let sn = 0; sn <= ack; sn++) if (!newest.has(sn)) left += 1;
        expect(sent.missingUpTo(ack)).toBe(left);
      }
    }),
  );
});

test("of very many holes the oldest blur, and the newest do not", () => {
  const sent = new SentNumbers();
  for (let sn = 0; sn < 2_000; sn += 2) sent.note(sn);
  expect(sent.missingUpTo(1_998)).toBe(999);
  expect(sent.missingUpTo(1_990)).toBe(995);
  expect(sent.missingUpTo(10)).toBeGreaterThanOrEqual(5);
});
