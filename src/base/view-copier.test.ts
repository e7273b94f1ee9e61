import { expect, test } from "bun:test";
import fc from "fast-check";
import { ViewCopier } from "./view-copier.ts";

test("pieces are copied whatever was copied before", () => {
  const sources = [3, 40, 1500].map((length) => Uint8Array.from({ length }, (_, i) => length + i));
  const pieces = fc.record({
    source: fc.constantFrom(...sources),
    offset: fc.nat(3),
    length: fc.nat(1200),
    at: fc.nat(50),
  });
  fc.assert(
    fc.property(fc.array(pieces), (all) => {
      const copier = new ViewCopier();
      for (const { source, offset, length, at } of all) {
        const count = Math.min(length, source.length - offset);
        const out = new Uint8Array(1300);
        expect(copier.copy(source, offset, count, out, at)).toBe(at + count);
        const wanted = new Uint8Array(1300);
        for (let i = 0; i < count; i++) wanted[at + i] = source[offset + i]!;
        expect(out).toEqual(wanted);
      }
    }),
  );
});
