import { putU16, putU32 } from "../../src/wire/bytes.ts";

export type Element = { readonly id: number; readonly bytes: readonly number[] | Uint8Array };

export type RtpHeader = {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sn: number;
  readonly ts: number;
  readonly ssrc: number;
  readonly elements: readonly Element[];
};

/** Writes an RTP packet with room for a payload of `payloadBytes` at its end (RFC 3550, RFC 8285). */
export function createRtp(header: RtpHeader, payloadBytes: number): Uint8Array {
  const { elements } = header;
  const isTwoByte = elements.some(({ id, bytes }) => id > 14 || bytes.length > 16);
  let blockBytes = 0;
  for (const { bytes } of elements) blockBytes += bytes.length + (isTwoByte ? 2 : 1);
  const words = (blockBytes + 3) >> 2;
  const payloadAt = 12 + (words > 0 ? 4 + words * 4 : 0);
  const out = new Uint8Array(payloadAt + payloadBytes);
  out[0] = 0x80 | (words > 0 ? 0x10 : 0);
  out[1] = header.payloadType | (header.marker ? 0x80 : 0);
  putU16(out, 2, header.sn);
  putU32(out, 4, header.ts);
  putU32(out, 8, header.ssrc);
  if (words === 0) return out;
  putU16(out, 12, isTwoByte ? 0x1000 : 0xbede);
  putU16(out, 14, words);
  let at = 16;
  for (const { id, bytes } of elements) {
    if (isTwoByte) {
      out[at++] = id;
      out[at++] = bytes.length;
    } else {
      out[at++] = (id << 4) | (bytes.length - 1);
    }
    out.set(bytes, at);
    at += bytes.length;
  }
  return out;
}

/**
 * The packet again as a retransmission (RFC 4588 §4): other payload type, SSRC and number, the
 * number of the original in front of the payload.
 *
 * @param payloadAt where the payload of `packet` begins
 */
export function createRtx(
  packet: Uint8Array,
  payloadAt: number,
  payloadType: number,
  ssrc: number,
  sn: number,
): Uint8Array {
  const out = new Uint8Array(packet.length + 2);
  out.set(packet.subarray(0, payloadAt));
  out[1] = (packet[1]! & 0x80) | payloadType;
  putU16(out, payloadAt, (packet[2]! << 8) | packet[3]!);
  putU16(out, 2, sn);
  putU32(out, 8, ssrc);
  out.set(packet.subarray(payloadAt), payloadAt + 2);
  return out;
}
