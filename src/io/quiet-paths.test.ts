import { expect, test } from "bun:test";
import { QUIET_DATAGRAMS_MAX, QUIET_MS, QuietPaths } from "./quiet-paths.ts";

function admitted(paths: QuietPaths, path: number, nowMs: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) if (paths.admits(path, nowMs)) sum += 1;
  return sum;
}

test("who was heard lately, or never, is sent everything", () => {
  const paths = new QuietPaths(4);
  paths.heard(1, 1_000);
  expect(admitted(paths, 1, 1_000 + QUIET_MS - 1, 500)).toBe(500);
  expect(admitted(paths, 2, 1e9, 500)).toBe(500);
});

test("who has fallen silent shares a trickle with all others that have, until it is heard", () => {
  const paths = new QuietPaths(4);
  for (const path of [1, 2, 3]) paths.heard(path, 1_000);
  const nowMs = 1_000 + QUIET_MS;
  paths.heard(3, nowMs);
  expect(admitted(paths, 1, nowMs, 500)).toBe(QUIET_DATAGRAMS_MAX);
  expect(admitted(paths, 2, nowMs + 999, 500)).toBe(0);
  expect(admitted(paths, 3, nowMs + 999, 500)).toBe(500);
  expect(admitted(paths, 2, nowMs + 1_000, 500)).toBe(QUIET_DATAGRAMS_MAX);
  paths.heard(2, nowMs + 1_000);
  expect(admitted(paths, 2, nowMs + 1_000, 500)).toBe(500);
  paths.forget(1);
  expect(admitted(paths, 1, nowMs + 1_000, 500)).toBe(500);
});
