import { expect, test } from "bun:test";
import fc from "fast-check";
import { diff16, diff32, unwrap16, unwrap32 } from "./serial.ts";

test("unwrap16 finds every number within half the circle of the reference", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 70_000, max: 2 ** 40 }),
      fc.integer({ min: -32_768, max: 32_767 }),
      (reference, distance) => {
        expect(unwrap16((reference + distance) % 65_536, reference)).toBe(reference + distance);
      },
    ),
  );
});

test("unwrap32 finds every number within half the circle of the reference", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2 ** 33, max: 2 ** 50 }),
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      (reference, distance) => {
        expect(unwrap32((reference + distance) % 2 ** 32, reference)).toBe(reference + distance);
      },
    ),
  );
});

test.each([
  { to: 0, from: 65_535, distance: 1 },
  { to: 65_535, from: 0, distance: -1 },
  { to: 5, from: 5, distance: 0 },
])("diff16 from $from to $to is $distance", ({ to, from, distance }) => {
  expect(diff16(to, from)).toBe(distance);
});

test("diff32 crosses the wrap in both directions", () => {
  expect(diff32(3, 0xffff_fffe)).toBe(5);
  expect(diff32(0xffff_fffe, 3)).toBe(-5);
});
