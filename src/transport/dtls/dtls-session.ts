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

/** What a DTLS session tells its owner. Called from `handleDatagram` or from a later turn. */
export type DtlsEvents = {
  /** One datagram for the peer. The bytes are the session's; copy or send before returning. */
  onTransmit(datagram: Uint8Array): void;
  /** The handshake is complete and the peer's certificate has the expected fingerprint. */
  onConnected(keys: SrtpKeys): void;
  /** Decrypted application data: one SCTP packet. */
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
 * One DTLS 1.2 association with SRTP key export (RFC 6347, 5764). Has no socket: datagrams come
 * by `handleDatagram` and leave by `onTransmit`. A close_notify of the peer does not end the
 * session (the spec's 1.3); only its owner closes it.
 */
export interface DtlsSession {
  /** One received datagram, first byte 20..63 (RFC 7983). Malformed input is dropped. */
  handleDatagram(bytes: Uint8Array): void;
  /** Encrypts one SCTP packet and transmits it; dropped while not connected. */
  sendApplicationData(bytes: Uint8Array): void;
  close(): void;
}

/** Makes sessions that share one certificate. Creation is cheap; the certificate is not. */
export interface DtlsFactory {
  /** `sha-256` fingerprint of our certificate as in SDP, upper case, colons. */
  readonly localFingerprint: string;
  create(options: DtlsOptions): DtlsSession;
}
