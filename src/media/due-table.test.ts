import { expect, test } from "bun:test";
import fc from "fast-check";
import { DueTable } from "./due-table.ts";

test("a claimed slot is due at once, then at the time it is set to, and never when released", () => {
  const table = new DueTable<string>();
  const slot = table.claim("a");
  expect(table.nextMs).toBe(0);
  expect(table.findDue(0, 0)).toBe(slot);
  table.set(slot, 50);
  expect(table.findDue(49, 0)).toBe(-1);
  expect(table.findDue(50, 0)).toBe(slot);
  expect(table.findDue(50, slot + 1)).toBe(-1);
  table.release(slot);
  expect(table.findDue(Number.MAX_VALUE, 0)).toBe(-1);
});

test("a slot can be hastened, not put off, by hasten", () => {
  const table = new DueTable<string>();
  const slot = table.claim("a");
  table.set(slot, 50);
  table.hasten(slot, 60);
  expect(table.findDue(50, 0)).toBe(slot);
  table.hasten(slot, 40);
  expect(table.findDue(40, 0)).toBe(slot);
});

test("the next time is that of the first slot, also when it is put off", () => {
  const table = new DueTable<string>();
  const first = table.claim("a");
  const second = table.claim("b");
  table.set(first, 50);
  table.set(second, 70);
  expect(table.nextMs).toBe(50);
  table.set(first, 90);
  expect(table.nextMs).toBe(70);
  table.release(second);
  expect(table.nextMs).toBe(90);
  table.release(first);
  expect(table.nextMs).toBe(Number.POSITIVE_INFINITY);
});

test("no slot is given to two, and those due are found with their owners", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 300 }), (choices) => {
      const table = new DueTable<number>();
      const dueMs = new Map<number, number>();
      for (const choice of choices) {
        const slots = [...dueMs.keys()];
        if (choice % 3 === 0 && slots.length > 0) {
          const slot = slots[choice % slots.length]!;
          table.release(slot);
          dueMs.delete(slot);
          continue;
        }
        const slot = table.claim(choice);
        expect(dueMs.has(slot)).toBe(false);
        expect(table.ownerOf(slot)).toBe(choice);
        table.set(slot, choice);
        dueMs.set(slot, choice);
      }
      const nowMs = 1_000_000_000;
      const found: number[] = [];
      for (let slot = table.findDue(nowMs, 0); slot >= 0; slot = table.findDue(nowMs, slot + 1)) {
        found.push(slot);
      }
      const expected = [...dueMs].filter(([, ms]) => ms <= nowMs).map(([slot]) => slot);
      expect(found).toEqual(expected.sort((a, b) => a - b));
      expect(table.nextMs).toBe(Math.min(...dueMs.values()));
    }),
  );
});
