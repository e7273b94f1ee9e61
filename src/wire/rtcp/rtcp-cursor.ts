import { DropReason } from "../../base/drop-reason.ts";
import { u16, u24, u32 } from "../bytes.ts";
import {
  PayloadFormat,
  REMB_IDENTIFIER,
  REPORT_BLOCK_BYTES,
  RTCP_HEADER_BYTES,
  RtcpType,
  SENDER_INFO_BYTES,
  XrBlock,
} from "./rtcp-types.ts";

/** One report block of an SR or RR (RFC 3550 §6.4.1). Filled again for each block. */
export class ReportBlock {
  ssrc = 0;
  /** 0..255, of 256. */
  fractionLost = 0;
  /** Signed, 24 bits: duplicates may make it negative. */
  totalLost = 0;
  /** 32 bits: cycles and sequence number. */
  highestSn = 0;
  jitterTicks = 0;
  /** Middle 32 bits of the NTP time of the last SR; 0 when there was none. */
  lastSr = 0;
  /** 1/65536 s. */
  delaySinceLastSr = 0;
}

/**
 * Walks over a compound RTCP packet (RFC 3550 §6.1, RFC 5506) without allocating. After `next`
 * has answered a type, the fields tell what all packets of the type have, and the `read` methods
 * look up the rest. What a method needs is checked before: `next` skips packets that are shorter
 * than their type demands, so that nothing is read past the end.
 *
 *     |V=2|P|  count  |     type      |     length in words - 1       |
 *     |                       SSRC of the sender                      |
 */
export class RtcpCursor {
  bytes: Uint8Array = new Uint8Array(0);
  /** Report blocks, SDES chunks or BYE sources; the format of a feedback packet. */
  count = 0;
  /** Who sent the packet. */
  senderSsrc = 0;
  /** Which stream a feedback packet is about; 0 for REMB and FIR, which list them. */
  mediaSsrc = 0;
  /** The current packet, after its common header, without padding. */
  bodyOffset = 0;
  bodyBytes = 0;

  /** Sender report: NTP seconds and fraction, RTP time, totals (RFC 3550 §6.4.1). */
  ntpSeconds = 0;
  ntpFraction = 0;
  rtpTs = 0;
  packetCount = 0;
  octetCount = 0;

  /** Current block of an extended report, after its header of four bytes. */
  xrOffset = 0;
  xrBytes = 0;

  #next = 0;
  #end = 0;
  #xrNext = 0;

  /**
   * Starts over on a packet.
   *
   * @param offset where the first header is in `bytes`
   * @param length of the compound packet
   * @returns Truncated or Malformed when there is not one valid packet to begin with
   */
  start(bytes: Uint8Array, offset: number, length: number): DropReason {
    this.bytes = bytes;
    this.#next = offset;
    this.#end = offset;
    if (length < RTCP_HEADER_BYTES || offset + length > bytes.length) return DropReason.Truncated;
    if (bytes[offset]! >> 6 !== 2) return DropReason.Malformed;
    if ((u16(bytes, offset + 2) + 1) * 4 > length) return DropReason.Truncated;
    this.#end = offset + length;
    return DropReason.None;
  }

  /** @returns type of the next packet, unknown types included; RtcpType.End after the last */
  next(): number {
    const bytes = this.bytes;
    while (this.#next + RTCP_HEADER_BYTES <= this.#end) {
      const offset = this.#next;
      const first = bytes[offset]!;
      const type = bytes[offset + 1]!;
      const end = offset + (u16(bytes, offset + 2) + 1) * 4;
      if (first >> 6 !== 2 || end > this.#end) break;
      let padding = 0;
      if ((first & 0x20) !== 0) padding = bytes[end - 1]!;
      this.#next = end;
      this.count = first & 0x1f;
      this.bodyOffset = offset + RTCP_HEADER_BYTES;
      this.bodyBytes = end - padding - this.bodyOffset;
      if (this.bodyBytes >= 0 && this.#enter(type)) return type;
    }
    this.#next = this.#end;
    return RtcpType.End;
  }

  /** Fills `block` with report block `index`, 0..count-1 of an SR or RR. */
  readReportBlock(index: number, block: ReportBlock): void {
    const bytes = this.bytes;
    const offset = this.#blocksOffset + index * REPORT_BLOCK_BYTES;
    block.ssrc = u32(bytes, offset);
    block.fractionLost = bytes[offset + 4]!;
    block.totalLost = (u24(bytes, offset + 5) << 8) >> 8;
    block.highestSn = u32(bytes, offset + 8);
    block.jitterTicks = u32(bytes, offset + 12);
    block.lastSr = u32(bytes, offset + 16);
    block.delaySinceLastSr = u32(bytes, offset + 20);
  }

  /** Number of pairs in a generic NACK; `nackPid(i)` and `nackMask(i)` read them. */
  nackCount(): number {
    return (this.bodyBytes - 8) >> 2;
  }

  /** A lost sequence number. */
  nackPid(index: number): number {
    return u16(this.bytes, this.bodyOffset + 8 + index * 4);
  }

  /** Bit i set: the number `pid + i + 1` is lost as well. */
  nackMask(index: number): number {
    return u16(this.bytes, this.bodyOffset + 10 + index * 4);
  }

  /** Number of entries in a full intra request. */
  firCount(): number {
    return (this.bodyBytes - 8) >> 3;
  }

  firSsrc(index: number): number {
    return u32(this.bytes, this.bodyOffset + 8 + index * 8);
  }

  /** Whether payload feedback of format 15 is a receiver estimated maximum bitrate. */
  isRemb(): boolean {
    return (
      this.count === PayloadFormat.Application &&
      this.bodyBytes >= 16 &&
      u32(this.bytes, this.bodyOffset + 8) === REMB_IDENTIFIER &&
      16 + this.bytes[this.bodyOffset + 12]! * 4 <= this.bodyBytes
    );
  }

  /** Bits per second of the REMB; at most 2^53 in meaning, though the format reaches 2^81. */
  rembBitrateBps(): number {
    const word = u24(this.bytes, this.bodyOffset + 13);
    return (word & 0x3ffff) * 2 ** (word >> 18);
  }

  /** Streams that the REMB is about; `rembSsrc(i)` reads them. */
  rembSsrcCount(): number {
    return this.bytes[this.bodyOffset + 12]!;
  }

  rembSsrc(index: number): number {
    return u32(this.bytes, this.bodyOffset + 16 + index * 4);
  }

  /** @returns block type of the next XR block of known size; XrBlock.End after the last */
  nextXrBlock(): number {
    const bytes = this.bytes;
    const end = this.bodyOffset + this.bodyBytes;
    while (this.#xrNext + 4 <= end) {
      const type = bytes[this.#xrNext]!;
      this.xrOffset = this.#xrNext + 4;
      this.xrBytes = u16(bytes, this.#xrNext + 2) * 4;
      this.#xrNext = this.xrOffset + this.xrBytes;
      if (this.#xrNext > end) break;
      if (type === XrBlock.ReceiverReferenceTime && this.xrBytes < 8) continue;
      if (type !== XrBlock.End) return type;
    }
    this.#xrNext = end;
    return XrBlock.End;
  }

  /** NTP seconds of a receiver reference time block. */
  rrtrSeconds(): number {
    return u32(this.bytes, this.xrOffset);
  }

  rrtrFraction(): number {
    return u32(this.bytes, this.xrOffset + 4);
  }

  dlrrCount(): number {
    return Math.floor(this.xrBytes / 12);
  }

  dlrrSsrc(index: number): number {
    return u32(this.bytes, this.xrOffset + index * 12);
  }

  /** Middle 32 bits of the reference time that is answered; 0: none was received. */
  dlrrLastRr(index: number): number {
    return u32(this.bytes, this.xrOffset + index * 12 + 4);
  }

  /** 1/65536 s. */
  dlrrDelay(index: number): number {
    return u32(this.bytes, this.xrOffset + index * 12 + 8);
  }

  #blocksOffset = 0;

  /** @returns false for a packet too short for its type: it is skipped */
  #enter(type: number): boolean {
    const bytes = this.bytes;
    const offset = this.bodyOffset;
    this.mediaSsrc = 0;
    this.senderSsrc = this.bodyBytes >= 4 ? u32(bytes, offset) : 0;
    switch (type) {
      case RtcpType.SenderReport: {
        if (this.bodyBytes < 4 + SENDER_INFO_BYTES + this.count * REPORT_BLOCK_BYTES) return false;
        this.ntpSeconds = u32(bytes, offset + 4);
        this.ntpFraction = u32(bytes, offset + 8);
        this.rtpTs = u32(bytes, offset + 12);
        this.packetCount = u32(bytes, offset + 16);
        this.octetCount = u32(bytes, offset + 20);
        this.#blocksOffset = offset + 4 + SENDER_INFO_BYTES;
        return true;
      }
      case RtcpType.ReceiverReport:
        this.#blocksOffset = offset + 4;
        return this.bodyBytes >= 4 + this.count * REPORT_BLOCK_BYTES;
      case RtcpType.TransportFeedback:
      case RtcpType.PayloadFeedback:
        if (this.bodyBytes < 8) return false;
        this.mediaSsrc = u32(bytes, offset + 4);
        return true;
      case RtcpType.ExtendedReport:
        this.#xrNext = offset + 4;
        return this.bodyBytes >= 4;
      default:
        return type !== RtcpType.End;
    }
  }
}
