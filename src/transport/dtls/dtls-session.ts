import type { DropReason } from "../../base/drop-reason.ts";

/** SRTP protection profiles (RFC 5764 §4.1.2, RFC 7714 §14.2). */
export type SrtpProfile = "AEAD_AES_256_GCM" | "AEAD_AES_128_GCM" | "AES128_CM_HMAC_SHA1_80";

/** Keys of both directions, cut from the exporter's output (RFC 5764 §4.2). */
export type SrtpKeys = {
  readonly profile: SrtpProfile;
  /** What we protect with. 16 or 32 bytes. */
  readonly localKey: Uint8Array;
  /** 12 bytes for AEAD, else 14. */
  readonly localSalt: Uint8Array;
  readonly remoteKey: Uint8Array;
  readonly remoteSalt: Uint8Array;
};

/** What a DTLS session tells its owner, from within a call of it. */
export type DtlsEvents = {
  /** One datagram for the peer. The bytes are the session's; copy or send before returning. */
  onTransmit(datagram: Uint8Array): void;
  /** The handshake is complete and the peer's certificate has the expected fingerprint. */
  onConnected(keys: SrtpKeys): void;
  /** Decrypted application data: one SCTP packet, a view of the datagram. Copy what you keep. */
  onApplicationData(bytes: Uint8Array): void;
  /** The handshake or the session failed for good; `reason` is for logs and the API. */
  onFailed(reason: string): void;
};

export type DtlsOptions = {
  readonly role: "server" | "client";
  /** The certificate the peer must show: `sha-256` fingerprint as in SDP, upper case, colons. */
  readonly remoteFingerprint: string;
  readonly events: DtlsEvents;
};

/**
 * One DTLS 1.2 association with SRTP key export (RFC 6347, 5764). Has no socket and no timer:
 * datagrams come by `handleDatagram` and leave by `onTransmit`, and time is the caller's. A
 * close_notify of the peer does not end the session (the spec's 1.3); only its owner closes it.
 */
export interface DtlsSession {
  /**
   * One received datagram, first byte 20..63 (RFC 7983). Its records are decrypted in place.
   *
   * @param nowMs monotonic
   * @returns None, or why the first record that was of no use was put aside
   */
  handleDatagram(nowMs: number, bytes: Uint8Array): DropReason;
  /**
   * Makes one datagram of one SCTP packet. The owner sends it: packets are sealed where they leave from.
   *
   * @param out has room for APPLICATION_OVERHEAD_BYTES more than the packet's length at `offset`
   * @returns the datagram's length; 0 while not connected, or when the keys have sealed all they may
   */
  sealApplicationData(bytes: Uint8Array, length: number, out: Uint8Array, offset: number): number;
  /** When `handleTimeout` next has work, in monotonic ms; Infinity when it has none. */
  pollTimeout(): number;
  /** Begins a client's handshake, repeats what was not answered, gives up in the end. */
  handleTimeout(nowMs: number): void;
  /** Says goodbye when connected. Nothing is called or transmitted from then on. */
  close(): void;
}

/** What a datagram of application data has beside its payload, at most. */
export const APPLICATION_OVERHEAD_BYTES = 37;

/** Makes sessions that share one certificate. Creation is cheap; the certificate is not. */
export interface DtlsFactory {
  /** `sha-256` fingerprint of our certificate as in SDP, upper case, colons. */
  readonly localFingerprint: string;
  create(options: DtlsOptions): DtlsSession;
}
