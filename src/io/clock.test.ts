import { expect, test } from "bun:test";
import { monotonicMs } from "./clock.ts";

test("the monotonic clock never goes back", () => {
  let last = monotonicMs();
  for (let i = 0; i < 1000; i++) {
    const now = monotonicMs();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  }
});
