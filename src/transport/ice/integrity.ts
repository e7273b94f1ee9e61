import { STUN_HEADER_BYTES, STUN_INTEGRITY_BYTES } from "../../wire/stun/constants.ts";
import type { StunView } from "../../wire/stun/stun-view.ts";
import type { StunWriter } from "../../wire/stun/stun-writer.ts";

/** HMAC-SHA1 of `data` under `key`: 20 bytes. Handed in, because cores hold no crypto. */
export type HmacSha1 = (key: Uint8Array, data: Uint8Array) => Uint8Array;

const ATTRIBUTE_HEADER_BYTES = 4;

/**
 * Whether MESSAGE-INTEGRITY is there and made with `key` (RFC 8489 §14.5). Takes the same time
 * wherever the first wrong byte stands.
 *
 * @param bytes the message that `view` was read from; its length field is changed and put back
 * @param key the password itself for short-term credentials (RFC 8489 §9.1.1)
 */
export function verifyIntegrity(
  bytes: Uint8Array,
  view: StunView,
  key: Uint8Array,
  hmacSha1: HmacSha1,
): boolean {
  if (view.integrityOffset < 0) return false;
  const lengthAt = view.offset + 2;
  const high = bytes[lengthAt]!;
  const low = bytes[lengthAt + 1]!;
  const integrityEnd = view.integrityOffset + ATTRIBUTE_HEADER_BYTES + STUN_INTEGRITY_BYTES;
  const covered = integrityEnd - view.offset - STUN_HEADER_BYTES;
  bytes[lengthAt] = covered >>> 8;
  bytes[lengthAt + 1] = covered;
  const mac = hmacSha1(key, bytes.subarray(view.offset, view.integrityOffset));
  bytes[lengthAt] = high;
  bytes[lengthAt + 1] = low;
  let difference = 0;
  for (let i = 0; i < STUN_INTEGRITY_BYTES; i++) {
    difference |= mac[i]! ^ bytes[view.integrityOffset + ATTRIBUTE_HEADER_BYTES + i]!;
  }
  return difference === 0;
}

/** Appends MESSAGE-INTEGRITY and FINGERPRINT: the end of every message of ICE. */
export function writeIntegrity(writer: StunWriter, key: Uint8Array, hmacSha1: HmacSha1): void {
  const covered = writer.reserveIntegrity();
  if (covered === undefined) return;
  writer.setIntegrity(hmacSha1(key, covered));
  writer.fingerprint();
}
