import { test } from "bun:test";
import { DropReason } from "../../src/base/drop-reason.ts";
import type { StreamCodec } from "../../src/sfu/buffer/codec-table.ts";
import { MediaPacket } from "../../src/sfu/packet/media-packet.ts";
import { FanOut } from "../../src/sfu/receiver/fan-out.ts";
import { IncomingStreams } from "../../src/sfu/receiver/incoming-streams.ts";
import { RECEIVER_FEEDBACK_BYTES, Receiver } from "../../src/sfu/receiver/receiver.ts";
import { TWCC_FEEDBACK_BYTES, TwccRecorder } from "../../src/sfu/rtcp/twcc-recorder.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../src/wire/rtp/extension-ids.ts";
import { RtpView, readRtp } from "../../src/wire/rtp/rtp-view.ts";
import { runMutations } from "../support/mutate.ts";
import { dependencyL2T2, h264Sps, vp8Payload } from "../support/payloads.ts";
import { rtpBytes } from "../support/rtp-packet.ts";

const SEED = 20_264;
const EXTENSIONS = {
  ...NO_EXTENSIONS,
  mid: 1,
  rid: 2,
  repairedRid: 3,
  audioLevel: 4,
  dependencyDescriptor: 5,
  absCaptureTime: 6,
};
const codec = (payloadType: number, name: Codec): StreamCodec => ({
  codec: name,
  payloadType,
  rtxPayloadType: payloadType + 1,
  fmtp: "",
  hasNack: true,
  hasPli: true,
});

test("a receiver survives any packets, and hands only what lies inside its memory to down tracks", () => {
  const fanOut = new FanOut();
  const receiver = new Receiver(
    0,
    {
      receiverId: 1,
      mid: "0",
      media: "video",
      codecs: [
        codec(96, Codec.Vp8),
        codec(98, Codec.Vp9),
        codec(100, Codec.H264),
        codec(102, Codec.H265),
        codec(104, Codec.Av1),
      ],
      encodings: ["q", "h", "f"].map((rid, i) => ({
        spatialLayer: i,
        rid,
        ssrc: 10 + i,
        rtxSsrc: 20 + i,
      })),
      isScreenShare: false,
      observeAudioLevel: false,
      isMuted: false,
    },
    {
      videoPacketsMax: 500,
      audioPacketsMax: 200,
      pliThrottleMs: [500, 1000, 1000],
      audio: { activeLevel: 35, minPercentile: 40, updateIntervalMs: 400, smoothIntervals: 2 },
      isAudioLossProxied: false,
    },
    EXTENSIONS,
    fanOut,
  );
  const streams = new IncomingStreams();
  streams.setExtensions(EXTENSIONS);
  streams.addReceiver(receiver);
  const again = new MediaPacket();
  const check = (packet: MediaPacket): void => {
    const ends = [
      packet.payloadOffset + packet.payloadBytes,
      packet.payloadOffset + packet.descriptorBytes,
      packet.dependencyOffset + packet.dependencyBytes,
      packet.captureTimeOffset + packet.captureTimeBytes,
    ];
    const isInside = ends.every((end) => end <= packet.bytes.length);
    const isNumber = Number.isInteger(packet.extSn) && Number.isInteger(packet.extTs);
    if (!isInside || !isNumber || packet.payloadBytes < 0 || packet.extSn < 0) {
      throw new Error("A packet points outside the ring");
    }
    if (packet.spatialLayer > 2 || packet.temporalLayer > 3) throw new Error("Layer out of range");
  };
  receiver.addDownTrack({
    write(packets, count) {
      for (const packet of packets.slice(0, count)) {
        check(packet);
        // The newest packets can always be read again, whatever was in them.
        if (!receiver.readForRetransmission(packet.spatialLayer, packet.extSn, again)) {
          throw new Error("A packet just forwarded cannot be read again");
        }
        check(again);
      }
    },
    handleStreamReset() {},
    fractionLost: () => 0,
  });
  const recorder = new TwccRecorder(1);
  const view = new RtpView();
  const out = new Uint8Array(Math.max(RECEIVER_FEEDBACK_BYTES, TWCC_FEEDBACK_BYTES));
  const dependency = { 1: [48], 5: dependencyL2T2({ frameNumber: 9 }) };
  const corpus = [
    rtpBytes({ sn: 1, ts: 1, ssrc: 10, payload: vp8Payload({ size: [640, 360] }) }),
    rtpBytes({ sn: 2, ts: 3000, ssrc: 11, payloadType: 98, payload: [0xac, 5, 0x12, 1, 0x82, 9] }),
    rtpBytes({ sn: 3, ts: 6000, ssrc: 12, payloadType: 100, payload: h264Sps(640, 360) }),
    rtpBytes({ sn: 4, ts: 9000, ssrc: 10, payloadType: 104, extensions: dependency }),
    rtpBytes({ sn: 9, ts: 3000, ssrc: 20, payloadType: 97, payload: [0, 1, 0x10, 1] }),
    rtpBytes({ sn: 5, ts: 9000, ssrc: 11, payload: [], padding: 200 }),
    rtpBytes({ sn: 6, ts: 9000, ssrc: 99, extensions: { 1: [48], 2: [113] } }),
    rtpBytes({ sn: 6, ts: 9000, ssrc: 98, extensions: { 1: [48], 3: [113] } }),
  ];
  let nowMs = 0;
  runMutations(corpus, 30_000, SEED, (bytes) => {
    nowMs += bytes.length % 7;
    if (readRtp(bytes, bytes.length, view) !== DropReason.None) return;
    recorder.record(nowMs, view.sn, view.ssrc, view.marker);
    streams.handleRtp(nowMs, view);
    fanOut.settle(nowMs);
    streams.handleSenderReport(nowMs, view.ssrc, view.ts, view.ssrc, view.ts);
    if (receiver.pollTimeout() <= nowMs) {
      receiver.handleTimeout(nowMs);
      const length = receiver.pollFeedback(nowMs, out);
      if (length > RECEIVER_FEEDBACK_BYTES || receiver.pollTimeout() <= nowMs) {
        throw new Error("Feedback overflows or stays due");
      }
    }
    for (let n = 0; recorder.pollFeedback(nowMs, out) > 0; n++) {
      if (n > 1_000) throw new Error("Feedback without end");
    }
    while (receiver.pollEvent() !== undefined);
  });
});
