import { livekit } from "../../gen/livekit.js";

/** Protocol versions above are told as this one: a client may claim any number. */
const PROTOCOL_MAX = 32;

const UNKNOWN = "UNKNOWN";

/** Names of enum values as the schema has them; what it does not have is UNKNOWN. */
export function sourceName(source: number): string {
  return livekit.TrackSource[source] ?? UNKNOWN;
}

/** AUDIO, VIDEO or DATA. */
export function trackTypeName(type: number): string {
  return livekit.TrackType[type] ?? UNKNOWN;
}

export function sdkName(sdk: number): string {
  return livekit.ClientInfo.SDK[sdk] ?? UNKNOWN;
}

export function kindName(kind: number): string {
  return livekit.ParticipantInfo.Kind[kind] ?? UNKNOWN;
}

export function protocolName(protocol: number): string {
  const version = Math.trunc(protocol) || 0; // not a number
  return String(Math.min(Math.max(0, version), PROTOCOL_MAX));
}
