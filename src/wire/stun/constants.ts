/** Numbers of STUN that ICE uses (RFC 8489 §5, §14, §18; RFC 8445 §16.1). */

export const STUN_HEADER_BYTES = 20;
export const STUN_COOKIE = 0x2112a442;
export const STUN_TRANSACTION_ID_BYTES = 12;
/** Offset of the transaction id in a message. */
export const STUN_TRANSACTION_ID_OFFSET = 8;

/** Message types: method and class bits as they stand in the first 16 bits (RFC 8489 §5). */
export const StunType = {
  BindingRequest: 0x0001,
  BindingIndication: 0x0011,
  BindingSuccess: 0x0101,
  BindingError: 0x0111,
} as const;
export type StunType = (typeof StunType)[keyof typeof StunType];

export const StunAttribute = {
  MappedAddress: 0x0001,
  Username: 0x0006,
  MessageIntegrity: 0x0008,
  ErrorCode: 0x0009,
  UnknownAttributes: 0x000a,
  Realm: 0x0014,
  Nonce: 0x0015,
  XorMappedAddress: 0x0020,
  Priority: 0x0024,
  UseCandidate: 0x0025,
  Software: 0x8022,
  AlternateServer: 0x8023,
  Fingerprint: 0x8028,
  IceControlled: 0x8029,
  IceControlling: 0x802a,
  /** Not registered: counts the nominations of a client that renominates. */
  Nomination: 0xc001,
} as const;
export type StunAttribute = (typeof StunAttribute)[keyof typeof StunAttribute];

/** HMAC-SHA1 in MESSAGE-INTEGRITY (RFC 8489 §14.5). */
export const STUN_INTEGRITY_BYTES = 20;
/** The CRC in FINGERPRINT is XORed with this, so that other protocols' CRCs differ (§14.7). */
export const STUN_FINGERPRINT_XOR = 0x5354554e;
/** No USERNAME is longer: 508 bytes in RFC 8489 §14.3, 513 in RFC 5389. */
export const STUN_USERNAME_BYTES_MAX = 513;
