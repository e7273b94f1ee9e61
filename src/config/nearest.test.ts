import { expect, test } from "bun:test";
import fc from "fast-check";
import { editDistance, nearest } from "./nearest.ts";

test.each([
  ["empty_timout", "empty_timeout"],
  ["prot", "port"],
  ["udpport", "udp_port"],
  ["Redis", "redis"],
  ["key", "keys"],
])("%s was meant to be %s", (word, meant) => {
  expect(nearest(word, ["port", "keys", "redis", "udp_port", "empty_timeout"])).toBe(meant);
});

test("a word that is near to nothing has no suggestion", () => {
  expect(nearest("no_such_field", ["port", "keys", "redis"])).toBeUndefined();
  expect(nearest("x".repeat(10_000), ["x"])).toBeUndefined();
  expect(nearest("port", [])).toBeUndefined();
});

test("the distance is a metric's: zero for equals, the same both ways, at most the longer length", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      const distance = editDistance(a, b);
      expect(distance).toBe(editDistance(b, a));
      expect(distance === 0).toBe(a === b);
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
    }),
  );
});
