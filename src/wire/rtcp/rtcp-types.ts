/** Packet types (RFC 3550 §12.1, RFC 4585 §6.1, RFC 3611 §2). */
export const RtcpType = {
  /** What `RtcpCursor.next` answers after the last packet. */
  End: 0,
  SenderReport: 200,
  ReceiverReport: 201,
  SourceDescription: 202,
  Goodbye: 203,
  Application: 204,
  TransportFeedback: 205,
  PayloadFeedback: 206,
  ExtendedReport: 207,
} as const;
export type RtcpType = (typeof RtcpType)[keyof typeof RtcpType];

/** Formats of transport feedback, packet type 205: the five bits after the padding bit. */
export const TransportFormat = {
  /** Generic NACK (RFC 4585 §6.2.1). */
  Nack: 1,
  /** Transport-wide congestion control (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
  TransportWide: 15,
} as const;

/** Formats of payload-specific feedback, packet type 206. */
export const PayloadFormat = {
  /** Picture loss indication (RFC 4585 §6.3.1). */
  Pli: 1,
  /** Full intra request (RFC 5104 §4.3.1). */
  Fir: 4,
  /** Application layer feedback; REMB when its identifier says so (draft-alvestrand-rmcat-remb). */
  Application: 15,
} as const;

/** Blocks of an extended report (RFC 3611 §4). */
export const XrBlock = {
  End: 0,
  /** Receiver reference time (§4.4). */
  ReceiverReferenceTime: 4,
  /** Delay since the last receiver reference time (§4.5). */
  Dlrr: 5,
} as const;

/** Of SR, RR, SDES, BYE and feedback: the word with version, count, type and length. */
export const RTCP_HEADER_BYTES = 4;
export const REPORT_BLOCK_BYTES = 24;
export const SENDER_INFO_BYTES = 20;
/** "REMB" in ASCII. */
export const REMB_IDENTIFIER = 0x52454d42;
