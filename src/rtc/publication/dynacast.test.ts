import { expect, test } from "bun:test";
import { FakeScheduler } from "../../../test/support/fake-scheduler.ts";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";
import { Dynacast } from "./dynacast.ts";
import type { Rank } from "./video-quality.ts";

/** Codec and the number of qualities that are on, for every report. */
type Report = Readonly<Record<string, number>>;

class Publisher {
  readonly scheduler = new FakeScheduler();
  readonly reports: Report[] = [];
  readonly committed: [codec: string, rank: Rank][] = [];
  isMuted = false;
  readonly dynacast: Dynacast;

  constructor(codecs: readonly string[] = ["vp8"], pauseDelayMs = 5_000) {
    this.dynacast = new Dynacast({
      codecs,
      pauseDelayMs,
      scheduler: this.scheduler,
      isMuted: () => this.isMuted,
      onCommitted: (codec, rank) => this.committed.push([codec, rank]),
      send: (ranks) => {
        this.reports.push(Object.fromEntries([...ranks].map(([codec, rank]) => [codec, rank + 1])));
      },
    });
  }
}

test("more is told at once, less after five seconds, with what holds then", () => {
  const { dynacast, scheduler, reports } = new Publisher();
  dynacast.setSubscriber(1, "vp8", 0);
  dynacast.setSubscriber(2, "vp8", 2);
  dynacast.setSubscriber(3, "vp8", 1);
  expect(reports).toEqual([{ vp8: 1 }, { vp8: 3 }]);
  dynacast.removeSubscriber(2);
  scheduler.advance(3_000);
  dynacast.removeSubscriber(3);
  scheduler.advance(1_999);
  expect(reports).toHaveLength(2);
  scheduler.advance(1);
  expect(reports.at(-1)).toEqual({ vp8: 1 });
});

test("a downgrade that is taken back in time is never told", () => {
  const { dynacast, scheduler, reports } = new Publisher();
  dynacast.setSubscriber(1, "vp8", 2);
  dynacast.setSubscriber(1, "vp8", 0);
  scheduler.advance(4_000);
  dynacast.setSubscriber(1, "vp8", 2);
  scheduler.advance(60_000);
  expect(reports).toEqual([{ vp8: 3 }]);
});

test("when nobody subscribes everything is off after ten seconds, not before", () => {
  const { scheduler, reports } = new Publisher();
  scheduler.advance(9_999);
  expect(reports).toEqual([]);
  scheduler.advance(1);
  expect(reports).toEqual([{ vp8: 0 }]);
});

test("when the last subscriber leaves everything is off after five seconds", () => {
  const { dynacast, scheduler, reports } = new Publisher();
  dynacast.setSubscriber(1, "vp8", 2);
  dynacast.removeSubscriber(1);
  scheduler.advance(5_000);
  expect(reports).toEqual([{ vp8: 3 }, { vp8: 0 }]);
});

test("nothing is told while muted, the state of now after it", () => {
  const publisher = new Publisher();
  const { dynacast, scheduler, reports } = publisher;
  publisher.isMuted = true;
  dynacast.setSubscriber(1, "vp8", 2);
  scheduler.advance(20_000);
  expect(reports).toEqual([]);
  publisher.isMuted = false;
  dynacast.force();
  expect(reports).toEqual([{ vp8: 3 }]);
});

test("two seconds after an answer a reduced state is told again, a full one is not", () => {
  const { dynacast, scheduler, reports } = new Publisher();
  dynacast.setSubscriber(1, "vp8", 2);
  dynacast.answered();
  scheduler.advance(2_000);
  expect(reports).toHaveLength(1);
  dynacast.setSubscriber(1, "vp8", 1);
  scheduler.advance(5_000);
  expect(reports).toHaveLength(2);
  dynacast.answered();
  scheduler.advance(1_999);
  expect(reports).toHaveLength(2);
  scheduler.advance(1);
  expect(reports.at(-1)).toEqual({ vp8: 2 });
  expect(reports).toHaveLength(3);
});

test("answers in a row put the repetition off by eight seconds at most", () => {
  const { dynacast, scheduler, reports } = new Publisher();
  dynacast.setSubscriber(1, "vp8", 0);
  dynacast.answered();
  for (let second = 1; second <= 7; second++) {
    scheduler.advance(1_000);
    dynacast.answered();
  }
  expect(reports).toHaveLength(1);
  scheduler.advance(1_000);
  expect(reports).toHaveLength(2);
  scheduler.advance(10_000);
  expect(reports).toHaveLength(2);
});

test("a codec that comes is left alone until somebody wants it, or for ten seconds", () => {
  const { dynacast, scheduler, reports } = new Publisher();
  dynacast.addCodec("vp9");
  expect(reports).toEqual([]);
  dynacast.setSubscriber(1, "vp8", 2);
  dynacast.addCodec("h264");
  dynacast.removeCodec("vp9");
  dynacast.removeCodec("nothing");
  expect(reports).toEqual([{ vp8: 3 }]);
  scheduler.advance(9_999);
  expect(reports).toHaveLength(1);
  scheduler.advance(1);
  expect(reports.at(-1)).toEqual({ vp8: 3, h264: 0 });
  dynacast.addCodec("av1");
  dynacast.setSubscriber(2, "av1", 1);
  expect(reports.at(-1)).toEqual({ vp8: 3, h264: 0, av1: 2 });
  dynacast.removeCodec("h264");
  expect(reports.at(-1)).toEqual({ vp8: 3, av1: 2 });
  scheduler.advance(60_000);
  expect(reports).toHaveLength(4);
});

test("regression turns the other codecs off for good, and takes their wishes over", () => {
  const { dynacast, scheduler, reports } = new Publisher(["vp9", "vp8"]);
  dynacast.setSubscriber(1, "vp9", 2);
  dynacast.setSubscriber(2, "vp8", 0);
  dynacast.regress("vp8");
  expect(reports.at(-1)).toEqual({ vp9: 0, vp8: 3 });
  // those who are still on the way say something of the old one
  dynacast.setSubscriber(1, "vp9", 2);
  dynacast.addCodec("av1");
  dynacast.setSubscriber(3, "av1", 2);
  expect(reports.at(-1)).toEqual({ vp9: 0, vp8: 3, av1: 0 });
  dynacast.setSubscriber(1, "vp8", 1);
  scheduler.advance(5_000);
  expect(reports.at(-1)).toEqual({ vp9: 0, vp8: 2, av1: 0 });
});

test("regression to a codec that nobody has asked for yet wants all of it, for ten seconds", () => {
  const { dynacast, scheduler, reports } = new Publisher(["av1"]);
  dynacast.regress("vp8");
  expect(reports).toEqual([{ av1: 0, vp8: 3 }]);
  scheduler.advance(15_000);
  expect(reports.at(-1)).toEqual({ av1: 0, vp8: 0 });
});

test("the first codec stands first in a report, though another one was wanted before", () => {
  const { dynacast, reports } = new Publisher(["vp9"]);
  dynacast.addCodec("vp8");
  dynacast.setSubscriber(1, "vp8", 2);
  dynacast.setSubscriber(2, "vp9", 2);
  expect(reports.map((report) => Object.keys(report))).toEqual([["vp8"], ["vp9", "vp8"]]);
});

test("without a delay less is told as soon as more", () => {
  const { dynacast, reports } = new Publisher(["opus"], 0);
  dynacast.setSubscriber(1, "opus", 0);
  dynacast.removeSubscriber(1);
  expect(reports).toEqual([{ opus: 1 }, { opus: 0 }]);
});

test("a subscriber counts for one codec at a time", () => {
  const { dynacast, reports } = new Publisher(["vp8", "vp9"]);
  dynacast.setSubscriber(1, "vp8", 2);
  dynacast.setSubscriber(1, "vp9", 2);
  expect(reports.at(-1)).toEqual({ vp8: 0, vp9: 3 });
});

test("a closed one says nothing and keeps no timer", () => {
  const { dynacast, scheduler, reports } = new Publisher();
  dynacast.setSubscriber(1, "vp8", 2);
  dynacast.setSubscriber(1, "vp8", 0);
  dynacast.answered();
  dynacast.close();
  dynacast.setSubscriber(2, "vp8", 2);
  dynacast.removeSubscriber(1);
  dynacast.answered();
  dynacast.force();
  dynacast.addCodec("vp9");
  expect(scheduler.pendingCount).toBe(0);
  expect(reports).toHaveLength(1);
});

test("each change of what is wanted is said by codec, also while the publisher is not told", () => {
  const publisher = new Publisher(["vp8", "vp9"]);
  const { dynacast, scheduler, committed } = publisher;
  expect(dynacast.committedRank("vp8")).toBeUndefined();
  dynacast.setSubscriber(1, "vp8", 2);
  dynacast.setSubscriber(1, "vp8", 0);
  publisher.isMuted = true;
  scheduler.advance(5_000);
  publisher.isMuted = false;
  dynacast.force();
  dynacast.setSubscriber(2, "vp9", 1);
  expect(committed).toEqual([
    ["vp8", 2],
    ["vp8", 0],
    ["vp9", 1],
  ]);
  expect(dynacast.committedRank("vp8")).toBe(0);
});

function qualities({ link }: TestClient): number {
  const [codec] = link.last("subscribedQualityUpdate").subscribedCodecs ?? [];
  return (codec?.qualities ?? []).filter(({ enabled }) => enabled).length;
}

test("a publisher hears what its subscribers want, from settings, forwarding and leaving", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const layers = [0, 1, 2].map((quality) => ({ quality, height: 180 * 2 ** quality }));
  const sid = a.publish("cam", { layers });
  b.negotiate();
  expect(qualities(a)).toBe(3);
  expect(a.link.last("subscribedQualityUpdate").subscribedCodecs?.[0]?.codec).toBe("vp8");
  b.send({ trackSetting: { trackSids: [sid], width: 320, height: 180 } });
  rooms.advance(5_200);
  expect(qualities(a)).toBe(1);
  const expected = (): number[] =>
    rooms.thread.of("expect-layers").map(({ spatialLayer }) => spatialLayer);
  expect(expected()).toEqual([2, 0]);
  const [downTrackId] = rooms.thread.downTracks.keys();
  const forwarding = {
    kind: "forwarding-changed",
    downTrackId: downTrackId!,
    streamState: "active",
  } as const;
  rooms.thread.emit({ ...forwarding, spatialLayer: 1 });
  expect(qualities(a)).toBe(2);
  b.send({ trackSetting: { trackSids: [sid], disabled: true } });
  rooms.advance(5_200);
  expect(qualities(a)).toBe(0);
  b.send({ trackSetting: { trackSids: [sid], quality: livekit.VideoQuality.HIGH } });
  expect(qualities(a)).toBe(3);
  b.send({ leave: {} });
  rooms.advance(5_000);
  expect(qualities(a)).toBe(0);
  expect(expected()).toEqual([2, 0, 1, -1, 2, -1]);
});

test("unmuting tells the publisher again", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const sid = a.publish("cam", { muted: true });
  b.negotiate();
  expect(a.link.all("subscribedQualityUpdate")).toEqual([]);
  a.send({ mute: { sid, muted: false } });
  expect(qualities(a)).toBe(3);
});
