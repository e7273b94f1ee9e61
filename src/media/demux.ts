/** What kind of packet a datagram on a peer's transport is (RFC 7983 §7, RFC 5761 §4). */
export const DatagramKind = {
  Unknown: 0,
  Stun: 1,
  Dtls: 2,
  Rtp: 3,
  Rtcp: 4,
} as const;
export type DatagramKind = (typeof DatagramKind)[keyof typeof DatagramKind];

/** Tells by the first byte, and RTCP by the second. An empty datagram is unknown. */
export function classify(bytes: Uint8Array): DatagramKind {
  if (bytes.length < 2) return DatagramKind.Unknown;
  const first = bytes[0]!;
  if (first <= 3) return DatagramKind.Stun;
  if (first >= 20 && first <= 63) return DatagramKind.Dtls;
  if (first < 128 || first > 191) return DatagramKind.Unknown;
  const second = bytes[1]!;
  return second >= 192 && second <= 223 ? DatagramKind.Rtcp : DatagramKind.Rtp;
}
