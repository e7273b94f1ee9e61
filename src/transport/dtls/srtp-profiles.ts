import type { SrtpProfile } from "./dtls-session.ts";

/** A protection profile with its number in `use_srtp` (RFC 5764 §4.1.2, RFC 7714 §14.2). */
export type SrtpProfileFacts = {
  readonly id: number;
  readonly name: SrtpProfile;
  readonly keyBytes: number;
  readonly saltBytes: number;
};

/**
 * In our order of preference. 128 bits come first: the handshake's own keys have no more, and
 * packets cost less.
 */
export const SRTP_PROFILES: readonly SrtpProfileFacts[] = [
  { id: 0x0007, name: "AEAD_AES_128_GCM", keyBytes: 16, saltBytes: 12 },
  { id: 0x0008, name: "AEAD_AES_256_GCM", keyBytes: 32, saltBytes: 12 },
  { id: 0x0001, name: "AES128_CM_HMAC_SHA1_80", keyBytes: 16, saltBytes: 14 },
];
