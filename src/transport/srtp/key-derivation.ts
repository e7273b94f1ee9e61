import { AesCounter } from "../../crypto/aes-counter.ts";

/** What the key derivation of RFC 3711 §4.3 is asked for. */
export const KeyLabel = {
  RtpEncryption: 0,
  RtpAuthentication: 1,
  RtpSalt: 2,
  RtcpEncryption: 3,
  RtcpAuthentication: 4,
  RtcpSalt: 5,
} as const;
export type KeyLabel = (typeof KeyLabel)[keyof typeof KeyLabel];

/** Where the label lies in the 14-byte key id: behind it come 48 bits of index, zero for us. */
const LABEL_AT = 7;

/**
 * One session key with the AES-CM pseudo-random function (RFC 3711 §4.3.3) at key derivation rate
 * zero. A 12-byte salt of the AEAD profiles counts as 14 bytes that end in zeros (RFC 7714 §11).
 *
 * @param masterKey 16 or 32 bytes
 * @param masterSalt 12 or 14 bytes
 */
export function deriveKey(
  masterKey: Uint8Array,
  masterSalt: Uint8Array,
  label: KeyLabel,
  length: number,
): Uint8Array {
  const counter = new AesCounter(masterKey);
  counter.initial.set(masterSalt);
  counter.initial[LABEL_AT] = counter.initial[LABEL_AT]! ^ label;
  const key = new Uint8Array(length);
  counter.apply(key, 0, length);
  return key;
}
