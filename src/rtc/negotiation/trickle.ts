import type { MediaCandidate } from "../../bridge/media-thread.ts";
import { candidateLine } from "./candidate-line.ts";
import type { BundleSection } from "./negotiation-types.ts";

/** Longer candidates are refused; the longest real ones have some 200 characters. */
const CANDIDATE_LENGTH_MAX = 4096;

export type CandidateInit = {
  /** An RTCIceCandidateInit. */
  readonly json: string;
  /** No more candidates follow. */
  readonly isFinal: boolean;
};

export type RemoteTrickle =
  | {
      readonly kind: "candidate";
      /** "" says that there are no more. */
      readonly candidate: string;
      readonly sdpMid: string | undefined;
      readonly sdpMLineIndex: number | undefined;
      readonly usernameFragment: string | undefined;
    }
  | { readonly kind: "refused"; readonly detail: string };

/**
 * One message per candidate of ours (spec-signalling 5.4). Mid and index are both given: some
 * clients read one, some the other, and the native ones insist on a string and a number.
 */
export function candidateInits(
  candidates: readonly MediaCandidate[],
  bundle: BundleSection,
  localUfrag: string,
): CandidateInit[] {
  return candidates.map((candidate, index) => ({
    json: JSON.stringify({
      candidate: `candidate:${candidateLine(candidate, index)}`,
      sdpMid: bundle.mid,
      sdpMLineIndex: bundle.index,
      usernameFragment: localUfrag,
    }),
    isFinal: index === candidates.length - 1,
  }));
}

/** Reads a client's RTCIceCandidateInit. Being ICE-lite we have no use for it, beyond saying that it is broken. */
export function readRemoteTrickle(json: string): RemoteTrickle {
  if (json.length > CANDIDATE_LENGTH_MAX) {
    return {
      kind: "refused",
      detail: `candidate is longer than ${CANDIDATE_LENGTH_MAX} characters`,
    };
  }
  let init: unknown;
  try {
    init = JSON.parse(json);
  } catch {
    return { kind: "refused", detail: "candidate is not JSON" };
  }
  if (typeof init !== "object" || init === null || Array.isArray(init)) {
    return { kind: "refused", detail: "candidate is not a JSON object" };
  }
  const fields = init as { readonly [name: string]: unknown };
  const candidate = fields["candidate"] ?? "";
  const sdpMid = fields["sdpMid"] ?? undefined;
  const sdpMLineIndex = fields["sdpMLineIndex"] ?? undefined;
  const usernameFragment = fields["usernameFragment"] ?? undefined;
  if (typeof candidate !== "string") {
    return { kind: "refused", detail: "candidate.candidate is not a string" };
  }
  if (sdpMid !== undefined && typeof sdpMid !== "string") {
    return { kind: "refused", detail: "candidate.sdpMid is not a string" };
  }
  if (sdpMLineIndex !== undefined && typeof sdpMLineIndex !== "number") {
    return { kind: "refused", detail: "candidate.sdpMLineIndex is not a number" };
  }
  if (usernameFragment !== undefined && typeof usernameFragment !== "string") {
    return { kind: "refused", detail: "candidate.usernameFragment is not a string" };
  }
  return { kind: "candidate", candidate, sdpMid, sdpMLineIndex, usernameFragment };
}
