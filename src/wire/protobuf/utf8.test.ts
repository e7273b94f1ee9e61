import { expect, test } from "bun:test";
import fc from "fast-check";
import { isUtf8 } from "./utf8.ts";

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

test("what is UTF-8 is told as the platform's decoder tells it", () => {
  const edges = [
    0x7f, 0x80, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0x9f, 0xa0, 0xed, 0xef, 0xf0, 0xf4, 0xf5,
  ];
  const byte = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 5 }), (list) => {
      const bytes = Uint8Array.from(list);
      expect(isUtf8(bytes, 0, bytes.length)).toBe(decodes(bytes));
    }),
    { numRuns: 20_000 },
  );
});

test("text of all planes is UTF-8, within its bounds only", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const bytes = new TextEncoder().encode(`<${text}>`);
      expect(isUtf8(bytes, 1, bytes.length - 1)).toBe(true);
    }),
  );
  expect(isUtf8(Uint8Array.of(0xc3, 0xa4), 0, 1)).toBe(false);
});
