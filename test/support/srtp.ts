import type { SrtpKeys, SrtpProfile } from "../../src/transport/dtls/dtls-session.ts";
import { createSrtpCipher } from "../../src/transport/srtp/create-srtp-cipher.ts";
import { PacketIndexTable } from "../../src/transport/srtp/packet-index-table.ts";
import { rtpHeaderLength } from "../../src/transport/srtp/rtp-header-length.ts";
import type { SrtpCipher } from "../../src/transport/srtp/srtp-cipher.ts";
import { createAead } from "./aeads.ts";

const SSRCS_MAX = 4096;
const RTCP_BYTES_MIN = 8;

/** Fixed keys of both sides; the two directions differ. */
export function createTestKeys(profile: SrtpProfile): SrtpKeys {
  const keyBytes = profile === "AEAD_AES_256_GCM" ? 32 : 16;
  const saltBytes = profile === "AES128_CM_HMAC_SHA1_80" ? 14 : 12;
  const bytes = (first: number, length: number): Uint8Array =>
    Uint8Array.from({ length }, (_, i) => first + i * 7);
  return {
    profile,
    localKey: bytes(1, keyBytes),
    localSalt: bytes(60, saltBytes),
    remoteKey: bytes(120, keyBytes),
    remoteSalt: bytes(180, saltBytes),
  };
}

/** The same keys as the other peer holds them. */
export function swapSides(keys: SrtpKeys): SrtpKeys {
  return {
    profile: keys.profile,
    localKey: keys.remoteKey,
    localSalt: keys.remoteSalt,
    remoteKey: keys.localKey,
    remoteSalt: keys.localSalt,
  };
}

/** An RTP packet with a payload that depends on its number. `extensionWords` 0 is no extension. */
export function rtpPacket(fields: {
  sn: number;
  ssrc: number;
  payloadBytes: number;
  extensionWords?: number;
}): Uint8Array {
  const words = fields.extensionWords ?? 0;
  const headerBytes = 12 + (words > 0 ? 4 + words * 4 : 0);
  const bytes = new Uint8Array(headerBytes + fields.payloadBytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, words > 0 ? 0x90 : 0x80);
  view.setUint8(1, 96);
  view.setUint16(2, fields.sn);
  view.setUint32(4, fields.sn * 3000);
  view.setUint32(8, fields.ssrc);
  if (words > 0) {
    view.setUint16(12, 0xbede);
    view.setUint16(14, words);
    for (let word = 0; word < words; word++) view.setUint32(16 + word * 4, 0x1200_0000 | word);
  }
  for (let at = headerBytes; at < bytes.length; at++) bytes[at] = at * 31 + fields.sn;
  return bytes;
}

/** A sender report without blocks (RFC 3550 §6.4.1). */
export function senderReport(ssrc: number, packetCount: number): Uint8Array {
  const bytes = new Uint8Array(28);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x80c8);
  view.setUint16(2, 6);
  view.setUint32(4, ssrc);
  view.setUint32(8, 0x83aa_7e80);
  view.setUint32(20, packetCount);
  return bytes;
}

/** A client that seals what it likes under the number that it likes, also twice. */
export class RecklessSender {
  readonly #cipher: SrtpCipher;
  readonly #indices: PacketIndexTable = new PacketIndexTable(SSRCS_MAX);
  #rtcpIndex = 0;

  /** @param keys our side of them is used */
  constructor(keys: SrtpKeys) {
    this.#cipher = createSrtpCipher(keys.profile, keys.localKey, keys.localSalt, createAead);
  }

  /** As `SrtpSender.protectRtp`. */
  protectRtp(bytes: Uint8Array, offset: number, length: number): number {
    const headerLength = rtpHeaderLength(bytes, offset, offset + length);
    if (headerLength < 0) return headerLength;
    const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
    const sn = view.getUint16(2);
    const ssrc = view.getInt32(8);
    const index = this.#indices.estimate(ssrc, sn);
    this.#indices.commit(ssrc, index);
    return this.#cipher.sealRtp(bytes, offset, headerLength, length, (index - sn) / 65_536);
  }

  /** As `SrtpSender.protectRtcp`. */
  protectRtcp(bytes: Uint8Array, offset: number, length: number): number {
    if (length < RTCP_BYTES_MIN) return -1;
    this.#rtcpIndex += 1;
    return this.#cipher.sealRtcp(bytes, offset, length, this.#rtcpIndex);
  }
}
