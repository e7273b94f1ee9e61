import { DropReason } from "../../src/base/drop-reason.ts";
import { unwrap16 } from "../../src/base/serial.ts";
import { compactNtp } from "../../src/wire/rtcp/ntp.ts";
import { ReportBlock, RtcpCursor } from "../../src/wire/rtcp/rtcp-cursor.ts";
import { RtcpType } from "../../src/wire/rtcp/rtcp-types.ts";
import { writeReceiverReport, writeRemb } from "../../src/wire/rtcp/rtcp-writer.ts";
import type { RtpView } from "../../src/wire/rtp/rtp-view.ts";
import { OPUS_PAYLOAD_TYPE } from "./client-descriptions.ts";
import type { LatencyHistogram } from "./latency-histogram.ts";
import type { RtcPeer } from "./rtc-peer.ts";
import { readTimeStamp } from "./time-stamp.ts";

const REPORT_MS = 1_000;
const REPORT_BYTES_MAX = 1_000;
const RECEIVER_REPORT_BYTES = 32;
/** What the client says its downlink carries: never the bottleneck. */
const REMB_BPS = 100_000_000;
/** A gap between two pictures of more than this is a freeze. */
export const FREEZE_MS = 1_000;
const STREAMS_MAX = 1024;

class ReceivedStream {
  readonly ssrc: number;
  readonly isVideo: boolean;
  packets = 0;
  duplicates = 0;
  firstExtSn: number;
  highestExtSn: number;
  lastSrCompact = 0;
  lastSrMs = 0;
  lastReportExpected = 0;
  lastReportPackets = 0;
  lastFrameMs = 0;
  freezes = 0;
  longestGapMs = 0;
  lastPacketMs = 0;
  /** Between two packets, whatever they carry. */
  longestSilenceMs = 0;

  constructor(ssrc: number, extSn: number, isVideo: boolean) {
    this.ssrc = ssrc;
    this.isVideo = isVideo;
    this.firstExtSn = extSn;
    this.highestExtSn = extSn;
  }

  get expected(): number {
    return this.highestExtSn - this.firstExtSn + 1;
  }
}

export type ArrivalSums = {
  readonly packets: number;
  readonly bytes: number;
  readonly expected: number;
  readonly videoStreams: number;
  readonly audioStreams: number;
  readonly freezes: number;
  readonly longestGapMs: number;
  /** Between two packets of one stream. */
  readonly longestSilenceMs: number;
};

/**
 * What arrives on one subscribing peer connection, by SSRC; and the reports on it. Packets without
 * a time stamp (padding, repeats under another SSRC) are not counted.
 */
export class ReceivedStreams {
  readonly #peer: RtcPeer;
  readonly #latency: LatencyHistogram;
  readonly #streams: Map<number, ReceivedStream> = new Map();
  readonly #cursor: RtcpCursor = new RtcpCursor();
  readonly #block: ReportBlock = new ReportBlock();
  #last: ReceivedStream | undefined;
  #nextReportMs = 0;
  #packets = 0;
  #bytes = 0;
  wantsRemb = false;

  constructor(peer: RtcPeer, latency: LatencyHistogram) {
    this.#peer = peer;
    this.#latency = latency;
  }

  /** Runs once per packet. */
  receiveRtp(view: RtpView, nowMs: number): void {
    const end = view.payloadOffset + view.payloadBytes;
    const sentMs = readTimeStamp(view.bytes, view.payloadOffset, end);
    if (sentMs < 0) return;
    let stream = this.#last;
    if (stream === undefined || stream.ssrc !== view.ssrc) {
      stream = this.#streamOf(view);
      this.#last = stream;
    }
    const extSn = unwrap16(view.sn, stream.highestExtSn);
    if (extSn > stream.highestExtSn) stream.highestExtSn = extSn;
    stream.packets += 1;
    if (stream.lastPacketMs > 0) {
      stream.longestSilenceMs = Math.max(stream.longestSilenceMs, nowMs - stream.lastPacketMs);
    }
    stream.lastPacketMs = nowMs;
    this.#packets += 1;
    this.#bytes += view.length;
    this.#latency.add(nowMs - sentMs);
    if (view.marker && stream.isVideo) {
      const gapMs = nowMs - stream.lastFrameMs;
      if (stream.lastFrameMs > 0) {
        if (gapMs > FREEZE_MS) stream.freezes += 1;
        if (gapMs > stream.longestGapMs) stream.longestGapMs = gapMs;
      }
      stream.lastFrameMs = nowMs;
    }
  }

  #streamOf(view: RtpView): ReceivedStream {
    const known = this.#streams.get(view.ssrc);
    if (known !== undefined) return known;
    if (this.#streams.size === STREAMS_MAX) throw new Error("The server sends too many streams");
    // High above zero, so that what comes before the first packet is no negative number.
    const extSn = view.sn + 0x10000;
    const stream = new ReceivedStream(view.ssrc, extSn, view.payloadType !== OPUS_PAYLOAD_TYPE);
    this.#streams.set(view.ssrc, stream);
    return stream;
  }

  receiveRtcp(bytes: Uint8Array, length: number, nowMs: number): void {
    const cursor = this.#cursor;
    if (cursor.start(bytes, 0, length) !== DropReason.None) return;
    for (let type = cursor.next(); type !== RtcpType.End; type = cursor.next()) {
      if (type !== RtcpType.SenderReport) continue;
      const stream = this.#streams.get(cursor.senderSsrc);
      if (stream === undefined) continue;
      stream.lastSrCompact = compactNtp(cursor.ntpSeconds, cursor.ntpFraction);
      stream.lastSrMs = nowMs;
    }
  }

  /** Receiver reports once a second, as many in a packet as fit, and what the downlink carries. */
  handleTimeout(nowMs: number): void {
    if (nowMs < this.#nextReportMs || this.#streams.size === 0) return;
    this.#nextReportMs = nowMs + REPORT_MS;
    const peer = this.#peer;
    let at = peer.reserve();
    let end = at;
    for (const stream of this.#streams.values()) {
      if (end - at + RECEIVER_REPORT_BYTES > REPORT_BYTES_MAX) {
        peer.commitRtcp(end - at);
        at = peer.reserve();
        end = at;
      }
      this.#fillBlock(stream, nowMs);
      end = writeReceiverReport(peer.arena, end, 1, this.#block);
    }
    if (this.wantsRemb) {
      const [first] = this.#streams.keys();
      end = writeRemb(peer.arena, end, 1, [first ?? 0], REMB_BPS);
    }
    peer.commitRtcp(end - at);
    peer.flush();
  }

  #fillBlock(stream: ReceivedStream, nowMs: number): void {
    const block = this.#block;
    const expected = stream.expected - stream.lastReportExpected;
    const lost = Math.max(0, expected - (stream.packets - stream.lastReportPackets));
    stream.lastReportExpected = stream.expected;
    stream.lastReportPackets = stream.packets;
    block.ssrc = stream.ssrc;
    block.fractionLost = expected > 0 ? Math.min(255, Math.floor((lost * 256) / expected)) : 0;
    block.totalLost = Math.max(0, stream.expected - stream.packets);
    block.highestSn = stream.highestExtSn >>> 0;
    block.jitterTicks = 10;
    block.lastSr = stream.lastSrCompact;
    block.delaySinceLastSr =
      stream.lastSrMs === 0 ? 0 : Math.round(((nowMs - stream.lastSrMs) * 65_536) / 1000);
  }

  sums(): ArrivalSums {
    let expected = 0;
    let videoStreams = 0;
    let freezes = 0;
    let longestGapMs = 0;
    let longestSilenceMs = 0;
    for (const stream of this.#streams.values()) {
      expected += stream.expected;
      if (stream.isVideo) videoStreams += 1;
      freezes += stream.freezes;
      longestGapMs = Math.max(longestGapMs, stream.longestGapMs);
      longestSilenceMs = Math.max(longestSilenceMs, stream.longestSilenceMs);
    }
    return {
      packets: this.#packets,
      bytes: this.#bytes,
      expected,
      videoStreams,
      audioStreams: this.#streams.size - videoStreams,
      freezes,
      longestGapMs,
      longestSilenceMs,
    };
  }

  /** Freezes and gaps are counted anew; a stream that stands still is one from now on. */
  restartGaps(): void {
    for (const stream of this.#streams.values()) {
      stream.freezes = 0;
      stream.longestGapMs = 0;
      stream.longestSilenceMs = 0;
    }
  }

  /** Packets of the stream that has brought the fewest. */
  fewestPackets(): number {
    return Math.min(...[...this.#streams.values()].map(({ packets }) => packets));
  }

  /** Pictures that ought to come and have not for longer than a freeze takes. */
  frozenNow(nowMs: number): number {
    let frozen = 0;
    for (const stream of this.#streams.values()) {
      if (stream.isVideo && nowMs - stream.lastFrameMs > FREEZE_MS) frozen += 1;
    }
    return frozen;
  }
}
