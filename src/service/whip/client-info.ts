/** Track names a client may wait for, over all publishers. */
const TRACK_NAMES_MAX = 1_000;

/** What the header `X-LiveKit-ClientInfo` says, both members optional (spec-signalling 1.8). */
export type WhipClientInfo = {
  /** "" when the header names none. */
  readonly clientIp: string;
  /** Tracks that the answer has to carry: their names, by the identity of their publisher. */
  readonly trackNames: ReadonlyMap<string, readonly string[]>;
};

/** Why the header cannot be read; `message` says what to change. */
export class ClientInfoError extends Error {
  override readonly name = "ClientInfoError";
}

/**
 * @param header its value; undefined and "" say nothing
 * @throws ClientInfoError
 */
export function readClientInfo(header: string | undefined): WhipClientInfo {
  if (header === undefined || header === "") return { clientIp: "", trackNames: new Map() };
  const { clientIp, subscribedParticipantTrackNames } = members(header);
  if (clientIp !== undefined && clientIp !== null && typeof clientIp !== "string") {
    throw malformed("clientIp is not a string");
  }
  return { clientIp: clientIp ?? "", trackNames: trackNamesOf(subscribedParticipantTrackNames) };
}

function members(header: string): { readonly [name: string]: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(header);
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : String(error));
  }
  if (value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw malformed("it is not an object");
  return value as { readonly [name: string]: unknown };
}

function trackNamesOf(value: unknown): Map<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  if (value === undefined || value === null) return names;
  if (typeof value !== "object" || Array.isArray(value)) {
    throw malformed("subscribedParticipantTrackNames is not an object");
  }
  let count = 0;
  for (const [identity, list] of Object.entries(value)) {
    if (!Array.isArray(list) || !list.every((name) => typeof name === "string")) {
      throw malformed("subscribedParticipantTrackNames has a member that is no list of strings");
    }
    count += list.length;
    if (list.length > 0) names.set(identity, list);
  }
  if (count > TRACK_NAMES_MAX) {
    throw malformed(`subscribedParticipantTrackNames has more than ${TRACK_NAMES_MAX} names`);
  }
  return names;
}

function malformed(detail: string): ClientInfoError {
  return new ClientInfoError(`malformed json in client info header: ${detail}`);
}
