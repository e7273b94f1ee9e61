import type { MediaCandidate } from "../../bridge/media-thread.ts";

/** RFC 8445 §5.1.2.1 */
const HOST_PREFERENCE = 126;
/** How much less a TCP candidate is preferred (spec-media 1.2). */
const TCP_PENALTY = 27;
/** Passive candidates of a host (RFC 6544 §4.2). */
const TCP_DIRECTION_PREFERENCE = 4;
const OTHER_PREFERENCE_MAX = 8191;
const LOCAL_PREFERENCE_MAX = 65_535;
const COMPONENT = 1;

/**
 * @param index position among our candidates, of which the first is preferred
 * @returns 1..2^31-1
 */
export function candidatePriority(protocol: "udp" | "tcp", index: number): number {
  const typePreference = protocol === "udp" ? HOST_PREFERENCE : HOST_PREFERENCE - TCP_PENALTY;
  const localPreference =
    protocol === "udp"
      ? LOCAL_PREFERENCE_MAX - Math.min(index, LOCAL_PREFERENCE_MAX)
      : TCP_DIRECTION_PREFERENCE * (OTHER_PREFERENCE_MAX + 1) +
        OTHER_PREFERENCE_MAX -
        Math.min(index, OTHER_PREFERENCE_MAX);
  return typePreference * 2 ** 24 + localPreference * 2 ** 8 + (256 - COMPONENT);
}

/** The value of an `a=candidate` line (RFC 8839 §5.1), without the attribute's name. */
export function candidateLine(candidate: MediaCandidate, index: number): string {
  const { protocol, address, port } = candidate;
  const priority = candidatePriority(protocol, index);
  const line = `${foundation(candidate)} ${COMPONENT} ${protocol} ${priority} ${address} ${port} typ host`;
  return protocol === "tcp" ? `${line} tcptype passive` : line;
}

/** Equal for candidates of the same type, address and protocol (RFC 8445 §5.1.1.3): FNV-1a of these. */
function foundation({ protocol, address }: MediaCandidate): string {
  let hash = 0x811c_9dc5;
  for (const letter of `host ${protocol} ${address}`) {
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x0100_0193);
  }
  return String(hash >>> 0);
}
