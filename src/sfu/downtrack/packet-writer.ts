import { DropReason } from "../../base/drop-reason.ts";
import { RedBlocks, readRed } from "../../wire/payload/red.ts";
import { RTP_HEADER_BYTES } from "../../wire/rtp/rtp-view.ts";
import type { Forwarder } from "../forwarder/forwarder.ts";
import type { Translation } from "../forwarder/translation.ts";
import { VP8_DESCRIPTOR_BYTES_MAX } from "../munger/vp8-munger.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import type { SendStatistics } from "../stats/send-statistics.ts";
import {
  copyBytes,
  HEADER_BYTES_MAX,
  PAYLOAD_COPIER,
  writeExtensions,
  writeFixedHeader,
} from "./rtp-writer.ts";
import type { SendCodecs } from "./send-codecs.ts";
import type { SendTransport } from "./send-transport.ts";

const OSN_BYTES = 2;
const FIRST_RTX_SN_MIN = 4096;
const FIRST_RTX_SN_MASK = 0x3fff;
const PADDING_FLAG = 0x20;
/** The most that one packet may have: the last byte counts them (RFC 3550 §5.1). */
const PADDING_BYTES = 255;

/** Scratch of the thread: filled by `prepare`, read by the sending that follows. */
const RED_BLOCKS: RedBlocks = new RedBlocks();

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
  #rtxSn: number;

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
  ) {
    this.#ssrc = ssrc;
    this.#rtxSsrc = rtxSsrc;
    this.#isEstimated = isEstimated;
    this.#codecs = codecs;
    this.#transport = transport;
    this.#stats = stats;
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
    if (!codecs.takesPrimaryOnly) return true;
    const { bytes, payloadOffset, payloadBytes } = packet;
    return readRed(bytes, payloadOffset, payloadBytes, RED_BLOCKS) === DropReason.None;
  }

  /** Sends a prepared packet. @returns false when the transport is gone */
  sendMedia(nowMs: number, packet: MediaPacket, sent: Translation): boolean {
    const sink = this.#transport.sink;
    const at = sink.reserve(bytesMaxOf(packet));
    if (at < 0) return false;
    const out = sink.arena;
    const { payloadType } = this.#codecs;
    writeFixedHeader(out, at, payloadType, sent.marker, sent.outSn, sent.outTs, this.#ssrc);
    const payloadAt = this.#putExtensions(nowMs, packet, out, at);
    const end = this.#putPayload(packet, sent, out, payloadAt);
    sink.sendRtp(end - at, false, !this.hasRtx);
    this.#count(payloadAt - at, end - payloadAt, sent.marker);
    return true;
  }

  /**
   * Sends a prepared packet once more: on the RTX stream, if there is one (RFC 4588 §4), else byte
   * for byte as it left, since anything else under its number would use an SRTP nonce twice.
   */
  resend(nowMs: number, packet: MediaPacket, sent: Translation): boolean {
    const sink = this.#transport.sink;
    const at = sink.reserve(bytesMaxOf(packet));
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
    let payloadAt = this.#putExtensions(nowMs, packet, out, at);
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
    const at = sink.reserve(HEADER_BYTES_MAX + PADDING_BYTES);
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
      this.#isEstimated,
    );
    const end = paddingAt + PADDING_BYTES;
    out.fill(0, paddingAt, end);
    out[at] = out[at]! | PADDING_FLAG;
    out[end - 1] = PADDING_BYTES;
    sink.sendRtp(end - at, false, false);
    if (!isRtx) this.#stats.fillPackets += 1;
    this.#stats.probePackets += 1;
    this.#stats.probeBytes += end - at;
    return end - at;
  }

  /** A packet of our own making. */
  sendOwn(nowMs: number, payload: Uint8Array, sent: Translation): boolean {
    const sink = this.#transport.sink;
    const at = sink.reserve(HEADER_BYTES_MAX + VP8_DESCRIPTOR_BYTES_MAX + payload.length);
    if (at < 0) return false;
    const out = sink.arena;
    const { payloadType } = this.#codecs;
    writeFixedHeader(out, at, payloadType, sent.marker, sent.outSn, sent.outTs, this.#ssrc);
    const payloadAt = this.#putExtensions(nowMs, undefined, out, at);
    let end = copyBytes(sent.descriptor, 0, sent.descriptorBytes, out, payloadAt);
    end = copyBytes(payload, 0, payload.length, out, end);
    sink.sendRtp(end - at, false, false);
    this.#count(payloadAt - at, end - payloadAt, sent.marker);
    return true;
  }

  /** What differs from one sending to the next is left out where the same packet may go again. */
  #putExtensions(
    nowMs: number,
    packet: MediaPacket | undefined,
    out: Uint8Array,
    at: number,
  ): number {
    const isEstimated = this.#isEstimated && this.hasRtx;
    return writeExtensions(out, at, nowMs, this.#transport, packet, isEstimated);
  }

  /** Descriptor and payload of a prepared packet. @returns offset after them */
  #putPayload(packet: MediaPacket, sent: Translation, out: Uint8Array, at: number): number {
    let offset = packet.payloadOffset;
    let length = packet.payloadBytes;
    let payloadAt = at;
    if (this.#codecs.takesPrimaryOnly) {
      offset = RED_BLOCKS.offsets[RED_BLOCKS.primary]!;
      length = RED_BLOCKS.lengths[RED_BLOCKS.primary]!;
    } else if (sent.descriptorBytes > 0) {
      payloadAt = copyBytes(sent.descriptor, 0, sent.descriptorBytes, out, at);
      offset += packet.descriptorBytes;
      length -= packet.descriptorBytes;
    }
    return PAYLOAD_COPIER.copy(packet.bytes, offset, length, out, payloadAt);
  }

  #count(headerBytes: number, payloadBytes: number, marker: boolean): void {
    const stats = this.#stats;
    stats.packets += 1;
    stats.headerBytes += headerBytes;
    stats.payloadBytes += payloadBytes;
    if (marker) stats.frames += 1;
  }
}

function bytesMaxOf(packet: MediaPacket): number {
  return (
    HEADER_BYTES_MAX +
    packet.dependencyBytes +
    packet.captureTimeBytes +
    OSN_BYTES +
    VP8_DESCRIPTOR_BYTES_MAX +
    packet.payloadBytes
  );
}
