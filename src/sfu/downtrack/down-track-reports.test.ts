import { expect, test } from "bun:test";
import {
  audio,
  DownTrackRig,
  H264,
  OPUS,
  SSRC,
  video,
} from "../../../test/support/down-track-rig.ts";
import { ReportBlock, RtcpCursor } from "../../wire/rtcp/rtcp-cursor.ts";
import { RtcpType } from "../../wire/rtcp/rtcp-types.ts";
import { Codec } from "../../wire/rtp/codec.ts";

function readReport(bytes: Uint8Array, length: number): RtcpCursor {
  const cursor = new RtcpCursor();
  cursor.start(bytes, 0, length);
  expect(cursor.next()).toBe(RtcpType.SenderReport);
  return cursor;
}

test("a sender report carries the publisher's clock on, with a CNAME behind it", () => {
  const { track, write, source } = new DownTrackRig([OPUS]);
  const out = new Uint8Array(track.senderReportBytesMax);
  write(1_000, audio(100));
  expect(track.writeSenderReport(1_000, out, 0)).toBe(0);
  source.reports.set(0, { ntpMs: 3_900_000_000_000, extTs: 100 * 960 + 480, arrivalMs: 1_010 });
  const length = track.writeSenderReport(1_510, out, 0);
  const cursor = readReport(out, length);
  expect(cursor.senderSsrc).toBe(SSRC);
  expect(cursor.rtpTs).toBe(100 * 960 + 480 + 24_000);
  expect(cursor.ntpSeconds).toBe(3_900_000_000);
  expect(cursor.ntpFraction).toBe(2 ** 31);
  expect([cursor.packetCount, cursor.octetCount]).toEqual([1, 4]);
  expect(cursor.next()).toBe(RtcpType.SourceDescription);
  expect(length % 4).toBe(0);
});

test("no sender report from before a switch of source is carried on", () => {
  const { track, write, source } = new DownTrackRig([H264]);
  const out = new Uint8Array(track.senderReportBytesMax);
  for (const layer of [0, 2])
    source.reports.set(layer, { ntpMs: 4e12, extTs: 30_000, arrivalMs: 0 });
  write(0, video(Codec.H264, 10, { spatialLayer: 0, isKeyFrame: true }));
  expect(track.writeSenderReport(10, out, 0)).toBeGreaterThan(0);
  write(1_000, video(Codec.H264, 40, { spatialLayer: 2, isKeyFrame: true }));
  expect(track.writeSenderReport(1_010, out, 0)).toBe(0);
  source.reports.set(2, { ntpMs: 4e12 + 1_100, extTs: 130_000, arrivalMs: 1_100 });
  expect(track.writeSenderReport(1_200, out, 0)).toBeGreaterThan(0);
});

function reportBlock(fields: Partial<ReportBlock>): ReportBlock {
  return Object.assign(new ReportBlock(), { ssrc: SSRC, ...fields });
}

test("the round trip is measured from a receiver report, and paces NACK answers", () => {
  const { track, write, source, sink } = new DownTrackRig([OPUS]);
  const out = new Uint8Array(track.senderReportBytesMax);
  write(0, audio(100));
  const { sn } = sink.take()[0]!;
  source.reports.set(0, { ntpMs: 3_900_000_000_000, extTs: 96_000, arrivalMs: 0 });
  const cursor = readReport(out, track.writeSenderReport(1_000, out, 0));
  const lastSr = ((cursor.ntpSeconds << 16) | (cursor.ntpFraction >>> 16)) >>> 0;
  // Held for half a second, then 20 ms on the way there and back.
  track.handleReceiverReport(
    1_520,
    reportBlock({
      highestSn: sn,
      lastSr,
      delaySinceLastSr: 32_768,
      totalLost: 3,
      jitterTicks: 480,
    }),
  );
  expect(track.stats.rttMs).toBeCloseTo(20, 3);
  expect(track.stats).toMatchObject({ totalLost: 3, jitterMs: 10 });
  track.handleReceiverReport(1_600, reportBlock({ highestSn: sn - 10, totalLost: 99 }));
  expect(track.stats.totalLost).toBe(3);
});

test("the score falls with loss, and a muted track is excellent", () => {
  const { track, write } = new DownTrackRig([H264]);
  let extSn = 0;
  let lost = 0;
  const play = (fromMs: number, lossOf100: number): number => {
    for (let i = 0; i < 100; i++) {
      extSn += 1;
      write(
        fromMs + i * 50,
        video(Codec.H264, extSn, { spatialLayer: 2, isKeyFrame: extSn === 1 }),
      );
    }
    lost += lossOf100;
    track.handleReceiverReport(
      fromMs + 4_990,
      reportBlock({ highestSn: extSn + 4096, totalLost: lost }),
    );
    return track.updateScore(fromMs + 5_000);
  };
  track.updateScore(0);
  expect(play(0, 0)).toBe(100);
  expect(play(5_000, 0)).toBe(100);
  expect(play(10_000, 8)).toBeLessThan(40);
  expect(play(15_000, 0)).toBeGreaterThan(50);
  track.setPublisherMuted(20_000, true);
  expect(track.updateScore(25_000)).toBe(100);
});

test("what the publisher lost before us is not held against the subscriber's link", () => {
  const { track, write } = new DownTrackRig([OPUS]);
  track.updateScore(0);
  for (let i = 0; i < 100; i++) if (i % 10 !== 5) write(i * 50, audio(i));
  track.handleReceiverReport(4_990, reportBlock({ highestSn: 4195, totalLost: 10 }));
  expect(track.updateScore(5_000)).toBe(100);
});
