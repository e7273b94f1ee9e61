import { DropReason } from "../../base/drop-reason.ts";
import type { AeadFactory } from "../../crypto/aead.ts";
import type { SrtpKeys } from "../dtls/dtls-session.ts";
import { createSrtpCipher } from "./create-srtp-cipher.ts";
import { PacketIndexTable } from "./packet-index-table.ts";
import { rtpHeaderLength } from "./rtp-header-length.ts";
import { RTCP_CLEAR_BYTES, type SrtpCipher } from "./srtp-cipher.ts";

/** Streams one peer publishes, with their repair streams; beyond it the longest unused is forgotten. */
export const RECEIVED_SSRCS_MAX = 1024;
/** A first packet below this may come after a wrap whose other side was lost. */
const WRAPPED_START_SN_MAX = 2048;
const SN_RANGE = 65_536;

/**
 * Opens what comes from one peer (RFC 3711, RFC 7714). Runs once per packet, in place; state moves
 * only when the tag is proven.
 *
 * Nothing is dropped as a replay: browsers probe bandwidth with packets sent before, and each copy
 * must reach the transport-wide accounting. The receive buffer tells duplicates apart.
 */
export class SrtpReceiver {
  readonly #cipher: SrtpCipher;
  readonly #indices: PacketIndexTable;

  /** @param keys the peer's side of them is used */
  constructor(keys: SrtpKeys, createAead: AeadFactory, ssrcsMax: number = RECEIVED_SSRCS_MAX) {
    this.#cipher = createSrtpCipher(keys.profile, keys.remoteKey, keys.remoteSalt, createAead);
    this.#indices = new PacketIndexTable(ssrcsMax);
  }

  /**
   * @param bytes one SRTP packet from its first byte on
   * @param length of the packet, at most `bytes.length`
   * @returns length of the RTP packet now in `bytes`, or minus a DropReason, and then the bytes
   *   are as they were
   */
  unprotectRtp(bytes: Uint8Array, length: number): number {
    const headerLength = rtpHeaderLength(bytes, 0, length - this.#cipher.rtpOverhead);
    if (headerLength < 0) return headerLength;
    const sn = (bytes[2]! << 8) | bytes[3]!;
    const ssrc = (bytes[8]! << 24) | (bytes[9]! << 16) | (bytes[10]! << 8) | bytes[11]!;
    let index = this.#indices.estimate(ssrc, sn);
    let opened = this.#open(bytes, headerLength, length, index - sn);
    if (opened < 0 && sn < WRAPPED_START_SN_MAX && !this.#indices.has(ssrc)) {
      index = SN_RANGE + sn;
      opened = this.#open(bytes, headerLength, length, SN_RANGE);
    }
    if (opened < 0) return -DropReason.BadTag;
    this.#indices.commit(ssrc, index);
    return opened;
  }

  /** As `unprotectRtp`, for one SRTCP packet, which names its index itself. */
  unprotectRtcp(bytes: Uint8Array, length: number): number {
    if (length < RTCP_CLEAR_BYTES + this.#cipher.rtcpOverhead) return -DropReason.Truncated;
    if (bytes[0]! >> 6 !== 2) return -DropReason.Malformed;
    const opened = this.#cipher.openRtcp(bytes, 0, length);
    return opened < 0 ? -DropReason.BadTag : opened;
  }

  /** Gives the keys up; again is harmless. Nothing is opened afterwards. */
  close(): void {
    this.#cipher.close();
  }

  debugInfo(): { ssrcs: number } {
    return { ssrcs: this.#indices.size };
  }

  #open(bytes: Uint8Array, headerLength: number, length: number, rocBase: number): number {
    return this.#cipher.openRtp(bytes, 0, headerLength, length, rocBase / SN_RANGE);
  }
}
