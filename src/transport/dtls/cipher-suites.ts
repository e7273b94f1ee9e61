import type { PrfHash } from "../../crypto/tls-prf.ts";

/** One of ECDHE_ECDSA with AES-GCM (RFC 5289 §3.2). */
export type CipherSuite = {
  readonly id: number;
  /** Of key derivation and Finished messages. */
  readonly hash: PrfHash;
  readonly keyBytes: number;
};

/** In our order of preference: every client has the first, and its records cost less. */
export const CIPHER_SUITES: readonly CipherSuite[] = [
  { id: 0xc02b, hash: "sha256", keyBytes: 16 }, // TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
  { id: 0xc02c, hash: "sha384", keyBytes: 32 }, // TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
];
