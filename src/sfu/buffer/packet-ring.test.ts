import { expect, test } from "bun:test";
import {
  PacketRing,
  RING_DUPLICATE,
  RING_TOO_LONG,
  RING_TOO_OLD,
  SLOT_BYTES,
} from "./packet-ring.ts";
import { COMPACT_TOO_OLD, RANGES_MAX, SnCompactor } from "./sn-compactor.ts";

function store(ring: PacketRing, extSn: number): number {
  const slot = ring.claim(extSn, 4, extSn * 10, extSn * 100);
  if (slot >= 0) ring.bytes.fill(extSn & 255, ring.offsetOf(slot), ring.offsetOf(slot) + 4);
  return slot;
}

test("PacketRing keeps the newest packets and tells old and repeated ones apart", () => {
  const ring = new PacketRing(4, 4);
  for (const extSn of [10, 12, 11]) expect(store(ring, extSn)).toBeGreaterThanOrEqual(0);
  expect(store(ring, 11)).toBe(RING_DUPLICATE);
  store(ring, 15);
  expect(store(ring, 11)).toBe(RING_TOO_OLD);
  expect(store(ring, 13)).toBeGreaterThanOrEqual(0);
  expect(ring.find(12)).toBeGreaterThanOrEqual(0);
  expect(ring.find(11)).toBe(RING_TOO_OLD);
  expect(ring.find(14)).toBe(RING_TOO_OLD);
  expect(ring.claim(16, SLOT_BYTES + 1, 0, 0)).toBe(RING_TOO_LONG);
});

test("PacketRing of one packet keeps the newest", () => {
  const ring = new PacketRing(64, 1);
  for (const extSn of [10, 11]) expect(store(ring, extSn)).toBe(0);
  expect(store(ring, 10)).toBe(RING_TOO_OLD);
  ring.fit(500);
  expect([ring.capacity, ring.find(10), ring.find(11)]).toEqual([1, RING_TOO_OLD, 0]);
});

test("PacketRing survives a jump without serving what was before it", () => {
  const ring = new PacketRing(4, 4);
  store(ring, 1);
  store(ring, 1_000_001);
  expect(ring.find(1)).toBe(RING_TOO_OLD);
  expect(ring.find(1_000_001)).toBeGreaterThanOrEqual(0);
});

test("PacketRing grows with the packet rate up to its bound and keeps its packets", () => {
  const ring = new PacketRing(3, 8);
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
    expect(ring.bytes[ring.offsetOf(slot)]).toBe(extSn);
  }
});

test("SnCompactor remembers a bounded number of places", () => {
  const compactor = new SnCompactor();
  for (let i = 0; i <= RANGES_MAX; i++) compactor.removeNewest(10 + 2 * i);
  expect(compactor.map(11 + 2 * RANGES_MAX)).toBe(11 + 2 * RANGES_MAX - (RANGES_MAX + 1));
  expect(compactor.map(13)).toBe(11);
  expect(compactor.map(11)).toBe(COMPACT_TOO_OLD);
});
