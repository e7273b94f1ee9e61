import { DropReason } from "../../base/drop-reason.ts";
import { putU16, putU32, u16 } from "../../wire/bytes.ts";
import type { FrameSizes } from "../../wire/payload/payload-fields.ts";
import { ReportBlock } from "../../wire/rtcp/rtcp-cursor.ts";
import { writeNack, writePli, writeReceiverReport } from "../../wire/rtcp/rtcp-writer.ts";
import { clockHzOf, isVideoCodec } from "../../wire/rtp/codec.ts";
import type { ExtensionIds } from "../../wire/rtp/extension-ids.ts";
import { findExtension, RtpView, readRtpAt } from "../../wire/rtp/rtp-view.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import { type CodecTable, type StreamCodec, wantsNack } from "./codec-table.ts";
import { KeyFrameMark } from "./key-frame-mark.ts";
import { KeyFrameThrottle } from "./key-frame-throttle.ts";
import { NACKS_MAX, NackGenerator } from "./nack-generator.ts";
import { Order, PacketOrder } from "./packet-order.ts";
import { PACKET_BYTES_MAX, PacketRing, RING_DUPLICATE, RING_TOO_LONG } from "./packet-ring.ts";
import { PayloadParser } from "./payload-parser.ts";
import { ReceptionReport } from "./reception-report.ts";
import { SenderReportClock } from "./sender-report-clock.ts";
import { SnCompactor } from "./sn-compactor.ts";

/** Result of `push` for a packet that goes on to the down tracks. */
export const PUSH_FORWARD: number = DropReason.None;
/** Result of `push` for padding: taken, nothing to forward. Other results are a DropReason. */
export const PUSH_PADDING: number = -1;

/** Room that `pollFeedback` may need, bytes: a report, a NACK of 100 lone packets, a PLI. */
export const STREAM_FEEDBACK_BYTES: number = 32 + 12 + 4 * NACKS_MAX + 12;

const VIDEO_SLOTS = 300;
const AUDIO_SLOTS = 70;
/** Memory for packets comes in pages: ten full packets of video, a second of sound at 32 kbit/s. */
const VIDEO_PAGE_BYTES = 12_288;
const AUDIO_PAGE_BYTES = 4_096;
/** So many refused packets in a row, with numbers in order, are a stream that started anew. */
const RESTART_PACKETS = 5;
const RATE_INTERVAL_MS = 1_000;
/** Longest run of lost packets that is counted by its length (spec-media 8.4). */
const GAP_PACKETS_MAX = 100;

export type ReceiveStreamOptions = {
  readonly ssrc: number;
  readonly isVideo: boolean;
  readonly codecs: CodecTable;
  readonly extensions: ExtensionIds;
  /** Packets that are kept for retransmissions, at most. */
  readonly packetsMax: number;
  /** Least time between two key frame requests. */
  readonly pliIntervalMs: number;
  /** As `DependencyParser` has it. */
  readonly restartsAfterPause: boolean;
};

/** Sums since the stream began. Padding-only packets are among `packets`. */
export class ReceiveCounters {
  packets = 0;
  bytes = 0;
  paddingPackets = 0;
  duplicates = 0;
  outOfOrder = 0;
  repaired = 0;
  refused = 0;
  frames = 0;
  keyFrames = 0;
  nacks = 0;
  plis = 0;
  resets = 0;
  /** Gaps by how many packets in a row they were of; what is longer counts as the longest. */
  readonly gaps: Uint32Array = new Uint32Array(GAP_PACKETS_MAX + 1);
}

/**
 * What is longer cannot be passed on: with the headers and the tag of the way to a subscriber it
 * would no longer be a datagram (spec-media 1.4).
 */
export const PAYLOAD_BYTES_MAX = 1460;

/** Scratch of the thread. */
const NACK_SNS: Uint16Array = new Uint16Array(NACKS_MAX);
/**
 * One stream of a publisher, by SSRC: puts its packets in order, keeps them for retransmissions,
 * asks for what is missing, and reports (spec-media 2). `push` runs once per received packet and
 * allocates nothing.
 */
export class ReceiveStream {
  readonly ssrc: number;
  readonly counters: ReceiveCounters = new ReceiveCounters();
  readonly keyFrameMark: KeyFrameMark = new KeyFrameMark();
  readonly #isVideo: boolean;
  #codecs: CodecTable;
  #extensions: ExtensionIds;
  #codec: StreamCodec | undefined;
  #clockHz: number;
  readonly #ring: PacketRing;
  readonly #order: PacketOrder = new PacketOrder();
  readonly #compactor: SnCompactor = new SnCompactor();
  readonly #nacks: NackGenerator = new NackGenerator();
  readonly #report: ReceptionReport = new ReceptionReport();
  readonly #payloads: PayloadParser;
  readonly #keyFrames: KeyFrameThrottle;
  readonly #senderReport: SenderReportClock;
  readonly #block: ReportBlock = new ReportBlock();
  readonly #ringView: RtpView = new RtpView();
  #fractionLostMin = 0;

  #refusedRun = 0;
  #refusedSn = 0;
  #refusedTs = 0;
  #rateStartMs = 0;
  #ratePackets = 0;

  constructor(options: ReceiveStreamOptions) {
    this.ssrc = options.ssrc;
    this.#isVideo = options.isVideo;
    this.#codecs = options.codecs;
    this.#extensions = options.extensions;
    this.#clockHz = options.codecs.clockHz;
    const slots = options.isVideo ? VIDEO_SLOTS : AUDIO_SLOTS;
    const pageBytes = options.isVideo ? VIDEO_PAGE_BYTES : AUDIO_PAGE_BYTES;
    this.#ring = new PacketRing(slots, options.packetsMax, pageBytes);
    this.#payloads = new PayloadParser(options.restartsAfterPause);
    this.#keyFrames = new KeyFrameThrottle(options.pliIntervalMs);
    this.#senderReport = new SenderReportClock(this.#clockHz);
  }

  /** Of the newest packet; undefined before the first. */
  get codec(): StreamCodec | undefined {
    return this.#codec;
  }

  /** Sizes that the packet pushed last announced; `count` 0: none. */
  get sizes(): FrameSizes {
    return this.#payloads.sizes;
  }

  /** Spatial layers with active decode targets, one bit each; -1 where nothing tells. */
  get activeSpatialMask(): number {
    return this.#payloads.activeSpatialMask;
  }

  get clockHz(): number {
    return this.#clockHz;
  }

  get jitterTicks(): number {
    return this.#report.jitterTicks;
  }

  /** The most since the last call, microseconds. */
  takeJitterMaxUs(): number {
    const us = (this.#report.jitterMaxTicks * 1e6) / this.#clockHz;
    this.#report.jitterMaxTicks = 0;
    return us;
  }

  /** Missing after repair. */
  get lost(): number {
    return this.#report.lost;
  }

  get expected(): number {
    return this.#order.isStarted ? this.#order.expected : 0;
  }

  get highestExtTs(): number {
    return this.#order.highestExtTs;
  }

  get senderReport(): SenderReportClock {
    return this.#senderReport;
  }

  setCodecs(codecs: CodecTable): void {
    this.#codecs = codecs;
  }

  setExtensions(extensions: ExtensionIds): void {
    this.#extensions = extensions;
  }

  setRtt(rttMs: number): void {
    this.#nacks.setRtt(rttMs);
  }

  /** Loss that subscribers have, 0..255: reported to the publisher when it is more than its own. */
  setFractionLostMin(fractionLost: number): void {
    this.#fractionLostMin = fractionLost;
  }

  /**
   * Takes one packet of this SSRC. `view.bytes` may be reused afterwards.
   *
   * @param packet is filled when it is to be forwarded; its bytes stay while a frame waits
   * @returns PUSH_FORWARD, PUSH_PADDING, or why it was dropped
   */
  push(nowMs: number, view: RtpView, packet: MediaPacket): number {
    const codec = this.#codecs.find(view.payloadType);
    if (codec === undefined) return DropReason.Unsupported;
    return this.#ingest(nowMs, view, codec, false, packet);
  }

  /**
   * Takes one packet of the stream's RTX SSRC (RFC 4588 §4). It is unpacked in place: `view` and
   * its bytes are changed.
   */
  pushRtx(nowMs: number, view: RtpView, packet: MediaPacket): number {
    const codec = this.#codecs.findRtx(view.payloadType);
    if (codec === undefined) return DropReason.Unsupported;
    if (view.payloadBytes === 0) return PUSH_PADDING;
    if (view.payloadBytes < 2) return DropReason.Truncated;
    const { bytes, payloadOffset } = view;
    view.sn = u16(bytes, payloadOffset);
    view.payloadType = codec.payloadType;
    view.ssrc = this.ssrc;
    bytes.copyWithin(payloadOffset, payloadOffset + 2, payloadOffset + view.payloadBytes);
    view.payloadBytes -= 2;
    // Padding is left behind: the packet ends with its payload.
    view.length = payloadOffset + view.payloadBytes;
    view.paddingBytes = 0;
    bytes[0] = bytes[0]! & ~0x20;
    bytes[1] = (bytes[1]! & 0x80) | codec.payloadType;
    putU16(bytes, 2, view.sn);
    putU32(bytes, 8, this.ssrc);
    if (view.payloadBytes === 0) return PUSH_PADDING;
    return this.#ingest(nowMs, view, codec, true, packet);
  }

  /**
   * Fills `packet` with one that came earlier, for a retransmission.
   *
   * @param extSn as it was in `MediaPacket.extSn`
   * @param parser of who reads on from a key frame, packet by packet, as if they came now
   * @returns false when it is no longer kept
   */
  read(extSn: number, packet: MediaPacket, parser?: PayloadParser): boolean {
    const ring = this.#ring;
    const slot = ring.find(extSn);
    if (slot < 0) return false;
    const view = this.#ringView;
    const bytes = ring.bytesOf(slot);
    const reason = readRtpAt(bytes, ring.offsetOf(slot), ring.lengthOf(slot), view);
    const codec = reason === DropReason.None ? this.#codecs.find(view.payloadType) : undefined;
    if (codec === undefined) return false;
    packet.extSn = extSn;
    packet.extTs = ring.extTsOf(slot);
    packet.arrivalMs = ring.arrivalMsOf(slot);
    packet.isOutOfOrder = parser === undefined;
    packet.bytes = bytes;
    this.#fill(view, 0, codec, packet);
    const result =
      parser === undefined ? this.#payloads.read(packet, false) : parser.read(packet, true);
    return result === DropReason.None;
  }

  /** Asks the publisher for a key frame, as soon as the interval since the last request allows. */
  requestKeyFrame(nowMs: number): void {
    this.#keyFrames.request(nowMs);
  }

  /** The publisher muted: nobody asks for key frames any more. */
  cancelKeyFrame(): void {
    this.#keyFrames.cancel();
  }

  /** The newest NTP time and timestamp of the publisher; older reports are put aside. */
  handleSenderReport(nowMs: number, ntpSeconds: number, ntpFraction: number, ts: number): void {
    const reference = this.#order.isStarted ? this.#order.highestExtTs : -1;
    this.#senderReport.handleReport(nowMs, ntpSeconds, ntpFraction, ts, reference);
  }

  /** Gives memory back that it has not needed of late. */
  release(nowMs: number): void {
    this.#ring.release(nowMs);
  }

  /** When `pollFeedback` next has something. */
  get dueMs(): number {
    return Math.min(this.#nacks.nextDueMs, this.#report.dueMs, this.#keyFrames.dueMs);
  }

  /**
   * Writes what is due for the publisher: receiver report, NACK, PLI.
   *
   * @param out has STREAM_FEEDBACK_BYTES from `offset` on
   * @returns offset after it; `offset` when nothing is due
   */
  pollFeedback(nowMs: number, out: Uint8Array, offset: number): number {
    let end = offset;
    const { ssrc } = this;
    if (nowMs >= this.#report.dueMs) {
      const block = this.#block;
      const { expected, highestExtSn } = this.#order;
      if (this.#report.poll(nowMs, expected, highestExtSn, this.#fractionLostMin, block)) {
        block.ssrc = ssrc;
        block.lastSr = this.#senderReport.lastSr;
        block.delaySinceLastSr = this.#senderReport.delaySinceLastSr(nowMs);
        end = writeReceiverReport(out, end, ssrc, block);
      }
    }
    const nacks = this.#nacks.poll(nowMs, NACK_SNS);
    if (nacks > 0) {
      this.counters.nacks += nacks;
      end = writeNack(out, end, ssrc, ssrc, NACK_SNS, nacks);
    }
    if (nowMs >= this.#keyFrames.dueMs && this.#keyFrames.take(nowMs)) {
      this.counters.plis += 1;
      end = writePli(out, end, ssrc, ssrc);
    }
    return end;
  }

  debugInfo(): object {
    const { gaps, ...counters } = this.counters;
    return {
      ssrc: this.ssrc,
      lost: this.lost,
      expected: this.expected,
      jitterMs: (this.jitterTicks * 1000) / this.#clockHz,
      ...counters,
      gaps: Object.fromEntries([...gaps.entries()].filter(([, count]) => count > 0)),
    };
  }

  #ingest(
    nowMs: number,
    view: RtpView,
    codec: StreamCodec,
    isRtx: boolean,
    packet: MediaPacket,
  ): number {
    const order = this.#order;
    const hasPayload = view.payloadBytes > 0;
    let place: Order = Order.Newest;
    if (order.isStarted) {
      place = order.place(nowMs, view.sn, view.ts, hasPayload, this.#clockHz);
    } else if (hasPayload && !isRtx) {
      this.#start(nowMs, view, codec);
    } else {
      return DropReason.WrongState;
    }
    if (place >= Order.TooOld) {
      if (isRtx || !this.#isRestart(view)) return DropReason.TooOld;
      this.#reset();
      this.#start(nowMs, view, codec);
      place = Order.Newest;
    }
    const counters = this.counters;
    counters.packets += 1;
    counters.bytes += view.length;
    if (place === Order.Duplicate) {
      counters.duplicates += 1;
      return DropReason.Duplicate;
    }
    const { extSn, extTs } = order;
    if (place === Order.Newest) {
      this.#refusedRun = 0;
      this.#codec = codec;
      if (order.missingFrom < extSn) this.#noteGap(nowMs, order.missingFrom, extSn, codec);
    } else {
      counters.outOfOrder += 1;
      if (isRtx) counters.repaired += 1;
      this.#report.lost -= 1;
      this.#nacks.remove(extSn);
    }
    this.#report.handlePacket(nowMs, extTs, this.#clockHz, place === Order.Newest);
    if (!hasPayload && place === Order.Newest) {
      counters.paddingPackets += 1;
      this.#compactor.removeNewest(extSn);
      return PUSH_PADDING;
    }
    return this.#keep(nowMs, view, codec, place, packet);
  }

  /** Stores the packet and fills `packet` with it. */
  #keep(
    nowMs: number,
    view: RtpView,
    codec: StreamCodec,
    place: Order,
    packet: MediaPacket,
  ): number {
    if (view.payloadBytes > PAYLOAD_BYTES_MAX) return DropReason.Unsupported;
    const ring = this.#ring;
    this.#measureRate(nowMs);
    const extSn = this.#compactor.map(this.#order.extSn);
    // A tail behind the packet, such as an SRTP tag, is copied along: cheaper than a new view.
    const { bytes, length } = view;
    const isWhole = bytes.length <= PACKET_BYTES_MAX;
    const room = isWhole ? bytes.length : length;
    const slot = ring.claim(extSn, length, room, this.#order.extTs, nowMs);
    if (slot < 0) {
      if (slot === RING_TOO_LONG) return DropReason.Unsupported;
      return slot === RING_DUPLICATE ? DropReason.Duplicate : DropReason.TooOld;
    }
    const offset = ring.offsetOf(slot);
    const kept = ring.bytesOf(slot);
    if (isWhole) kept.set(bytes, offset);
    else kept.set(bytes.subarray(0, length), offset);
    packet.bytes = kept;
    packet.extSn = extSn;
    packet.extTs = this.#order.extTs;
    packet.arrivalMs = nowMs;
    packet.isOutOfOrder = place === Order.Late;
    this.#fill(view, offset, codec, packet);
    const reason = this.#payloads.read(packet, true);
    if (reason !== DropReason.None) return reason;
    if (packet.marker) this.counters.frames += 1;
    if (this.#isVideo) this.keyFrameMark.note(packet);
    if (packet.isKeyFrame) {
      this.counters.keyFrames += 1;
      this.#keyFrames.handleKeyFrame();
    }
    return PUSH_FORWARD;
  }

  /** @param shift from offsets in the view to offsets in the bytes of the packet */
  #fill(view: RtpView, shift: number, codec: StreamCodec, packet: MediaPacket): void {
    const ids = this.#extensions;
    packet.payloadOffset = view.payloadOffset + shift;
    packet.payloadBytes = view.payloadBytes;
    packet.codec = codec.codec;
    packet.payloadType = view.payloadType;
    packet.marker = view.marker;
    packet.ssrc = this.ssrc;
    packet.dependencyOffset = 0;
    packet.dependencyBytes = 0;
    packet.captureTimeOffset = 0;
    packet.captureTimeBytes = 0;
    if (view.extensionOffset === 0) return;
    if (ids.dependencyDescriptor !== 0) {
      const at = findExtension(view, ids.dependencyDescriptor);
      if (at !== 0) {
        packet.dependencyOffset = at + shift;
        packet.dependencyBytes = view.elementBytes;
      }
    }
    if (ids.absCaptureTime !== 0) {
      const at = findExtension(view, ids.absCaptureTime);
      if (at !== 0) {
        packet.captureTimeOffset = at + shift;
        packet.captureTimeBytes = view.elementBytes;
      }
    }
  }

  #noteGap(nowMs: number, fromExtSn: number, toExtSn: number, codec: StreamCodec): void {
    this.#report.lost += toExtSn - fromExtSn;
    const { gaps } = this.counters;
    const bin = Math.min(toExtSn - fromExtSn, GAP_PACKETS_MAX);
    gaps[bin] = gaps[bin]! + 1;
    if (!wantsNack(codec)) return;
    const first = Math.max(fromExtSn, toExtSn - NACKS_MAX);
    for (let extSn = first; extSn < toExtSn; extSn++) this.#nacks.add(nowMs, extSn);
  }

  #start(nowMs: number, view: RtpView, codec: StreamCodec): void {
    this.#codec = codec;
    this.#clockHz = clockHzOf(codec.codec);
    this.#senderReport.setClock(this.#clockHz);
    this.#order.start(nowMs, view.sn, view.ts);
    this.#senderReport.handleStart(view.ts);
    this.#rateStartMs = nowMs;
    this.#ratePackets = 0;
    if (this.#isVideo && isVideoCodec(codec.codec)) this.#keyFrames.handleStart(nowMs);
  }

  /** A run of packets that fit nothing seen before, but each other, is a new beginning. */
  #isRestart(view: RtpView): boolean {
    this.counters.refused += 1;
    const follows =
      this.#refusedRun > 0 &&
      view.sn === ((this.#refusedSn + 1) & 0xffff) &&
      ((view.ts - this.#refusedTs) | 0) >= 0;
    this.#refusedRun = follows ? this.#refusedRun + 1 : 1;
    this.#refusedSn = view.sn;
    this.#refusedTs = view.ts;
    return this.#refusedRun >= RESTART_PACKETS && view.payloadBytes > 0;
  }

  #reset(): void {
    this.counters.resets += 1;
    this.#refusedRun = 0;
    this.#ring.reset();
    this.#compactor.reset();
    this.#nacks.reset();
    this.#report.reset();
    this.#payloads.reset();
    this.#senderReport.reset();
    this.#keyFrames.cancel();
    this.keyFrameMark.reset();
  }

  #measureRate(nowMs: number): void {
    this.#ratePackets += 1;
    const elapsedMs = nowMs - this.#rateStartMs;
    if (elapsedMs < RATE_INTERVAL_MS) return;
    this.#ring.fit((this.#ratePackets * 1000) / elapsedMs);
    this.#rateStartMs = nowMs;
    this.#ratePackets = 0;
  }
}
