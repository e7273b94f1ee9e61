import { expect, test } from "bun:test";
import {
  audio,
  DownTrackRig,
  H264,
  OPUS,
  RED,
  RTX_SSRC,
  SETTINGS,
  SSRC,
  VP8,
  video,
} from "../../../test/support/down-track-rig.ts";
import { dependencyL2T2 } from "../../../test/support/payloads.ts";
import {
  type PacketFields,
  packetOf,
  readVp8Descriptor,
  type SentPacket,
} from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";
import { findExtension } from "../../wire/rtp/rtp-view.ts";
import { DependencyParser } from "../dependency/dependency-parser.ts";
import { WriteResult } from "./down-track.ts";
import type { SendCodec } from "./send-codecs.ts";

const VP9: SendCodec = { codec: Codec.Vp9, payloadType: 100, rtxPayloadType: 101, fmtp: "" };
const AV1: SendCodec = { codec: Codec.Av1, payloadType: 102, rtxPayloadType: 103, fmtp: "" };
const H264_HIGH: SendCodec = {
  codec: Codec.H264,
  payloadType: 106,
  rtxPayloadType: 107,
  fmtp: "packetization-mode=1;profile-level-id=640032",
};

test("audio leaves as plain RTP with the subscriber's payload type and SSRC, without extensions", () => {
  const { sink, write, transport } = new DownTrackRig([OPUS]);
  transport.extensions = { ...NO_EXTENSIONS, absSendTime: 3, audioLevel: 1, mid: 4 };
  expect(write(0, audio(100, { marker: true, payload: new Uint8Array(160).fill(9) }))).toBe(
    WriteResult.Changed,
  );
  const [packet] = sink.take();
  expect(packet).toMatchObject({
    payloadType: 96,
    ssrc: SSRC,
    ts: 96_000,
    marker: true,
    paddingBytes: 0,
  });
  expect(packet!.view.extensionOffset).toBe(0);
  expect(packet!.payload).toEqual(new Uint8Array(160).fill(9));
});

test("a packet in a codec that the subscriber did not agree to is counted and not sent", () => {
  const { sink, write, track } = new DownTrackRig([OPUS]);
  expect(write(0, audio(100, { codec: Codec.Pcmu }))).toBe(WriteResult.Nothing);
  expect(sink.take()).toEqual([]);
  expect(track.stats.unsupported).toBe(1);
});

test("RED goes out as RED, plain Opus in between as Opus, where the subscriber takes both", () => {
  const { sink, write } = new DownTrackRig([RED, OPUS]);
  write(0, audio(100, { codec: Codec.Red, payloadType: 63 }));
  write(20, audio(101));
  expect(sink.take().map((it) => it.payloadType)).toEqual([97, 96]);
});

test("of RED the primary block goes to a subscriber without it", () => {
  const { sink, write } = new DownTrackRig([OPUS]);
  // One redundant block of 3 bytes, 960 ticks older; then the primary.
  const payload = new Uint8Array([0x80 | 111, 960 >> 6, (960 & 0x3f) << 2, 3, 111, 7, 7, 7, 1, 2]);
  write(0, audio(100, { codec: Codec.Red, payloadType: 63, payload }));
  expect(sink.take()[0]).toMatchObject({ payloadType: 96, payload: new Uint8Array([1, 2]) });
  expect(
    write(20, audio(101, { codec: Codec.Red, payloadType: 63, payload: payload.slice(0, 3) })),
  ).toBe(WriteResult.Nothing);
});

test("of sound it is told once that it flows", () => {
  const { track, write } = new DownTrackRig([OPUS]);
  expect(track.pollForwardingChange()).toBe(false);
  expect(write(0, audio(100))).toBe(WriteResult.Changed);
  expect(track.pollForwardingChange()).toBe(true);
  expect(write(20, audio(101))).toBe(WriteResult.Sent);
  track.setPublisherMuted(40, true);
  track.setPublisherMuted(60, false);
  expect(write(60, audio(103))).toBe(WriteResult.Sent);
  expect(track.pollForwardingChange()).toBe(false);
});

test("nothing is sent before the transport is connected, and the track starts when it is", () => {
  const { sink, write } = new DownTrackRig([OPUS]);
  sink.isConnected = false;
  expect(write(0, audio(100))).toBe(WriteResult.Nothing);
  sink.isConnected = true;
  expect(write(20, audio(101))).toBe(WriteResult.Changed);
});

test.each([H264, VP9, AV1])(
  "video of codec $codec passes through unchanged from a key frame on",
  (codec) => {
    const { sink, write, track } = new DownTrackRig([codec], {}, ({ source }) => {
      source.isSvc = codec.codec !== Codec.H264;
    });
    const payload = new Uint8Array(1100).map((_, i) => i);
    const layerFrame = { isLayerFrameStart: true, isLayerFrameEnd: true };
    expect(write(0, video(codec.codec, 1, layerFrame))).toBe(WriteResult.Nothing);
    expect(write(33, video(codec.codec, 2, { isKeyFrame: true, payload, ...layerFrame }))).toBe(
      WriteResult.Changed,
    );
    expect(track.pollForwardingChange()).toBe(true);
    expect(write(66, video(codec.codec, 3, layerFrame))).toBe(WriteResult.Sent);
    const [first, second] = sink.take();
    expect(first!.payload).toEqual(payload);
    expect(first).toMatchObject({ payloadType: codec.payloadType, marker: true });
    expect(second!.sn).toBe(first!.sn + 1);
    expect(second!.ts).toBe(first!.ts + 3_000);
  },
);

test("VP8 leaves with its descriptor rewritten, one byte longer where the picture id grows", () => {
  const { sink, write, source } = new DownTrackRig([VP8]);
  source.available.delete(1);
  source.available.delete(2);
  const frame = (extSn: number, pictureId: number, isKeyFrame = false): PacketFields =>
    video(Codec.Vp8, extSn, { pictureId, isKeyFrame, payload: new Uint8Array([0xaa, 0xbb]) });
  write(0, frame(1, 127, true));
  write(33, frame(2, 0));
  const payloads = sink.take().map((it) => [...it.payload]);
  expect(payloads).toEqual([
    [0x90, 0x80, 127, 0xaa, 0xbb],
    [0x90, 0x80, 0x80, 128, 0xaa, 0xbb],
  ]);
});

test("of H.264 formats the one with the publisher's profile is used", () => {
  const { sink, write } = new DownTrackRig([H264, H264_HIGH], {}, ({ source }) => {
    source.fmtp = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=64001f";
  });
  write(0, video(Codec.H264, 1, { isKeyFrame: true }));
  expect(sink.take()[0]!.payloadType).toBe(106);
});

test("video carries transport-wide numbers, counted over the peer, and each is noted", () => {
  const { sink, write, transport } = new DownTrackRig([H264]);
  transport.extensions = { ...NO_EXTENSIONS, absSendTime: 3, transportSequence: 5 };
  write(1_500, video(Codec.H264, 1, { isKeyFrame: true }));
  write(1_533, video(Codec.H264, 2));
  const sent = sink.take();
  const sns = sent.map(({ view }) => {
    const sn = findExtension(view, 5);
    return (view.bytes[sn]! << 8) | view.bytes[sn + 1]!;
  });
  expect(sns).toEqual([32_768, 32_769]);
  expect(findExtension(sent[0]!.view, 3)).toBe(0);
  expect(transport.sent.sentMs(32_769)).toBe(1_533);
  expect(transport.sent.bytes(32_769)).toBe(sent[1]!.bytes.length);
});

test("video carries its send time where no transport-wide numbers are taken", () => {
  const { sink, write, transport } = new DownTrackRig([H264]);
  transport.extensions = { ...NO_EXTENSIONS, absSendTime: 3 };
  transport.wallOffsetMs = 64_000 * 1000;
  write(1_500, video(Codec.H264, 1, { isKeyFrame: true }));
  const [{ view }] = sink.take() as [SentPacket];
  const at = findExtension(view, 3);
  const { bytes } = view;
  const time = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
  expect(time).toBe(Math.floor(1.5 * 2 ** 18));
  expect(transport.sent.isKept(32_768)).toBe(false);
});

test.each([
  { title: "one-byte elements", isKey: false, id: 8, twoByte: false },
  { title: "two-byte elements when it is long", isKey: true, id: 8, twoByte: true },
  { title: "two-byte elements when its id is high", isKey: false, id: 15, twoByte: true },
])("the dependency descriptor leaves under the subscriber's id, in $title", (it) => {
  const { sink, track, transport } = new DownTrackRig([AV1], {}, ({ source }) => {
    source.isSvc = true;
  });
  transport.extensions = {
    ...NO_EXTENSIONS,
    dependencyDescriptor: it.id,
    absCaptureTime: 9,
    absSendTime: 3,
  };
  const captureTime = new Uint8Array(8).fill(0x55);
  const parser = new DependencyParser(false);
  const descriptors = [
    dependencyL2T2({ frameNumber: 9 }),
    dependencyL2T2({ frameNumber: 11, template: 2, activeTargets: 0b0011 }),
  ];
  for (const [index, dependencyDescriptor] of descriptors.entries()) {
    const packet = packetOf(video(Codec.Av1, 1 + index, { dependencyDescriptor, captureTime }));
    packet.isKeyFrame = index === 0;
    parser.read(packet);
    track.write(packet, index);
  }
  const { view, payload } = sink.take()[it.isKey ? 0 : 1]!;
  expect(view.extensionTwoByte).toBe(it.twoByte);
  const at = findExtension(view, it.id);
  const descriptor = [...view.bytes.slice(at, at + view.elementBytes)];
  expect(descriptor).toEqual([...descriptors[it.isKey ? 0 : 1]!]);
  const captureAt = findExtension(view, 9);
  expect(view.bytes.slice(captureAt, captureAt + view.elementBytes)).toEqual(captureTime);
  expect(payload).toEqual(new Uint8Array([1, 2, 3, 4]));
});

test("a NACK is answered on the RTX stream with its own numbers and the original one in front", () => {
  const { sink, write, track } = new DownTrackRig([VP8]);
  const key = { pictureId: 126, isKeyFrame: true, spatialLayer: 2 };
  write(0, video(Codec.Vp8, 1, key));
  write(33, video(Codec.Vp8, 2, { pictureId: 127, spatialLayer: 2 }));
  write(66, video(Codec.Vp8, 3, { pictureId: 0, spatialLayer: 2, payload: new Uint8Array([5]) }));
  const original = sink.take();
  track.handleNack(
    1_000,
    Uint16Array.from(original, (it) => it.sn),
    3,
  );
  const resent = sink.take();
  expect(resent.map((it) => it.ssrc)).toEqual([RTX_SSRC, RTX_SSRC, RTX_SSRC]);
  expect(resent.every((it) => it.isRetransmission && it.payloadType === 99)).toBe(true);
  expect(resent.map((it) => it.sn - resent[0]!.sn)).toEqual([0, 1, 2]);
  // The newest first.
  const expected = original.toReversed();
  for (const [i, it] of resent.entries()) {
    expect((it.payload[0]! << 8) | it.payload[1]!).toBe(expected[i]!.sn);
    expect([...it.payload.slice(2)]).toEqual([...expected[i]!.payload]);
    expect([it.ts, it.marker]).toEqual([expected[i]!.ts, expected[i]!.marker]);
  }
  expect(readVp8Descriptor(resent[0]!.payload, 2).pictureId).toBe(128);
});

test("without an RTX stream a packet goes out again as it was", () => {
  const { sink, write, track } = new DownTrackRig([OPUS]);
  write(0, audio(100));
  const [original] = sink.take();
  track.handleNack(1_000, new Uint16Array([original!.sn]), 1);
  expect(sink.take()[0]).toMatchObject({
    isRetransmission: true,
    sn: original!.sn,
    ssrc: SSRC,
    payloadType: 96,
    payload: original!.payload,
  });
});

test("a NACK is answered three times, not right after an answer, and not for what is gone", () => {
  const { sink, write, track, source } = new DownTrackRig([OPUS]);
  write(0, audio(100));
  write(20, audio(101));
  const [first, second] = sink.take().map((it) => it.sn);
  const nack = (nowMs: number, sn: number): number => {
    track.handleNack(nowMs, new Uint16Array([sn]), 1);
    return sink.take().length;
  };
  expect([50, 100, 200, 250, 400, 800, 1_000].map((nowMs) => nack(nowMs, first!))).toEqual([
    1, 0, 1, 0, 1, 0, 0,
  ]);
  expect(track.stats.repeatedNacks).toBeGreaterThan(0);
  source.kept.clear();
  expect(nack(1_000, second!)).toBe(0);
  expect(track.stats.nackMisses).toBe(1);
});

test("after a PLI, NACKs wait for the key frame", () => {
  const { sink, write, track, source } = new DownTrackRig([H264]);
  write(0, video(Codec.H264, 1, { spatialLayer: 2, isKeyFrame: true }));
  const sns = Uint16Array.of(sink.take()[0]!.sn);
  track.handlePli(500, false);
  expect(source.keyFrameRequests).toContainEqual({ nowMs: 500, spatialLayer: 2 });
  track.handleNack(600, sns, 1);
  expect(sink.take()).toEqual([]);
  write(700, video(Codec.H264, 2, { spatialLayer: 2, isKeyFrame: true }));
  sink.take();
  track.handleNack(900, sns, 1);
  expect(sink.take()).toHaveLength(1);
});

test("key frames are asked for at once, then every 200 ms, until the layer flows", () => {
  const rigged = new DownTrackRig([H264]);
  const { track, source, write } = rigged;
  track.handleTimeout(0);
  rigged.runUntil(450);
  expect(source.keyFrameRequests).toEqual(
    [0, 200, 400].map((nowMs) => ({ nowMs, spatialLayer: 2 })),
  );
  write(460, video(Codec.H264, 1, { spatialLayer: 0, isKeyFrame: true }));
  track.handleTimeout(600);
  expect(source.keyFrameRequests).toHaveLength(4);
  write(610, video(Codec.H264, 1, { spatialLayer: 2, isKeyFrame: true }));
  expect(track.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
});

test("no key frame is asked for while the transport is not connected", () => {
  const rigged = new DownTrackRig([H264]);
  rigged.sink.isConnected = false;
  rigged.track.handleTimeout(0);
  rigged.runUntil(500);
  expect(rigged.source.keyFrameRequests).toEqual([]);
  rigged.sink.isConnected = true;
  rigged.runUntil(800);
  expect(rigged.source.keyFrameRequests.length).toBeGreaterThan(0);
});

test("when the layer that flows is not published any more, the next lower one takes over", () => {
  const { track, write, source } = new DownTrackRig([H264]);
  write(0, video(Codec.H264, 1, { spatialLayer: 2, isKeyFrame: true }));
  source.available.delete(2);
  track.handleLayersChanged(1_000);
  track.handleTimeout(1_000);
  expect(source.keyFrameRequests.at(-1)).toEqual({ nowMs: 1_000, spatialLayer: 1 });
  write(1_050, video(Codec.H264, 9, { spatialLayer: 1, isKeyFrame: true }));
  expect(track.currentSpatialLayer).toBe(1);
});

test.each(["publisher", "subscriber"])(
  "muting audio by the %s sends a second of silence",
  (who) => {
    const rigged = new DownTrackRig([OPUS]);
    const { track, write, sink } = rigged;
    write(0, audio(100));
    const [last] = sink.take();
    if (who === "publisher") track.setPublisherMuted(20, true);
    else track.setSettings(20, { ...SETTINGS, isDisabled: true });
    expect(write(20, audio(101))).toBe(WriteResult.Nothing);
    rigged.runUntil(5_000);
    const silence = sink.take();
    expect(silence).toHaveLength(50);
    expect(silence.map((it) => it.sn - last!.sn)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 1),
    );
    expect(silence.map((it) => it.ts - last!.ts)).toEqual(
      Array.from({ length: 50 }, (_, i) => (i + 1) * 960),
    );
    expect(silence.every((it) => it.payload.length === 80 && it.payload[0] === 0xf8)).toBe(true);
  },
);

test("unmuting audio ends the silence, and the sound goes on where it stops", () => {
  const rigged = new DownTrackRig([OPUS]);
  const { track, write, sink } = rigged;
  write(0, audio(100));
  track.setPublisherMuted(20, true);
  rigged.runUntil(60);
  track.setPublisherMuted(70, false);
  expect(track.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
  write(80, audio(104));
  const sent = sink.take();
  expect(sent.map((it) => it.sn - sent[0]!.sn)).toEqual([0, 1, 2, 3, 4]);
  expect(sent.at(-1)!.ts - sent[0]!.ts).toBe(4 * 960);
});

test("no silence is sent before there was any sound", () => {
  const rigged = new DownTrackRig([OPUS]);
  rigged.track.setPublisherMuted(0, true);
  expect(rigged.track.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
});

test("video after a mute begins with a key frame, one number after the last", () => {
  const { track, write, sink, source } = new DownTrackRig([H264]);
  write(0, video(Codec.H264, 1, { spatialLayer: 2, isKeyFrame: true }));
  track.pollForwardingChange();
  track.setPublisherMuted(33, true);
  expect(track.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
  expect(write(33, video(Codec.H264, 2, { spatialLayer: 2 }))).toBe(WriteResult.Changed);
  expect([track.pollForwardingChange(), track.currentSpatialLayer]).toEqual([true, -1]);
  track.setPublisherMuted(5_000, false);
  track.handleTimeout(5_000);
  expect(source.keyFrameRequests.at(-1)).toEqual({ nowMs: 5_000, spatialLayer: 2 });
  write(5_010, video(Codec.H264, 140, { spatialLayer: 2 }));
  write(5_043, video(Codec.H264, 141, { spatialLayer: 2, isKeyFrame: true }));
  const [before, after] = sink.take();
  expect(after!.sn).toBe(before!.sn + 1);
});

test.each([
  { codec: VP8, count: 6, what: "black VP8 key frames" },
  { codec: H264, count: 6, what: "black H.264 key frames" },
  { codec: OPUS, count: 10, what: "silence" },
  { codec: VP9, count: 0, what: "nothing of a codec without a blank frame" },
])("closing with a flush sends $count packets: $what", ({ codec, count }) => {
  const rigged = new DownTrackRig([codec]);
  const { track, write, sink } = rigged;
  write(0, video(codec.codec, 1, { isKeyFrame: true, pictureId: 127, tl0PicIdx: 3, keyIdx: 4 }));
  const [last] = sink.take();
  track.close(10, true);
  expect(track.isClosed).toBe(count === 0);
  rigged.runUntil(1_000);
  expect(track.isClosed).toBe(true);
  const sent = sink.take();
  expect(sent).toHaveLength(count);
  expect(sent.map((it) => it.sn - last!.sn)).toEqual(
    Array.from({ length: count }, (_, i) => i + 1),
  );
  expect(sent.every((it) => it.marker && it.payloadType === codec.payloadType)).toBe(true);
  for (let i = 1; i < count; i++) expect(sent[i]!.ts).toBeGreaterThan(sent[i - 1]!.ts);
  if (codec === VP8) {
    expect(sent.map((it) => readVp8Descriptor(it.payload).pictureId)).toEqual([
      128, 129, 130, 131, 132, 133,
    ]);
  }
  expect(write(2_000, video(codec.codec, 2, { isKeyFrame: true }))).toBe(WriteResult.Nothing);
});

test("a flush in the middle of a frame closes the frame first", () => {
  const rigged = new DownTrackRig([H264]);
  const { track, write, sink } = rigged;
  write(0, video(Codec.H264, 1, { isKeyFrame: true, marker: false }));
  track.close(10, true);
  rigged.runUntil(1_000);
  const sent = sink.take();
  expect(sent[1]).toMatchObject({ ts: sent[0]!.ts, marker: true, paddingBytes: 1 });
  expect(sent).toHaveLength(8);
});

test("closing without a flush sends nothing", () => {
  const { track, write, sink } = new DownTrackRig([OPUS]);
  write(0, audio(100));
  sink.take();
  track.close(10, false);
  expect(track.isClosed).toBe(true);
  track.handleTimeout(1_000);
  expect(sink.take()).toEqual([]);
});

test("a late packet that is left out on purpose is replaced by an empty one with its number", () => {
  const { track, write, sink, source } = new DownTrackRig([VP8]);
  source.available.delete(1);
  source.available.delete(2);
  track.setSettings(0, { ...SETTINGS, maxTemporalLayer: 0 });
  const frame = (
    extSn: number,
    pictureId: number,
    fields: Partial<PacketFields> = {},
  ): PacketFields =>
    video(Codec.Vp8, extSn, { pictureId, tl0PicIdx: 1, temporalLayer: 0, ...fields });
  write(0, frame(1, 10, { isKeyFrame: true }));
  // Picture 11 is of a layer that is left out; its first packet is late.
  write(33, frame(3, 11, { temporalLayer: 2, isFrameStart: false }));
  write(66, frame(4, 12));
  write(70, frame(2, 11, { temporalLayer: 2, isOutOfOrder: true, marker: false }));
  const sent = sink.take();
  const first = sent[0]!.sn;
  expect(sent.map((it) => it.sn - first)).toEqual([0, 2, 1]);
  expect(sent[2]).toMatchObject({ paddingBytes: 1, marker: false, payload: new Uint8Array(0) });
  expect(readVp8Descriptor(sent[1]!.payload).pictureId).toBe(11);
});

test("what was sent before a mute cannot be asked for any more under other numbers", () => {
  const { track, write, sink } = new DownTrackRig([OPUS]);
  write(0, audio(100));
  const { sn } = sink.take()[0]!;
  write(20, audio(9_000, { ssrc: 77 }));
  sink.take();
  track.handleNack(1_000, new Uint16Array([sn]), 1);
  expect(sink.take()).toEqual([]);
});

test("a stream that begins anew under its SSRC is followed, and its old packets are forgotten", () => {
  const { track, write, sink } = new DownTrackRig([OPUS]);
  write(0, audio(100));
  write(20, audio(101));
  track.handleStreamReset(0);
  write(40, audio(50_000, { extTs: 12 }));
  const sent = sink.take();
  expect(sent.map((it) => it.sn - sent[0]!.sn)).toEqual([0, 1, 2]);
  expect(sent[2]!.ts - sent[1]!.ts).toBe(960);
  track.handleNack(1_000, Uint16Array.of(sent[0]!.sn, sent[2]!.sn), 2);
  expect(sink.take()).toHaveLength(1);
});

test("numbers on the wire wrap without a gap, and NACKs reach over the wrap", () => {
  const { track, sink, source } = new DownTrackRig([OPUS]);
  const packet = packetOf(audio(100_000, { extTs: 2 ** 33 - 480_000 }));
  let previous: SentPacket | undefined;
  let wraps = 0;
  for (let i = 0; i < 70_000; i++) {
    packet.extSn += 1;
    packet.extTs += 960;
    track.write(packet, i * 20);
    const [sent] = sink.take() as [SentPacket];
    if (previous !== undefined) {
      expect((sent.sn - previous.sn) & 0xffff).toBe(1);
      expect((sent.ts - previous.ts) >>> 0).toBe(960);
      if (sent.sn < previous.sn) {
        wraps += 1;
        source.kept.set(`0:${packet.extSn - 1}`, audio(packet.extSn - 1));
        track.handleNack(i * 20 + 1_000, Uint16Array.of(previous.sn), 1);
        expect(sink.take()[0]!.payload).toEqual(
          Uint8Array.of(previous.sn >> 8, previous.sn & 0xff, 1, 2, 3, 4).subarray(2),
        );
      }
    }
    previous = sent;
  }
  expect(wraps).toBe(1);
});

test.each([
  {
    title: "RED",
    last: { codec: Codec.Red, payloadType: 63 },
    payloadType: 97,
    head: 0x6f,
    length: 81,
  },
  { title: "Opus", last: {}, payloadType: 96, head: 0xf8, length: 80 },
])("silence is in the codec that was sent last: $title", ({ last, payloadType, head, length }) => {
  const rigged = new DownTrackRig([RED, OPUS]);
  rigged.write(0, audio(100, { codec: Codec.Red, payloadType: 63 }));
  rigged.write(20, audio(101, last));
  rigged.sink.take();
  rigged.track.setPublisherMuted(40, true);
  rigged.track.handleTimeout(40);
  const [silence] = rigged.sink.take();
  expect(silence!.payloadType).toBe(payloadType);
  expect([silence!.payload[0]!, silence!.payload.length]).toEqual([head, length]);
});
