import type { SendCodec } from "../../bridge/commands.ts";
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

/** Fixed for the life of a peer connection on which the server offers. */
export type SubscriberOptions = {
  /** Decimal, up to 63 bits: the origin line's session id. */
  readonly sessionId: string;
  /** Random, 1..256: later offers count on from it. */
  readonly firstOfferId: number;
  /** What the client may be sent, in the room's order. */
  readonly subscribeCodecs: readonly EnabledCodec[];
  readonly congestionControl: CongestionControl;
  readonly hasPlayoutDelay: boolean;
  readonly hasRed: boolean;
  /** A section that a track left may carry another one (not Safari, not with synchronised streams). */
  readonly canReuseSections: boolean;
  /** The server's data channels are on this connection. */
  readonly hasDataSection: boolean;
  readonly local: LocalTransport;
};

/** A track to send to the client: a down track. */
export type SendTrack = {
  /** The caller's name for it, for example its down track id. */
  readonly key: number;
  readonly kind: MediaKind;
  readonly trackSid: string;
  /** `<PA_ sid>|<TR_ sid>` and its variants (spec-signalling 8.6). */
  readonly streamId: string;
  /** Codecs of the publication, the one in use first; these are offered before the others. */
  readonly preferredMimes: readonly string[];
  readonly isStereo: boolean;
  /** 1..2^32-1 */
  readonly ssrc: number;
  /** 0: none, as for audio. */
  readonly rtxSsrc: number;
  readonly cname: string;
};

export type SubscriberOffer = {
  readonly kind: "offer";
  readonly sdp: string;
  readonly id: number;
  /** By mid, the sid of the track that we send there. */
  readonly midToTrackId: Readonly<Record<string, string>>;
  readonly bundle: BundleSection;
};

/** An offer is outstanding, or there is nothing to offer yet. */
export type NoOffer = { readonly kind: "none" };

export type AnswerResult = AnswerAccepted | AnswerStale | Refused;

/** An answer to an offer that was abandoned: the one that replaced it will be answered too. */
export type AnswerStale = { readonly kind: "stale" };

export type AnswerAccepted = {
  readonly kind: "accepted";
  readonly remote: RemoteTransport;
  /** The client's credentials differ from those of its last description. */
  readonly isIceRestart: boolean;
  /** The answer names another offer than the outstanding one; it was taken all the same. */
  readonly isForAnotherId: boolean;
  readonly bundle: BundleSection;
  readonly extensions: NegotiatedExtensions;
  /** Every track of the answered offer that has not been removed since. */
  readonly sends: readonly AcceptedSend[];
  /** undefined: no application section, or the client refused it. */
  readonly data: NegotiatedData | undefined;
};

export type AcceptedSend = {
  readonly key: number;
  readonly mid: string;
  /** What the client took of our offer, in its order, retransmission paired. */
  readonly codecs: readonly SendCodec[];
  /** The client does not receive it: section refused, no common codec, or direction without receive. */
  readonly isRejected: boolean;
};
