import { AesCounter } from "../../crypto/aes-counter.ts";
import { equalBytes } from "../../crypto/equal-bytes.ts";
import { HmacSha1, SHA1_BYTES } from "../../crypto/hmac-sha1.ts";
import { deriveKey, KeyLabel } from "./key-derivation.ts";
import { RTCP_CLEAR_BYTES, RTCP_INDEX_BYTES, type SrtpCipher } from "./srtp-cipher.ts";

/** HMAC-SHA1 cut to 80 bits. */
const TAG_BYTES = 10;
const SALT_BYTES = 14;

/** Session keys of the counter mode profile. */
export type CounterKeys = {
  readonly rtpKey: Uint8Array;
  /** 14 bytes. */
  readonly rtpSalt: Uint8Array;
  /** 20 bytes. */
  readonly rtpAuthKey: Uint8Array;
  readonly rtcpKey: Uint8Array;
  readonly rtcpSalt: Uint8Array;
  readonly rtcpAuthKey: Uint8Array;
};

/** AES128_CM_HMAC_SHA1_80 (RFC 3711 §4.1.1, §4.2.1). */
export class CounterCipher implements SrtpCipher {
  readonly rtpOverhead: number = TAG_BYTES;
  readonly rtcpOverhead: number = TAG_BYTES + RTCP_INDEX_BYTES;
  readonly #rtp: AesCounter;
  readonly #rtcp: AesCounter;
  readonly #rtpMac: HmacSha1;
  readonly #rtcpMac: HmacSha1;
  readonly #rtpSalt: Uint8Array;
  readonly #rtcpSalt: Uint8Array;

  constructor(keys: CounterKeys) {
    this.#rtp = new AesCounter(keys.rtpKey);
    this.#rtcp = new AesCounter(keys.rtcpKey);
    this.#rtpMac = new HmacSha1(keys.rtpAuthKey);
    this.#rtcpMac = new HmacSha1(keys.rtcpAuthKey);
    this.#rtpSalt = keys.rtpSalt.slice();
    this.#rtcpSalt = keys.rtcpSalt.slice();
  }

  static fromMaster(key: Uint8Array, salt: Uint8Array): CounterCipher {
    return new CounterCipher({
      rtpKey: deriveKey(key, salt, KeyLabel.RtpEncryption, key.length),
      rtpSalt: deriveKey(key, salt, KeyLabel.RtpSalt, SALT_BYTES),
      rtpAuthKey: deriveKey(key, salt, KeyLabel.RtpAuthentication, SHA1_BYTES),
      rtcpKey: deriveKey(key, salt, KeyLabel.RtcpEncryption, key.length),
      rtcpSalt: deriveKey(key, salt, KeyLabel.RtcpSalt, SALT_BYTES),
      rtcpAuthKey: deriveKey(key, salt, KeyLabel.RtcpAuthentication, SHA1_BYTES),
    });
  }

  sealRtp(
    bytes: Uint8Array,
    offset: number,
    headerLength: number,
    length: number,
    roc: number,
  ): number {
    this.#writeRtpInitial(bytes, offset, roc);
    this.#rtp.apply(bytes, offset + headerLength, length - headerLength);
    const tag = this.#rtpMac.digestWithWord(bytes, offset, length, roc);
    for (let i = 0; i < TAG_BYTES; i++) bytes[offset + length + i] = tag[i]!;
    return length + TAG_BYTES;
  }

  openRtp(
    bytes: Uint8Array,
    offset: number,
    headerLength: number,
    length: number,
    roc: number,
  ): number {
    const clearLength = length - TAG_BYTES;
    const tag = this.#rtpMac.digestWithWord(bytes, offset, clearLength, roc);
    if (!equalBytes(bytes, offset + clearLength, tag, TAG_BYTES)) return -1;
    this.#writeRtpInitial(bytes, offset, roc);
    this.#rtp.apply(bytes, offset + headerLength, clearLength - headerLength);
    return clearLength;
  }

  sealRtcp(bytes: Uint8Array, offset: number, length: number, index: number): number {
    this.#writeRtcpInitial(bytes, offset, index);
    this.#rtcp.apply(bytes, offset + RTCP_CLEAR_BYTES, length - RTCP_CLEAR_BYTES);
    const at = offset + length;
    bytes[at] = (index >>> 24) | 0x80;
    bytes[at + 1] = index >>> 16;
    bytes[at + 2] = index >>> 8;
    bytes[at + 3] = index;
    const tag = this.#rtcpMac.digest(bytes, offset, length + RTCP_INDEX_BYTES);
    for (let i = 0; i < TAG_BYTES; i++) bytes[at + RTCP_INDEX_BYTES + i] = tag[i]!;
    return length + RTCP_INDEX_BYTES + TAG_BYTES;
  }

  openRtcp(bytes: Uint8Array, offset: number, length: number): number {
    const covered = length - TAG_BYTES;
    const tag = this.#rtcpMac.digest(bytes, offset, covered);
    if (!equalBytes(bytes, offset + covered, tag, TAG_BYTES)) return -1;
    const clearLength = covered - RTCP_INDEX_BYTES;
    const at = offset + clearLength;
    if (bytes[at]! < 0x80) return clearLength; // authentic, and sent unencrypted (§3.4)
    const index =
      ((bytes[at]! & 0x7f) << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    this.#writeRtcpInitial(bytes, offset, index);
    this.#rtcp.apply(bytes, offset + RTCP_CLEAR_BYTES, clearLength - RTCP_CLEAR_BYTES);
    return clearLength;
  }

  /** Its keys are objects of the runtime, which go with it. */
  close(): void {}

  /** Salt, under SSRC and the 48-bit packet index: roll-over counter, sequence number (§4.1.1). */
  #writeRtpInitial(bytes: Uint8Array, offset: number, roc: number): void {
    const initial = this.#rtp.initial;
    const salt = this.#rtpSalt;
    for (let i = 0; i < 4; i++) initial[i] = salt[i]!;
    for (let i = 4; i < 8; i++) initial[i] = salt[i]! ^ bytes[offset + 4 + i]!;
    initial[8] = salt[8]! ^ (roc >>> 24);
    initial[9] = salt[9]! ^ (roc >>> 16);
    initial[10] = salt[10]! ^ (roc >>> 8);
    initial[11] = salt[11]! ^ roc;
    initial[12] = salt[12]! ^ bytes[offset + 2]!;
    initial[13] = salt[13]! ^ bytes[offset + 3]!;
  }

  /** Salt, under SSRC and the 31-bit SRTCP index in the place of the packet index. */
  #writeRtcpInitial(bytes: Uint8Array, offset: number, index: number): void {
    const initial = this.#rtcp.initial;
    const salt = this.#rtcpSalt;
    for (let i = 0; i < 4; i++) initial[i] = salt[i]!;
    for (let i = 4; i < 8; i++) initial[i] = salt[i]! ^ bytes[offset + i]!;
    initial[8] = salt[8]!;
    initial[9] = salt[9]!;
    initial[10] = salt[10]! ^ (index >>> 24);
    initial[11] = salt[11]! ^ (index >>> 16);
    initial[12] = salt[12]! ^ (index >>> 8);
    initial[13] = salt[13]! ^ index;
  }
}
