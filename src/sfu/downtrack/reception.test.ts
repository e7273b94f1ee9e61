import { expect, test } from "bun:test";
import fc from "fast-check";
import { audio, DownTrackRig, OPUS, SSRC } from "../../../test/support/down-track-rig.ts";

/** A stream whose numbers wrapped on the way; the first of them, and the newest. */
function sent(count: number): { rig: DownTrackRig; firstSn: number; lastSn: number } {
  const rig = new DownTrackRig([OPUS]);
  for (let i = 0; i < count; i++) rig.write(i * 20, audio(100 + i));
  const packets = rig.sink.take();
  return { rig, firstSn: packets[0]!.sn, lastSn: packets.at(-1)!.sn };
}

test("a report is taken whatever the receiver makes of the wraps", () => {
  const { rig, lastSn } = sent(70_000);
  for (const [i, wraps] of [0, 1, 2, 65_535].entries()) {
    rig.report(i + 1, wraps * 65_536 + lastSn - 10 + i, 480);
    expect(rig.track.stats.reportMs).toBe(i + 1);
  }
  expect(rig.track.stats.jitterMs).toBe(10);
});

test("a report about what was never sent, or older than the last, is dropped", () => {
  const { rig, lastSn } = sent(50);
  rig.report(1, lastSn + 1);
  expect(rig.track.stats.reportMs).toBe(Number.NEGATIVE_INFINITY);
  rig.report(2, lastSn - 3);
  rig.report(3, lastSn - 4);
  expect(rig.track.stats.reportMs).toBe(2);
  rig.report(4, lastSn - 3);
  expect(rig.track.stats.reportMs).toBe(4);
});

test("of any reports those are taken that go up and name what was sent", () => {
  const { rig, firstSn } = sent(200);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -100, max: 400 }), { maxLength: 20 }), (positions) => {
      const { rig: fresh } = sent(200);
      let highest = Number.NEGATIVE_INFINITY;
      for (const [i, position] of positions.entries()) {
        fresh.report(i, firstSn + position);
        const isTaken = position < 200 && position >= highest;
        if (isTaken) highest = position;
        expect(fresh.track.stats.reportMs === i).toBe(isTaken);
      }
    }),
    { numRuns: 30 },
  );
  expect(rig.track.stats.reportMs).toBe(Number.NEGATIVE_INFINITY);
});

test("a sender report says which section the stream is in", () => {
  const rig = new DownTrackRig([OPUS], { cname: "PA_x|TR_y", mid: "12" });
  rig.write(0, audio(100));
  rig.source.reports.set(0, { ntpMs: 4e12, extTs: 96_000, arrivalMs: 0 });
  const out = new Uint8Array(rig.track.senderReportBytesMax);
  const end = rig.track.writeSenderReport(10, out, 0);
  const name = new TextEncoder().encode("PA_x|TR_y");
  const ssrc = [SSRC >>> 24, (SSRC >> 16) & 0xff, (SSRC >> 8) & 0xff, SSRC & 0xff];
  const items = [1, name.length, ...name, 15, 2, 0x31, 0x32, 0];
  expect([...out.subarray(28, end)]).toEqual([0x81, 202, 0, 5, ...ssrc, ...items]);
});
