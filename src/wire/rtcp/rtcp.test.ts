import { expect, test } from "bun:test";
import fc from "fast-check";
import { DropReason } from "../../base/drop-reason.ts";
import {
  compactNtp,
  compactNtpToMs,
  ntpFractionOf,
  ntpMsOfWall,
  ntpSecondsOf,
  ntpToMs,
} from "./ntp.ts";
import { ReportBlock, RtcpCursor } from "./rtcp-cursor.ts";
import { RtcpType, XrBlock } from "./rtcp-types.ts";
import {
  writeCname,
  writeDlrr,
  writeFir,
  writeNack,
  writePli,
  writeReceiverReferenceTime,
  writeReceiverReport,
  writeRemb,
  writeSenderReport,
} from "./rtcp-writer.ts";

/** Of one source, number 1 (RFC 3550 §6.6). */
const GOODBYE = Uint8Array.of(0x81, RtcpType.Goodbye, 0, 1, 0, 0, 0, 1);

function block(fields: Partial<ReportBlock>): ReportBlock {
  return Object.assign(new ReportBlock(), fields);
}

function typesIn(bytes: Uint8Array, length: number = bytes.length): number[] {
  const cursor = new RtcpCursor();
  const types: number[] = [];
  if (cursor.start(bytes, 0, length) !== DropReason.None) return types;
  for (let type = cursor.next(); type !== RtcpType.End; type = cursor.next()) types.push(type);
  return types;
}

test("RtcpCursor walks over every packet of a compound packet in order", () => {
  const out = new Uint8Array(512);
  let end = writeSenderReport(out, 0, 0xfedc_ba98, 0xe000_0001, 0x8000_0000, 90_000, 7, 700);
  end = writeCname(out, end, 0xfedc_ba98, new TextEncoder().encode("PA_x|camera"));
  end = writeReceiverReport(out, end, 5, block({ ssrc: 9, fractionLost: 12, totalLost: -3 }));
  end = writePli(out, end, 1, 2);
  end = writeFir(out, end, 1, 77, 200);
  end = writeRemb(out, end, 1, [77, 78], 2_500_000);
  end = writeReceiverReferenceTime(out, end, 1, 10, 20);
  end = writeDlrr(out, end, 1, 2, 3, 4);
  out.set(GOODBYE, end);
  end += GOODBYE.length;

  const cursor = new RtcpCursor();
  expect(cursor.start(out, 0, end)).toBe(DropReason.None);
  expect(cursor.next()).toBe(RtcpType.SenderReport);
  expect([cursor.senderSsrc, cursor.ntpSeconds, cursor.ntpFraction]).toEqual([
    0xfedc_ba98, 0xe000_0001, 0x8000_0000,
  ]);
  expect([cursor.rtpTs, cursor.packetCount, cursor.octetCount]).toEqual([90_000, 7, 700]);
  expect(cursor.next()).toBe(RtcpType.SourceDescription);
  expect(cursor.next()).toBe(RtcpType.ReceiverReport);
  const read = new ReportBlock();
  cursor.readReportBlock(0, read);
  expect([cursor.count, read.ssrc, read.fractionLost, read.totalLost]).toEqual([1, 9, 12, -3]);
  expect(cursor.next()).toBe(RtcpType.PayloadFeedback);
  expect([cursor.count, cursor.mediaSsrc]).toEqual([1, 2]);
  expect(cursor.next()).toBe(RtcpType.PayloadFeedback);
  expect([cursor.count, cursor.firCount(), cursor.firSsrc(0)]).toEqual([4, 1, 77]);
  expect(cursor.next()).toBe(RtcpType.PayloadFeedback);
  expect(cursor.isRemb()).toBeTrue();
  expect(cursor.rembBitrateBps()).toBe(2_500_000);
  expect(cursor.next()).toBe(RtcpType.ExtendedReport);
  expect(cursor.nextXrBlock()).toBe(XrBlock.ReceiverReferenceTime);
  expect([cursor.rrtrSeconds(), cursor.rrtrFraction()]).toEqual([10, 20]);
  expect(cursor.nextXrBlock()).toBe(XrBlock.End);
  expect(cursor.next()).toBe(RtcpType.ExtendedReport);
  expect(cursor.nextXrBlock()).toBe(XrBlock.Dlrr);
  expect([cursor.dlrrCount(), cursor.dlrrSsrc(0)]).toEqual([1, 2]);
  expect([cursor.dlrrLastRr(0), cursor.dlrrDelay(0)]).toEqual([3, 4]);
  expect(cursor.next()).toBe(RtcpType.Goodbye);
  expect(cursor.next()).toBe(RtcpType.End);
  expect(cursor.next()).toBe(RtcpType.End);
});

test("RtcpCursor reads a report block field by field", () => {
  const out = new Uint8Array(64);
  const written = block({
    ssrc: 0xffff_fffe,
    fractionLost: 255,
    totalLost: 0x7fffff,
    highestSn: 0xfffe_0001,
    jitterTicks: 4_000_000_000,
    lastSr: 0x1234_5678,
    delaySinceLastSr: 65_536,
  });
  const end = writeReceiverReport(out, 8, 1, written);
  const cursor = new RtcpCursor();
  cursor.start(out, 8, end - 8);
  cursor.next();
  const read = new ReportBlock();
  cursor.readReportBlock(0, read);
  expect(read).toEqual(written);
});

test.each([
  { title: "an empty packet", bytes: [], reason: DropReason.Truncated },
  { title: "half a header", bytes: [0x80, 201], reason: DropReason.Truncated },
  { title: "another version", bytes: [0x40, 201, 0, 0], reason: DropReason.Malformed },
  { title: "a length beyond the end", bytes: [0x80, 201, 0, 2, 0, 0, 0, 1], reason: 1 },
])("RtcpCursor refuses $title", ({ bytes, reason }) => {
  expect(new RtcpCursor().start(Uint8Array.from(bytes), 0, bytes.length)).toBe(
    reason as DropReason,
  );
});

test("RtcpCursor skips a packet that is too short for what it says, and stops at a broken one", () => {
  const twoBlocksOneThere = [0x82, 201, 0, 7, ...new Array<number>(28).fill(0)];
  const pli = [0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2];
  const broken = [0x81, 206, 0, 9, 0, 0, 0, 1];
  expect(typesIn(Uint8Array.from([...twoBlocksOneThere, ...pli, ...broken]))).toEqual([206]);
});

test("RtcpCursor leaves padding out of the body", () => {
  const nack = [0xa1, 205, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2, 0, 5, 0, 0, 0, 0, 0, 4];
  const cursor = new RtcpCursor();
  cursor.start(Uint8Array.from(nack), 0, nack.length);
  expect(cursor.next()).toBe(RtcpType.TransportFeedback);
  expect(cursor.nackCount()).toBe(1);
  expect(cursor.nackPid(0)).toBe(5);
});

test("writeNack packs neighbours into one pair and reads back as the same numbers", () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(fc.nat(65_535), gaps, (first, steps) => {
      const sns = new Uint16Array(steps.length);
      let sn = first;
      steps.forEach((step, i) => {
        sns[i] = sn;
        sn += step;
      });
      const out = new Uint8Array(12 + 400);
      const end = writeNack(out, 0, 1, 2, sns, sns.length);
      const cursor = new RtcpCursor();
      expect(cursor.start(out, 0, end)).toBe(DropReason.None);
      cursor.next();
      const read: number[] = [];
      for (let i = 0; i < cursor.nackCount(); i++) {
        const pid = cursor.nackPid(i);
        read.push(pid);
        for (let bit = 0; bit < 16; bit++) {
          if ((cursor.nackMask(i) >> bit) & 1) read.push((pid + bit + 1) & 0xffff);
        }
      }
      expect(read).toEqual([...sns]);
    }),
  );
});

test("writeRemb keeps 18 bits of precision", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (bitrateBps) => {
      const out = new Uint8Array(24);
      writeRemb(out, 0, 1, [2], bitrateBps);
      const cursor = new RtcpCursor();
      cursor.start(out, 0, 24);
      cursor.next();
      const read = cursor.rembBitrateBps();
      expect(read).toBeLessThanOrEqual(bitrateBps);
      expect(bitrateBps - read).toBeLessThanOrEqual(bitrateBps / 2 ** 17);
    }),
  );
});

test("writeCname ends its list of items for every length of name", () => {
  for (let length = 1; length <= 255; length++) {
    const out = new Uint8Array(300).fill(0xff);
    const end = writeCname(out, 0, 7, new Uint8Array(length).fill(65));
    expect(end % 4).toBe(0);
    expect(out[10 + length]).toBe(0);
    expect(typesIn(out, end)).toEqual([RtcpType.SourceDescription]);
  }
});

test("writeCname puts the mid behind the name, for every length of both", () => {
  for (let length = 1; length <= 255; length++) {
    const out = new Uint8Array(600).fill(0xff);
    const mid = new Uint8Array(256 - length).fill(66);
    const end = writeCname(out, 0, 7, new Uint8Array(length).fill(65), mid);
    const at = 10 + length;
    expect([out[8], out[9], out[at], out[at + 1]]).toEqual([1, length, 15, mid.length]);
    expect(out.subarray(at + 2, at + 2 + mid.length)).toEqual(mid);
    expect(new Set(out.subarray(at + 2 + mid.length, end))).toEqual(new Set([0]));
    expect(end).toBe(Math.ceil((at + 2 + mid.length + 1) / 4) * 4);
    expect(typesIn(out, end)).toEqual([RtcpType.SourceDescription]);
  }
});

test("NTP times convert to milliseconds and back", () => {
  const ntpMs = ntpMsOfWall(1_790_000_000_123.5);
  const seconds = ntpSecondsOf(ntpMs);
  const fraction = ntpFractionOf(ntpMs);
  expect(ntpToMs(seconds, fraction)).toBeCloseTo(ntpMs, 3);
  expect(compactNtp(0x1234_5678, 0x9abc_def0)).toBe(0x5678_9abc);
  expect(compactNtpToMs(65_536)).toBe(1000);
});
