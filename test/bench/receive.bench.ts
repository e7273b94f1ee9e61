import { DropReason } from "../../src/base/drop-reason.ts";
import type { StreamCodec } from "../../src/sfu/buffer/codec-table.ts";
import type { MediaPacket } from "../../src/sfu/packet/media-packet.ts";
import { FanOut } from "../../src/sfu/receiver/fan-out.ts";
import { IncomingStreams } from "../../src/sfu/receiver/incoming-streams.ts";
import { RECEIVER_FEEDBACK_BYTES, Receiver } from "../../src/sfu/receiver/receiver.ts";
import { TWCC_FEEDBACK_BYTES, TwccRecorder } from "../../src/sfu/rtcp/twcc-recorder.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../src/wire/rtp/extension-ids.ts";
import { findExtension, RtpView, readRtp } from "../../src/wire/rtp/rtp-view.ts";
import { measureAllocations, measured } from "../support/measure-allocations.ts";
import { dependencyL2T2, vp8Payload } from "../support/payloads.ts";
import { rtpBytes } from "../support/rtp-packet.ts";

/**
 * What one received packet costs from `readRtp` to the fan-out: time, and bytes allocated. Run with
 * `bun test/bench/receive.bench.ts`.
 */

const PACKETS = 1_000_000;
const WARM_UP = 200_000;
const SSRC = 4_000_000_001;
const EXTENSIONS = {
  ...NO_EXTENSIONS,
  mid: 1,
  audioLevel: 4,
  dependencyDescriptor: 5,
  absCaptureTime: 6,
  transportSequence: 7,
};

type Case = {
  readonly name: string;
  readonly codec: Codec;
  readonly payload: Uint8Array;
  readonly extensions: Record<number, Uint8Array>;
  readonly ticks: number;
  readonly packetsPerFrame: number;
  /** One in so many packets is lost, and comes again on request; 0: none. */
  readonly lossEvery: number;
};

const filling = new Uint8Array(1_100).fill(7);
const vp8 = Uint8Array.from([...vp8Payload({ pictureId: 300, isStart: false }), ...filling]);
const transport = { 7: Uint8Array.of(0, 1) };
const CASES: readonly Case[] = [
  {
    name: "Opus, 120 bytes",
    codec: Codec.Opus,
    payload: filling.slice(0, 120),
    extensions: { 4: Uint8Array.of(0x90), ...transport },
    ticks: 960,
    packetsPerFrame: 1,
    lossEvery: 0,
  },
  {
    name: "VP8, 1120 bytes",
    codec: Codec.Vp8,
    payload: vp8,
    extensions: transport,
    ticks: 3_000,
    packetsPerFrame: 8,
    lossEvery: 0,
  },
  {
    name: "VP8, 1120 bytes, one in fifty repaired",
    codec: Codec.Vp8,
    payload: vp8,
    extensions: transport,
    ticks: 3_000,
    packetsPerFrame: 8,
    lossEvery: 50,
  },
  {
    name: "AV1 with dependency descriptor, 1100 bytes",
    codec: Codec.Av1,
    payload: Uint8Array.from([0xb0, ...filling]),
    extensions: { 5: dependencyL2T2({ frameNumber: 2, template: 1 }), ...transport },
    ticks: 3_000,
    packetsPerFrame: 8,
    lossEvery: 0,
  },
];

class Counter {
  packets = 0;
  bytes = 0;
  write(packets: readonly MediaPacket[], count: number): void {
    this.packets += count;
    for (let i = 0; i < count; i++) this.bytes += packets[i]!.payloadBytes;
  }
  handleStreamReset(): void {
    throw new Error("The stream was taken for a new one");
  }
  fractionLost(): number {
    return 0;
  }
}

function run(item: Case): void {
  const isVideo = item.codec >= Codec.Vp8;
  const codec: StreamCodec = {
    codec: item.codec,
    payloadType: 96,
    rtxPayloadType: isVideo ? 97 : 0,
    fmtp: "",
    hasNack: true,
    hasPli: isVideo,
  };
  const fanOut = new FanOut();
  const receiver = new Receiver(
    0,
    {
      receiverId: 1,
      mid: "0",
      media: isVideo ? "video" : "audio",
      codecs: [codec],
      encodings: [{ spatialLayer: 0, rid: "", ssrc: SSRC, rtxSsrc: 0 }],
      isScreenShare: false,
      observeAudioLevel: !isVideo,
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
  const counter = new Counter();
  receiver.addDownTrack(counter);
  const recorder = new TwccRecorder(1);
  const view = new RtpView();
  const out = new Uint8Array(Math.max(RECEIVER_FEEDBACK_BYTES, TWCC_FEEDBACK_BYTES));
  const { payload, extensions } = item;
  const template = rtpBytes({ sn: 0, ts: 0, ssrc: SSRC, payload, extensions });
  if (item.codec === Codec.Av1) {
    const structure = { 5: dependencyL2T2({ frameNumber: 1 }) };
    const key = rtpBytes({ sn: 65_535, ts: 0, ssrc: SSRC, payload, extensions: structure });
    readRtp(key, key.length, view);
    streams.handleRtp(0, view);
  }
  // As from a socket: one buffer, as long as the datagram.
  const bytes = template.slice();
  let sn = 0;
  let nowMs = 0;

  const step = (number: number): void => {
    const frame = Math.floor(number / item.packetsPerFrame);
    const ts = (frame * item.ticks) >>> 0;
    bytes.set(template);
    bytes[1] = 96 | (number % item.packetsPerFrame === item.packetsPerFrame - 1 ? 0x80 : 0);
    bytes[2] = number >> 8;
    bytes[3] = number;
    bytes[4] = ts >>> 24;
    bytes[5] = ts >>> 16;
    bytes[6] = ts >>> 8;
    bytes[7] = ts;
    if (readRtp(bytes, bytes.length, view) !== DropReason.None) throw new Error("Unreadable");
    if (findExtension(view, EXTENSIONS.transportSequence) !== 0) {
      recorder.record(nowMs, number & 0xffff, view.ssrc, view.marker);
    }
    streams.handleRtp(nowMs, view);
    fanOut.settle(nowMs);
  };
  const advance = (count: number): void => {
    for (let i = 0; i < count; i++) {
      const isLost = item.lossEvery > 0 && sn % item.lossEvery === 3;
      if (!isLost) step(sn);
      // The answer to a NACK comes ten packets later.
      if (item.lossEvery > 0 && sn % item.lossEvery === 13) step(sn - 10);
      sn += 1;
      nowMs += (item.ticks / (isVideo ? 90 : 48) / item.packetsPerFrame) | 0 || 1;
      if (receiver.pollTimeout() <= nowMs) {
        receiver.handleTimeout(nowMs);
        receiver.pollFeedback(nowMs, out);
      }
      while (recorder.pollFeedback(nowMs, out) > 0);
    }
  };

  advance(WARM_UP);
  while (receiver.pollEvent() !== undefined);
  measured(item.name, PACKETS, () => {
    advance(PACKETS);
    return counter.packets;
  });
}

measureAllocations(import.meta.path, CASES, PACKETS, run);
