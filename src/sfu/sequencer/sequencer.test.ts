import { expect, test } from "bun:test";
import fc from "fast-check";
import { Translation } from "../forwarder/translation.ts";
import {
  NACK_TOO_OFTEN,
  NACK_TOO_SOON,
  NACK_UNANSWERABLE,
  NACK_UNKNOWN,
  Sequencer,
} from "./sequencer.ts";

function sent(outSn: number, fields: Partial<Translation> = {}): Translation {
  return Object.assign(new Translation(), { outSn, outTs: outSn * 3_000, ...fields });
}

test("Sequencer finds a packet by its 16-bit number, across the wrap, and tells how it left", () => {
  const sequencer = new Sequencer(16);
  sequencer.push(0, 900, 1, sent(65_535, { marker: true }));
  sequencer.push(0, 901, 2, sent(65_536));
  const slot = sequencer.find(1_000, 65_535, 70);
  expect(sequencer.sourceExtSn(slot)).toBe(900);
  expect(sequencer.streamLayer(slot)).toBe(1);
  const read = new Translation();
  sequencer.readSent(slot, read);
  expect(read).toMatchObject({ outSn: 65_535, marker: true, descriptorBytes: 0 });
  expect(sequencer.sourceExtSn(sequencer.find(1_000, 0, 70))).toBe(901);
});

test("Sequencer answers at once, three times at most, and again after about a round trip", () => {
  const sequencer = new Sequencer(16);
  sequencer.push(1_000, 900, 0, sent(5_000));
  const find = (nowMs: number): number => sequencer.find(nowMs, 5_000, 50);
  expect(find(1_030)).toBeGreaterThanOrEqual(0);
  expect(find(1_070)).toBe(NACK_TOO_SOON);
  expect(find(1_071)).toBeGreaterThanOrEqual(0);
  expect(find(1_111)).toBe(NACK_TOO_SOON);
  expect(find(1_121)).toBeGreaterThanOrEqual(0);
  expect(find(1_196)).toBe(NACK_TOO_OFTEN);
  expect(find(1_197)).toBe(NACK_UNANSWERABLE);
});

test("Sequencer waits no longer than 100 ms for a second answer on a slow link", () => {
  const sequencer = new Sequencer(16);
  sequencer.push(1_000.5, 900, 0, sent(5_000));
  expect(sequencer.find(1_010.5, 5_000, 900)).toBeGreaterThanOrEqual(0);
  expect(sequencer.find(1_110, 5_000, 900)).toBe(NACK_TOO_SOON);
  expect(sequencer.find(1_111.5, 5_000, 900)).toBeGreaterThanOrEqual(0);
});

test("Sequencer knows nothing of numbers that were skipped, overwritten, cleared or never sent", () => {
  const sequencer = new Sequencer(16);
  for (const sn of [5_000, 5_001, 5_003, 5_017]) sequencer.push(0, sn, 0, sent(sn));
  expect(sequencer.find(1_000, 5_002, 10)).toBe(NACK_UNKNOWN);
  expect(sequencer.find(1_000, 5_001, 10)).toBe(NACK_UNKNOWN);
  expect(sequencer.find(1_000, 5_020, 10)).toBe(NACK_UNKNOWN);
  expect(sequencer.find(1_000, 60_000, 10)).toBe(NACK_UNKNOWN);
  expect(sequencer.find(1_000, 5_003, 10)).toBeGreaterThanOrEqual(0);
  sequencer.clear();
  expect(sequencer.find(2_000, 5_017, 10)).toBe(NACK_UNKNOWN);
});

test("Sequencer gives the rewritten descriptor back", () => {
  const sequencer = new Sequencer(16);
  const packet = sent(5_000, { descriptorBytes: 4 });
  packet.descriptor.set([0x90, 0x80, 0x81, 0x02]);
  sequencer.push(0, 1, 0, packet);
  sequencer.push(0, 2, 0, sent(5_001));
  const read = new Translation();
  sequencer.readSent(sequencer.find(500, 5_000, 10), read);
  expect([...read.descriptor.slice(0, read.descriptorBytes)]).toEqual([0x90, 0x80, 0x81, 0x02]);
  sequencer.readSent(sequencer.find(500, 5_001, 10), read);
  expect(read.descriptorBytes).toBe(0);
});

test("Sequencer tells of each packet of the last second how it left, as far as there are slots", () => {
  const packet = fc.record({
    step: fc.integer({ min: -3, max: 5 }),
    afterMs: fc.oneof(fc.nat(3), fc.nat(60), fc.nat(2_000)),
    streamLayer: fc.nat(2),
    marker: fc.boolean(),
    descriptor: fc.uint8Array({ maxLength: 6 }),
    frameNumber: fc.option(fc.nat(65_535)),
  });
  fc.assert(
    fc.property(fc.array(packet, { minLength: 100, maxLength: 600 }), (packets) => {
      const sequencer = new Sequencer(256);
      const left = new Map<number, { ms: number; is: (typeof packets)[number]; source: number }>();
      const read = new Translation();
      let newest = 4_000;
      let nowMs = 0;
      for (const [index, is] of packets.entries()) {
        nowMs += is.afterMs;
        const outSn = newest + is.step;
        newest = Math.max(newest, outSn);
        const source = 2 ** 40 + index * 3;
        const out = sent(outSn, { marker: is.marker, descriptorBytes: is.descriptor.length });
        out.descriptor.set(is.descriptor);
        out.dependency.isPresent = is.frameNumber !== null;
        out.dependency.frameNumber = is.frameNumber ?? 0;
        sequencer.push(nowMs, source, is.streamLayer, out);
        left.set(outSn, { ms: nowMs, is, source });
      }
      for (const [outSn, { ms, is, source }] of left) {
        const slot = sequencer.find(nowMs, outSn & 0xffff, 0);
        if (slot === NACK_UNKNOWN) {
          expect(nowMs - ms >= 1_000 || outSn <= newest - 256).toBe(true);
          continue;
        }
        sequencer.readSent(slot, read);
        expect([sequencer.outSn(slot), read.outSn, read.outTs]).toEqual([
          outSn,
          outSn,
          outSn * 3_000,
        ]);
        expect([sequencer.sourceExtSn(slot), sequencer.streamLayer(slot), read.marker]).toEqual([
          source,
          is.streamLayer,
          is.marker,
        ]);
        expect(read.descriptor.subarray(0, read.descriptorBytes)).toEqual(is.descriptor);
        expect(read.dependency.isPresent ? read.dependency.frameNumber : null).toBe(is.frameNumber);
      }
    }),
    { numRuns: 50 },
  );
});

test("Sequencer remembers a second of what is sent in order, up to its bound", () => {
  const remembered = (slotsMax: number, intervalMs: number): number => {
    const sequencer = new Sequencer(slotsMax);
    for (let i = 0; i < 3_000; i++) sequencer.push(i * intervalMs, i, 0, sent(5_000 + i));
    let count = 0;
    while (sequencer.findNewest(count) >= 0) count += 1;
    return count;
  };
  expect(remembered(512, 20)).toBe(64);
  expect(remembered(512, 5)).toBe(256);
  expect(remembered(512, 1)).toBe(512);
});
