import { expect, test } from "bun:test";
import { DATA_LOADS, dataLoadsOf } from "./bench-data.ts";

test("a word is a load, a group of loads, or all of them", () => {
  expect(dataLoadsOf("data-bulk-own").map(({ name }) => name)).toEqual(["data-bulk-own"]);
  expect(dataLoadsOf("data-loss").length).toBe(4);
  expect(dataLoadsOf("data")).toEqual([...DATA_LOADS]);
});

test("words of other benchmarks are none", () => {
  expect(["loss", "da", "micro", "data-b"].flatMap(dataLoadsOf)).toEqual([]);
});
