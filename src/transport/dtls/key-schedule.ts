import { hashOf, type PrfHash, tlsPrf } from "../../crypto/tls-prf.ts";
import type { CipherSuite } from "./cipher-suites.ts";
import type { SrtpKeys } from "./dtls-session.ts";
import type { SrtpProfileFacts } from "./srtp-profiles.ts";

const MASTER_SECRET_BYTES = 48;
/** `verify_data` of a Finished message (RFC 5246 §7.4.9). */
export const VERIFY_DATA_BYTES = 12;
/** The part of an AES-GCM nonce that is derived, not sent (RFC 5288 §3). */
const FIXED_NONCE_BYTES = 4;

/** 32 bytes each. */
export type Randoms = { readonly client: Uint8Array; readonly server: Uint8Array };

/** What one side protects its records with. */
export type WriteKeys = {
  readonly key: Uint8Array;
  /** 4 bytes */
  readonly fixedNonce: Uint8Array;
};
export type TrafficKeys = { readonly client: WriteKeys; readonly server: WriteKeys };

/** The master secret of peers that know no better (RFC 5246 §8.1). */
export function masterSecretOf(
  hash: PrfHash,
  premaster: Uint8Array,
  { client, server }: Randoms,
): Uint8Array {
  const seed = joined(client, server);
  return tlsPrf(hash, premaster, "master secret", seed, MASTER_SECRET_BYTES);
}

/**
 * The master secret that is bound to the handshake (RFC 7627 §4).
 *
 * @param transcript messages up to and including ClientKeyExchange
 */
export function extendedMasterSecretOf(
  hash: PrfHash,
  premaster: Uint8Array,
  transcript: readonly Uint8Array[],
): Uint8Array {
  const seed = hashOf(hash, transcript);
  return tlsPrf(hash, premaster, "extended master secret", seed, MASTER_SECRET_BYTES);
}

/** Keys of the records of epoch 1 (RFC 5246 §6.3, RFC 5288 §3). */
export function trafficKeysOf(
  { hash, keyBytes }: CipherSuite,
  master: Uint8Array,
  { client, server }: Randoms,
): TrafficKeys {
  const nonceAt = 2 * keyBytes;
  const length = nonceAt + 2 * FIXED_NONCE_BYTES;
  const block = tlsPrf(hash, master, "key expansion", joined(server, client), length);
  return {
    client: {
      key: block.slice(0, keyBytes),
      fixedNonce: block.slice(nonceAt, nonceAt + FIXED_NONCE_BYTES),
    },
    server: {
      key: block.slice(keyBytes, nonceAt),
      fixedNonce: block.slice(nonceAt + FIXED_NONCE_BYTES),
    },
  };
}

/**
 * What proves knowledge of the master secret and of the same handshake (RFC 5246 §7.4.9).
 *
 * @param transcript all messages before this one
 * @returns VERIFY_DATA_BYTES
 */
export function finishedDataOf(
  hash: PrfHash,
  master: Uint8Array,
  sender: "client" | "server",
  transcript: readonly Uint8Array[],
): Uint8Array {
  const seed = hashOf(hash, transcript);
  return tlsPrf(hash, master, `${sender} finished`, seed, VERIFY_DATA_BYTES);
}

/** Keying material for others (RFC 5705 §4), without a context. */
export function exportKeys(
  hash: PrfHash,
  master: Uint8Array,
  label: string,
  { client, server }: Randoms,
  length: number,
): Uint8Array {
  return tlsPrf(hash, master, label, joined(client, server), length);
}

/** Keys and salts of SRTP, both directions (RFC 5764 §4.2). */
export function srtpKeysOf(
  hash: PrfHash,
  master: Uint8Array,
  randoms: Randoms,
  { name, keyBytes, saltBytes }: SrtpProfileFacts,
  role: "server" | "client",
): SrtpKeys {
  const length = 2 * (keyBytes + saltBytes);
  const bytes = exportKeys(hash, master, "EXTRACTOR-dtls_srtp", randoms, length);
  const saltAt = 2 * keyBytes;
  const client = { key: bytes.slice(0, keyBytes), salt: bytes.slice(saltAt, saltAt + saltBytes) };
  const server = { key: bytes.slice(keyBytes, saltAt), salt: bytes.slice(saltAt + saltBytes) };
  const [local, remote] = role === "server" ? [server, client] : [client, server];
  return {
    profile: name,
    localKey: local.key,
    localSalt: local.salt,
    remoteKey: remote.key,
    remoteSalt: remote.salt,
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
