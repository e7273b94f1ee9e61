import { expect, test } from "bun:test";
import fc from "fast-check";
import { DropReason } from "../../base/drop-reason.ts";
import { RtcpCursor } from "../../wire/rtcp/rtcp-cursor.ts";
import { TwccFeedbackReader } from "../../wire/rtcp/twcc-feedback.ts";
import { TWCC_FEEDBACK_BYTES, TwccRecorder } from "./twcc-recorder.ts";

type Report = {
  baseSn: number;
  feedbackCount: number;
  media: number;
  arrivals: Map<number, number>;
  lost: number[];
};

function poll(recorder: TwccRecorder, nowMs: number): Report[] {
  const out = new Uint8Array(TWCC_FEEDBACK_BYTES);
  const reports: Report[] = [];
  for (;;) {
    const length = recorder.pollFeedback(nowMs, out);
    if (length === 0) return reports;
    const cursor = new RtcpCursor();
    expect(cursor.start(out, 0, length)).toBe(DropReason.None);
    cursor.next();
    const reader = new TwccFeedbackReader();
    expect(reader.start(out, cursor.bodyOffset, cursor.bodyBytes)).toBe(DropReason.None);
    const report: Report = {
      baseSn: reader.baseSn,
      feedbackCount: reader.feedbackCount,
      media: cursor.mediaSsrc,
      arrivals: new Map(),
      lost: [],
    };
    while (reader.next()) {
      if (reader.isReceived) report.arrivals.set(reader.sn, reader.arrivalTicks / 4);
      else report.lost.push(reader.sn);
    }
    reports.push(report);
  }
}

test("TwccRecorder reports every 100 ms, 50 ms at the end of a frame, and at once when much is held", () => {
  const recorder = new TwccRecorder(1);
  for (let i = 0; i < 21; i++) recorder.record(i, i, 7, false);
  expect(poll(recorder, 99)).toEqual([]);
  expect(poll(recorder, 100).length).toBe(1);
  for (let i = 21; i < 42; i++) recorder.record(100 + i, i, 7, i === 41);
  expect(poll(recorder, 149)).toEqual([]);
  expect(poll(recorder, 150).length).toBe(1);
  for (let i = 42; i < 143; i++) recorder.record(151, i, 7, false);
  expect(poll(recorder, 151).length).toBe(1);
  for (let i = 143; i < 163; i++) recorder.record(152, i, 7, false);
  expect(poll(recorder, 9_000)).toEqual([]);
});

test("TwccRecorder says what is missing between two reports, and repeats late packets", () => {
  const recorder = new TwccRecorder(1);
  for (let i = 0; i < 30; i++)
    if (i !== 29) recorder.record(i, 65_520 + i > 65_535 ? i - 16 : 65_520 + i, 9, true);
  const [first] = poll(recorder, 120);
  expect(first!.baseSn).toBe(65_520);
  expect(first!.media).toBe(9);
  for (let i = 30; i < 60; i++) recorder.record(100 + i, i - 16, 9, true);
  const [second] = poll(recorder, 240);
  expect(second!.lost).toEqual([13]);
  expect(second!.feedbackCount).toBe(1);
  recorder.record(241, 13, 9, true);
  for (let i = 60; i < 90; i++) recorder.record(241 + i, i - 16, 9, true);
  const [third] = poll(recorder, 400);
  expect(third!.baseSn).toBe(13);
  expect(third!.arrivals.has(13)).toBeTrue();
});

test("TwccRecorder reports each arrival once and to the quarter of a millisecond", () => {
  const steps = fc.array(
    fc.record({
      gap: fc.integer({ min: 1, max: 4 }),
      ms: fc.double({ min: 0, max: 20, noNaN: true }),
    }),
    { minLength: 25, maxLength: 300 },
  );
  fc.assert(
    fc.property(fc.nat(65_535), steps, (first, list) => {
      const recorder = new TwccRecorder(1);
      const sent = new Map<number, number>();
      const reported = new Map<number, number>();
      let nowMs = 1_000_000;
      let sn = first;
      const collect = (atMs: number) => {
        for (const report of poll(recorder, atMs)) {
          for (const [key, ms] of report.arrivals) {
            expect(reported.has(key)).toBeFalse();
            reported.set(key, ms);
          }
          for (const lost of report.lost) expect(sent.has(lost)).toBeFalse();
        }
      };
      for (const { gap, ms } of list) {
        nowMs += ms;
        sn = (sn + gap) & 0xffff;
        recorder.record(nowMs, sn, 5, false);
        recorder.record(nowMs + 1, sn, 5, false);
        sent.set(sn, Math.floor(nowMs * 4) / 4);
        collect(nowMs);
      }
      expect(sent.size - reported.size).toBeLessThanOrEqual(101);
      const span = 2 ** 24 * 64;
      for (const [key, ms] of reported)
        expect((((ms - sent.get(key)!) % span) + span) % span).toBe(0);
    }),
  );
});

test("TwccRecorder starts a new packet after a pause, and keeps within its bound", () => {
  const recorder = new TwccRecorder(1);
  for (let i = 0; i < 15; i++) recorder.record(i, i, 5, false);
  for (let i = 15; i < 30; i++) recorder.record(60_000 + i, i, 5, false);
  const reports = poll(recorder, 60_050);
  expect(reports.map((report) => report.arrivals.size)).toEqual([15, 15]);
  for (let i = 30; i < 5_000; i++) recorder.record(70_000 + i, i, 5, false);
  const held = poll(recorder, 80_000).reduce((sum, report) => sum + report.arrivals.size, 0);
  expect(held).toBeLessThanOrEqual(1_000);
  expect(held).toBeGreaterThan(400);
});
