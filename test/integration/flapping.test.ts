import { expect, test } from "bun:test";
import { writeSenderReport } from "../../src/wire/rtcp/rtcp-writer.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { vp8Payload } from "../support/payloads.ts";
import { MID_ID, RID_ID, SimEngine, VIDEO_TYPE } from "../support/sim-engine.ts";

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const H264_TYPE = 102;
const CODEC = { rtxPayloadType: 0, fmtp: "", hasNack: true, hasPli: true };
/** A slice that no key frame begins with, RFC 6184 §5.6. */
const SLICE = Uint8Array.of(0x41, 0x88, 0x84, 0x00, 0x10);
/** A burst of sixteen and five a second, for three seconds. */
const TOLD_MAX = 35;

test("a publisher whose key frames have other sizes each time is told of now and then", () => {
  const engine = new SimEngine();
  const publisher = engine.connect(1);
  engine.publish(1, 1, "video");
  let sent = 0;
  const step = (): void => {
    for (let i = 0; i < 10; i++) {
      sent += 1;
      publisher.sendRtp({
        ssrc: 7_000,
        payloadType: VIDEO_TYPE,
        sn: sent,
        ts: sent * 3_000,
        marker: true,
        payload: vp8Payload({ pictureId: sent & 0x7fff, size: [100 + sent, 100] }),
        extensions: { [MID_ID]: ascii("v"), [RID_ID]: ascii("q") },
      });
      engine.node.handleTimeout(engine.nowMs);
    }
  };
  engine.advance(2_000, step);
  engine.advance(1_000);
  const sizes = engine.events("video-size-changed");
  expect(sizes.at(-1)?.width).toBe(100 + sent);
  expect(sizes.length).toBeLessThan(TOLD_MAX);
});

test("a stream that begins anew with each packet is told of now and then", () => {
  const engine = new SimEngine();
  const publisher = engine.connect(1);
  engine.connect(2);
  engine.publish(1, 1, "video");
  engine.command({
    kind: "update-receiver",
    receiverId: 1,
    codecs: [
      { ...CODEC, codec: Codec.Vp8, payloadType: VIDEO_TYPE },
      { ...CODEC, codec: Codec.H264, payloadType: H264_TYPE },
    ],
    encodings: [{ rid: "q", spatialLayer: 0, ssrc: 0, rtxSsrc: 0 }],
  });
  const settings = {
    isDisabled: false,
    maxSpatialLayer: 2,
    maxTemporalLayer: 3,
    maxFrameRate: 0,
    priority: 1,
  };
  engine.command({
    kind: "add-down-track",
    downTrack: {
      downTrackId: 10,
      peerId: 2,
      receiverId: 1,
      ssrc: 100,
      rtxSsrc: 101,
      codecs: [
        { codec: Codec.Vp8, payloadType: VIDEO_TYPE, rtxPayloadType: 97, fmtp: "" },
        { codec: Codec.H264, payloadType: H264_TYPE, rtxPayloadType: 103, fmtp: "" },
      ],
      cname: "c",
      isScreenShare: false,
      settings,
    },
  });
  let sent = 0;
  const step = (): void => {
    for (let i = 0; i < 10; i++) {
      sent += 1;
      const isVp8 = sent % 2 === 0;
      publisher.sendRtp({
        ssrc: 7_000,
        payloadType: isVp8 ? VIDEO_TYPE : H264_TYPE,
        sn: sent,
        ts: sent * 3_000,
        marker: true,
        payload: isVp8 ? vp8Payload({ pictureId: sent & 0x7fff, size: [100, 100] }) : SLICE,
        extensions: { [MID_ID]: ascii("v"), [RID_ID]: ascii("q") },
      });
      engine.node.handleTimeout(engine.nowMs);
    }
  };
  engine.advance(5, step);
  // with it nothing holds the layer whose clock the subscriber follows
  publisher.sendRtcp((out) =>
    writeSenderReport(out, 0, 7_000, 4_000_000_000, 0, sent * 3_000, 1, 1),
  );
  engine.advance(2_000, step);
  expect(engine.events("stream-started").length).toBeLessThan(TOLD_MAX);
  engine.advance(1_000);
  const forwarding = engine.events("forwarding-changed");
  expect(forwarding.length).toBeLessThan(TOLD_MAX);
  expect(forwarding.at(-1)?.spatialLayer).toBe(0);
});
