import { expect, test } from "bun:test";
import fc from "fast-check";
import { PacketFate, SENT_PACKETS_MAX, SentPackets } from "./sent-packets.ts";

test("SentPackets begins with numbers in 32768..49151", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (random) => {
      const first = new SentPackets(random).nextExtSn;
      expect(first).toBeGreaterThanOrEqual(32_768);
      expect(first).toBeLessThan(49_152);
    }),
  );
});

test("SentPackets finds each of the newest packets by its 16 bits, and no other", () => {
  const counts = fc.integer({ min: 1, max: 3 * SENT_PACKETS_MAX });
  fc.assert(
    fc.property(fc.nat(), counts, fc.nat(), (random, count, back) => {
      const sent = new SentPackets(random);
      const first = sent.nextExtSn;
      for (let i = 0; i < count; i++) sent.note(i, i & 0x3ff);
      const extSn = sent.nextExtSn - 1 - (back % count);
      expect(sent.extSnOf(extSn & 0xffff)).toBe(extSn);
      const isKept = extSn >= sent.nextExtSn - SENT_PACKETS_MAX;
      expect(sent.isKept(extSn)).toBe(isKept);
      expect(sent.isKept(sent.nextExtSn)).toBe(false);
      expect(sent.isKept(first - 1)).toBe(false);
      if (!isKept) return;
      expect(sent.sentMs(extSn)).toBe(extSn - first);
      expect(sent.bytes(extSn)).toBe((extSn - first) & 0x3ff);
    }),
    { numRuns: 30 },
  );
});

test("SentPackets forgets the fate of a packet with its slot", () => {
  const sent = new SentPackets(0);
  sent.note(0, 1);
  const first = sent.nextExtSn - 1;
  sent.setFate(first, PacketFate.Received);
  expect(sent.fate(first)).toBe(PacketFate.Received);
  for (let i = 0; i < SENT_PACKETS_MAX; i++) sent.note(1, 1);
  expect(sent.isKept(first)).toBe(false);
  expect(sent.fate(first + SENT_PACKETS_MAX)).toBe(PacketFate.Unknown);
});
