import { ViewCopier } from "../../base/view-copier.ts";
import {
  DEPENDENCY_GROWTH_BYTES,
  rewrittenBytes,
  writeDependency,
} from "../../wire/payload/dependency-rewriter.ts";
import { RTP_HEADER_BYTES } from "../../wire/rtp/rtp-view.ts";
import type { Translation } from "../forwarder/translation.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import { NO_PLAYOUT_DELAY, PLAYOUT_DELAY_BYTES } from "./playout-delay.ts";
import type { SendTransport } from "./send-transport.ts";

const ONE_BYTE_ID_MAX = 14;
const ONE_BYTE_ELEMENT_BYTES_MAX = 16;
const ELEMENT_BYTES_MAX = 255;
const ABS_SEND_TIME_BYTES = 3;
const TRANSPORT_SN_BYTES = 2;

/** Header and extension block without what is copied of the packet: an upper bound. */
export const HEADER_BYTES_MAX: number =
  RTP_HEADER_BYTES +
  4 +
  (2 + ABS_SEND_TIME_BYTES) +
  (2 + TRANSPORT_SN_BYTES) +
  (2 + PLAYOUT_DELAY_BYTES) +
  (2 + DEPENDENCY_GROWTH_BYTES) +
  2 +
  3;

/** The fixed header, without CSRCs, padding and extension (RFC 3550 §5.1): 12 bytes. */
export function writeFixedHeader(
  out: Uint8Array,
  at: number,
  payloadType: number,
  marker: boolean,
  sn: number,
  ts: number,
  ssrc: number,
): void {
  out[at] = 0x80;
  out[at + 1] = payloadType | (marker ? 0x80 : 0);
  out[at + 2] = sn >>> 8;
  out[at + 3] = sn;
  out[at + 4] = ts >>> 24;
  out[at + 5] = ts >>> 16;
  out[at + 6] = ts >>> 8;
  out[at + 7] = ts;
  out[at + 8] = ssrc >>> 24;
  out[at + 9] = ssrc >>> 16;
  out[at + 10] = ssrc >>> 8;
  out[at + 11] = ssrc;
}

/**
 * Writes the extensions that this subscriber gets (spec-media 5.2) after the fixed header at `at`:
 * of ours send time, transport-wide number and playout delay, of the publisher's dependency
 * descriptor, rewritten, and capture time under the subscriber's ids. Two-byte elements where one
 * is longer than 16 bytes or an id above 14 (RFC 8285 §4.1.2).
 *
 * @param packet undefined for packets of our own
 * @param sent says how its dependency descriptor leaves
 * @param isEstimated the stream takes part in bandwidth estimation
 * @param playoutDelay 24 bits, or NO_PLAYOUT_DELAY
 * @returns offset of the payload
 */
export function writeExtensions(
  out: Uint8Array,
  at: number,
  nowMs: number,
  transport: SendTransport,
  packet: MediaPacket | undefined,
  sent: Translation,
  isEstimated: boolean,
  playoutDelay: number,
): number {
  const isCopied =
    packet !== undefined && (sent.dependency.isPresent || packet.captureTimeBytes > 0);
  const isWritten = isEstimated || isCopied || playoutDelay !== NO_PLAYOUT_DELAY;
  if (!isWritten) return at + RTP_HEADER_BYTES;
  const ids = transport.extensions;
  const transportId = isEstimated ? ids.transportSequence : 0;
  // Who reports on transport-wide numbers needs no send time.
  const sendTimeId = isEstimated && transportId === 0 ? ids.absSendTime : 0;
  const delayId = playoutDelay === NO_PLAYOUT_DELAY ? 0 : ids.playoutDelay;
  let dependencyId = 0;
  let dependencyBytes = 0;
  let captureTimeId = 0;
  if (packet !== undefined) {
    if (sent.dependency.isPresent && ids.dependencyDescriptor !== 0) {
      dependencyId = ids.dependencyDescriptor;
      dependencyBytes = rewrittenBytes(packet.dependencyBytes, sent.dependency);
    }
    if (packet.captureTimeBytes > 0 && packet.captureTimeBytes <= ELEMENT_BYTES_MAX) {
      captureTimeId = ids.absCaptureTime;
    }
  }
  if ((sendTimeId | transportId | delayId | dependencyId | captureTimeId) === 0) {
    return at + RTP_HEADER_BYTES;
  }
  const isTwoByte =
    sendTimeId > ONE_BYTE_ID_MAX ||
    transportId > ONE_BYTE_ID_MAX ||
    delayId > ONE_BYTE_ID_MAX ||
    dependencyId > ONE_BYTE_ID_MAX ||
    captureTimeId > ONE_BYTE_ID_MAX ||
    (dependencyId !== 0 && dependencyBytes > ONE_BYTE_ELEMENT_BYTES_MAX) ||
    (captureTimeId !== 0 && packet!.captureTimeBytes > ONE_BYTE_ELEMENT_BYTES_MAX);
  out[at] = 0x90;
  const block = at + RTP_HEADER_BYTES;
  let end = block + 4;
  if (sendTimeId !== 0) {
    end = putElementHead(out, end, sendTimeId, ABS_SEND_TIME_BYTES, isTwoByte);
    const time = transport.stampTime(nowMs, end);
    out[end] = time >>> 16;
    out[end + 1] = time >>> 8;
    out[end + 2] = time;
    end += ABS_SEND_TIME_BYTES;
  }
  if (transportId !== 0) {
    end = putElementHead(out, end, transportId, TRANSPORT_SN_BYTES, isTwoByte);
    const sn = transport.stampNumber(nowMs, end);
    out[end] = sn >>> 8;
    out[end + 1] = sn;
    end += TRANSPORT_SN_BYTES;
  }
  if (delayId !== 0) {
    end = putElementHead(out, end, delayId, PLAYOUT_DELAY_BYTES, isTwoByte);
    out[end] = playoutDelay >>> 16;
    out[end + 1] = playoutDelay >>> 8;
    out[end + 2] = playoutDelay;
    end += PLAYOUT_DELAY_BYTES;
  }
  if (dependencyId !== 0) {
    end = putElementHead(out, end, dependencyId, dependencyBytes, isTwoByte);
    end = writeDependency(
      packet!.bytes,
      packet!.dependencyOffset,
      packet!.dependencyBytes,
      sent.dependency,
      out,
      end,
    );
  }
  if (captureTimeId !== 0) {
    end = putElementHead(out, end, captureTimeId, packet!.captureTimeBytes, isTwoByte);
    end = copyBytes(packet!.bytes, packet!.captureTimeOffset, packet!.captureTimeBytes, out, end);
  }
  while (((end - block) & 3) !== 0) out[end++] = 0;
  const words = (end - block - 4) >> 2;
  out[block] = isTwoByte ? 0x10 : 0xbe;
  out[block + 1] = isTwoByte ? 0x00 : 0xde;
  out[block + 2] = words >> 8;
  out[block + 3] = words;
  return end;
}

function putElementHead(
  out: Uint8Array,
  at: number,
  id: number,
  length: number,
  isTwoByte: boolean,
): number {
  if (isTwoByte) {
    out[at] = id;
    out[at + 1] = length;
    return at + 2;
  }
  out[at] = (id << 4) | (length - 1);
  return at + 1;
}

/** A few bytes. @returns offset after them */
export function copyBytes(
  bytes: Uint8Array,
  offset: number,
  length: number,
  out: Uint8Array,
  at: number,
): number {
  for (let i = 0; i < length; i++) out[at + i] = bytes[offset + i]!;
  return at + length;
}

/** Of RED payloads. One for each thread: all its down tracks write the same one in turn. */
export const RED_COPIER: ViewCopier = new ViewCopier();
