import { DropReason } from "../../base/drop-reason.ts";
import type { AeadFactory } from "../../crypto/aead.ts";
import type { SrtpKeys } from "../dtls/dtls-session.ts";
import { createSrtpCipher } from "./create-srtp-cipher.ts";
import { PacketIndexTable } from "./packet-index-table.ts";
import { rtpHeaderLength } from "./rtp-header-length.ts";
import { RTCP_CLEAR_BYTES, type SrtpCipher } from "./srtp-cipher.ts";

/** Streams one peer is sent, with their repair streams; beyond it the longest unused is forgotten. */
export const SENT_SSRCS_MAX = 4096;
/** The SRTCP index has 31 bits, and none may be used twice with one key (RFC 3711 §9.2). */
const RTCP_INDEX_MAX = 0x7fff_ffff;

/**
 * Protects what leaves for one peer (RFC 3711, RFC 7714). Runs once per packet, in place, and
 * allocates nothing but what the AEAD does.
 *
 * The same sequence number of one SSRC must not carry two different contents: that would use a
 * nonce twice. Repeats go out under the repair stream's SSRC, or byte for byte.
 */
export class SrtpSender {
  readonly #cipher: SrtpCipher;
  readonly #indices: PacketIndexTable;
  #rtcpIndex = 0;

  /** @param keys our side of them is used */
  constructor(keys: SrtpKeys, createAead: AeadFactory, ssrcsMax: number = SENT_SSRCS_MAX) {
    this.#cipher = createSrtpCipher(keys.profile, keys.localKey, keys.localSalt, createAead);
    this.#indices = new PacketIndexTable(ssrcsMax);
  }

  /**
   * @param bytes the packet lies at `offset`, with room for SRTP_OVERHEAD_MAX bytes behind it
   * @returns length of the protected packet, or minus a DropReason when it is no RTP
   */
  protectRtp(bytes: Uint8Array, offset: number, length: number): number {
    const headerLength = rtpHeaderLength(bytes, offset, offset + length);
    if (headerLength < 0) return headerLength;
    const sn = (bytes[offset + 2]! << 8) | bytes[offset + 3]!;
    const ssrc =
      (bytes[offset + 8]! << 24) |
      (bytes[offset + 9]! << 16) |
      (bytes[offset + 10]! << 8) |
      bytes[offset + 11]!;
    const index = this.#indices.estimate(ssrc, sn);
    this.#indices.commit(ssrc, index);
    return this.#cipher.sealRtp(bytes, offset, headerLength, length, (index - sn) / 65_536);
  }

  /**
   * @param bytes a compound or reduced-size packet at `offset`, with room for SRTCP_OVERHEAD_MAX
   * @returns length of the protected packet; minus a DropReason when it is too short for RTCP, or
   *   when the association has used up its 2^31 indices
   */
  protectRtcp(bytes: Uint8Array, offset: number, length: number): number {
    if (length < RTCP_CLEAR_BYTES) return -DropReason.Truncated;
    if (this.#rtcpIndex > RTCP_INDEX_MAX) return -DropReason.WrongState;
    const index = this.#rtcpIndex;
    this.#rtcpIndex += 1;
    return this.#cipher.sealRtcp(bytes, offset, length, index);
  }

  /** Gives the keys up; again is harmless. Nothing is protected afterwards. */
  close(): void {
    this.#cipher.close();
  }

  debugInfo(): { ssrcs: number; rtcpIndex: number } {
    return { ssrcs: this.#indices.size, rtcpIndex: this.#rtcpIndex };
  }
}
