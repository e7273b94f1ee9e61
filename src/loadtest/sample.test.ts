import { expect, test } from "bun:test";
import { summarize } from "./sample.ts";

test("a sample's percentiles are values of it", () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(summarize(values)).toEqual({ p50: 50, p99: 99, max: 100 });
  expect(summarize([7])).toEqual({ p50: 7, p99: 7, max: 7 });
  expect(summarize([]).max).toBeNaN();
});
