import { expect, test } from "bun:test";
import type { DownTrackExtras } from "../../src/bridge/commands.ts";
import type { MediaThreadOptions } from "../../src/bridge/media-thread.ts";
import { ReportBlock } from "../../src/wire/rtcp/rtcp-cursor.ts";
import { RtcpType } from "../../src/wire/rtcp/rtcp-types.ts";
import { writeNack, writeReceiverReport } from "../../src/wire/rtcp/rtcp-writer.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../src/wire/rtp/extension-ids.ts";
import { SimEngine } from "../support/sim-engine.ts";
import { SimPublisher } from "../support/sim-publisher.ts";

const CAMERA = 1;
const MICROPHONE = 2;
const VIDEO_TRACK = 10;
const AUDIO_TRACK = 11;
const VIDEO_SSRC = VIDEO_TRACK * 10;
const RTX_SSRC = VIDEO_SSRC + 1;
const AUDIO_SSRC = AUDIO_TRACK * 10;
const TRAILER = new Uint8Array(32).fill(0x77);

/** Client 1 publishes camera and microphone, client 2 has both. */
function createScene(extras: DownTrackExtras, thread: Partial<MediaThreadOptions> = {}) {
  const engine = new SimEngine(undefined, thread);
  const publisher = new SimPublisher(engine.connect(1));
  engine.sendExtensions = { ...NO_EXTENSIONS, playoutDelay: 5 };
  const viewer = engine.connect(2);
  engine.publish(1, CAMERA, "video");
  engine.publish(1, MICROPHONE, "audio");
  engine.subscribe(2, CAMERA, VIDEO_TRACK, Codec.Vp8, true, extras);
  engine.subscribe(2, MICROPHONE, AUDIO_TRACK, Codec.Opus, false, extras);
  const run = (ms: number): void =>
    engine.advance(ms, () => {
      publisher.step();
      if (publisher.client.takeRtcp(RtcpType.PayloadFeedback).length > 0) publisher.requestKey();
    });
  return { engine, publisher, viewer, run };
}

test("tracks without media are announced in time, and give way to it", () => {
  const { engine, publisher, viewer, run } = createScene({ isAnnounced: true });
  engine.advance(90);
  expect(viewer.takeRtp(VIDEO_SSRC)).toEqual([]);
  engine.advance(910);
  const padding = viewer.takeRtp(VIDEO_SSRC);
  const silence = viewer.takeRtp(AUDIO_SSRC);
  expect(padding.length).toBe(10);
  expect(silence.length).toBe(46);
  publisher.requestKey();
  run(500);
  const video = viewer.takeRtp(VIDEO_SSRC);
  expect(video[0]!.sn).toBe(padding.at(-1)!.sn + 1);
  expect(viewer.takeRtp(AUDIO_SSRC)[0]!.sn).toBe(silence.at(-1)!.sn + 1);
  expect(engine.nonceReuses).toBe(0);
});

test("silence in an encrypted track ends in the room's trailer", () => {
  const { engine, viewer, run } = createScene({ isEncrypted: true, sifTrailer: TRAILER });
  run(200);
  viewer.takeRtp(AUDIO_SSRC);
  engine.command({ kind: "mute-receiver", receiverId: MICROPHONE, isMuted: true });
  engine.advance(2_000);
  const silence = viewer.takeRtp(AUDIO_SSRC);
  expect(silence.length).toBe(50);
  expect(silence.every(({ payload }) => payload.toHex().endsWith(TRAILER.toHex()))).toBe(true);
});

test("a subscriber is sent no more again than its budget allows", () => {
  const limits = { maxRatio: 0.001, burstBytes: 1_500 };
  const { viewer, run } = createScene({}, { rtxBudget: { audio: limits, video: limits } });
  run(3_000);
  const sns = viewer.takeRtp(VIDEO_SSRC).map(({ sn }) => sn);
  const lost = Uint16Array.from(sns.slice(-100, -10));
  viewer.sendRtcp((out) => writeNack(out, 0, 1, VIDEO_SSRC, lost, lost.length));
  const again = viewer.takeRtp(RTX_SSRC);
  const bytes = again.reduce((sum, { payload }) => sum + payload.length + 12, 0);
  expect(again.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(1_600);
});

test("the playout delay leaves with each packet until the subscriber has one of them", () => {
  const { viewer, run } = createScene({ playoutDelay: { minMs: 100, maxMs: 0 } });
  run(500);
  const told = viewer.takeRtp(VIDEO_SSRC);
  expect(told.length).toBeGreaterThan(10);
  expect(told.every(({ hasExtensions }) => hasExtensions)).toBe(true);
  const block = new ReportBlock();
  block.ssrc = VIDEO_SSRC;
  block.highestSn = told[0]!.sn;
  viewer.sendRtcp((out) => writeReceiverReport(out, 0, 1, block));
  run(500);
  const others = viewer.takeRtp(VIDEO_SSRC);
  expect(others.length).toBeGreaterThan(10);
  expect(others.some(({ hasExtensions }) => hasExtensions)).toBe(false);
});
