import type { livekit } from "../../gen/livekit.js";
import type { BundleSection } from "../negotiation/negotiation-types.ts";
import { candidateInits } from "../negotiation/trickle.ts";
import type { PeerTransport } from "./peer-transport.ts";

/** One message for each local candidate, the last one marked final (spec-signalling 5.4). */
export function trickleCandidates(
  peer: PeerTransport,
  bundle: BundleSection,
  target: livekit.SignalTarget,
): livekit.ISignalResponse[] {
  return candidateInits(peer.candidates, bundle, peer.credentials.ufrag).map(
    ({ json, isFinal }) => ({ trickle: { candidateInit: json, target, final: isFinal } }),
  );
}
