import { expect, test } from "bun:test";
import fc from "fast-check";
import { u16 } from "../../wire/bytes.ts";
import { GapBlocks } from "./gap-blocks.ts";

test("Blocks are those of a set of numbers, however they come", () => {
  const numbers = fc.array(fc.integer({ min: 2, max: 120 }), { maxLength: 100 });
  fc.assert(
    fc.property(numbers, fc.nat(120), (tsns, passed) => {
      const blocks = new GapBlocks();
      const model = new Set<number>();
      for (const tsn of tsns) {
        expect(blocks.has(tsn)).toBe(model.has(tsn));
        if (!model.has(tsn)) blocks.add(tsn);
        model.add(tsn);
      }
      let reached = passed;
      while (model.has(reached + 1)) reached += 1;
      expect(blocks.advance(passed)).toBe(reached);

      const out = new Uint8Array(1024);
      const count = blocks.write(out, 0, 0, 256);
      expect(count).toBe(blocks.count);
      const listed: number[] = [];
      for (let i = 0; i < count; i++) {
        const last = u16(out, i * 4 + 2);
        for (let tsn = u16(out, i * 4); tsn <= last; tsn++) listed.push(tsn);
        // Blocks do not touch.
        if (i > 0) expect(u16(out, i * 4)).toBeGreaterThan(u16(out, i * 4 - 2) + 1);
      }
      expect(listed).toEqual([...model].filter((tsn) => tsn > reached).sort((x, y) => x - y));
    }),
  );
});

test("No more blocks are written than there is room for", () => {
  const blocks = new GapBlocks();
  for (let tsn = 2; tsn < 100; tsn += 2) blocks.add(tsn);
  expect(blocks.write(new Uint8Array(40), 0, 0, 10)).toBe(10);
});
