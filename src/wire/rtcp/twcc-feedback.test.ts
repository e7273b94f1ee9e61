import { expect, test } from "bun:test";
import fc from "fast-check";
import { DropReason } from "../../base/drop-reason.ts";
import { RtcpCursor } from "./rtcp-cursor.ts";
import { RtcpType } from "./rtcp-types.ts";
import { TwccFeedbackReader, TwccFeedbackWriter } from "./twcc-feedback.ts";

type Arrival = { extSn: number; ticks: number };

function readFeedback(bytes: Uint8Array, length: number): { sn: number; ticks: number | null }[] {
  const cursor = new RtcpCursor();
  expect(cursor.start(bytes, 0, length)).toBe(DropReason.None);
  expect(cursor.next()).toBe(RtcpType.TransportFeedback);
  const reader = new TwccFeedbackReader();
  expect(reader.start(bytes, cursor.bodyOffset, cursor.bodyBytes)).toBe(DropReason.None);
  const packets: { sn: number; ticks: number | null }[] = [];
  while (reader.next()) {
    packets.push({ sn: reader.sn, ticks: reader.isReceived ? reader.arrivalTicks : null });
  }
  return packets;
}

test("transport-wide feedback reads back as what was received and what was not", () => {
  const steps = fc.array(
    fc.record({
      gap: fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 300 })),
      delta: fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: 0, max: 255 }) },
        fc.integer({ min: -3000, max: 30_000 }),
      ),
    }),
    { minLength: 1, maxLength: 200 },
  );
  fc.assert(
    fc.property(fc.nat(70_000), fc.nat(2 ** 24), steps, (base, startTicks, list) => {
      const arrivals: Arrival[] = [];
      let extSn = base - 1;
      let ticks = startTicks + 1_000_000;
      for (const step of list) {
        extSn += step.gap;
        arrivals.push({ extSn, ticks });
        ticks += step.delta;
      }
      const out = new Uint8Array(1200);
      const writer = new TwccFeedbackWriter();
      writer.start(out, 0, out.length, 1, 2, base, arrivals[0]!.ticks, 9);
      let taken = 0;
      while (
        taken < arrivals.length &&
        writer.add(arrivals[taken]!.extSn, arrivals[taken]!.ticks)
      ) {
        taken += 1;
      }
      expect(taken).toBeGreaterThan(0);
      const end = writer.finish();
      expect(end).toBeLessThanOrEqual(out.length);
      expect(end % 4).toBe(0);

      const expected = new Map(arrivals.slice(0, taken).map((a) => [a.extSn & 0xffff, a.ticks]));
      const packets = readFeedback(out, end);
      expect(packets[0]!.sn).toBe(base & 0xffff);
      expect(packets.length).toBe(arrivals[taken - 1]!.extSn - base + 1);
      const zero = arrivals[0]!.ticks - packets.find((p) => p.ticks !== null)!.ticks!;
      for (const packet of packets) {
        const wanted = expected.get(packet.sn);
        expect(packet.ticks === null ? undefined : packet.ticks + zero).toBe(wanted);
      }
    }),
  );
});

test("TwccFeedbackWriter asks for another packet when a delta does not fit 16 bits", () => {
  const writer = new TwccFeedbackWriter();
  writer.start(new Uint8Array(200), 0, 200, 1, 2, 10, 0, 0);
  expect(writer.add(10, 0)).toBeTrue();
  expect(writer.add(11, 40_000)).toBeFalse();
  expect(writer.nextExtSn).toBe(11);
});

test("TwccFeedbackWriter codes a long run of losses in one chunk", () => {
  const out = new Uint8Array(200);
  const writer = new TwccFeedbackWriter();
  writer.start(out, 0, 200, 1, 2, 0, 0, 0);
  writer.add(0, 0);
  expect(writer.add(8_000, 10)).toBeTrue();
  expect(writer.finish()).toBeLessThanOrEqual(32);
  expect(readFeedback(out, 32).length).toBe(8_001);
});

test("TwccFeedbackReader takes the vectors and runs that libwebrtc sends", () => {
  // Base 5, 9 statuses: a two-bit vector (small, lost, large, lost x4) and a run of two small ones.
  const body = [
    0, 0, 0, 1, 0, 0, 0, 2, 0, 5, 0, 9, 0, 0, 1, 3, 0xd2, 0x00, 0x20, 0x02, 4, 0xff, 0xfc, 8, 12, 0,
  ];
  const reader = new TwccFeedbackReader();
  expect(reader.start(Uint8Array.from(body), 0, body.length)).toBe(DropReason.None);
  const arrivals: (number | null)[] = [];
  while (reader.next()) arrivals.push(reader.isReceived ? reader.arrivalTicks - 256 : null);
  expect(arrivals).toEqual([4, null, 0, null, null, null, null, 8, 20]);
});

test("TwccFeedbackReader refuses chunks or deltas that are not there", () => {
  const reader = new TwccFeedbackReader();
  const head = [0, 0, 0, 1, 0, 0, 0, 2, 0, 5, 0, 9, 0, 0, 1, 3];
  expect(reader.start(Uint8Array.from(head), 0, 16)).toBe(DropReason.Truncated);
  expect(reader.start(Uint8Array.from([...head, 0x20, 9, 1, 2]), 0, 20)).toBe(DropReason.Truncated);
  expect(reader.start(Uint8Array.from([...head, 0x60, 9, 1, 2]), 0, 20)).toBe(DropReason.Malformed);
  expect(reader.next()).toBeFalse();
});
