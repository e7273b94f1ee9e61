import { expect, test } from "bun:test";
import { RemoteBwe } from "./remote-bwe.ts";

test("RemoteBwe takes a falling estimate below the usage as the capacity", () => {
  const bwe = new RemoteBwe();
  const answers: number[] = [];
  for (let i = 0; i < 12; i++) {
    answers.push(bwe.handleEstimate(i * 500, 2_000_000 - i * 100_000, 1_500_000, 0, 0));
  }
  expect(answers.slice(0, 7).every((it) => it === 0)).toBe(true);
  expect(answers.at(-1)).toBe(900_000);
  expect(bwe.isCongested).toBe(true);
});

test("RemoteBwe ignores a falling estimate above the usage, and a level one below it", () => {
  const bwe = new RemoteBwe();
  for (let i = 0; i < 12; i++) {
    expect(bwe.handleEstimate(i * 500, 2_000_000 - i * 10_000, 1_000_000, 0, 0)).toBe(0);
  }
  bwe.reset();
  for (let i = 0; i < 12; i++) {
    expect(bwe.handleEstimate(i * 500, 300_000, 1_000_000, 0, 0)).toBe(0);
  }
});

test("RemoteBwe takes repeated NACKs as congestion after two seconds", () => {
  const bwe = new RemoteBwe();
  const answers: number[] = [];
  for (let i = 0; i < 7; i++) {
    answers.push(bwe.handleEstimate(i * 500, 5_000_000 + i, 1_000_000, i * 100, i * 50));
  }
  expect(answers.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(answers[6]).toBeCloseTo(1_000_000 * (1 - 0.4 * 0.5), 0);
});

test("RemoteBwe recovers when estimates rise again", () => {
  const bwe = new RemoteBwe();
  for (let i = 0; i < 12; i++) bwe.handleEstimate(i * 500, 2e6 - i * 1e5, 1_500_000, 0, 0);
  for (let i = 0; i < 12; i++) bwe.handleEstimate(6_000 + i * 500, 9e5 + i * 1e5, 800_000, 0, 0);
  expect(bwe.isCongested).toBe(false);
});
