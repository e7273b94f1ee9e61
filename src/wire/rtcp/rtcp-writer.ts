import { putU16, putU24, putU32 } from "../bytes.ts";
import type { ReportBlock } from "./rtcp-cursor.ts";
import {
  PayloadFormat,
  REMB_IDENTIFIER,
  REPORT_BLOCK_BYTES,
  RtcpType,
  TransportFormat,
  XrBlock,
} from "./rtcp-types.ts";

/**
 * Writers of single RTCP packets. Each writes at `offset` and returns the offset after what it
 * wrote; called one after the other they make a compound packet. The caller provides the room;
 * the sizes stand beside the functions.
 */

function putHeader(out: Uint8Array, offset: number, count: number, type: number, end: number) {
  out[offset] = 0x80 | count;
  out[offset + 1] = type;
  putU16(out, offset + 2, ((end - offset) >> 2) - 1);
}

function putReportBlock(out: Uint8Array, offset: number, block: ReportBlock): void {
  putU32(out, offset, block.ssrc);
  out[offset + 4] = block.fractionLost;
  putU24(out, offset + 5, block.totalLost);
  putU32(out, offset + 8, block.highestSn);
  putU32(out, offset + 12, block.jitterTicks);
  putU32(out, offset + 16, block.lastSr);
  putU32(out, offset + 20, block.delaySinceLastSr);
}

/** 32 bytes with a block, 8 without (RFC 3550 §6.4.2). */
export function writeReceiverReport(
  out: Uint8Array,
  offset: number,
  senderSsrc: number,
  block: ReportBlock | undefined,
): number {
  const end = offset + 8 + (block === undefined ? 0 : REPORT_BLOCK_BYTES);
  putHeader(out, offset, block === undefined ? 0 : 1, RtcpType.ReceiverReport, end);
  putU32(out, offset + 4, senderSsrc);
  if (block !== undefined) putReportBlock(out, offset + 8, block);
  return end;
}

/** 28 bytes (RFC 3550 §6.4.1), without report blocks. */
export function writeSenderReport(
  out: Uint8Array,
  offset: number,
  ssrc: number,
  ntpSeconds: number,
  ntpFraction: number,
  rtpTs: number,
  packetCount: number,
  octetCount: number,
): number {
  putHeader(out, offset, 0, RtcpType.SenderReport, offset + 28);
  putU32(out, offset + 4, ssrc);
  putU32(out, offset + 8, ntpSeconds);
  putU32(out, offset + 12, ntpFraction);
  putU32(out, offset + 16, rtpTs);
  putU32(out, offset + 20, packetCount);
  putU32(out, offset + 24, octetCount);
  return offset + 28;
}

/** Types of SDES items: RFC 3550 §6.5.1, RFC 9143 §15.2. */
const CNAME_ITEM = 1;
const MID_ITEM = 15;
const ITEM_BYTES_MAX = 255;
const NO_MID: Uint8Array = new Uint8Array(0);

/**
 * One SDES chunk with a CNAME and, if there is one, the mid of the stream's section (RFC 3550 §6.5,
 * RFC 9143 §15.2): 12 to 15 bytes longer than the name, with a mid 2 more and its length.
 *
 * @param cname UTF-8, 1..255 bytes, as `mid`; longer ones are cut
 * @param mid empty: left out
 */
export function writeCname(
  out: Uint8Array,
  offset: number,
  ssrc: number,
  cname: Uint8Array,
  mid: Uint8Array = NO_MID,
): number {
  let at = putItem(out, offset + 8, CNAME_ITEM, cname);
  if (mid.length > 0) at = putItem(out, at, MID_ITEM, mid);
  // At least one zero byte ends the list of items, then zeros up to a whole word.
  const end = offset + ((at - offset + 4) & ~3);
  out.fill(0, at, end);
  putHeader(out, offset, 1, RtcpType.SourceDescription, end);
  putU32(out, offset + 4, ssrc);
  return end;
}

function putItem(out: Uint8Array, offset: number, type: number, text: Uint8Array): number {
  const length = Math.min(text.length, ITEM_BYTES_MAX);
  out[offset] = type;
  out[offset + 1] = length;
  for (let i = 0; i < length; i++) out[offset + 2 + i] = text[i]!;
  return offset + 2 + length;
}

/**
 * Generic NACK (RFC 4585 §6.2.1): 12 bytes and 4 for each pair.
 *
 * @param sns lost sequence numbers in sending order, 16 bits each, so that neighbours share a pair
 * @param count how many of `sns`, at least 1
 */
export function writeNack(
  out: Uint8Array,
  offset: number,
  senderSsrc: number,
  mediaSsrc: number,
  sns: Uint16Array,
  count: number,
): number {
  putU32(out, offset + 4, senderSsrc);
  putU32(out, offset + 8, mediaSsrc);
  let end = offset + 12;
  let pid = sns[0]!;
  let mask = 0;
  for (let i = 1; i < count; i++) {
    const distance = (sns[i]! - pid) & 0xffff;
    if (distance >= 1 && distance <= 16) {
      mask |= 1 << (distance - 1);
      continue;
    }
    if (distance === 0) continue;
    putU16(out, end, pid);
    putU16(out, end + 2, mask);
    end += 4;
    pid = sns[i]!;
    mask = 0;
  }
  putU16(out, end, pid);
  putU16(out, end + 2, mask);
  end += 4;
  putHeader(out, offset, TransportFormat.Nack, RtcpType.TransportFeedback, end);
  return end;
}

/** Picture loss indication, 12 bytes (RFC 4585 §6.3.1). */
export function writePli(
  out: Uint8Array,
  offset: number,
  senderSsrc: number,
  mediaSsrc: number,
): number {
  putHeader(out, offset, PayloadFormat.Pli, RtcpType.PayloadFeedback, offset + 12);
  putU32(out, offset + 4, senderSsrc);
  putU32(out, offset + 8, mediaSsrc);
  return offset + 12;
}

/** Full intra request for one stream, 20 bytes (RFC 5104 §4.3.1). */
export function writeFir(
  out: Uint8Array,
  offset: number,
  senderSsrc: number,
  mediaSsrc: number,
  sequence: number,
): number {
  putHeader(out, offset, PayloadFormat.Fir, RtcpType.PayloadFeedback, offset + 20);
  putU32(out, offset + 4, senderSsrc);
  putU32(out, offset + 8, 0);
  putU32(out, offset + 12, mediaSsrc);
  out[offset + 16] = sequence;
  putU24(out, offset + 17, 0);
  return offset + 20;
}

/**
 * Receiver estimated maximum bitrate of all streams together (draft-alvestrand-rmcat-remb-03):
 * 20 bytes and 4 for each.
 *
 * @param ssrcs of the streams, at most 255
 */
export function writeRemb(
  out: Uint8Array,
  offset: number,
  senderSsrc: number,
  ssrcs: readonly number[],
  bitrateBps: number,
): number {
  let exponent = 0;
  let mantissa = Math.max(0, Math.floor(bitrateBps));
  while (mantissa > 0x3ffff && exponent < 63) {
    mantissa = Math.floor(mantissa / 2);
    exponent += 1;
  }
  const end = offset + 20 + 4 * ssrcs.length;
  putHeader(out, offset, PayloadFormat.Application, RtcpType.PayloadFeedback, end);
  putU32(out, offset + 4, senderSsrc);
  putU32(out, offset + 8, 0);
  putU32(out, offset + 12, REMB_IDENTIFIER);
  out[offset + 16] = ssrcs.length;
  putU24(out, offset + 17, (exponent << 18) | mantissa);
  for (const [index, ssrc] of ssrcs.entries()) putU32(out, offset + 20 + 4 * index, ssrc);
  return end;
}

/** Extended report with a receiver reference time, 20 bytes (RFC 3611 §4.4). */
export function writeReceiverReferenceTime(
  out: Uint8Array,
  offset: number,
  senderSsrc: number,
  ntpSeconds: number,
  ntpFraction: number,
): number {
  putHeader(out, offset, 0, RtcpType.ExtendedReport, offset + 20);
  putU32(out, offset + 4, senderSsrc);
  out[offset + 8] = XrBlock.ReceiverReferenceTime;
  out[offset + 9] = 0;
  putU16(out, offset + 10, 2);
  putU32(out, offset + 12, ntpSeconds);
  putU32(out, offset + 16, ntpFraction);
  return offset + 20;
}

/**
 * Extended report that answers one receiver reference time, 24 bytes (RFC 3611 §4.5).
 *
 * @param receiverSsrc who sent the reference time
 * @param lastRr middle 32 bits of that time
 * @param delay since its arrival, 1/65536 s
 */
export function writeDlrr(
  out: Uint8Array,
  offset: number,
  senderSsrc: number,
  receiverSsrc: number,
  lastRr: number,
  delay: number,
): number {
  putHeader(out, offset, 0, RtcpType.ExtendedReport, offset + 24);
  putU32(out, offset + 4, senderSsrc);
  out[offset + 8] = XrBlock.Dlrr;
  out[offset + 9] = 0;
  putU16(out, offset + 10, 3);
  putU32(out, offset + 12, receiverSsrc);
  putU32(out, offset + 16, lastRr);
  putU32(out, offset + 20, delay);
  return offset + 24;
}
