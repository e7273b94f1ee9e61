export const ALERT_BYTES = 2;
export const ALERT_WARNING = 1;
export const ALERT_FATAL = 2;

/** Alert descriptions that we send or look for (RFC 5246 §7.2). */
export const Alert = {
  CloseNotify: 0,
  UnexpectedMessage: 10,
  HandshakeFailure: 40,
  BadCertificate: 42,
  UnsupportedCertificate: 43,
  IllegalParameter: 47,
  DecodeError: 50,
  DecryptError: 51,
  ProtocolVersion: 70,
  InternalError: 80,
  NoRenegotiation: 100,
  UnsupportedExtension: 110,
} as const;
export type Alert = (typeof Alert)[keyof typeof Alert];

const NAMES: Readonly<Record<number, string>> = {
  0: "close_notify",
  10: "unexpected_message",
  20: "bad_record_mac",
  22: "record_overflow",
  30: "decompression_failure",
  40: "handshake_failure",
  42: "bad_certificate",
  43: "unsupported_certificate",
  44: "certificate_revoked",
  45: "certificate_expired",
  46: "certificate_unknown",
  47: "illegal_parameter",
  48: "unknown_ca",
  49: "access_denied",
  50: "decode_error",
  51: "decrypt_error",
  70: "protocol_version",
  71: "insufficient_security",
  80: "internal_error",
  90: "user_canceled",
  100: "no_renegotiation",
  110: "unsupported_extension",
};

/** A description's name and number, for messages. */
export function alertName(description: number): string {
  return `${NAMES[description] ?? "unknown"} (${description})`;
}
