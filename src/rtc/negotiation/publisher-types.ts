import type { ReceiveCodec, ReceiveEncoding, SendCodec } from "../../bridge/commands.ts";
import type { EnabledCodec } from "./codec-table.ts";
import type {
  BundleSection,
  CongestionControl,
  LocalTransport,
  MediaKind,
  NegotiatedData,
  NegotiatedExtensions,
  Refused,
  RemoteTransport,
} from "./negotiation-types.ts";

/** Fixed for the life of a peer connection on which the client offers. */
export type PublisherOptions = {
  /** Decimal, up to 63 bits: the origin line's session id. */
  readonly sessionId: string;
  /** What the client may send, in the room's order. */
  readonly publishCodecs: readonly EnabledCodec[];
  /** What the client may be sent; empty on a connection that only publishes. */
  readonly subscribeCodecs: readonly EnabledCodec[];
  /** The client's only peer connection: we also send on it (spec-signalling 8.7). */
  readonly isSinglePeerConnection: boolean;
  readonly congestionControl: CongestionControl;
  /** The room bounds the playout delay. Matters on a single peer connection. */
  readonly hasPlayoutDelay: boolean;
  readonly hasRed: boolean;
  /** Firefox on Linux and Android ignores the order of an answer: it gets the preferred codec alone. */
  readonly keepsCodecOrder: boolean;
};

/** What add_track, or an earlier publication, says of the track that an offered section carries. */
export type DeclaredTrack = {
  readonly trackSid: string;
  /** For example `video/VP9`; "" when nothing was asked for. */
  readonly preferredMime: string;
  readonly isStereo: boolean;
  readonly disableDtx: boolean;
  readonly disableRed: boolean;
  /** Declared qualities of this codec, in any order; empty when nothing is declared. */
  readonly layers: readonly DeclaredLayer[];
};

export type DeclaredLayer = {
  /** VideoQuality LOW 0, MEDIUM 1, HIGH 2. */
  readonly quality: number;
  /** "" when the client names none. */
  readonly rid: string;
};

export type OfferContext = {
  /**
   * Our side, asked for once the offer is known to be usable. An ICE restart of the client needs
   * fresh credentials of ours in the answer (RFC 8839 §4.4.1.1).
   */
  localTransport(isIceRestart: boolean): LocalTransport;
  /** Nothing is trickled afterwards, as WHIP needs it. */
  readonly hasAllCandidates: boolean;
  /** @param cid track id of the section's msid, "" when the section has none */
  declaredTrack(cid: string, kind: MediaKind): DeclaredTrack | undefined;
};

export type OfferResult = OfferAccepted | Refused;

export type OfferAccepted = {
  readonly kind: "accepted";
  /** The answer. */
  readonly sdp: string;
  readonly remote: RemoteTransport;
  /** The client's credentials differ from those of its last description. */
  readonly isIceRestart: boolean;
  readonly bundle: BundleSection;
  /** Of the sections that share the transport, in the order of the answer. */
  readonly mids: readonly string[];
  readonly extensions: NegotiatedExtensions;
  /**
   * The audio and video sections that the client sends on, and those that it sent on before, in the
   * order of the offer. A section that is gone or refused by the client is not listed.
   */
  readonly media: readonly OfferedMedia[];
  /** Down tracks by section; only on a single peer connection. */
  readonly sends: readonly AnsweredSend[];
  /** By mid, the sid of the track that we send there. */
  readonly midToTrackId: Readonly<Record<string, string>>;
  /** undefined: the client has no application section. */
  readonly data: NegotiatedData | undefined;
};

/** What an offer says of one media section that the client sends on, or sent on before. */
export type OfferedMedia = {
  readonly mid: string;
  readonly kind: MediaKind;
  /** Track id of the section's msid; "" when it has none. */
  readonly cid: string;
  /** The client sends here and we take it; false once it stopped, or when we share no codec. */
  readonly isActive: boolean;
  /** In the order of our answer: the preferred one first. Empty when we share none. */
  readonly codecs: readonly ReceiveCodec[];
  readonly encodings: readonly ReceiveEncoding[];
};

/** A track that we send in a section of the client's making. */
export type AnsweredSend = {
  readonly key: number;
  readonly mid: string;
  /** Empty: the client shares no codec with us there. */
  readonly codecs: readonly SendCodec[];
};
