import { packetTrailerBytes } from "../../wire/payload/packet-trailer.ts";
import { RTP_HEADER_BYTES } from "../../wire/rtp/rtp-view.ts";
import type { Forwarder } from "../forwarder/forwarder.ts";
import type { Translation } from "../forwarder/translation.ts";
import { VP8_DESCRIPTOR_BYTES_MAX } from "../munger/vp8-munger.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import type { SinkStream } from "../rtp-sink.ts";
import type { SendStatistics } from "../stats/send-statistics.ts";
import { NO_PLAYOUT_DELAY, type PlayoutDelay } from "./playout-delay.ts";
import { takePrimary } from "./red-decoder.ts";
import { RED_ENCODER } from "./red-encoder.ts";
import {
  copyBytes,
  HEADER_BYTES_MAX,
  RED_COPIER,
  writeExtensions,
  writeFixedHeader,
} from "./rtp-writer.ts";
import type { SendCodecs } from "./send-codecs.ts";
import type { SendTransport } from "./send-transport.ts";

const OSN_BYTES = 2;
/** Far from both ends of the circle (spec-media 5.4). */
const FIRST_RTX_SN_MIN = 0x8000;
const FIRST_RTX_SN_MASK = 0x3fff;
const PADDING_FLAG = 0x20;
/** The most that one packet may have: the last byte counts them (RFC 3550 §5.1). */
const PADDING_BYTES_MAX = 255;
/** Dependency descriptor, AV1 RTP §A.8: the second bit of it. */
const END_OF_FRAME_FLAG = 0x40;
const NO_BYTES: Uint8Array = new Uint8Array(0);

/** What a subscriber, a room or an encrypted track needs beyond the ordinary. */
export type WriterOptions = {
  readonly playoutDelay?: PlayoutDelay | undefined;
  /** Stands at the end of every payload that we make (spec-media 9.5). */
  readonly sifTrailer?: Uint8Array | undefined;
  /** The subscriber cannot read packet trailers: frames leave without. */
  readonly stripsPacketTrailer?: boolean | undefined;
};

/**
 * Writes the packets of one down track in place into the peer's sink and counts them. Knows the
 * formats; what is sent, and under which numbers, others decide.
 */
export class PacketWriter {
  readonly #ssrc: number;
  readonly #rtxSsrc: number;
  readonly #isEstimated: boolean;
  readonly #codecs: SendCodecs;
  readonly #transport: SendTransport;
  readonly #stats: SendStatistics;
  readonly #playoutDelay: PlayoutDelay | undefined;
  readonly #sifTrailer: Uint8Array;
  readonly #stripsPacketTrailer: boolean;
  /** Of the media SSRC, from the first packet on. */
  #stream: SinkStream | undefined;
  #rtxSn: number;
  /** Of the RED payload that `prepare` made; 0: the packet goes out with its own. */
  #redBytes = 0;
  /** Offset of the packet that `#beginOwn` began. */
  #ownAt = -1;

  /**
   * @param rtxSsrc 0: retransmissions go out on the media SSRC
   * @param isEstimated packets carry what bandwidth estimation needs, unless they may be repeated
   * @param random any integer, for the first retransmission number
   */
  constructor(
    ssrc: number,
    rtxSsrc: number,
    isEstimated: boolean,
    codecs: SendCodecs,
    transport: SendTransport,
    stats: SendStatistics,
    random: number,
    options: WriterOptions = {},
  ) {
    this.#ssrc = ssrc;
    this.#rtxSsrc = rtxSsrc;
    this.#isEstimated = isEstimated;
    this.#codecs = codecs;
    this.#transport = transport;
    this.#stats = stats;
    this.#playoutDelay = options.playoutDelay;
    this.#sifTrailer = options.sifTrailer ?? NO_BYTES;
    this.#stripsPacketTrailer = options.stripsPacketTrailer ?? false;
    this.#rtxSn = FIRST_RTX_SN_MIN + (random & FIRST_RTX_SN_MASK);
  }

  /** The transport is connected. */
  get isReady(): boolean {
    return this.#transport.sink.reserve(RTP_HEADER_BYTES) >= 0;
  }

  /** Retransmissions have a stream of their own; else they go out once more as they were. */
  get hasRtx(): boolean {
    return this.#rtxSsrc !== 0 && this.#codecs.rtxPayloadType !== 0;
  }

  /** Finds out how a packet can go out. @returns false when the subscriber cannot take it */
  prepare(packet: MediaPacket): boolean {
    const codecs = this.#codecs;
    codecs.choose(packet.codec, packet.payloadType);
    if (codecs.payloadType < 0) return false;
    this.#redBytes =
      codecs.redPayloadType < 0 ? 0 : RED_ENCODER.encode(codecs.source, packet, codecs.payloadType);
    return true;
  }

  /** The prepared packet can be made again as it is, for a retransmission. */
  get isRepeatable(): boolean {
    return this.#redBytes === 0;
  }

  /** Sends a prepared packet. @returns false when the transport is gone */
  sendMedia(nowMs: number, packet: MediaPacket, sent: Translation): boolean {
    const sink = this.#transport.sink;
    const payloadBytes = this.#redBytes > 0 ? this.#redBytes : packet.payloadBytes;
    const at = sink.reserve(bytesMaxOf(packet, payloadBytes));
    if (at < 0) return false;
    const out = sink.arena;
    const codecs = this.#codecs;
    const payloadType = this.#redBytes > 0 ? codecs.redPayloadType : codecs.payloadType;
    writeFixedHeader(out, at, payloadType, sent.marker, sent.outSn, sent.outTs, this.#ssrc);
    const delay = this.#delayFor(nowMs, sent);
    const payloadAt = this.#putExtensions(nowMs, packet, sent, out, at, delay);
    const end =
      this.#redBytes > 0
        ? RED_COPIER.copy(RED_ENCODER.bytes, 0, this.#redBytes, out, payloadAt)
        : this.#putPayload(packet, sent, out, payloadAt);
    this.#stream ??= sink.streamOf(this.#ssrc);
    sink.sendRtp(end - at, false, !this.hasRtx, this.#stream);
    this.#count(payloadAt - at, end - payloadAt, sent);
    return true;
  }

  /**
   * Sends a prepared packet once more: on the RTX stream, if there is one (RFC 4588 §4), else byte
   * for byte as it left, since anything else under its number would use an SRTP nonce twice. What is
   * in a RED packet may be all that is left of it.
   */
  resend(nowMs: number, packet: MediaPacket, sent: Translation): boolean {
    if (this.#codecs.takesPrimaryOnly && !takePrimary(packet)) return false;
    const sink = this.#transport.sink;
    const at = sink.reserve(bytesMaxOf(packet, packet.payloadBytes));
    if (at < 0) return false;
    const out = sink.arena;
    const { payloadType, rtxPayloadType } = this.#codecs;
    const isRtx = this.hasRtx;
    if (isRtx) {
      const sn = this.#rtxSn;
      writeFixedHeader(out, at, rtxPayloadType, sent.marker, sn, sent.outTs, this.#rtxSsrc);
      this.#rtxSn = (sn + 1) & 0xffff;
    } else {
      writeFixedHeader(out, at, payloadType, sent.marker, sent.outSn, sent.outTs, this.#ssrc);
    }
    let payloadAt = this.#putExtensions(nowMs, packet, sent, out, at, NO_PLAYOUT_DELAY);
    if (isRtx) {
      // Original sequence number.
      out[payloadAt] = sent.outSn >>> 8;
      out[payloadAt + 1] = sent.outSn;
      payloadAt += OSN_BYTES;
    }
    const end = this.#putPayload(packet, sent, out, payloadAt);
    sink.sendRtp(end - at, true, !isRtx);
    this.#stats.retransmits += 1;
    this.#stats.retransmitBytes += end - at;
    return true;
  }

  /** An empty packet: one byte of padding and no payload (RFC 3550 §5.1). */
  sendFill(sent: Translation, marker: boolean): void {
    const sink = this.#transport.sink;
    const at = sink.reserve(RTP_HEADER_BYTES + 1);
    if (at < 0) return;
    const out = sink.arena;
    const { payloadType } = this.#codecs;
    writeFixedHeader(out, at, payloadType, marker, sent.outSn, sent.outTs, this.#ssrc);
    out[at] = out[at]! | PADDING_FLAG;
    out[at + RTP_HEADER_BYTES] = 1;
    sink.sendRtp(RTP_HEADER_BYTES + 1, false, false);
    this.#stats.fillPackets += 1;
    this.#stats.sent.note(sent.outSn);
  }

  /** Packets carry what bandwidth estimation needs. */
  get isMeasured(): boolean {
    const { absSendTime, transportSequence } = this.#transport.extensions;
    return this.#isEstimated && (absSendTime | transportSequence) !== 0;
  }

  /**
   * Sends nothing but padding: on the RTX stream where there is one, which takes it at any time,
   * else on the media stream.
   *
   * @param forwarder knows where the media stream has a place for it
   * @returns length of the packet, 0 when none was sent
   */
  sendPadding(nowMs: number, forwarder: Forwarder, sent: Translation): number {
    const isRtx = this.hasRtx;
    const sink = this.#transport.sink;
    const at = sink.reserve(HEADER_BYTES_MAX + PADDING_BYTES_MAX);
    if (at < 0 || !(isRtx || forwarder.placePadding(sent))) return 0;
    const out = sink.arena;
    const { payloadType, rtxPayloadType } = this.#codecs;
    if (isRtx) {
      writeFixedHeader(out, at, rtxPayloadType, false, this.#rtxSn, 0, this.#rtxSsrc);
      this.#rtxSn = (this.#rtxSn + 1) & 0xffff;
    } else {
      writeFixedHeader(out, at, payloadType, sent.marker, sent.outSn, sent.outTs, this.#ssrc);
    }
    // It never goes again, so it may say when it left even where media may not.
    const paddingAt = writeExtensions(
      out,
      at,
      nowMs,
      this.#transport,
      undefined,
      sent,
      this.#isEstimated,
      NO_PLAYOUT_DELAY,
    );
    const end = paddingAt + PADDING_BYTES_MAX;
    out.fill(0, paddingAt, end);
    out[at] = out[at]! | PADDING_FLAG;
    out[end - 1] = PADDING_BYTES_MAX;
    sink.sendRtp(end - at, false, false);
    if (!isRtx) {
      this.#stats.fillPackets += 1;
      this.#stats.sent.note(sent.outSn);
    }
    this.#stats.probePackets += 1;
    this.#stats.probeBytes += end - at;
    return end - at;
  }

  /** A packet of our own making. @returns false when the transport is gone */
  sendOwn(nowMs: number, payload: Uint8Array, sent: Translation): boolean {
    const payloadAt = this.#beginOwn(nowMs, VP8_DESCRIPTOR_BYTES_MAX + payload.length, sent);
    if (payloadAt < 0) return false;
    const { sink } = this.#transport;
    const out = sink.arena;
    let end = copyBytes(sent.descriptor, 0, sent.descriptorBytes, out, payloadAt);
    end = this.#putOwnPayload(payload, end);
    sink.sendRtp(end - this.#ownAt, false, false);
    this.#count(payloadAt - this.#ownAt, end - payloadAt, sent);
    return true;
  }

  /** As `sendOwn`, for a track that has no media yet: it counts as padding. */
  sendAnnouncement(nowMs: number, payload: Uint8Array, sent: Translation): boolean {
    const payloadAt = this.#beginOwn(nowMs, payload.length, sent);
    if (payloadAt < 0) return false;
    this.#transport.sink.sendRtp(
      this.#putOwnPayload(payload, payloadAt) - this.#ownAt,
      false,
      false,
    );
    this.#stats.announcements += 1;
    this.#stats.sent.note(sent.outSn);
    return true;
  }

  /** As `sendAnnouncement`, with nothing but padding, as much as fits. @returns false when the transport is gone */
  sendPaddingAnnouncement(nowMs: number, sent: Translation): boolean {
    sent.marker = false;
    const payloadAt = this.#beginOwn(nowMs, PADDING_BYTES_MAX, sent);
    if (payloadAt < 0) return false;
    const { sink } = this.#transport;
    const out = sink.arena;
    const end = payloadAt + PADDING_BYTES_MAX;
    out.fill(0, payloadAt, end);
    out[end - 1] = PADDING_BYTES_MAX;
    out[this.#ownAt] = out[this.#ownAt]! | PADDING_FLAG;
    sink.sendRtp(end - this.#ownAt, false, false);
    this.#stats.announcements += 1;
    this.#stats.sent.note(sent.outSn);
    return true;
  }

  /** Header of a packet that we make. @returns where its payload begins; -1: no transport */
  #beginOwn(nowMs: number, payloadBytesMax: number, sent: Translation): number {
    const sink = this.#transport.sink;
    const at = sink.reserve(HEADER_BYTES_MAX + payloadBytesMax + this.#sifTrailer.length);
    this.#ownAt = at;
    if (at < 0) return -1;
    const codecs = this.#codecs;
    const payloadType = codecs.redPayloadType >= 0 ? codecs.redPayloadType : codecs.payloadType;
    writeFixedHeader(sink.arena, at, payloadType, sent.marker, sent.outSn, sent.outTs, this.#ssrc);
    return this.#putExtensions(nowMs, undefined, sent, sink.arena, at, NO_PLAYOUT_DELAY);
  }

  #putOwnPayload(payload: Uint8Array, at: number): number {
    const out = this.#transport.sink.arena;
    const end = copyBytes(payload, 0, payload.length, out, at);
    return copyBytes(this.#sifTrailer, 0, this.#sifTrailer.length, out, end);
  }

  /** What differs from one sending to the next is left out where the same packet may go again. */
  #delayFor(nowMs: number, { outSn }: Translation): number {
    const delay = this.#playoutDelay;
    const isTaken = this.#transport.extensions.playoutDelay !== 0 && this.hasRtx;
    if (delay === undefined || !isTaken) return NO_PLAYOUT_DELAY;
    return delay.extensionFor(nowMs, outSn);
  }

  /** Likewise. */
  #putExtensions(
    nowMs: number,
    packet: MediaPacket | undefined,
    sent: Translation,
    out: Uint8Array,
    at: number,
    playoutDelay: number,
  ): number {
    const isEstimated = this.#isEstimated && this.hasRtx;
    const transport = this.#transport;
    return writeExtensions(out, at, nowMs, transport, packet, sent, isEstimated, playoutDelay);
  }

  /** Descriptor and payload of a prepared packet. @returns offset after them */
  #putPayload(packet: MediaPacket, sent: Translation, out: Uint8Array, at: number): number {
    let offset = packet.payloadOffset;
    let length = packet.payloadBytes;
    let payloadAt = at;
    if (sent.descriptorBytes > 0) {
      payloadAt = copyBytes(sent.descriptor, 0, sent.descriptorBytes, out, at);
      offset += packet.descriptorBytes;
      length -= packet.descriptorBytes;
    }
    if (this.#stripsPacketTrailer && (sent.marker || isFrameEnd(packet))) {
      length -= packetTrailerBytes(packet.bytes, offset, length);
    }
    return packet.payloadCopier.copy(packet.bytes, offset, length, out, payloadAt);
  }

  #count(headerBytes: number, payloadBytes: number, sent: Translation): void {
    const stats = this.#stats;
    stats.packets += 1;
    stats.headerBytes += headerBytes;
    stats.payloadBytes += payloadBytes;
    if (sent.marker) stats.frames += 1;
    stats.sent.note(sent.outSn);
  }
}

/** Of the frame of a layer, which need not be the last of its picture. */
function isFrameEnd(packet: MediaPacket): boolean {
  if (packet.isLayerFrameEnd) return true;
  if (packet.dependencyBytes === 0) return false;
  return (packet.bytes[packet.dependencyOffset]! & END_OF_FRAME_FLAG) !== 0;
}

function bytesMaxOf(packet: MediaPacket, payloadBytes: number): number {
  return (
    HEADER_BYTES_MAX +
    packet.dependencyBytes +
    packet.captureTimeBytes +
    OSN_BYTES +
    VP8_DESCRIPTOR_BYTES_MAX +
    payloadBytes
  );
}
