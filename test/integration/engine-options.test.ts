import { expect, test } from "bun:test";
import { ReportBlock } from "../../src/wire/rtcp/rtcp-cursor.ts";
import { RtcpType } from "../../src/wire/rtcp/rtcp-types.ts";
import { writeReceiverReport } from "../../src/wire/rtcp/rtcp-writer.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { SimEngine } from "../support/sim-engine.ts";
import { SimPublisher } from "../support/sim-publisher.ts";

const CAMERA = 1;
const MICROPHONE = 2;
const VIDEO_TRACK = 10;
const AUDIO_TRACK = 11;
const VIDEO_SSRC = VIDEO_TRACK * 10;
const AUDIO_SSRC = AUDIO_TRACK * 10;
/** Less than the lowest layer takes. */
const SHORT_BPS = 100;

/** Client 1 publishes camera and microphone, client 2 has both. */
function createScene(allowPause: boolean) {
  const engine = new SimEngine();
  const publisher = new SimPublisher(engine.connect(1));
  const viewer = engine.connect(2, { allowPause });
  engine.publish(1, CAMERA, "video");
  engine.publish(1, MICROPHONE, "audio");
  engine.subscribe(2, CAMERA, VIDEO_TRACK, Codec.Vp8);
  engine.subscribe(2, MICROPHONE, AUDIO_TRACK, Codec.Opus);
  /** Runs for so long; the camera answers requests for key frames. */
  const run = (ms: number): void =>
    engine.advance(ms, () => {
      publisher.step();
      if (publisher.client.takeRtcp(RtcpType.PayloadFeedback).length > 0) publisher.requestKey();
    });
  return { engine, viewer, run };
}

test("a video is paused where bandwidth is short, if that is allowed, and resumed where it is not", () => {
  const { engine, viewer, run } = createScene(true);
  run(2_000);
  expect(viewer.takeRtp(VIDEO_SSRC).length).toBeGreaterThan(100);
  engine.events("forwarding-changed");
  engine.command({ kind: "override-estimate", peerId: 2, bitrateBps: SHORT_BPS });
  run(100);
  const paused = { downTrackId: VIDEO_TRACK, streamState: "paused" };
  expect(engine.events("forwarding-changed").at(-1)).toMatchObject(paused);
  viewer.takeRtp(VIDEO_SSRC);
  viewer.takeRtp(AUDIO_SSRC);
  run(2_000);
  expect(viewer.takeRtp(VIDEO_SSRC)).toEqual([]);
  expect(viewer.takeRtp(AUDIO_SSRC).length).toBeGreaterThan(90);
  engine.command({ kind: "override-estimate", peerId: 2, bitrateBps: 0 });
  run(2_000);
  const resumed = { downTrackId: VIDEO_TRACK, streamState: "active" };
  expect(engine.events("forwarding-changed").at(-1)).toMatchObject(resumed);
  expect(viewer.takeRtp(VIDEO_SSRC).length).toBeGreaterThan(100);
});

test("a video keeps its lowest layer where bandwidth is short and pausing is not allowed", () => {
  const { engine, viewer, run } = createScene(false);
  run(2_000);
  engine.command({ kind: "override-estimate", peerId: 2, bitrateBps: SHORT_BPS });
  run(1_000);
  viewer.takeRtp(VIDEO_SSRC);
  engine.events("forwarding-changed");
  run(1_000);
  expect(
    engine.events("forwarding-changed").some(({ streamState }) => streamState === "paused"),
  ).toBe(false);
  expect(viewer.takeRtp(VIDEO_SSRC).length).toBeGreaterThan(50);
});

test.each([true, false])(
  "losses of what a client is sent are told where asked for: %p",
  (reportsLoss) => {
    const engine = new SimEngine();
    const publisher = new SimPublisher(engine.connect(1));
    const viewer = engine.connect(2, { reportsLoss });
    engine.publish(1, MICROPHONE, "audio");
    engine.subscribe(2, MICROPHONE, AUDIO_TRACK, Codec.Opus);
    const report = (ssrc: number, fractionLost: number): void => {
      engine.advance(1_000, () => publisher.step());
      const block = Object.assign(new ReportBlock(), { ssrc, fractionLost, highestSn: 20_000 });
      viewer.sendRtcp((out) => writeReceiverReport(out, 0, 1, block));
    };
    report(AUDIO_SSRC, 64);
    report(AUDIO_SSRC + 1, 99);
    report(AUDIO_SSRC, 3);
    const told = engine.events("loss-report").map(({ fractionLost }) => fractionLost);
    expect(told).toEqual(reportsLoss ? [64, 3] : []);
  },
);

test.each([true, false])("SCTP goes without checksums where the client may: %p", (mayGo) => {
  const engine = new SimEngine();
  const { channels } = engine.connect(1, { hasZeroChecksum: mayGo });
  engine.command({
    kind: "start-data-channels",
    peerId: 1,
    remoteMessageBytesMax: 0,
    channels: [{ label: "_reliable", isOrdered: true }],
  });
  channels.connect(engine.nowMs);
  engine.advance(100);
  expect(channels.isConnected).toBe(true);
  expect(channels.debugInfo()["association"]).toMatchObject({ hasChecksums: !mayGo });
});
