import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  PACKET_BYTES_MAX,
  PacketRing,
  RING_DUPLICATE,
  RING_TOO_LONG,
  RING_TOO_OLD,
} from "./packet-ring.ts";
import { COMPACT_TOO_OLD, RANGES_MAX, SnCompactor } from "./sn-compactor.ts";

function store(ring: PacketRing, extSn: number): number {
  const slot = ring.claim(extSn, 4, 4, extSn * 10, extSn * 100);
  const offset = slot < 0 ? 0 : ring.offsetOf(slot);
  if (slot >= 0) ring.bytesOf(slot).fill(extSn & 255, offset, offset + 4);
  return slot;
}

test("PacketRing keeps the newest packets and tells old and repeated ones apart", () => {
  const ring = new PacketRing(4, 4, 4096);
  for (const extSn of [10, 12, 11]) expect(store(ring, extSn)).toBeGreaterThanOrEqual(0);
  expect(store(ring, 11)).toBe(RING_DUPLICATE);
  store(ring, 15);
  expect(store(ring, 11)).toBe(RING_TOO_OLD);
  expect(store(ring, 13)).toBeGreaterThanOrEqual(0);
  expect(ring.find(12)).toBeGreaterThanOrEqual(0);
  expect(ring.find(11)).toBe(RING_TOO_OLD);
  expect(ring.find(14)).toBe(RING_TOO_OLD);
  expect(ring.claim(16, PACKET_BYTES_MAX + 1, 9_000, 0, 0)).toBe(RING_TOO_LONG);
});

test("PacketRing of one packet keeps the newest", () => {
  const ring = new PacketRing(64, 1, 4096);
  for (const extSn of [10, 11]) expect(store(ring, extSn)).toBe(0);
  expect(store(ring, 10)).toBe(RING_TOO_OLD);
  ring.fit(500);
  expect([ring.capacity, ring.find(10), ring.find(11)]).toEqual([1, RING_TOO_OLD, 0]);
});

test("PacketRing survives a jump without serving what was before it", () => {
  const ring = new PacketRing(4, 4, 4096);
  store(ring, 1);
  store(ring, 1_000_001);
  expect(ring.find(1)).toBe(RING_TOO_OLD);
  expect(ring.find(1_000_001)).toBeGreaterThanOrEqual(0);
});

test("PacketRing grows with the packet rate up to its bound and keeps its packets", () => {
  const ring = new PacketRing(3, 8, 4096);
  for (let extSn = 5; extSn < 8; extSn++) store(ring, extSn);
  ring.fit(3);
  expect(ring.capacity).toBe(3);
  ring.fit(100);
  expect(ring.capacity).toBe(6);
  ring.fit(100);
  ring.fit(100);
  expect(ring.capacity).toBe(8);
  for (let extSn = 5; extSn < 8; extSn++) {
    const slot = ring.find(extSn);
    expect([ring.lengthOf(slot), ring.extTsOf(slot), ring.arrivalMsOf(slot)]).toEqual([
      4,
      extSn * 10,
      extSn * 100,
    ]);
    expect(ring.bytesOf(slot)[ring.offsetOf(slot)]).toBe(extSn);
  }
});

test("PacketRing gives a packet back whole, or says that it is gone, and keeps what is new", () => {
  const arrivals = fc.array(
    fc.record({
      // some numbers come late, some twice
      step: fc.integer({ min: -20, max: 4 }),
      length: fc.integer({ min: 1, max: PACKET_BYTES_MAX }),
      tail: fc.nat(16),
      afterMs: fc.nat(60),
    }),
    { minLength: 50, maxLength: 400 },
  );
  fc.assert(
    fc.property(arrivals, (all) => {
      const ring = new PacketRing(50, 200, 2_000);
      const kept = new Map<number, { length: number; ms: number; fill: number }>();
      let nowMs = 0;
      let highest = 100;
      for (const [index, { step, length, tail, afterMs }] of all.entries()) {
        nowMs += afterMs;
        const extSn = highest + step;
        highest = Math.max(highest, extSn);
        const slot = ring.claim(extSn, length, length + tail, extSn, nowMs);
        expect(slot === RING_DUPLICATE).toBe(kept.has(extSn));
        if (slot < 0) continue;
        const offset = ring.offsetOf(slot);
        ring.bytesOf(slot).fill(index, offset, offset + length + tail);
        kept.set(extSn, { length, ms: nowMs, fill: index & 0xff });
        if (index % 20 === 0) ring.fit(500);
        for (const [number, packet] of kept) {
          const isNumberKept = number > highest - 50;
          const found = ring.find(number);
          if (!isNumberKept && ring.capacity === 50) expect(found).toBe(RING_TOO_OLD);
          if (isNumberKept && nowMs - packet.ms < 1_000 && ring.byteCount < 200_000) {
            expect(found).toBeGreaterThanOrEqual(0);
          }
          if (found < 0) continue;
          const at = ring.offsetOf(found);
          const bytes = ring.bytesOf(found).subarray(at, at + packet.length);
          const isWhole = bytes.every((byte) => byte === packet.fill);
          expect(isWhole && ring.lengthOf(found) === packet.length).toBe(true);
        }
        for (const number of kept.keys()) if (number <= highest - 200) kept.delete(number);
      }
      expect(ring.byteCount).toBeLessThanOrEqual(200 * PACKET_BYTES_MAX);
    }),
    { numRuns: 30 },
  );
});

test("a stream of few bits a second takes little memory, and keeps a second of it", () => {
  const ring = new PacketRing(70, 200, 4_096);
  for (let i = 0; i < 2_000; i++) ring.claim(i, 100, 110, i, i * 20);
  expect(ring.byteCount).toBe(3 * 4_096);
  expect(ring.find(1_999 - 50)).toBeGreaterThanOrEqual(0);
});

test("SnCompactor remembers a bounded number of places", () => {
  const compactor = new SnCompactor();
  for (let i = 0; i <= RANGES_MAX; i++) compactor.removeNewest(10 + 2 * i);
  expect(compactor.map(11 + 2 * RANGES_MAX)).toBe(11 + 2 * RANGES_MAX - (RANGES_MAX + 1));
  expect(compactor.map(13)).toBe(11);
  expect(compactor.map(11)).toBe(COMPACT_TOO_OLD);
});
