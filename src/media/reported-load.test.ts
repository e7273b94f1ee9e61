import { expect, test } from "bun:test";
import { ReportedLoad } from "./reported-load.ts";

test("a load is the part of the time since the last report that the thread has worked", () => {
  const load = new ReportedLoad(1_000);
  expect(load.sample(3_000, 500)).toEqual({ load: 0.25 });
  expect(load.sample(5_000, 2_600)).toEqual({ load: 1 });
  expect(load.sample(6_000, 2_600)).toEqual({ load: 0 });
  // no time has passed
  expect(load.sample(6_000, 2_700)).toEqual({});
});

test("where nobody can measure it nothing is said", () => {
  expect(new ReportedLoad(0).sample(2_000, 0)).toEqual({});
});
