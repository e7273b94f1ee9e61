import { expect, test } from "bun:test";
import fc from "fast-check";
import { Pacer, paceOf } from "./pacer.ts";

const OUT = new Uint8Array(2_000);

/** One packet that is told apart by its first bytes. */
function packetOf(id: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes[0] = id >> 8;
  bytes[1] = id;
  return bytes;
}

test("Pacer lets a little through at once, and the rest of a burst at its pace", () => {
  const pacer = new Pacer(0, 800_000);
  const leftMs: number[] = [];
  for (let id = 0; id < 20; id++) {
    const bytes = packetOf(id, 1_000);
    if (pacer.take(100, bytes.length)) leftMs.push(100);
    else pacer.push(100, bytes, 0, bytes.length, 0, 0);
  }
  for (let nowMs = 100; !pacer.isEmpty; nowMs = pacer.pollTimeout()) {
    while (pacer.isDue(nowMs)) {
      pacer.pop(OUT, 0);
      leftMs.push(nowMs);
    }
  }
  expect(leftMs).toHaveLength(20);
  expect(leftMs.filter((ms) => ms === 100)).toHaveLength(1);
  expect(leftMs.at(-1)).toBeGreaterThan(100 + 170);
  expect(leftMs.at(-1)).toBeLessThan(100 + 210);
});

test("Pacer goes faster where its queue would take too long", () => {
  const pacer = new Pacer(0, 100_000);
  for (let id = 0; id < 100; id++) pacer.push(0, packetOf(id, 1_200), 0, 1_200, 0, 0);
  let lastMs = 0;
  while (!pacer.isEmpty) {
    lastMs = pacer.pollTimeout();
    while (pacer.isDue(lastMs)) pacer.pop(OUT, 0);
  }
  expect(lastMs).toBeLessThanOrEqual(251);
});

test("Pacer holds up nothing larger than its places", () => {
  const pacer = new Pacer(0, 1_000);
  pacer.push(0, packetOf(1, 100), 0, 100, 0, 0);
  expect(pacer.take(0, 1_537)).toBe(true);
  expect(pacer.take(0, 1_536)).toBe(false);
});

test("Pacer keeps the order, and loses nothing", () => {
  const step = fc.record({
    afterMs: fc.integer({ min: 0, max: 50 }),
    length: fc.integer({ min: 20, max: 1_536 }),
  });
  const rates = fc.integer({ min: 10_000, max: 5_000_000 });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), rates, (steps, rate) => {
      const pacer = new Pacer(0, rate);
      const out: number[] = [];
      const pop = (): void => {
        const { length, flags, stampOffset } = pacer;
        pacer.pop(OUT, 4);
        const id = (OUT[4]! << 8) | OUT[5]!;
        expect(length).toBe(steps[id]!.length);
        expect(flags).toBe(id & 7);
        expect(stampOffset).toBe(id & 15);
        out.push(id);
      };
      let nowMs = 0;
      for (const [id, { afterMs, length }] of steps.entries()) {
        nowMs += afterMs;
        while (pacer.isDue(nowMs)) pop();
        if (pacer.take(nowMs, length)) out.push(id);
        else pacer.push(nowMs, packetOf(id, length), 0, length, id & 15, id & 7);
        if (pacer.isFull) pop();
      }
      while (!pacer.isEmpty) {
        expect(pacer.pollTimeout()).toBeGreaterThan(0);
        nowMs = Math.max(nowMs, pacer.pollTimeout());
        while (pacer.isDue(nowMs)) pop();
      }
      expect(out).toEqual(steps.map((_, id) => id));
      expect(pacer.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
    }),
  );
});

test("the pace leaves room for what is allocated and for a probe", () => {
  expect(paceOf(1_000, 500, 0)).toBe(1_250);
  expect(paceOf(0, 500, 2_000)).toBe(2_500);
});
