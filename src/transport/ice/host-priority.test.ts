import { expect, test } from "bun:test";
import { hostPriority } from "./host-priority.ts";

test("priorities of host candidates follow RFC 8445 and RFC 6544", () => {
  expect(hostPriority("udp")).toBe(2130706431);
  expect(hostPriority("tcp")).toBe(99 * 2 ** 24 + (8192 * 4 + 8191) * 256 + 255);
});
