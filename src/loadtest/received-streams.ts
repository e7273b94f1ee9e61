import { DropReason } from "../base/drop-reason.ts";
import { unwrap16 } from "../base/serial.ts";
import { compactNtp } from "../wire/rtcp/ntp.ts";
import { ReportBlock, RtcpCursor } from "../wire/rtcp/rtcp-cursor.ts";
import { RtcpType } from "../wire/rtcp/rtcp-types.ts";
import { writeReceiverReport, writeRemb } from "../wire/rtcp/rtcp-writer.ts";
import type { RtpView } from "../wire/rtp/rtp-view.ts";
import { PayloadKind, type PayloadKinds } from "./client-descriptions.ts";
import type { LatencyHistogram } from "./latency-histogram.ts";
import type { RtcPeer } from "./rtc-peer.ts";
import { NO_TIME, readTimeStamp } from "./time-stamp.ts";

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
  bytes = 0;
  /** Packets that carry nothing: they fill a number, and are no media. */
  paddings = 0;
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
    return this.highestExtSn - this.firstExtSn + 1 - this.paddings;
  }
}

/** Of all streams of one kind. */
export type KindSums = {
  readonly streams: number;
  readonly packets: number;
  readonly bytes: number;
  /** By the numbers of the packets: what is missing was lost on the way. */
  readonly expected: number;
};

/** Where delays of received packets are counted; may be one and the same. */
export type MediaLatencies = {
  readonly audio: LatencyHistogram;
  readonly video: LatencyHistogram;
};

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
 * a time stamp (padding) and repeats under another SSRC are not counted.
 */
export class ReceivedStreams {
  readonly #peer: RtcPeer;
  readonly #latencies: MediaLatencies;
  readonly #streams: Map<number, ReceivedStream> = new Map();
  readonly #cursor: RtcpCursor = new RtcpCursor();
  readonly #block: ReportBlock = new ReportBlock();
  #last: ReceivedStream | undefined;
  #nextReportMs = 0;
  #packets = 0;
  #bytes = 0;
  wantsRemb = false;
  /** As the server's last offer says. */
  payloadKinds: PayloadKinds = new Uint8Array(0);

  constructor(peer: RtcPeer, latencies: MediaLatencies) {
    this.#peer = peer;
    this.#latencies = latencies;
  }

  /** Runs once per packet. */
  receiveRtp(view: RtpView, nowMs: number): void {
    const { bytes, payloadOffset, payloadBytes } = view;
    const end = payloadOffset + payloadBytes;
    const sentMs = readTimeStamp(bytes, payloadOffset, end, this.#peer.processTag);
    if (sentMs === NO_TIME) {
      this.#countPadding(view);
      return;
    }
    const { ssrc, sn, payloadType, marker, length } = view;
    const stream = this.#count(ssrc, sn, payloadType, marker, length, nowMs);
    if (stream === undefined || sentMs < 0) return;
    const latency = stream.isVideo ? this.#latencies.video : this.#latencies.audio;
    latency.add(nowMs - sentMs);
  }

  /** The same of a packet that was not decrypted: its header is all that there is (RFC 3711 §3.1). */
  receiveSealed(bytes: Uint8Array, nowMs: number): void {
    if (bytes.length < 12) return;
    const sn = (bytes[2]! << 8) | bytes[3]!;
    const ssrc = ((bytes[8]! << 24) | (bytes[9]! << 16) | (bytes[10]! << 8) | bytes[11]!) >>> 0;
    const hasMarker = (bytes[1]! & 0x80) !== 0;
    this.#count(ssrc, sn, bytes[1]! & 0x7f, hasMarker, bytes.length, nowMs);
  }

  #count(
    ssrc: number,
    sn: number,
    payloadType: number,
    marker: boolean,
    length: number,
    nowMs: number,
  ): ReceivedStream | undefined {
    let stream = this.#last;
    if (stream === undefined || stream.ssrc !== ssrc) {
      stream = this.#streamOf(ssrc, sn, payloadType);
      if (stream === undefined) return undefined;
      this.#last = stream;
    }
    const extSn = unwrap16(sn, stream.highestExtSn);
    if (extSn > stream.highestExtSn) stream.highestExtSn = extSn;
    stream.packets += 1;
    stream.bytes += length;
    if (stream.lastPacketMs > 0) {
      stream.longestSilenceMs = Math.max(stream.longestSilenceMs, nowMs - stream.lastPacketMs);
    }
    stream.lastPacketMs = nowMs;
    this.#packets += 1;
    this.#bytes += length;
    if (marker && stream.isVideo) {
      const gapMs = nowMs - stream.lastFrameMs;
      if (stream.lastFrameMs > 0) {
        if (gapMs > FREEZE_MS) stream.freezes += 1;
        if (gapMs > stream.longestGapMs) stream.longestGapMs = gapMs;
      }
      stream.lastFrameMs = nowMs;
    }
    return stream;
  }

  #countPadding(view: RtpView): void {
    const stream = this.#streams.get(view.ssrc);
    if (stream === undefined) return;
    const extSn = unwrap16(view.sn, stream.highestExtSn);
    if (extSn > stream.highestExtSn) stream.highestExtSn = extSn;
    stream.paddings += 1;
  }

  /** @returns undefined for repeats, which are of no kind */
  #streamOf(ssrc: number, sn: number, payloadType: number): ReceivedStream | undefined {
    const known = this.#streams.get(ssrc);
    if (known !== undefined) return known;
    const kind = this.payloadKinds[payloadType] ?? 0;
    if (kind === PayloadKind.None) return undefined;
    if (this.#streams.size === STREAMS_MAX) throw new Error("The server sends too many streams");
    // High above zero, so that what comes before the first packet is no negative number.
    const stream = new ReceivedStream(ssrc, sn + 0x10000, kind === PayloadKind.Video);
    this.#streams.set(ssrc, stream);
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

  /** Adds what arrived of a kind to the sums of others. */
  kindSums(isVideo: boolean, before: KindSums): KindSums {
    let { streams, packets, bytes, expected } = before;
    for (const stream of this.#streams.values()) {
      if (stream.isVideo !== isVideo) continue;
      streams += 1;
      packets += stream.packets;
      bytes += stream.bytes;
      expected += stream.expected;
    }
    return { streams, packets, bytes, expected };
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
