import { expect, test } from "bun:test";
import fc from "fast-check";
import { PacketMemory } from "./packet-memory.ts";

const PAGE_BYTES = 1_000;
const PAGES_MAX = 20;

function memory(): PacketMemory {
  return new PacketMemory(PAGE_BYTES, PAGES_MAX * PAGE_BYTES);
}

/** One packet each millisecond. */
function write(target: PacketMemory, fromMs: number, count: number, byteCount: number): void {
  for (let i = 0; i < count; i++) target.reserve(fromMs + i, byteCount);
}

test("PacketMemory has room for what came within a second, and no more than it may", () => {
  const slow = memory();
  write(slow, 0, 5_000, 5);
  expect(slow.byteCount).toBe(6 * PAGE_BYTES);
  const fast = memory();
  write(fast, 0, 5_000, 200);
  expect(fast.byteCount).toBe(PAGES_MAX * PAGE_BYTES);
});

test("PacketMemory gives back what a stream no longer needs, all but a page when it is silent", () => {
  const target = memory();
  write(target, 0, 2_000, 10);
  const loud = target.byteCount;
  target.release(2_000);
  expect(target.byteCount).toBe(loud);
  for (let ms = 2_000; ms < 30_000; ms += 100) target.reserve(ms, 10);
  target.release(30_000);
  expect(target.byteCount).toBeLessThan(loud / 2);
  target.release(60_000);
  expect(target.byteCount).toBe(PAGE_BYTES);
  write(target, 60_000, 2_000, 10);
  expect(target.byteCount).toBe(loud);
});

test("what PacketMemory says that it holds is what was written, and a second of it is held", () => {
  const step = fc.record({
    afterMs: fc.oneof(fc.nat(30), fc.nat(8_000)),
    length: fc.integer({ min: 1, max: PAGE_BYTES }),
    releases: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const target = memory();
      const written: { index: number; use: number; at: number; length: number; ms: number }[] = [];
      let nowMs = 0;
      for (const [count, { afterMs, length, releases }] of steps.entries()) {
        nowMs += afterMs;
        if (releases) target.release(nowMs);
        const at = target.reserve(nowMs, length);
        const { index, use } = target;
        target.bytesOf(index).fill(count & 255, at, at + length);
        written.push({ index, use, at, length, ms: nowMs });
        const mayEvict = target.byteCount >= PAGES_MAX * PAGE_BYTES;
        for (const [number, packet] of written.entries()) {
          const isHeld = target.holds(packet.index, packet.use);
          if (nowMs - packet.ms < 1_000 && !mayEvict) expect(isHeld).toBe(true);
          if (!isHeld) continue;
          const bytes = target.bytesOf(packet.index).subarray(packet.at, packet.at + packet.length);
          expect(bytes.every((byte) => byte === (number & 255))).toBe(true);
        }
      }
    }),
    { numRuns: 50 },
  );
});
