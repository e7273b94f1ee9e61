import { expect, test } from "bun:test";
import { dependencyL2T2, vp8Payload } from "../../../test/support/payloads.ts";
import { type RtpFields, rtpView } from "../../../test/support/rtp-packet.ts";
import { DropReason } from "../../base/drop-reason.ts";
import { ReportBlock, RtcpCursor } from "../../wire/rtcp/rtcp-cursor.ts";
import { RtcpType } from "../../wire/rtcp/rtcp-types.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";
import type { StreamCodec } from "../buffer/codec-table.ts";
import { PUSH_FORWARD } from "../buffer/receive-stream.ts";
import { MediaPacket } from "../packet/media-packet.ts";
import type { DownTrackPort } from "./down-track-port.ts";
import { FanOut } from "./fan-out.ts";
import { IncomingStreams } from "./incoming-streams.ts";
import { RECEIVER_FEEDBACK_BYTES, Receiver } from "./receiver.ts";
import type { ReceiverOptions } from "./receiver-options.ts";
import type { TrackSpec } from "./receiver-spec.ts";

const EXTENSIONS = {
  ...NO_EXTENSIONS,
  mid: 1,
  rid: 2,
  repairedRid: 3,
  audioLevel: 4,
  dependencyDescriptor: 5,
};
const OPTIONS: ReceiverOptions = {
  videoPacketsMax: 500,
  audioPacketsMax: 200,
  pliThrottleMs: [500, 1_000, 1_000],
  audio: { activeLevel: 35, minPercentile: 40, updateIntervalMs: 400, smoothIntervals: 2 },
  isAudioLossProxied: false,
};
const video = { rtxPayloadType: 97, fmtp: "", hasNack: true, hasPli: true };
const VP8: StreamCodec = { ...video, codec: Codec.Vp8, payloadType: 96 };
const AV1: StreamCodec = { ...video, codec: Codec.Av1, payloadType: 35, rtxPayloadType: 36 };
const OPUS: StreamCodec = {
  codec: Codec.Opus,
  payloadType: 111,
  rtxPayloadType: 0,
  fmtp: "minptime=10;useinbandfec=1",
  hasNack: true,
  hasPli: false,
};
const RED: StreamCodec = { ...OPUS, codec: Codec.Red, payloadType: 63, fmtp: "111/111" };
const SIMULCAST = ["q", "h", "f"].map((rid, spatialLayer) => ({
  spatialLayer,
  rid,
  ssrc: 0,
  rtxSsrc: 0,
}));

class Subscriber implements DownTrackPort {
  readonly packets: { ssrc: number; extSn: number; spatialLayer: number; codec: Codec }[] = [];
  readonly resets: number[] = [];
  lost = 0;
  write(packets: readonly MediaPacket[], count: number): void {
    for (const { ssrc, extSn, spatialLayer, codec } of packets.slice(0, count)) {
      this.packets.push({ ssrc, extSn, spatialLayer, codec });
    }
  }
  handleStreamReset(spatialLayer: number): void {
    this.resets.push(spatialLayer);
  }
  fractionLost(): number {
    return this.lost;
  }
}

function setUp(spec: Partial<TrackSpec> = {}, options: ReceiverOptions = OPTIONS) {
  const fanOut = new FanOut();
  const receiver = new Receiver(
    0,
    {
      receiverId: 5,
      mid: "0",
      media: "video",
      codecs: [VP8],
      encodings: SIMULCAST,
      isScreenShare: false,
      observeAudioLevel: false,
      isMuted: false,
      ...spec,
    },
    options,
    EXTENSIONS,
    fanOut,
  );
  const streams = new IncomingStreams();
  streams.setExtensions(EXTENSIONS);
  streams.addReceiver(receiver);
  const subscriber = new Subscriber();
  receiver.addDownTrack(subscriber);
  const push = (nowMs: number, fields: RtpFields) => {
    const result = streams.handleRtp(nowMs, rtpView(fields));
    fanOut.send(nowMs);
    return result;
  };
  return { receiver, streams, subscriber, push };
}

function eventsOf(receiver: Receiver) {
  const events = [];
  for (let event = receiver.pollEvent(); event !== undefined; event = receiver.pollEvent()) {
    events.push(event);
  }
  return events;
}

const ascii = (text: string) => new TextEncoder().encode(text);
const ids = (rid: string, mid: string = "0") => ({ 1: ascii(mid), 2: ascii(rid) });
const repaired = (rid: string, mid: string = "0") => ({ 1: ascii(mid), 3: ascii(rid) });

/** One SSRC for both directions of a pair: what a plain microphone or camera has. */
const single = (ssrc: number, rtxSsrc: number = 0) => [{ spatialLayer: 0, rid: "", ssrc, rtxSsrc }];

test("a simulcast publisher's streams find their layers by mid and rid, and reach subscribers", () => {
  const { receiver, subscriber, push } = setUp();
  const payload = vp8Payload({ size: [1280, 720] });
  expect(push(0, { sn: 1, ts: 1, ssrc: 30, payload, extensions: ids("f") })).toBe(PUSH_FORWARD);
  expect(push(0, { sn: 1, ts: 1, ssrc: 10, payload, extensions: ids("q") })).toBe(PUSH_FORWARD);
  // From now on the SSRC is known, extensions or not.
  expect(push(5, { sn: 2, ts: 1, ssrc: 30 })).toBe(PUSH_FORWARD);
  expect(subscriber.packets.map((p) => [p.ssrc, p.spatialLayer, p.extSn])).toEqual([
    [30, 2, 1],
    [10, 0, 1],
    [30, 2, 2],
  ]);
  const events = eventsOf(receiver);
  expect(events).toContainEqual({
    kind: "stream-started",
    receiverId: 5,
    spatialLayer: 2,
    rid: "f",
    ssrc: 30,
    codec: Codec.Vp8,
  });
  expect(events).toContainEqual({ kind: "layers-changed", receiverId: 5, availableLayers: [0, 2] });
  expect(events).toContainEqual({
    kind: "video-size-changed",
    receiverId: 5,
    spatialLayer: 2,
    width: 1280,
    height: 720,
  });
  expect(receiver.pollEvent()).toBeUndefined();
});

test("retransmissions are paired by the repaired rid, whichever comes first", () => {
  const { receiver, push } = setUp();
  const rtx = { ssrc: 31, payloadType: 97, payload: [0, 2, 0x10, 1] };
  const early = push(0, { ...rtx, sn: 1, ts: 1, extensions: repaired("f") });
  expect(early).toBe(DropReason.WrongState);
  push(0, { sn: 1, ts: 1, ssrc: 30, extensions: ids("f") });
  push(0, { sn: 3, ts: 1, ssrc: 30 });
  expect(push(1, { ...rtx, sn: 2, ts: 1 })).toBe(PUSH_FORWARD);
  expect(receiver.streams[2]!.lost).toBe(0);
});

test("an SSRC that cannot be told is looked at ten times and makes room for others", () => {
  const { push } = setUp();
  for (let i = 0; i < 12; i++) {
    expect(push(0, { sn: i, ts: 1, ssrc: 77, extensions: { 1: ascii("9") } })).toBe(
      DropReason.Unknown,
    );
  }
  expect(push(0, { sn: 1, ts: 1, ssrc: 77, extensions: ids("q") })).toBe(DropReason.Unknown);
  for (let ssrc = 100; ssrc < 125; ssrc++) push(0, { sn: 1, ts: 1, ssrc });
  expect(push(0, { sn: 1, ts: 1, ssrc: 77, extensions: ids("q") })).toBe(PUSH_FORWARD);
});

test("a second SSRC of a layer is refused until the first fell silent", () => {
  const { subscriber, push } = setUp();
  push(0, { sn: 1, ts: 1, ssrc: 30, extensions: ids("f") });
  expect(push(500, { sn: 1, ts: 1, ssrc: 40, extensions: ids("f") })).toBe(DropReason.Unknown);
  expect(push(1_000, { sn: 2, ts: 1, ssrc: 40, extensions: ids("f") })).toBe(PUSH_FORWARD);
  expect(subscriber.resets).toEqual([2]);
});

test("declared SSRCs need no extensions, and SSRC 0 is nobody's", () => {
  const { push } = setUp({ encodings: single(500, 501) });
  expect(push(0, { sn: 1, ts: 1, ssrc: 500 })).toBe(PUSH_FORWARD);
  expect(push(0, { sn: 3, ts: 1, ssrc: 500 })).toBe(PUSH_FORWARD);
  expect(push(0, { sn: 9, ts: 1, ssrc: 501, payloadType: 97, payload: [0, 2, 16] })).toBe(
    PUSH_FORWARD,
  );
  expect(push(0, { sn: 1, ts: 1, ssrc: 0 })).toBe(DropReason.Unsupported);
});

test("without extensions the only section with the payload type takes the stream", () => {
  const { streams, push } = setUp({ encodings: single(0) });
  streams.setExtensions(NO_EXTENSIONS);
  const spec: TrackSpec = {
    receiverId: 6,
    mid: "1",
    media: "audio",
    codecs: [OPUS],
    encodings: single(0),
    isScreenShare: false,
    observeAudioLevel: false,
    isMuted: false,
  };
  const microphone = new Receiver(0, spec, OPTIONS, NO_EXTENSIONS, new FanOut());
  streams.addReceiver(microphone);
  expect(push(0, { sn: 1, ts: 1, ssrc: 8, payloadType: 111 })).toBe(PUSH_FORWARD);
  expect(streams.lastReceiver).toBe(microphone);
  expect(push(0, { sn: 1, ts: 1, ssrc: 9 })).toBe(PUSH_FORWARD);
  expect(push(0, { sn: 1, ts: 1, ssrc: 10, payloadType: 97, payload: [0, 0, 1] })).toBe(
    DropReason.TooOld,
  );
  streams.removeReceiver(microphone);
  expect(push(0, { sn: 2, ts: 2, ssrc: 8, payloadType: 111 })).toBe(DropReason.Unknown);
});

test("a renegotiated SSRC replaces the stream of its layer", () => {
  const { receiver, streams, subscriber, push } = setUp({ encodings: single(500, 501) });
  push(0, { sn: 1, ts: 1, ssrc: 500 });
  expect(subscriber.resets).toEqual([]);
  streams.updateReceiver(receiver, [VP8], single(600, 601));
  expect(push(1, { sn: 1, ts: 1, ssrc: 600 })).toBe(PUSH_FORWARD);
  expect(receiver.streams[0]!.ssrc).toBe(600);
  // its packets are not those that were sent under the same numbers
  expect(subscriber.resets).toEqual([0]);
});

test("an AV1 stream with all layers tells which are there", () => {
  const { receiver, subscriber, push } = setUp({ codecs: [AV1], encodings: single(500) });
  const payload = [0x30, 1, 2];
  const av1 = { ts: 1, ssrc: 500, payloadType: 35, payload };
  push(0, { ...av1, sn: 1, extensions: { 5: dependencyL2T2({ frameNumber: 1 }) } });
  push(0, { ...av1, sn: 2, extensions: { 5: dependencyL2T2({ frameNumber: 2, template: 3 }) } });
  expect(receiver.isSvc).toBeTrue();
  expect(subscriber.packets.map((p) => p.spatialLayer)).toEqual([0, 1]);
  const events = eventsOf(receiver);
  expect(events).toContainEqual({ kind: "layers-changed", receiverId: 5, availableLayers: [0, 1] });
  expect(events.filter((e) => e.kind === "video-size-changed").length).toBe(2);
  receiver.handleTimeout(1_000);
  expect(receiver.bitrateBps(1, 0)).toBeGreaterThan(receiver.bitrateBps(0, 0));
});

test.each([
  { layerMode: undefined, isSvc: true },
  { layerMode: "stream-each", isSvc: false },
  { layerMode: "stream-each-few-reports", isSvc: false },
] as const)("an AV1 stream declared as $layerMode: all layers in one is $isSvc", (it) => {
  const { layerMode, isSvc } = it;
  const mode = layerMode === undefined ? {} : { layerMode };
  const { receiver, subscriber, push } = setUp({ codecs: [AV1], encodings: single(500), ...mode });
  const av1 = { ts: 1, ssrc: 500, payloadType: 35, payload: [0x30, 1, 2] };
  push(0, { ...av1, sn: 1, extensions: { 5: dependencyL2T2({ frameNumber: 1 }) } });
  push(0, { ...av1, sn: 2, extensions: { 5: dependencyL2T2({ frameNumber: 2, template: 3 }) } });
  expect(receiver.isSvc).toBe(isSvc);
  expect(receiver.hasFewReports).toBe(layerMode === "stream-each-few-reports");
  expect(subscriber.packets.map((p) => p.spatialLayer)).toEqual(isSvc ? [0, 1] : [0, 0]);
});

test("RED and plain Opus come through one receiver as one stream", () => {
  const { receiver, subscriber, push } = setUp({
    media: "audio",
    codecs: [RED, OPUS],
    encodings: single(500),
  });
  push(0, { sn: 1, ts: 1, ssrc: 500, payloadType: 63, payload: [0x6f, 1, 2] });
  push(20, { sn: 2, ts: 961, ssrc: 500, payloadType: 111 });
  expect(subscriber.packets.map((p) => p.codec)).toEqual([Codec.Red, Codec.Opus]);
  expect(eventsOf(receiver).filter((e) => e.kind === "stream-started").length).toBe(1);
  expect(receiver.fmtpOf(Codec.Opus, 111)).toContain("useinbandfec=1");
  expect(receiver.fmtpOf(Codec.Opus, 63)).toBe("");
});

test("a muted track is received and reported, but not passed on", () => {
  const { receiver, subscriber, push } = setUp({ encodings: single(500) });
  push(0, { sn: 1, ts: 1, ssrc: 500 });
  eventsOf(receiver);
  receiver.setMuted(10, true);
  expect(push(20, { sn: 2, ts: 2, ssrc: 500 })).toBe(PUSH_FORWARD);
  expect(subscriber.packets.length).toBe(1);
  expect(eventsOf(receiver)).toEqual([
    { kind: "layers-changed", receiverId: 5, availableLayers: [] },
  ]);
  expect(receiver.bitrateBps(0, 0)).toBe(0);
  receiver.requestKeyFrame(30, 0);
  const out = new Uint8Array(RECEIVER_FEEDBACK_BYTES);
  expect(receiver.pollFeedback(40, out)).toBe(0);
  expect(receiver.pollFeedback(1_000, out)).toBe(32);
  receiver.setMuted(1_100, false);
  push(1_120, { sn: 3, ts: 3, ssrc: 500 });
  expect(receiver.availableLayers).toBe(1);
  expect(subscriber.packets.length).toBe(2);
});

test("Receiver writes reports, NACKs and PLIs of its streams in one compound packet", () => {
  const { receiver, push } = setUp();
  push(0, { sn: 1, ts: 1, ssrc: 10, extensions: ids("q") });
  push(0, { sn: 1, ts: 1, ssrc: 30, extensions: ids("f") });
  push(990, { sn: 4, ts: 9, ssrc: 30 });
  push(990, { sn: 2, ts: 9, ssrc: 10 });
  expect(receiver.pollTimeout()).toBeLessThanOrEqual(1_000);
  receiver.requestKeyFrame(1_010, 2);
  const out = new Uint8Array(RECEIVER_FEEDBACK_BYTES);
  const length = receiver.pollFeedback(1_010, out);
  const cursor = new RtcpCursor();
  cursor.start(out, 0, length);
  const types: [number, number][] = [];
  for (let type = cursor.next(); type !== RtcpType.End; type = cursor.next()) {
    types.push([type, cursor.senderSsrc]);
  }
  expect(types).toContainEqual([RtcpType.ReceiverReport, 10]);
  expect(types).toContainEqual([RtcpType.ReceiverReport, 30]);
  expect(types).toContainEqual([RtcpType.TransportFeedback, 30]);
  expect(types).toContainEqual([RtcpType.PayloadFeedback, 30]);
  receiver.handleTimeout(1_010);
  expect(receiver.pollTimeout()).toBeGreaterThan(1_010);
});

test("a stream that begins anew is told to the subscribers", () => {
  const { subscriber, push } = setUp({ encodings: single(500) });
  push(0, { sn: 30_000, ts: 3_000_000_000, ssrc: 500 });
  for (let i = 1; i <= 5; i++) push(i, { sn: 100 + i, ts: 10, ssrc: 500 });
  expect(subscriber.resets).toEqual([0]);
  expect(subscriber.packets.at(-1)!.extSn).toBe(105);
});

test("Receiver serves retransmissions and sender reports by layer", () => {
  const { receiver, streams, push } = setUp();
  push(0, { sn: 7, ts: 1, ssrc: 30, extensions: ids("f") });
  const packet = new MediaPacket();
  expect(receiver.readForRetransmission(2, 7, packet)).toBeTrue();
  expect(packet.spatialLayer).toBe(2);
  expect(receiver.readForRetransmission(0, 7, packet)).toBeFalse();
  expect(streams.handleSenderReport(10, 30, 1_000, 0, 91)).toBeTrue();
  expect(streams.handleSenderReport(10, 99, 1_000, 0, 91)).toBeFalse();
  expect([0, 2].map((layer) => receiver.hasSenderReport(layer))).toEqual([false, true]);
  expect(receiver.senderReportExtTs(2)).toBe(91);
  expect(receiver.senderReportNtpMs(2)).toBe(1_000_000);
  expect(receiver.senderReportArrivalMs(2)).toBe(10);
});

test.each([
  {
    title: "audio is told the worst loss of its subscribers",
    media: "audio",
    isOn: true,
    told: 90,
  },
  { title: "video is not", media: "video", isOn: true, told: 0 },
  { title: "audio is not, unless it is configured", media: "audio", isOn: false, told: 0 },
] as const)("a publisher of $title", ({ media, isOn, told }) => {
  const codec = media === "audio" ? OPUS : VP8;
  const { receiver, subscriber, push } = setUp(
    { media, codecs: [codec], encodings: single(500) },
    { ...OPTIONS, isAudioLossProxied: isOn },
  );
  const other = new Subscriber();
  receiver.addDownTrack(other);
  const { payloadType } = codec;
  const out = new Uint8Array(RECEIVER_FEEDBACK_BYTES);
  const lossAt = (nowMs: number): number => {
    push(nowMs, { sn: 1 + nowMs / 10, ts: 1 + nowMs, ssrc: 500, payloadType });
    const length = receiver.pollFeedback(nowMs, out);
    const cursor = new RtcpCursor();
    const block = new ReportBlock();
    cursor.start(out, 0, length);
    while (cursor.next() !== RtcpType.ReceiverReport);
    cursor.readReportBlock(0, block);
    return block.fractionLost;
  };
  for (let nowMs = 0; nowMs < 1_000; nowMs += 10) {
    push(nowMs, { sn: 1 + nowMs / 10, ts: 1 + nowMs, ssrc: 500, payloadType });
  }
  subscriber.lost = 90;
  other.lost = 20;
  expect(lossAt(1_000)).toBe(told);
});

test("Receiver hears the level extension of a microphone", () => {
  const { receiver, push } = setUp({
    media: "audio",
    codecs: [OPUS],
    encodings: single(500),
    observeAudioLevel: true,
  });
  for (let i = 0; i < 60; i++) {
    const level = { 4: [0x80 | 12] };
    push(i * 20, { sn: i, ts: i * 960, ssrc: 500, payloadType: 111, extensions: level });
  }
  expect(receiver.audioLevel(1_200)).toBeGreaterThan(0.1);
  receiver.setMuted(1_200, true);
  expect(receiver.audioLevel(1_200)).toBe(0);
});

test("Receiver scores its uplink every five seconds", () => {
  const { receiver, push } = setUp({ encodings: single(500) });
  let sn = 0;
  for (let nowMs = 0; nowMs < 20_000; nowMs += 10) {
    sn += 1;
    if (sn % 10 !== 0) push(nowMs, { sn, ts: nowMs * 90, ssrc: 500 });
    receiver.handleTimeout(nowMs);
  }
  expect(receiver.qualityScore).toBeLessThan(40);
});

/** Feeds a stream of 100 packets a second, without those that `isLost` names, and lets time pass. */
function scored(spec: Partial<TrackSpec> = {}) {
  const setting = setUp({ encodings: single(500), ...spec });
  const { receiver, push } = setting;
  let sn = 0;
  return {
    receiver,
    run(fromMs: number, toMs: number, isSent = (_sn: number) => true): number {
      for (let nowMs = fromMs; nowMs < toMs; nowMs += 10) {
        sn += 1;
        if (isSent(sn)) push(nowMs, { sn, ts: nowMs * 90, ssrc: 500 });
        receiver.handleTimeout(nowMs);
      }
      return receiver.qualityScore;
    },
  };
}

const NOTHING = () => false;

test("a publisher that falls silent is poor while its reports come, and lost when they end", () => {
  const { receiver, run } = scored();
  expect(run(0, 10_010)).toBe(100);
  // one that never reports tells nothing by not reporting
  expect(run(10_010, 16_000, NOTHING)).toBe(40);
  receiver.handleSenderReport(16_000, 500, 1, 0, 16_000 * 90);
  expect(run(16_000, 20_010, NOTHING)).toBe(40);
  expect(run(20_010, 26_000, NOTHING)).toBe(20);
  receiver.setMuted(26_000, true);
  expect(receiver.qualityScore).toBe(20);
});

test("a muted publisher is at 100, and silence is no fault while it is asked for nothing", () => {
  const { receiver, run } = scored();
  expect(run(0, 10_010, (sn) => sn % 10 !== 0)).toBeLessThan(40);
  receiver.setMuted(10_100, true);
  expect(receiver.qualityScore).toBe(100);
  expect(run(10_100, 30_000, NOTHING)).toBe(100);
  receiver.setMuted(30_000, false);
  receiver.setMaxExpectedLayer(30_000, -1);
  expect(run(30_000, 50_000, NOTHING)).toBe(100);
});

test("layers of a simulcast publisher that lack lower its score, unless nobody wants them", () => {
  const encodings = [0, 1, 2].map((spatialLayer) => ({
    spatialLayer,
    rid: "",
    ssrc: 500 + spatialLayer,
    rtxSsrc: 0,
  }));
  const { receiver, run } = scored({ encodings });
  expect(run(0, 5_010)).toBeCloseTo(100 - 70 * 0.8, 0);
  receiver.setMaxExpectedLayer(5_010, 0);
  expect(run(5_010, 30_010)).toBeGreaterThan(90);
});

test("a stream that begins anew is judged by what comes from then on", () => {
  const { receiver, push } = setUp({ encodings: single(500) });
  for (let i = 0; i < 1_200; i++) {
    // after six seconds the publisher starts again, with other numbers and another clock
    const sn = i < 600 ? i : 40_000 + i;
    const ts = i < 600 ? 1_000_000_000 + i * 900 : i * 900;
    push(i * 10, { sn, ts, ssrc: 500 });
    receiver.handleTimeout(i * 10);
  }
  expect(receiver.streams[0]?.counters.resets).toBe(1);
  expect([receiver.qualityScore, receiver.sample.lost]).toEqual([100, 0]);
  expect(receiver.sample.packets).toBeGreaterThan(850);
});

test("Receiver lets a removed down track alone", () => {
  const { receiver, subscriber, push } = setUp({ encodings: single(500) });
  push(0, { sn: 1, ts: 1, ssrc: 500 });
  receiver.removeDownTrack(subscriber);
  push(1, { sn: 2, ts: 1, ssrc: 500 });
  expect(subscriber.packets.length).toBe(1);
});

test.each(["video", "audio"] as const)(
  "%s that waits leaves as it came, however little of it is to be kept",
  (media) => {
    const limits = { ...OPTIONS, videoPacketsMax: 10, audioPacketsMax: 10 };
    const codecs = media === "video" ? [VP8] : [OPUS];
    const { receiver, streams } = setUp({ media, codecs, encodings: single(30) }, limits);
    const ends: number[] = [];
    receiver.addDownTrack({
      write(packets, count): void {
        for (const { bytes, payloadOffset, payloadBytes } of packets.slice(0, count)) {
          ends.push(bytes[payloadOffset + payloadBytes - 1]!);
        }
      },
      handleStreamReset: () => {},
      fractionLost: () => 0,
    });
    const { payloadType } = codecs[0]!;
    const sent = Array.from({ length: 31 }, (_, i) => i + 1);
    for (const sn of sent) {
      const payload = new Uint8Array(1_400);
      payload.set(vp8Payload({ isStart: sn === 1 }));
      payload[payload.length - 1] = sn;
      streams.handleRtp(0, rtpView({ sn, ts: 1, ssrc: 30, payloadType, payload }));
    }
    receiver.sendWaiting(0);
    expect(ends).toEqual(sent);
  },
);
