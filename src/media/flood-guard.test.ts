import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  FloodGuard,
  PEER_PACKETS_MAX,
  PEER_PACKETS_MIN,
  STRANGER_PACKETS_MAX,
  STUN_PACKETS_MAX,
} from "./flood-guard.ts";

/** How many of so many packets at one moment are admitted. */
function admitted(
  guard: FloodGuard,
  nowMs: number,
  route: number,
  count: number,
  isPeers: boolean,
  isStun: boolean,
): number {
  let sum = 0;
  for (let i = 0; i < count; i++) if (guard.admits(nowMs, route, isPeers, isStun)) sum += 1;
  return sum;
}

test("a peer's address may send so much in a window, and others are not touched by it", () => {
  const guard = new FloodGuard();
  for (const nowMs of [1_000, 1_100, 1_250]) {
    expect(admitted(guard, nowMs, 16, 15_000, true, false)).toBe(PEER_PACKETS_MAX);
    expect(admitted(guard, nowMs + 50, 16, 10, true, false)).toBe(0);
    expect(admitted(guard, nowMs + 50, 32, 500, true, false)).toBe(500);
  }
});

test("checks are bounded more tightly, from a peer's address and from any other", () => {
  const guard = new FloodGuard();
  expect(admitted(guard, 0, 16, 1_000, true, true)).toBe(STUN_PACKETS_MAX);
  expect(admitted(guard, 0, 16, 1_000, true, false)).toBe(1_000); // its media goes on
  expect(admitted(guard, 0, 48, 1_000, false, true)).toBe(STUN_PACKETS_MAX);
  let strangers = STUN_PACKETS_MAX;
  for (let route = 100; route < 100_000; route += 16) {
    strangers += admitted(guard, 0, route, 1, false, true);
  }
  expect(strangers).toBe(STRANGER_PACKETS_MAX);
  expect(admitted(guard, 0, 64, 5, true, true)).toBe(5);
  expect(admitted(guard, 100, 99, 5, false, true)).toBe(5);
});

test("what leads nowhere is not counted at all", () => {
  const guard = new FloodGuard();
  expect(admitted(guard, 0, 16, 50_000, false, false)).toBe(50_000);
  expect(admitted(guard, 0, 16, 10, true, true)).toBe(10);
});

test("on an overloaded thread the bound comes down to what a publisher needs, and up again", () => {
  const guard = new FloodGuard();
  for (let i = 0; i < 20; i++) guard.adapt(true);
  expect(admitted(guard, 0, 16, 20_000, true, false)).toBe(PEER_PACKETS_MIN);
  for (let i = 0; i < 20; i++) guard.adapt(false);
  expect(admitted(guard, 100, 16, 20_000, true, false)).toBe(PEER_PACKETS_MAX);
});

test("whatever comes from wherever: no route is admitted above its bound, none below is refused", () => {
  const packet = fc.record({
    route: fc.integer({ min: 0, max: (1 << 20) - 1 }),
    count: fc.integer({ min: 0, max: 200 }),
    isStun: fc.boolean(),
    waitMs: fc.integer({ min: 0, max: 120 }),
  });
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 50 }), (packets) => {
      const guard = new FloodGuard();
      const stun = new Map<number, number>();
      let nowMs = 0;
      let endMs = 0;
      for (const { route, count, isStun, waitMs } of packets) {
        nowMs += waitMs;
        if (nowMs >= endMs) {
          endMs = nowMs + 100;
          stun.clear();
        }
        const before = stun.get(route) ?? 0;
        const wanted = isStun ? Math.min(count, STUN_PACKETS_MAX - before) : count;
        expect(admitted(guard, nowMs, route, count, true, isStun)).toBe(wanted);
        if (isStun) stun.set(route, before + wanted);
      }
    }),
    { numRuns: 200 },
  );
});
