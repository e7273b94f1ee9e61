import { expect, test } from "bun:test";
import fc from "fast-check";
import { dependencyL2T2, vp8Payload } from "../../../test/support/payloads.ts";
import { type RtpFields, rtpView } from "../../../test/support/rtp-packet.ts";
import { DropReason } from "../../base/drop-reason.ts";
import { ReportBlock, RtcpCursor } from "../../wire/rtcp/rtcp-cursor.ts";
import { RtcpType, TransportFormat } from "../../wire/rtcp/rtcp-types.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";
import { Described } from "../dependency/frame-dependency.ts";
import { MediaPacket } from "../packet/media-packet.ts";
import { CodecTable, type StreamCodec } from "./codec-table.ts";
import {
  PUSH_FORWARD,
  PUSH_PADDING,
  ReceiveStream,
  type ReceiveStreamOptions,
  STREAM_FEEDBACK_BYTES,
} from "./receive-stream.ts";

const SSRC = 1111;
const H264: StreamCodec = {
  codec: Codec.H264,
  payloadType: 96,
  rtxPayloadType: 97,
  fmtp: "",
  hasNack: true,
  hasPli: true,
};
const CODECS: readonly StreamCodec[] = [
  H264,
  { ...H264, codec: Codec.Vp8, payloadType: 98, rtxPayloadType: 99 },
  { ...H264, codec: Codec.Av1, payloadType: 35, rtxPayloadType: 36 },
];

function streamOf(options: Partial<ReceiveStreamOptions> = {}): ReceiveStream {
  return new ReceiveStream({
    ssrc: SSRC,
    isVideo: true,
    codecs: new CodecTable(CODECS),
    extensions: { ...NO_EXTENSIONS, dependencyDescriptor: 5, absCaptureTime: 6 },
    packetsMax: 500,
    restartsAfterPause: false,
    pliIntervalMs: 500,
    ...options,
  });
}

/** Pushes packets of the H.264 payload type, 3000 ticks and 33 ms a packet unless told otherwise. */
class Publisher {
  readonly stream: ReceiveStream;
  readonly packet: MediaPacket = new MediaPacket();
  nowMs = 10_000;

  constructor(stream: ReceiveStream = streamOf()) {
    this.stream = stream;
  }

  push(fields: Partial<RtpFields> & { sn: number }, nowMs: number = this.nowMs): number {
    const view = rtpView({ ts: 1000, ssrc: SSRC, ...fields });
    return this.stream.push(nowMs, view, this.packet);
  }

  pushRtx(osn: number, ts: number, payload: readonly number[] = [9, 9]): number {
    const view = rtpView({
      sn: 7,
      ts,
      ssrc: 2222,
      payloadType: 97,
      payload: [osn >> 8, osn & 255, ...payload],
    });
    return this.stream.pushRtx(this.nowMs, view, this.packet);
  }

  /** What is due now: sequence numbers asked for, reports and requests. */
  feedback(nowMs: number = this.nowMs) {
    const out = new Uint8Array(STREAM_FEEDBACK_BYTES);
    const end = this.stream.pollFeedback(nowMs, out, 0);
    const nacks: number[] = [];
    let reports: ReportBlock[] = [];
    let plis = 0;
    const cursor = new RtcpCursor();
    if (end > 0) expect(cursor.start(out, 0, end)).toBe(DropReason.None);
    for (let type = cursor.next(); type !== RtcpType.End; type = cursor.next()) {
      expect(cursor.senderSsrc).toBe(SSRC);
      if (type === RtcpType.ReceiverReport) {
        const block = new ReportBlock();
        cursor.readReportBlock(0, block);
        reports = [...reports, block];
      } else if (type === RtcpType.TransportFeedback && cursor.count === TransportFormat.Nack) {
        for (let i = 0; i < cursor.nackCount(); i++) {
          nacks.push(cursor.nackPid(i));
          for (let bit = 0; bit < 16; bit++) {
            if ((cursor.nackMask(i) >> bit) & 1) nacks.push((cursor.nackPid(i) + bit + 1) & 0xffff);
          }
        }
      } else if (type === RtcpType.PayloadFeedback) {
        plis += 1;
      }
    }
    return { nacks, reports, plis };
  }
}

test("ReceiveStream fills the packet from the ring, extensions included", () => {
  const publisher = new Publisher();
  const payload = vp8Payload({ pictureId: 300, tl0: 4, tid: 1, sync: true, size: [640, 360] });
  const result = publisher.push({
    sn: 65_535,
    ts: 4_294_967_295,
    marker: true,
    payloadType: 98,
    payload,
    padding: 5,
    extensions: { 5: dependencyL2T2({ frameNumber: 1 }), 6: [1, 2, 3, 4, 5, 6, 7, 8] },
  });
  const { packet, stream } = publisher;
  expect(result).toBe(PUSH_FORWARD);
  expect(packet).toMatchObject({
    codec: Codec.Vp8,
    payloadType: 98,
    marker: true,
    ssrc: SSRC,
    extSn: 65_535,
    extTs: 4_294_967_295,
    arrivalMs: 10_000,
    isOutOfOrder: false,
    isKeyFrame: true,
    pictureId: 300,
    // The dependency descriptor's, whatever VP8's own says.
    temporalLayer: 0,
    isSwitchingPoint: true,
    descriptorBytes: 6,
  });
  const at = (offset: number, length: number) => [...packet.bytes.slice(offset, offset + length)];
  expect(at(packet.payloadOffset, packet.payloadBytes)).toEqual([...payload]);
  expect(at(packet.captureTimeOffset, packet.captureTimeBytes)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(at(packet.dependencyOffset, packet.dependencyBytes)).toEqual([
    ...dependencyL2T2({ frameNumber: 1 }),
  ]);
  expect([stream.sizes.widths[0], stream.sizes.heights[0]]).toEqual([640, 360]);
  expect(publisher.push({ sn: 0, ts: 2999 })).toBe(PUSH_FORWARD);
  expect([packet.extSn, packet.extTs]).toEqual([65_536, 4_294_967_295 + 3000]);
});

test("ReceiveStream takes layers and key frames of AV1 from the dependency descriptor", () => {
  const publisher = new Publisher();
  const push = (sn: number, descriptor: Uint8Array) =>
    publisher.push({ sn, payloadType: 35, payload: [0x30, 1, 2], extensions: { 5: descriptor } });
  const { packet, stream } = publisher;
  push(1, dependencyL2T2({ frameNumber: 1 }));
  expect(packet).toMatchObject({ isKeyFrame: true, spatialLayer: 0, temporalLayer: 0 });
  expect(stream.activeSpatialMask).toBe(0b11);
  expect(stream.sizes.count).toBe(2);
  push(2, dependencyL2T2({ frameNumber: 2, template: 4, isFirst: false }));
  expect(packet).toMatchObject({
    isKeyFrame: false,
    spatialLayer: 1,
    temporalLayer: 1,
    isFrameStart: false,
    isLayerFrameEnd: true,
  });
  push(3, dependencyL2T2({ frameNumber: 3, template: 1, activeTargets: 0b0011 }));
  expect(stream.activeSpatialMask).toBe(0b01);
});

test.each([
  // A sequence header and a key frame, as encrypted bytes may look by chance.
  { payloadType: 35, payload: [0x28, 4, 0x0a, 2, 0, 0, 0x32, 2, 0x10, 0] },
  { payloadType: 98, payload: [0x10, 0x10, 2, 0, 0x9d, 0x01, 0x2a, 64, 1, 180, 0] },
])("ReceiveStream believes descriptors, not what may be encrypted: type $payloadType", (it) => {
  const publisher = new Publisher();
  publisher.push({ ...it, sn: 1, extensions: { 5: dependencyL2T2({ frameNumber: 1 }) } });
  expect(publisher.packet.isKeyFrame).toBeTrue();
  const delta = dependencyL2T2({ frameNumber: 2, template: 2 });
  publisher.push({ ...it, sn: 2, extensions: { 5: delta } });
  expect(publisher.packet).toMatchObject({ isKeyFrame: false, temporalLayer: 1 });
});

test("ReceiveStream forgets one codec's descriptors when another comes", () => {
  const publisher = new Publisher();
  const vp8 = { payloadType: 98, payload: vp8Payload({ tid: 1 }) };
  const av1 = { payloadType: 35, payload: [0x30, 1, 2] };
  const described = () => publisher.packet.dependency.described;
  publisher.push({ ...av1, sn: 1, extensions: { 5: dependencyL2T2({ frameNumber: 1 }) } });
  expect(described()).toBe(Described.Yes);
  publisher.push({ ...vp8, sn: 2 });
  expect(described()).toBe(Described.No);
  publisher.push({ ...av1, sn: 3, extensions: { 5: dependencyL2T2({ frameNumber: 2 }) } });
  expect(described()).toBe(Described.Yes);
  publisher.push({ ...av1, sn: 4 });
  const next = dependencyL2T2({ frameNumber: 3, template: 1 });
  publisher.push({ ...av1, sn: 5, extensions: { 5: next } });
  expect(described()).toBe(Described.No);
  expect(publisher.stream.activeSpatialMask).toBe(-1);
});

test("ReceiveStream begins with media only, and drops what came before the beginning", () => {
  const publisher = new Publisher();
  expect(publisher.pushRtx(5, 1000)).toBe(DropReason.WrongState);
  expect(publisher.push({ sn: 9, payload: [], padding: 10 })).toBe(DropReason.WrongState);
  expect(publisher.push({ sn: 10 })).toBe(PUSH_FORWARD);
  expect(publisher.push({ sn: 9, ts: 500 })).toBe(DropReason.TooOld);
  expect(publisher.push({ sn: 10 })).toBe(DropReason.Duplicate);
  expect(publisher.push({ sn: 11, payloadType: 50 })).toBe(DropReason.Unsupported);
  expect(publisher.push({ sn: 11, ts: 4000 })).toBe(PUSH_FORWARD);
});

test("ReceiveStream takes padding out of the numbering", () => {
  const publisher = new Publisher();
  const numbers: number[] = [];
  const push = (sn: number, isPadding: boolean) => {
    const result = publisher.push(isPadding ? { sn, payload: [], padding: 20 } : { sn });
    if (result === PUSH_FORWARD) numbers.push(publisher.packet.extSn);
    else expect(result).toBe(PUSH_PADDING);
  };
  push(100, false);
  for (const sn of [101, 102, 103]) push(sn, true);
  push(104, false);
  push(106, false);
  push(107, true);
  push(108, false);
  push(105, false);
  expect(numbers).toEqual([100, 101, 103, 104, 102]);
});

test("ReceiveStream passes late padding on, because its place is known to be missing", () => {
  const publisher = new Publisher();
  publisher.push({ sn: 1 });
  publisher.push({ sn: 3 });
  expect(publisher.push({ sn: 2, payload: [], padding: 9 })).toBe(PUSH_FORWARD);
  expect(publisher.packet).toMatchObject({ extSn: 2, payloadBytes: 0, isOutOfOrder: true });
});

test("ReceiveStream puts aside what contradicts itself, and leaves no trace of it", () => {
  const publisher = new Publisher();
  publisher.push({ sn: 1000, ts: 90_000 });
  // Newer number, older timestamp.
  expect(publisher.push({ sn: 1005, ts: 50_000 })).toBe(DropReason.TooOld);
  // Older number, and a timestamp that runs ahead of the time.
  expect(publisher.push({ sn: 999, ts: 180_000 }, 10_010)).toBe(DropReason.TooOld);
  expect(publisher.push({ sn: 1001, ts: 93_000 }, 10_033)).toBe(PUSH_FORWARD);
  expect(publisher.packet.extSn).toBe(1001);
  expect(publisher.feedback(10_060).nacks).toEqual([]);
});

test("ReceiveStream follows a sender that jumps by more than half the circle", () => {
  const publisher = new Publisher();
  publisher.push({ sn: 50_000, ts: 90_000 });
  expect(publisher.push({ sn: 40_000, ts: 180_000 }, 11_000)).toBe(PUSH_FORWARD);
  expect(publisher.packet.extSn).toBe(105_536);
});

test("ReceiveStream finds the timestamp's circle after hours of silence", () => {
  const publisher = new Publisher();
  publisher.push({ sn: 1, ts: 0 });
  const silenceMs = 7 * 3_600_000;
  const ticks = silenceMs * 90;
  publisher.push({ sn: 2, ts: ticks % 2 ** 32 }, publisher.nowMs + silenceMs);
  expect(publisher.packet.extTs).toBe(ticks);
});

test("ReceiveStream begins anew after five packets in order that fit nothing", () => {
  const publisher = new Publisher();
  publisher.push({ sn: 30_000, ts: 3_000_000_000 });
  const results = [1, 2, 3, 4, 5].map((i) => publisher.push({ sn: 100 + i, ts: 1000 + i }));
  expect(results).toEqual([6, 6, 6, 6, PUSH_FORWARD]);
  expect(publisher.packet.extSn).toBe(105);
  expect(publisher.stream.counters.resets).toBe(1);
});

test("ReceiveStream unpacks retransmissions and reads packets again", () => {
  const publisher = new Publisher();
  publisher.push({ sn: 10 });
  publisher.push({ sn: 12, ts: 7000 });
  expect(publisher.pushRtx(11, 4000, [5, 6, 7])).toBe(PUSH_FORWARD);
  const { packet, stream } = publisher;
  expect(packet).toMatchObject({ extSn: 11, extTs: 4000, payloadType: 96, ssrc: SSRC });
  expect(publisher.feedback(10_100).nacks).toEqual([]);
  expect(stream.lost).toBe(0);

  const again = new MediaPacket();
  expect(stream.read(11, again)).toBeTrue();
  const { bytes, payloadOffset, payloadBytes } = again;
  expect([...bytes.slice(payloadOffset, payloadOffset + payloadBytes)]).toEqual([5, 6, 7]);
  expect(again).toMatchObject({ extSn: 11, extTs: 4000, codec: Codec.H264 });
  expect(stream.read(13, again)).toBeFalse();
  expect(publisher.pushRtx(11, 4000)).toBe(DropReason.Duplicate);
  expect(publisher.pushRtx(12, 7000, [])).toBe(PUSH_PADDING);
});

test("ReceiveStream asks for missing packets after 20 ms, five times at growing intervals", () => {
  const publisher = new Publisher();
  publisher.push({ sn: 1 }, 0);
  publisher.push({ sn: 5, ts: 4000 }, 30);
  const askedMs: number[] = [];
  for (let nowMs = 31; nowMs < 2000; nowMs++) {
    if (publisher.feedback(nowMs).nacks.length > 0) askedMs.push(nowMs);
  }
  expect(askedMs.length).toBe(5);
  expect(askedMs[0]).toBe(50);
  const waits = askedMs.slice(1).map((ms, i) => ms - askedMs[i]!);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits.every((wait) => wait >= 20 && wait <= 400)).toBeTrue();
});

test("ReceiveStream asks for no more than the newest hundred, and for none of a codec without", () => {
  const publisher = new Publisher();
  publisher.push({ sn: 1 });
  publisher.push({ sn: 1000, ts: 4000 });
  const { nacks } = publisher.feedback(publisher.nowMs + 20);
  expect(nacks).toEqual(Array.from({ length: 100 }, (_, i) => 900 + i));
  const silent = new Publisher(streamOf({ codecs: new CodecTable([{ ...H264, hasNack: false }]) }));
  silent.push({ sn: 1 });
  silent.push({ sn: 9, ts: 4000 });
  expect(silent.feedback(silent.nowMs + 500).nacks).toEqual([]);
});

test("ReceiveStream reports residual loss once a second, and nothing without packets", () => {
  const publisher = new Publisher();
  for (let i = 0; i < 100; i++) {
    if (i % 10 === 3) continue;
    publisher.push({ sn: 65_500 + i > 65_535 ? i - 36 : 65_500 + i, ts: i * 90 }, i);
  }
  publisher.nowMs = 500;
  publisher.pushRtx(65_503, 270);
  expect(publisher.feedback(999).reports).toEqual([]);
  const [first] = publisher.feedback(1000).reports;
  expect(first).toMatchObject({
    ssrc: SSRC,
    totalLost: 9,
    fractionLost: Math.floor((9 * 256) / 100),
    highestSn: 65_599,
    lastSr: 0,
    delaySinceLastSr: 0,
  });
  expect(first!.jitterTicks).toBe(0);
  expect(publisher.feedback(9000).reports).toEqual([]);
});

test("ReceiveStream measures jitter once per frame", () => {
  const publisher = new Publisher();
  publisher.push({ sn: 1, ts: 0 }, 0);
  publisher.push({ sn: 2, ts: 3000 }, 43.333333);
  expect(publisher.stream.jitterTicks).toBeCloseTo(900 / 16, 3);
  publisher.push({ sn: 3, ts: 3000 }, 60);
  expect(publisher.stream.jitterTicks).toBeCloseTo(900 / 16, 3);
});

test("ReceiveStream relates NTP time to its timestamps and echoes the report", () => {
  const publisher = new Publisher();
  const { stream } = publisher;
  stream.handleSenderReport(100, 3_900_000_000, 0, 4_294_967_000);
  expect(stream.senderReport.hasReport).toBeFalse();
  publisher.push({ sn: 1, ts: 200 }, 200);
  expect(stream.senderReport.hasReport).toBeTrue();
  expect(stream.senderReport.extTs).toBe(-296);
  stream.handleSenderReport(1100, 3_900_000_001, 0, 89_704);
  expect(stream.senderReport).toMatchObject({
    ntpMs: 3_900_000_001_000,
    extTs: 89_704,
    arrivalMs: 1100,
  });
  // Older than the newest: put aside.
  stream.handleSenderReport(1200, 3_900_000_000, 5, 89_900);
  expect(stream.senderReport.extTs).toBe(89_704);
  const [report] = publisher.feedback(1600).reports;
  expect(report!.lastSr).toBe((3_900_000_001 & 0xffff) * 65_536);
  expect(report!.delaySinceLastSr).toBe(32_768);
});

test("ReceiveStream spaces key frame requests, and forgets them when a key frame comes", () => {
  const publisher = new Publisher();
  const { stream } = publisher;
  publisher.push({ sn: 1, payload: [0x65, 1] }, 0);
  stream.requestKeyFrame(0);
  stream.requestKeyFrame(1);
  expect(publisher.feedback(1).plis).toBe(1);
  stream.requestKeyFrame(100);
  expect(publisher.feedback(499).plis).toBe(0);
  expect(publisher.feedback(501).plis).toBe(1);
  stream.requestKeyFrame(600);
  publisher.push({ sn: 2, ts: 5000, payload: [0x67, 1] }, 700);
  expect(publisher.feedback(1500).plis).toBe(0);
});

test("ReceiveStream asks by itself until the first key frame", () => {
  const publisher = new Publisher();
  publisher.push({ sn: 1, payload: [0x65, 1] }, 0);
  const askedMs: number[] = [];
  for (let nowMs = 0; nowMs < 60_000; nowMs += 100) {
    if (publisher.feedback(nowMs).plis > 0) askedMs.push(nowMs);
  }
  expect(askedMs.slice(0, 3)).toEqual([1000, 2000, 3000]);
  expect(askedMs.at(-1)).toBe(30_000);
});

test("ReceiveStream drops a VP8 packet whose descriptor is wrong", () => {
  const publisher = new Publisher();
  publisher.push({ sn: 1, payloadType: 98, payload: vp8Payload({}) });
  const result = publisher.push({ sn: 2, payloadType: 98, payload: [0x90, 0x40, 1, 2] });
  expect(result).toBe(DropReason.Malformed);
});

test("ReceiveStream drops what no slot holds", () => {
  const publisher = new Publisher();
  publisher.push({ sn: 1 });
  const result = publisher.push({ sn: 2, payload: new Uint8Array(1600) });
  expect(result).toBe(DropReason.Unsupported);
});

test("forwarded numbers are unique, padding leaves no hole, and only missing packets are asked for", () => {
  const events = fc.array(
    fc.record({
      fate: fc.constantFrom("sent", "sent", "sent", "sent", "lost", "late", "twice", "padding"),
      lateBy: fc.integer({ min: 1, max: 15 }),
    }),
    { minLength: 1, maxLength: 150 },
  );
  fc.assert(
    fc.property(fc.nat(65_535), events, (first, list) => {
      const publisher = new Publisher();
      const order = list
        .flatMap(({ fate, lateBy }, i) => {
          if (fate === "lost" && i > 0) return [];
          const packet = { i: i + 1, isPadding: fate === "padding", at: i };
          if (fate === "late" && i > 0) return [{ ...packet, at: i + lateBy + 0.5 }];
          if (fate === "twice") return [packet, { ...packet, at: i + lateBy + 0.5 }];
          return [packet];
        })
        .sort((a, b) => a.at - b.at);
      publisher.push({ sn: first, ts: 0 }, 0);
      const seen = new Set<number>([0]);
      const removed = new Set<number>();
      const numbers: number[] = [first];
      let highest = 0;
      for (const { i, isPadding } of order) {
        const sn = (first + i) & 0xffff;
        const nowMs = i / 10;
        const payload = isPadding ? { payload: [], padding: 4 } : {};
        const result = publisher.push({ sn, ts: i * 90, ...payload }, nowMs);
        if (seen.has(i)) {
          expect(result).toBe(DropReason.Duplicate);
          continue;
        }
        seen.add(i);
        if (isPadding && i > highest) {
          expect(result).toBe(PUSH_PADDING);
          removed.add(i);
        } else {
          expect(result).toBe(PUSH_FORWARD);
          const { extSn } = publisher.packet;
          expect(numbers.includes(extSn)).toBeFalse();
          // Its own place, less the padding that was taken out before it.
          expect(extSn).toBe(first + i - [...removed].filter((r) => r < i).length);
          numbers.push(extSn);
        }
        highest = Math.max(highest, i);
      }
      const missing = Array.from({ length: highest }, (_, i) => i).filter((i) => !seen.has(i));
      const asked = publisher.feedback(100).nacks;
      expect(asked).toEqual(missing.slice(-100).map((i) => (first + i) & 0xffff));
      expect(publisher.stream.lost).toBe(missing.length);
      expect(publisher.stream.expected).toBe(highest + 1);
    }),
  );
});
