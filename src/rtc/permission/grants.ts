/** Sources a participant may publish, as tokens spell them. */
export type SourceName = "camera" | "microphone" | "screen_share" | "screen_share_audio";

/** The `video` claim of a token, absent members resolved (spec: JWT grants). */
export type VideoGrant = {
  readonly roomCreate: boolean;
  readonly roomList: boolean;
  readonly roomRecord: boolean;
  readonly roomAdmin: boolean;
  readonly roomJoin: boolean;
  readonly room: string;
  readonly destinationRoom: string;
  readonly canPublish: boolean;
  /** Empty: every source. */
  readonly canPublishSources: readonly SourceName[];
  readonly canPublishData: boolean;
  readonly canSubscribe: boolean;
  readonly canUpdateOwnMetadata: boolean;
  readonly canSubscribeMetrics: boolean;
  readonly canManageAgentSession: boolean;
  readonly hidden: boolean;
  readonly recorder: boolean;
  readonly agent: boolean;
  readonly ingressAdmin: boolean;
};

export type SipGrant = { readonly admin: boolean; readonly call: boolean };

/** What a verified token says. */
export type Claims = {
  readonly apiKey: string;
  readonly identity: string;
  readonly name: string;
  /** Lower case: standard, ingress, egress, sip, agent, connector, bridge. */
  readonly kind: string;
  readonly kindDetails: readonly string[];
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** undefined: the token has no `video` claim at all. */
  readonly video: VideoGrant | undefined;
  readonly sip: SipGrant;
  readonly roomPreset: string;
  /** Proto3 JSON of a RoomConfiguration, not yet read. */
  readonly roomConfig: unknown;
  /** Unix seconds. */
  readonly expiresAt: number;
};

const SOURCES: ReadonlySet<string> = new Set([
  "camera",
  "microphone",
  "screen_share",
  "screen_share_audio",
]);

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function flag(value: unknown, absent: boolean): boolean {
  return typeof value === "boolean" ? value : absent;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Reads the `video` claim; members of a wrong type count as absent. */
export function readVideoGrant(claim: unknown): VideoGrant | undefined {
  const members = record(claim);
  if (members === undefined) return undefined;
  const canPublish = flag(members["canPublish"], true);
  return {
    roomCreate: flag(members["roomCreate"], false),
    roomList: flag(members["roomList"], false),
    roomRecord: flag(members["roomRecord"], false),
    roomAdmin: flag(members["roomAdmin"], false),
    roomJoin: flag(members["roomJoin"], false),
    room: text(members["room"]),
    destinationRoom: text(members["destinationRoom"]),
    canPublish,
    canPublishSources: texts(members["canPublishSources"])
      .map((source) => source.toLowerCase())
      .filter((source): source is SourceName => SOURCES.has(source)),
    canPublishData: flag(members["canPublishData"], canPublish),
    canSubscribe: flag(members["canSubscribe"], true),
    canUpdateOwnMetadata: flag(members["canUpdateOwnMetadata"], false),
    canSubscribeMetrics: flag(members["canSubscribeMetrics"], false),
    canManageAgentSession: flag(members["canManageAgentSession"], false),
    hidden: flag(members["hidden"], false),
    recorder: flag(members["recorder"], false),
    agent: flag(members["agent"], false),
    ingressAdmin: flag(members["ingressAdmin"], false),
  };
}

/** Reads the payload of a verified token. The identity is `sub`, or `jti` when that is empty. */
export function readClaims(payload: Readonly<Record<string, unknown>>): Claims {
  const sip = record(payload["sip"]);
  const attributes = Object.fromEntries(
    Object.entries(record(payload["attributes"]) ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
  return {
    apiKey: text(payload["iss"]),
    identity: text(payload["sub"]) || text(payload["jti"]),
    name: text(payload["name"]),
    kind: text(payload["kind"]),
    kindDetails: texts(payload["kindDetails"]),
    metadata: text(payload["metadata"]),
    attributes,
    video: readVideoGrant(payload["video"]),
    sip: { admin: flag(sip?.["admin"], false), call: flag(sip?.["call"], false) },
    roomPreset: text(payload["roomPreset"]),
    roomConfig: payload["roomConfig"],
    expiresAt: typeof payload["exp"] === "number" ? payload["exp"] : 0,
  };
}

/** The `video` claim of a token that is to grant what `grant` says now. */
export function writeVideoGrant(grant: VideoGrant): Record<string, unknown> {
  const claim: Record<string, unknown> = {
    canPublish: grant.canPublish,
    canPublishData: grant.canPublishData,
    canSubscribe: grant.canSubscribe,
  };
  if (grant.room !== "") claim["room"] = grant.room;
  if (grant.destinationRoom !== "") claim["destinationRoom"] = grant.destinationRoom;
  if (grant.canPublishSources.length > 0) claim["canPublishSources"] = grant.canPublishSources;
  const flags = [
    "roomCreate",
    "roomList",
    "roomRecord",
    "roomAdmin",
    "roomJoin",
    "canUpdateOwnMetadata",
    "canSubscribeMetrics",
    "canManageAgentSession",
    "hidden",
    "recorder",
    "agent",
    "ingressAdmin",
  ] as const;
  for (const name of flags) if (grant[name]) claim[name] = true;
  return claim;
}
