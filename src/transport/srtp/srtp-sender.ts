import { DropReason } from "../../base/drop-reason.ts";
import type { AeadFactory } from "../../crypto/aead.ts";
import type { SrtpKeys } from "../dtls/dtls-session.ts";
import { createSrtpCipher } from "./create-srtp-cipher.ts";
import { rtpHeaderLength } from "./rtp-header-length.ts";
import { SentStream } from "./sent-stream.ts";
import { RTCP_CLEAR_BYTES, type SrtpCipher } from "./srtp-cipher.ts";

/**
 * Streams one peer is sent under its keys from first to last, with their repair streams: 32,768
 * tracks with pictures. None is ever forgotten, as its indices would begin anew; one more is
 * refused. Those that have ended take some 150 bytes.
 */
export const SENT_SSRCS_MAX = 65_536;
/** The SRTCP index has 31 bits, and none may be used twice with one key (RFC 3711 §9.2). */
const RTCP_INDEX_MAX = 0x7fff_ffff;

/**
 * Protects what leaves for one peer (RFC 3711, RFC 7714). Runs once per packet, in place, and
 * allocates nothing but what the AEAD does, and some memory with the first packet of a stream.
 *
 * No two different packets leave under one nonce, whatever the callers do: `SentStream` gives each
 * packet index out once, and a repeat under its own number must come out as it did before.
 */
export class SrtpSender {
  readonly #cipher: SrtpCipher;
  readonly #ssrcsMax: number;
  /** By SSRC as a signed 32-bit number, which the engine hashes fastest. */
  readonly #streams: Map<number, SentStream> = new Map();
  #rtcpIndex = 0;
  /** For want of a stream; others are counted there. */
  #refusedCount = 0;

  /** @param keys our side of them is used */
  constructor(keys: SrtpKeys, createAead: AeadFactory, ssrcsMax: number = SENT_SSRCS_MAX) {
    this.#cipher = createSrtpCipher(keys.profile, keys.localKey, keys.localSalt, createAead);
    this.#ssrcsMax = ssrcsMax;
  }

  /**
   * @param bytes the packet lies at `offset`, with room for SRTP_OVERHEAD_MAX bytes behind it
   * @param isRepeatable the same packet may come again, among the next REPEAT_PACKETS_MAX
   * @returns length of the protected packet, or minus a DropReason, and then the bytes must not
   *   leave: it is no RTP; Duplicate: another packet left with this number; TooOld: too far behind
   *   the newest; Full: too many SSRCs
   */
  protectRtp(bytes: Uint8Array, offset: number, length: number, isRepeatable = false): number {
    const headerLength = rtpHeaderLength(bytes, offset, offset + length);
    if (headerLength < 0) return headerLength;
    const ssrc =
      (bytes[offset + 8]! << 24) |
      (bytes[offset + 9]! << 16) |
      (bytes[offset + 10]! << 8) |
      bytes[offset + 11]!;
    const stream = this.streamOf(ssrc);
    if (stream === undefined) {
      this.#refusedCount += 1;
      return -DropReason.Full;
    }
    return stream.protectRtp(bytes, offset, length, isRepeatable);
  }

  /**
   * The stream of an SSRC, new or known, which protects the packets of that SSRC as `protectRtp`
   * does. Whoever keeps it saves a look for it with each packet.
   *
   * @returns undefined when there are too many SSRCs
   */
  streamOf(ssrc: number): SentStream | undefined {
    return this.#streams.get(ssrc | 0) ?? this.#add(ssrc | 0);
  }

  /** The stream has ended. What comes under its SSRC all the same goes on where it was. */
  retireStream(ssrc: number): void {
    this.#streams.get(ssrc | 0)?.retire();
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

  debugInfo(): { ssrcs: number; rtcpIndex: number; refused: number } {
    let refused = this.#refusedCount;
    for (const stream of this.#streams.values()) refused += stream.refusedCount;
    return { ssrcs: this.#streams.size, rtcpIndex: this.#rtcpIndex, refused };
  }

  #add(ssrc: number): SentStream | undefined {
    if (this.#streams.size >= this.#ssrcsMax) return undefined;
    const stream = new SentStream(ssrc, this.#cipher);
    this.#streams.set(ssrc, stream);
    return stream;
  }
}
