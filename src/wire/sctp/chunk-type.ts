/**
 * Chunk types (RFC 9260 §3.2; RECONFIG: RFC 6525 §3.1; FORWARD-TSN: RFC 3758 §3.2; I-DATA and
 * I-FORWARD-TSN: RFC 8260 §2).
 */
export const ChunkType = {
  Data: 0,
  Init: 1,
  InitAck: 2,
  Sack: 3,
  Heartbeat: 4,
  HeartbeatAck: 5,
  Abort: 6,
  Shutdown: 7,
  ShutdownAck: 8,
  Error: 9,
  CookieEcho: 10,
  CookieAck: 11,
  ShutdownComplete: 14,
  IData: 64,
  Reconfig: 130,
  ForwardTsn: 192,
  IForwardTsn: 194,
} as const;

/** Flags of DATA and I-DATA (RFC 9260 §3.3.1): last fragment, first fragment, unordered, SACK at once. */
export const DATA_END = 1;
export const DATA_BEGIN = 2;
export const DATA_UNORDERED = 4;
export const DATA_IMMEDIATE = 8;

/** The T bit of ABORT and SHUTDOWN-COMPLETE: the tag is the receiver's peer tag, reflected. */
export const TAG_REFLECTED = 1;

/** What to do with an unknown chunk or parameter type, by its two highest bits (§3.2, §3.2.1). */
export const UNKNOWN_SKIP = 0x80;
export const UNKNOWN_REPORT = 0x40;

/** Parameter types (RFC 9260 §3.3.2, §3.3.3; RFC 6525 §4). */
export const ParamType = {
  StateCookie: 7,
  UnrecognizedParam: 8,
  OutgoingReset: 13,
  IncomingReset: 14,
  TsnReset: 15,
  ReconfigResponse: 16,
  AddOutgoingStreams: 17,
  AddIncomingStreams: 18,
  /** RFC 9653 §4. */
  ZeroChecksum: 0x8001,
  /** RFC 5061 §4.2.7. */
  SupportedExtensions: 0x8008,
  /** RFC 3758 §3.1. */
  ForwardTsnSupported: 0xc000,
} as const;

/** RFC 9653 §8: the checksum may be zero because DTLS carries the packets. */
export const ZERO_CHECKSUM_OVER_DTLS = 1;

/** Error causes that we send (RFC 9260 §3.3.10). */
export const ErrorCause = {
  OutOfResource: 4,
  UnrecognizedChunk: 6,
  NoUserData: 9,
  UserAbort: 12,
  ProtocolViolation: 13,
} as const;
export type ErrorCause = (typeof ErrorCause)[keyof typeof ErrorCause];
