import {
  AEAD_NONCE_BYTES,
  AEAD_TAG_BYTES,
  type Aead,
  type AeadFactory,
} from "../../crypto/aead.ts";
import { putU32, u32 } from "../../wire/bytes.ts";
import { deriveKey, KeyLabel } from "./key-derivation.ts";
import {
  RTCP_CLEAR_BYTES,
  RTCP_INDEX_BYTES,
  SRTCP_ENCRYPTED,
  type SrtpCipher,
} from "./srtp-cipher.ts";

/** Longer headers are rare and get a view of their own. */
const AAD_BYTES_MAX = 256;

/** What is authenticated only, copied here so that no view is made for each packet. Shared. */
const aad = new Uint8Array(new ArrayBuffer(AAD_BYTES_MAX));
const aadViews: readonly Uint8Array[] = Array.from(
  { length: AAD_BYTES_MAX + 1 },
  (_, length) => new Uint8Array(aad.buffer, 0, length),
);
const nonce = new Uint8Array(AEAD_NONCE_BYTES);

/** Session keys of the AEAD profiles. */
export type GcmKeys = {
  /** 16 or 32 bytes. */
  readonly rtpKey: Uint8Array;
  /** 12 bytes. */
  readonly rtpSalt: Uint8Array;
  readonly rtcpKey: Uint8Array;
  readonly rtcpSalt: Uint8Array;
};

/** AEAD_AES_128_GCM and AEAD_AES_256_GCM (RFC 7714). */
export class GcmCipher implements SrtpCipher {
  readonly #rtp: Aead;
  // The salt in three words. A packet that finds the caches cold waits for each object that it
  // needs: six fields are one line of 64 bytes, an array would be two more.
  readonly #rtpSalt0: number;
  readonly #rtpSalt1: number;
  readonly #rtpSalt2: number;
  readonly #rtcp: Aead;
  readonly #rtcpSalt: Uint8Array;

  constructor(keys: GcmKeys, createAead: AeadFactory) {
    this.#rtp = createAead(keys.rtpKey);
    this.#rtcp = createAead(keys.rtcpKey);
    this.#rtpSalt0 = u32(keys.rtpSalt, 0) | 0;
    this.#rtpSalt1 = u32(keys.rtpSalt, 4) | 0;
    this.#rtpSalt2 = u32(keys.rtpSalt, 8) | 0;
    this.#rtcpSalt = keys.rtcpSalt.slice();
  }

  get rtpOverhead(): number {
    return AEAD_TAG_BYTES;
  }

  get rtcpOverhead(): number {
    return AEAD_TAG_BYTES + RTCP_INDEX_BYTES;
  }

  static fromMaster(key: Uint8Array, salt: Uint8Array, createAead: AeadFactory): GcmCipher {
    const keys: GcmKeys = {
      rtpKey: deriveKey(key, salt, KeyLabel.RtpEncryption, key.length),
      rtpSalt: deriveKey(key, salt, KeyLabel.RtpSalt, AEAD_NONCE_BYTES),
      rtcpKey: deriveKey(key, salt, KeyLabel.RtcpEncryption, key.length),
      rtcpSalt: deriveKey(key, salt, KeyLabel.RtcpSalt, AEAD_NONCE_BYTES),
    };
    return new GcmCipher(keys, createAead);
  }

  sealRtp(
    bytes: Uint8Array,
    offset: number,
    headerLength: number,
    length: number,
    roc: number,
  ): number {
    this.#writeRtpNonce(bytes, offset, roc);
    const header = headerView(bytes, offset, headerLength);
    const textAt = offset + headerLength;
    return headerLength + this.#rtp.seal(nonce, header, bytes, textAt, length - headerLength);
  }

  openRtp(
    bytes: Uint8Array,
    offset: number,
    headerLength: number,
    length: number,
    roc: number,
  ): number {
    this.#writeRtpNonce(bytes, offset, roc);
    const header = headerView(bytes, offset, headerLength);
    const textAt = offset + headerLength;
    const text = this.#rtp.open(nonce, header, bytes, textAt, length - headerLength);
    return text < 0 ? -1 : headerLength + text;
  }

  sealRtcp(bytes: Uint8Array, offset: number, length: number, index: number): number {
    this.#writeRtcpNonce(bytes, offset, index);
    for (let i = 0; i < RTCP_CLEAR_BYTES; i++) aad[i] = bytes[offset + i]!;
    putU32(aad, RTCP_CLEAR_BYTES, SRTCP_ENCRYPTED + index);
    const header = aadViews[RTCP_CLEAR_BYTES + RTCP_INDEX_BYTES]!;
    const textAt = offset + RTCP_CLEAR_BYTES;
    const sealed =
      RTCP_CLEAR_BYTES + this.#rtcp.seal(nonce, header, bytes, textAt, length - RTCP_CLEAR_BYTES);
    putU32(bytes, offset + sealed, SRTCP_ENCRYPTED + index);
    return sealed + RTCP_INDEX_BYTES;
  }

  openRtcp(bytes: Uint8Array, offset: number, length: number): number {
    const indexAt = offset + length - RTCP_INDEX_BYTES;
    const flagAndIndex = u32(bytes, indexAt);
    this.#writeRtcpNonce(bytes, offset, flagAndIndex & 0x7fff_ffff);
    if (flagAndIndex >>> 31 === 0) return this.#checkClearRtcp(bytes, offset, length);
    for (let i = 0; i < RTCP_CLEAR_BYTES; i++) aad[i] = bytes[offset + i]!;
    putU32(aad, RTCP_CLEAR_BYTES, flagAndIndex);
    const header = aadViews[RTCP_CLEAR_BYTES + RTCP_INDEX_BYTES]!;
    const textAt = offset + RTCP_CLEAR_BYTES;
    const text = this.#rtcp.open(nonce, header, bytes, textAt, indexAt - textAt);
    return text < 0 ? -1 : RTCP_CLEAR_BYTES + text;
  }

  close(): void {
    this.#rtp.close();
    this.#rtcp.close();
  }

  /** Not encrypted: the whole packet and the index are authenticated (RFC 7714 §9.3). Rare. */
  #checkClearRtcp(bytes: Uint8Array, offset: number, length: number): number {
    const clearLength = length - this.rtcpOverhead;
    const covered = new Uint8Array(clearLength + RTCP_INDEX_BYTES);
    covered.set(bytes.subarray(offset, offset + clearLength));
    covered.set(bytes.subarray(offset + length - RTCP_INDEX_BYTES, offset + length), clearLength);
    const opened = this.#rtcp.open(nonce, covered, bytes, offset + clearLength, AEAD_TAG_BYTES);
    return opened < 0 ? -1 : clearLength;
  }

  /** Two zero bytes, SSRC, roll-over counter, sequence number, all over the salt (§8.1). */
  #writeRtpNonce(bytes: Uint8Array, offset: number, roc: number): void {
    const ssrc = u32(bytes, offset + 8);
    const sn = (bytes[offset + 2]! << 8) | bytes[offset + 3]!;
    putU32(nonce, 0, this.#rtpSalt0 ^ (ssrc >>> 16));
    putU32(nonce, 4, this.#rtpSalt1 ^ ((ssrc << 16) | (roc >>> 16)));
    putU32(nonce, 8, this.#rtpSalt2 ^ ((roc << 16) | sn));
  }

  /** Two zero bytes, SSRC, two zero bytes, 31-bit index, all over the salt (§9.1). */
  #writeRtcpNonce(bytes: Uint8Array, offset: number, index: number): void {
    const salt = this.#rtcpSalt;
    nonce[0] = salt[0]!;
    nonce[1] = salt[1]!;
    nonce[2] = salt[2]! ^ bytes[offset + 4]!;
    nonce[3] = salt[3]! ^ bytes[offset + 5]!;
    nonce[4] = salt[4]! ^ bytes[offset + 6]!;
    nonce[5] = salt[5]! ^ bytes[offset + 7]!;
    nonce[6] = salt[6]!;
    nonce[7] = salt[7]!;
    nonce[8] = salt[8]! ^ (index >>> 24);
    nonce[9] = salt[9]! ^ (index >>> 16);
    nonce[10] = salt[10]! ^ (index >>> 8);
    nonce[11] = salt[11]! ^ index;
  }
}

function headerView(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  if (length > AAD_BYTES_MAX) return bytes.subarray(offset, offset + length);
  for (let i = 0; i < length; i++) aad[i] = bytes[offset + i]!;
  return aadViews[length]!;
}
