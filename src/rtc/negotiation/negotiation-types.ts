import type { MediaCandidate } from "../../bridge/media-thread.ts";
import type { ExtensionIds } from "../../wire/rtp/extension-ids.ts";

export type MediaKind = "audio" | "video";

/** Our side of one peer connection, as its descriptions state it. */
export type LocalTransport = {
  readonly ufrag: string;
  readonly pwd: string;
  /** `sha-256` value, upper case with colons. */
  readonly fingerprint: string;
  /** Written into the first section of the bundle; the caller may trickle them as well. */
  readonly candidates: readonly MediaCandidate[];
};

/** What a client's description says about its transport: the fields of `SetRemote`. */
export type RemoteTransport = {
  readonly ufrag: string;
  readonly pwd: string;
  /** `sha-256` value, upper case with colons. */
  readonly fingerprint: string;
};

/**
 * How the server limits what it sends: which feedback and which header extension go with it. With
 * both the client takes what it can, and transport-wide feedback is preferred.
 */
export type CongestionControl = "remb" | "transport-cc" | "both";

/** Why a description cannot be used. The connection has to start afresh (spec-signalling 7.5). */
export type RefusalReason =
  | "malformed_sdp"
  | "too_many_sections"
  | "no_bundle"
  | "missing_mid"
  | "duplicate_mid"
  | "missing_ice_credentials"
  | "missing_fingerprint"
  | "unsupported_setup"
  | "fingerprint_changed"
  | "unexpected_answer"
  | "sections_differ";

export type Refused = {
  readonly kind: "refused";
  readonly reason: RefusalReason;
  /** For the log and for the client: what to change. */
  readonly detail: string;
};

export function refuse(reason: RefusalReason, detail: string): Refused {
  return { kind: "refused", reason, detail };
}

/** Where candidates of the bundle belong: its first section. */
export type BundleSection = { readonly mid: string; readonly index: number };

export type NegotiatedData = {
  /** What the client takes in one message, bytes; 0 is no limit. */
  readonly messageBytesMax: number;
  readonly sctpPort: number;
};

export type NegotiatedExtensions = {
  /** Of packets that come from the client. */
  readonly receive: ExtensionIds;
  /** Of packets that we send to it. */
  readonly send: ExtensionIds;
  /** One- and two-byte header forms may be mixed (RFC 8285 §6); otherwise ids above 14 are useless. */
  readonly isMixed: boolean;
};
