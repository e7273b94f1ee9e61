/** Type preferences (RFC 8445 §5.1.2.2); TCP stands 27 lower. */
const HOST_PREFERENCE = 126;
const TCP_PENALTY = 27;
/** Direction preference of a passive host candidate (RFC 6544 §4.2), and the rest of 13 bits. */
const TCP_PASSIVE_PREFERENCE = 8192 * 4 + 8191;
const UDP_PREFERENCE = 65535;
const COMPONENT = 1;

/** Priority of one of our host candidates, 1..2^31-1 (RFC 8445 §5.1.2.1, RFC 6544 §4.2). */
export function hostPriority(protocol: "udp" | "tcp"): number {
  const isTcp = protocol === "tcp";
  const typePreference = isTcp ? HOST_PREFERENCE - TCP_PENALTY : HOST_PREFERENCE;
  const preference = isTcp ? TCP_PASSIVE_PREFERENCE : UDP_PREFERENCE;
  return typePreference * 2 ** 24 + preference * 2 ** 8 + (256 - COMPONENT);
}
