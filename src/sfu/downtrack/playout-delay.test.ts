import { expect, test } from "bun:test";
import fc from "fast-check";
import { DownTrackRig, H264, video } from "../../../test/support/down-track-rig.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";
import { findExtension } from "../../wire/rtp/rtp-view.ts";
import { NO_PLAYOUT_DELAY, PlayoutDelay } from "./playout-delay.ts";

const ID = 5;

test.each([
  { title: "both bounds", minMs: 100, maxMs: 400, extension: (10 << 12) | 40 },
  { title: "no upper bound", minMs: 100, maxMs: 0, extension: (10 << 12) | 1_000 },
  { title: "an upper bound alone", minMs: 0, maxMs: 2_000, extension: 200 },
  { title: "no bound", minMs: 0, maxMs: 0, extension: 0 },
  { title: "more than fits", minMs: 50_000, maxMs: 90_000, extension: (4_095 << 12) | 4_095 },
  { title: "the lower above the upper", minMs: 500, maxMs: 200, extension: (20 << 12) | 20 },
])("PlayoutDelay tells $title", ({ minMs, maxMs, extension }) => {
  expect(new PlayoutDelay({ minMs, maxMs }, true).extensionFor(0, 1)).toBe(extension);
});

test("PlayoutDelay is told until a report covers the first packet that told it", () => {
  const delay = new PlayoutDelay({ minMs: 100, maxMs: 0 }, true);
  expect(delay.extensionFor(0, 70_000)).not.toBe(NO_PLAYOUT_DELAY);
  delay.handleReport(10, 69_999, 0, 10, 0);
  expect(delay.extensionFor(10, 70_001)).not.toBe(NO_PLAYOUT_DELAY);
  delay.handleReport(20, 70_000, 0, 20, 0);
  expect(delay.extensionFor(20, 70_002)).toBe(NO_PLAYOUT_DELAY);
});

test("PlayoutDelay climbs by at most 80 ms a report, to ten times the jitter", () => {
  const delay = new PlayoutDelay({ minMs: 100, maxMs: 1_000 }, true);
  const told: number[] = [];
  for (let second = 0; second < 6; second++) {
    if (delay.extensionFor(second * 1_000, second) !== NO_PLAYOUT_DELAY) told.push(delay.delayMs);
    delay.handleReport(second * 1_000 + 999.9, second, 30.7, second * 100, 0);
  }
  expect(told).toEqual([100, 179, 258, 300]);
});

test("PlayoutDelay adds for packets that are asked for again", () => {
  const delay = new PlayoutDelay({ minMs: 100, maxMs: 1_000 }, true);
  delay.extensionFor(0, 1);
  delay.handleReport(5_000, 1, 10, 100, 85);
  expect(delay.delayMs).toBe(150);
});

test("PlayoutDelay of a screen share stays where it is", () => {
  const delay = new PlayoutDelay({ minMs: 100, maxMs: 1_000 }, false);
  delay.extensionFor(0, 1);
  delay.handleReport(5_000, 1, 90, 100, 85);
  expect(delay.delayMs).toBe(100);
});

test("PlayoutDelay stays within its bounds and below its slope, whatever is reported", () => {
  const report = fc.record({
    afterMs: fc.integer({ min: 0, max: 10_000 }),
    jitterMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
    packets: fc.nat(1_000),
    nacks: fc.nat(100_000),
  });
  const bounds = fc.record({ minMs: fc.nat(60_000), maxMs: fc.nat(60_000) });
  fc.assert(
    fc.property(bounds, fc.array(report), (range, reports) => {
      const delay = new PlayoutDelay(range, true);
      const upperMs = Math.min(range.maxMs || (range.minMs > 0 ? 10_000 : 0), 40_950);
      const lowerMs = Math.min(range.minMs, upperMs);
      let nowMs = 0;
      let packets = 0;
      let nacks = 0;
      let sn = 0;
      for (const { afterMs, jitterMs, ...more } of reports) {
        const before = delay.delayMs;
        sn += 1;
        const isTold = delay.extensionFor(nowMs, sn) !== NO_PLAYOUT_DELAY;
        nowMs += afterMs;
        packets += more.packets;
        nacks += more.nacks;
        delay.handleReport(nowMs, sn, jitterMs, packets, nacks);
        expect(delay.delayMs).toBeGreaterThanOrEqual(lowerMs);
        expect(delay.delayMs).toBeLessThanOrEqual(upperMs);
        const stepMs = isTold ? Math.min(80, (afterMs * 80) / 1_000) : 80;
        expect(Math.abs(delay.delayMs - before)).toBeLessThanOrEqual(stepMs);
      }
    }),
  );
});

function delayOf({ sink }: DownTrackRig): number[] {
  return sink.take().map(({ bytes, view }) => {
    const at = findExtension(view, ID);
    return at === 0 ? -1 : (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
  });
}

function flowing(options: ConstructorParameters<typeof DownTrackRig>[1]): DownTrackRig {
  return new DownTrackRig([H264], options, ({ transport }) => {
    transport.extensions = { ...NO_EXTENSIONS, playoutDelay: ID, absSendTime: 1 };
  });
}

test("video carries the playout delay until it is acknowledged, but not when it is sent again", () => {
  const rig = flowing({ playoutDelay: { minMs: 100, maxMs: 400 } });
  const told = (10 << 12) | 40;
  rig.write(0, video(Codec.H264, 100, { isKeyFrame: true }));
  rig.write(33, video(Codec.H264, 101));
  const [first, second] = rig.sink.sent;
  expect(delayOf(rig)).toEqual([told, told]);
  rig.track.handleNack(500, Uint16Array.of(first!.sn, second!.sn), 2);
  expect(delayOf(rig)).toEqual([-1, -1]);
  rig.report(600, first!.sn);
  rig.write(700, video(Codec.H264, 102));
  expect(delayOf(rig)).toEqual([-1]);
  // 40 ms of jitter: another delay, which is told again
  rig.report(1_700, second!.sn, 3_600);
  rig.write(1_710, video(Codec.H264, 103));
  expect(delayOf(rig)).toEqual([(18 << 12) | 40]);
});

test.each([
  { title: "where the room sets none", options: {} },
  {
    title: "without a stream for retransmissions, which would have to repeat it",
    options: { playoutDelay: { minMs: 100, maxMs: 400 }, rtxSsrc: 0 },
  },
])("video goes without a playout delay $title", ({ options }) => {
  const rig = flowing(options);
  rig.write(0, video(Codec.H264, 100, { isKeyFrame: true }));
  expect(delayOf(rig)).toEqual([-1]);
});
