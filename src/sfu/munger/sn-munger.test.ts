import { expect, test } from "bun:test";
import fc from "fast-check";
import { SN_DROPPED, SN_TOO_OLD, SN_WINDOW, SnMunger } from "./sn-munger.ts";

test("SnMunger numbers what it keeps without holes, and late repeats agree", () => {
  const starts = fc.integer({ min: 0, max: 2 ** 40 });
  const choices = fc.array(fc.boolean(), { maxLength: SN_WINDOW });
  fc.assert(
    fc.property(starts, choices, (start, keeps) => {
      const munger = new SnMunger(start, 0);
      const first = keeps.map((keep, i) => {
        if (keep) return munger.mapSn(start + i);
        munger.drop(start + i);
        return SN_DROPPED;
      });
      const kept = first.filter((sn) => sn !== SN_DROPPED);
      expect(kept).toEqual(kept.map((_, i) => i));
      expect(keeps.map((_, i) => munger.mapSn(start + i))).toEqual(first);
    }),
  );
});

test("SnMunger never gives one outgoing number to two packets, whatever is lost, late or dropped", () => {
  const packets = fc.array(
    fc.record({ step: fc.integer({ min: -60, max: 60 }), keep: fc.boolean() }),
    { maxLength: 300 },
  );
  fc.assert(
    fc.property(packets, (script) => {
      const munger = new SnMunger(100_000, 500);
      const sourceOf = new Map<number, number>();
      let at = 100_000;
      for (const { step, keep } of script) {
        at = Math.max(99_900, at + step);
        if (!keep) {
          munger.drop(at);
          continue;
        }
        const out = munger.mapSn(at);
        if (out < 0) continue;
        expect(sourceOf.get(out) ?? at).toBe(at);
        sourceOf.set(out, at);
      }
      // Order survives as well.
      const pairs = [...sourceOf].sort((a, b) => a[0] - b[0]);
      expect(pairs.map(([, source]) => source)).toEqual(
        pairs.map(([, source]) => source).sort((a, b) => a - b),
      );
    }),
  );
});

test("SnMunger keeps the hole of a lost packet, and lets it come late into its place", () => {
  const munger = new SnMunger(10, 10);
  expect(munger.mapSn(10)).toBe(10);
  munger.drop(13);
  expect(munger.mapSn(14)).toBe(13);
  expect(munger.mapSn(11)).toBe(11);
  expect(munger.mapSn(12)).toBe(12);
  expect(munger.mapSn(13)).toBe(SN_DROPPED);
});

test("SnMunger after a restart knows nothing of older numbers", () => {
  const munger = new SnMunger(10, 10);
  munger.mapSn(10);
  munger.drop(11);
  munger.restart(5000, 11);
  expect(munger.mapSn(5000)).toBe(11);
  expect(munger.mapSn(4999)).toBe(SN_DROPPED);
  expect(munger.mapSn(5001)).toBe(12);
  expect(munger.mapSn(5001 - SN_WINDOW)).toBe(SN_TOO_OLD);
});

test("SnMunger gives numbers of its own in between, once, and late packets keep theirs", () => {
  const munger = new SnMunger(100, 10);
  expect([100, 101].map((extSn) => munger.mapSn(extSn))).toEqual([10, 11]);
  expect(munger.mapSn(104)).toBe(14);
  expect(munger.insert()).toBe(15);
  expect(munger.insert()).toBe(16);
  expect(munger.mapSn(105)).toBe(17);
  expect([102, 103, 104].map((extSn) => munger.mapSn(extSn))).toEqual([12, 13, 14]);
  munger.drop(106);
  expect(munger.mapSn(107)).toBe(18);
});
