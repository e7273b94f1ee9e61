/**
 * A session description as WebRTC uses it (RFC 8866, RFC 9429): what the attributes mean, not how
 * they are spelt. Attributes that nobody here needs are not kept.
 */
export type SessionDescription = {
  /** The `sess-id` and `sess-version` of the origin line: decimal numbers of up to 64 bits. */
  readonly sessionId: string;
  readonly sessionVersion: string;
  readonly isIceLite: boolean;
  /** The mids of each BUNDLE group (RFC 9143), in the order of the file. */
  readonly bundleGroups: readonly (readonly string[])[];
  /** Both header forms may be mixed in one stream (RFC 8285 §6), stated for the whole session. */
  readonly isExtmapMixed: boolean;
  /** Defaults for the sections that state nothing of their own. */
  readonly transport: TransportAttributes;
  readonly sections: readonly MediaSection[];
};

export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

/** RFC 4145 §4 and RFC 5763 §5; `holdconn` has no use in WebRTC. */
export type SetupRole = "actpass" | "active" | "passive";

export type Fingerprint = {
  /** Lower case, for example `sha-256`. */
  readonly algorithm: string;
  /** Upper case hexadecimal with colons. */
  readonly value: string;
};

/** ICE (RFC 8839) and DTLS (RFC 8842) attributes. An empty string or list: not stated. */
export type TransportAttributes = {
  readonly iceUfrag: string;
  readonly icePwd: string;
  readonly iceOptions: readonly string[];
  readonly fingerprints: readonly Fingerprint[];
  readonly setup: SetupRole | undefined;
};

export type MediaSection = {
  /** `audio`, `video`, `application`; others are kept so that they can be rejected in their place. */
  readonly kind: string;
  /** 0: rejected, unless the section is bundle-only. */
  readonly port: number;
  readonly protocol: string;
  /** The formats of the `m=` line as written: payload types, or `webrtc-datachannel`. */
  readonly formats: readonly string[];
  /** "" when there is none. */
  readonly mid: string;
  readonly direction: Direction;
  readonly isBundleOnly: boolean;
  readonly hasRtcpMux: boolean;
  readonly hasRtcpReducedSize: boolean;
  /** Stated by the section itself; session defaults are not copied in. */
  readonly transport: TransportAttributes;
  /** In the order of the `m=` line, which is the order of preference. */
  readonly codecs: readonly CodecDescription[];
  readonly extensions: readonly HeaderExtension[];
  readonly isExtmapMixed: boolean;
  readonly msids: readonly Msid[];
  readonly rids: readonly Rid[];
  readonly simulcast: Simulcast | undefined;
  readonly ssrcs: readonly SsrcDescription[];
  readonly ssrcGroups: readonly SsrcGroup[];
  /** The values of the `a=candidate` lines, without the attribute's name. */
  readonly candidates: readonly string[];
  readonly hasEndOfCandidates: boolean;
  /** RFC 8841 §5; 0: not stated. */
  readonly sctpPort: number;
  /** RFC 8841 §6, bytes, 0 is no limit; undefined: not stated, which means 65536. */
  readonly messageBytesMax: number | undefined;
};

export type CodecDescription = {
  /** 0..127 */
  readonly payloadType: number;
  /** Encoding name as written: compare without regard to case (RFC 4855). */
  readonly name: string;
  readonly clockHz: number;
  /** 1 when not stated. */
  readonly channels: number;
  /** Format parameters as written, "" for none. */
  readonly fmtp: string;
  /** RFC 4585 §4.2: `nack`, `nack pli`, `ccm fir`, `transport-cc`, `goog-remb`. */
  readonly feedback: readonly string[];
};

/** RFC 8285 §5. */
export type HeaderExtension = {
  /** 1..255 */
  readonly id: number;
  readonly uri: string;
  /** undefined: both ways. */
  readonly direction: Direction | undefined;
};

/** RFC 8830. */
export type Msid = {
  /** `-` for no stream; "" when the value is a track id alone. */
  readonly streamId: string;
  readonly trackId: string;
};

/** RFC 8851. */
export type Rid = { readonly id: string; readonly direction: "send" | "recv" };

/** RFC 8853: for each stream its alternatives, best first. */
export type Simulcast = {
  readonly send: readonly (readonly SimulcastRid[])[];
  readonly recv: readonly (readonly SimulcastRid[])[];
};

export type SimulcastRid = { readonly rid: string; readonly isPaused: boolean };

/** RFC 5576 §4.1, of all its lines together. */
export type SsrcDescription = {
  /** 1..2^32-1 */
  readonly ssrc: number;
  /** "" when not stated. */
  readonly cname: string;
  readonly msid: Msid | undefined;
};

/** RFC 5576 §4.2: `FID` (RFC 4588), `SIM`, `FEC-FR`. */
export type SsrcGroup = { readonly semantics: string; readonly ssrcs: readonly number[] };

export const NO_TRANSPORT: TransportAttributes = {
  iceUfrag: "",
  icePwd: "",
  iceOptions: [],
  fingerprints: [],
  setup: undefined,
};

/** A section with nothing stated: the base of those that we write. */
export const EMPTY_SECTION: MediaSection = {
  kind: "",
  port: 0,
  protocol: "",
  formats: [],
  mid: "",
  direction: "sendrecv",
  isBundleOnly: false,
  hasRtcpMux: false,
  hasRtcpReducedSize: false,
  transport: NO_TRANSPORT,
  codecs: [],
  extensions: [],
  isExtmapMixed: false,
  msids: [],
  rids: [],
  simulcast: undefined,
  ssrcs: [],
  ssrcGroups: [],
  candidates: [],
  hasEndOfCandidates: false,
  sctpPort: 0,
  messageBytesMax: undefined,
};

export function isSending(direction: Direction): boolean {
  return direction === "sendrecv" || direction === "sendonly";
}

export function isReceiving(direction: Direction): boolean {
  return direction === "sendrecv" || direction === "recvonly";
}

export function directionOf(sends: boolean, receives: boolean): Direction {
  if (sends) return receives ? "sendrecv" : "sendonly";
  return receives ? "recvonly" : "inactive";
}

/** Port 0 refuses a section, but not one that only lives inside a bundle (RFC 9143 §7.2.1). */
export function isRejected(section: MediaSection): boolean {
  return section.port === 0 && !section.isBundleOnly;
}
