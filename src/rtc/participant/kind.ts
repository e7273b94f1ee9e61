import { livekit } from "../../gen/livekit.js";

const { Kind, KindDetail } = livekit.ParticipantInfo;

/** A token's `kind`; what is unknown or absent is a standard participant. */
export function kindOf(claim: string): livekit.ParticipantInfo.Kind {
  switch (claim) {
    case "ingress":
      return Kind.INGRESS;
    case "egress":
      return Kind.EGRESS;
    case "sip":
      return Kind.SIP;
    case "agent":
      return Kind.AGENT;
    case "connector":
      return Kind.CONNECTOR;
    case "bridge":
      return Kind.BRIDGE;
    default:
      return Kind.STANDARD;
  }
}

/** A token's `kindDetails`; unknown entries are dropped. */
export function kindDetailsOf(claims: readonly string[]): livekit.ParticipantInfo.KindDetail[] {
  const names = KindDetail as unknown as Readonly<Record<string, number | undefined>>;
  return claims.flatMap((claim) => {
    const detail = names[claim.toUpperCase()];
    return typeof detail === "number" ? [detail] : [];
  });
}
