import { expect, test } from "bun:test";
import { isKept, SCENARIOS } from "./scenarios.ts";

const LIMIT_MS = 120_000;
const SEEDS = [1, 2];

const cases = SCENARIOS.flatMap((scenario) =>
  scenario.keptWith.flatMap((feedback) =>
    SEEDS.map((seed) => ({ scenario, feedback, seed, name: scenario.name })),
  ),
);

test("some scenarios are tests, the others are in the report", () => {
  expect(cases.length).toBeGreaterThan(0);
});

test.each(cases)(
  "$name ($feedback, seed $seed)",
  ({ scenario, feedback, seed }) => {
    const missed = scenario.run(feedback, seed).filter((measured) => !isKept(measured));
    expect(missed).toEqual([]);
  },
  LIMIT_MS,
);
