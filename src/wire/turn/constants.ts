/** Numbers of TURN (RFC 8656 §17, §18; refused ones of RFC 6062 and RFC 8016 by number only). */

/** Message types: method and class as they stand in the first 16 bits (RFC 8489 §5). */
export const TurnType = {
  Allocate: 0x0003,
  Refresh: 0x0004,
  CreatePermission: 0x0008,
  ChannelBind: 0x0009,
  /** RFC 6062: relays over TCP. */
  Connect: 0x000a,
  ConnectionBind: 0x000b,
  SendIndication: 0x0016,
  DataIndication: 0x0017,
} as const;
export type TurnType = (typeof TurnType)[keyof typeof TurnType];

/** What turns a request's type into that of its answer. */
export const SUCCESS_CLASS = 0x0100;
export const ERROR_CLASS = 0x0110;
/** The two bits of a type that tell requests, indications and answers apart. */
export const CLASS_MASK = 0x0110;

export const TurnAttribute = {
  ChannelNumber: 0x000c,
  Lifetime: 0x000d,
  XorPeerAddress: 0x0012,
  Data: 0x0013,
  XorRelayedAddress: 0x0016,
  RequestedAddressFamily: 0x0017,
  EvenPort: 0x0018,
  RequestedTransport: 0x0019,
  DontFragment: 0x001a,
  ReservationToken: 0x0022,
} as const;
export type TurnAttribute = (typeof TurnAttribute)[keyof typeof TurnAttribute];

/** Protocol number of UDP in REQUESTED-TRANSPORT. */
export const TRANSPORT_UDP = 17;

/** Address families as attributes name them. */
export const FAMILY_IPV4 = 1;
export const FAMILY_IPV6 = 2;

/** Channels as RFC 5766 §11 had them; RFC 8656 §12 ends at 0x4fff, and older clients go on. */
export const CHANNEL_MIN = 0x4000;
export const CHANNEL_MAX = 0x7ffe;
export const CHANNEL_HEADER_BYTES = 4;

/** An XOR-PEER-ADDRESS of IPv6, an attribute header and a STUN header: what goes before DATA. */
export const DATA_INDICATION_OVERHEAD_BYTES: number = 20 + 24 + 4;
