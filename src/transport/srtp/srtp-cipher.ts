/** Fixed part of an RTP header. */
export const RTP_HEADER_BYTES = 12;
/** RTCP's first header word and the sender's SSRC: never encrypted. */
export const RTCP_CLEAR_BYTES = 8;
/** The flag and index word of SRTCP. */
export const RTCP_INDEX_BYTES = 4;
/** The flag "encrypted" over the 31-bit index that ends an SRTCP packet (RFC 3711 §3.4). */
export const SRTCP_ENCRYPTED = 0x8000_0000;

/**
 * One direction of one profile: knows keys and layouts, keeps no state of streams. All lengths are
 * in bytes; packets lie at `offset` and are changed in place.
 */
export interface SrtpCipher {
  /** Bytes behind the payload of an SRTP packet. */
  readonly rtpOverhead: number;
  /** Bytes behind the payload of an SRTCP packet, index included. */
  readonly rtcpOverhead: number;

  /**
   * @param headerLength what stays readable: fixed header, CSRCs and extension
   * @param length of the packet in clear
   * @param roc roll-over counter, 0..2^32-1
   * @returns length of the protected packet
   */
  sealRtp(
    bytes: Uint8Array,
    offset: number,
    headerLength: number,
    length: number,
    roc: number,
  ): number;

  /**
   * @param length of the protected packet, at least `headerLength` + `rtpOverhead`
   * @returns length in clear, or -1 when the tag is wrong, which leaves the packet as it was
   */
  openRtp(
    bytes: Uint8Array,
    offset: number,
    headerLength: number,
    length: number,
    roc: number,
  ): number;

  /** @param index 0..2^31-1 */
  sealRtcp(bytes: Uint8Array, offset: number, length: number, index: number): number;

  /** @param length of the protected packet, at least RTCP_CLEAR_BYTES + `rtcpOverhead` */
  openRtcp(bytes: Uint8Array, offset: number, length: number): number;

  /** Gives the keys up; again is harmless. Nothing can be sealed or opened afterwards. */
  close(): void;
}
