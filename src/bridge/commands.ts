import type { Codec } from "../wire/rtp/codec.ts";
import type { ExtensionIds } from "../wire/rtp/extension-ids.ts";
import type { DataCommand } from "./data-commands.ts";
import type { RelayCommand } from "./relay-commands.ts";

/**
 * What the control thread tells a media thread. Plain objects, so that they cross by structured
 * clone. Commands of one peer are carried out in order. A command that names a peer, receiver, down
 * track or data track that is gone already is ignored: the two sides close things on their own account.
 *
 * Numbers that end in `Id` are made by the control thread, unique for the process, from 1.
 */
export type MediaCommand =
  | CreatePeer
  | SetRemote
  | RestartIce
  | SetExtensions
  | StartDataChannels
  | DataCommand
  | ClosePeer
  | AddReceiver
  | UpdateReceiver
  | MuteReceiver
  | ExpectLayers
  | RemoveReceiver
  | AddDownTrack
  | SetDownTrack
  | MoveDownTrack
  | RemoveDownTrack
  | DataTrackCommand
  | RelayCommand
  | OverrideEstimate;

/** A transport: ICE-lite, DTLS server, SRTP both ways, data channels. Carries media in any direction. */
export type CreatePeer = {
  readonly kind: "create-peer";
  readonly peerId: number;
  readonly localUfrag: string;
  readonly localPwd: string;
  /** Video sent to it may be paused where bandwidth is short; absent: no. */
  readonly allowPause?: boolean;
  /** It may be offered SCTP without checksums (RFC 9653); absent: no. */
  readonly hasZeroChecksum?: boolean;
  /** Its reports about what it is sent come as `loss-report`, once a second; absent: they do not. */
  readonly reportsLoss?: boolean;
};

/** The client's description is known: checks are expected from now on. Again after an ICE restart. */
export type SetRemote = {
  readonly kind: "set-remote";
  readonly peerId: number;
  readonly ufrag: string;
  readonly pwd: string;
  /** `sha-256` value as in SDP, upper case with colons. */
  readonly fingerprint: string;
};

/** New local credentials; DTLS, SRTP and SCTP live on (RFC 8445 §9). */
export type RestartIce = {
  readonly kind: "restart-ice";
  readonly peerId: number;
  readonly localUfrag: string;
  readonly localPwd: string;
};

export type SetExtensions = {
  readonly kind: "set-extensions";
  readonly peerId: number;
  /** Of packets that come from the client. */
  readonly receive: ExtensionIds;
  /** Of packets that we send to it. */
  readonly send: ExtensionIds;
};

/** Our labels; a channel of any other is the client's own. */
export type DataChannelLabel = "_reliable" | "_lossy" | "_data_track";

export type DataChannelSpec = {
  readonly label: DataChannelLabel;
  readonly isOrdered: boolean;
  /** undefined: fully reliable. */
  readonly maxRetransmits?: number;
  /** Fixed stream id of a negotiated channel (no DCEP); undefined: opened in-band by us. */
  readonly negotiatedId?: number;
};

/** The descriptions have an application section: SCTP starts once DTLS is up. */
export type StartDataChannels = {
  readonly kind: "start-data-channels";
  readonly peerId: number;
  /** What the client takes in one message (`a=max-message-size`), bytes; 0 is no limit. */
  readonly remoteMessageBytesMax: number;
  /** Channels that the server makes; those of the client come by themselves. */
  readonly channels: readonly DataChannelSpec[];
};

export type ClosePeer = { readonly kind: "close-peer"; readonly peerId: number };

export type ReceiveCodec = {
  readonly codec: Codec;
  readonly payloadType: number;
  /** 0: no retransmission stream. */
  readonly rtxPayloadType: number;
  readonly fmtp: string;
  readonly hasNack: boolean;
  readonly hasPli: boolean;
};

/** One encoding of a track. Either the SSRC or the rid identifies it; both may. */
export type ReceiveEncoding = {
  /** 0..2, low to high quality. */
  readonly spatialLayer: number;
  /** "" when the section has no rids. */
  readonly rid: string;
  /** 0: learnt from mid and rid of the first packets. */
  readonly ssrc: number;
  /** 0: none, or learnt from the repaired rid. */
  readonly rtxSsrc: number;
};

export type ReceiverSpec = {
  readonly receiverId: number;
  readonly peerId: number;
  readonly mid: string;
  readonly media: "audio" | "video";
  /** The codecs of the section, in the negotiated order; the first packets tell which is used. */
  readonly codecs: readonly ReceiveCodec[];
  readonly encodings: readonly ReceiveEncoding[];
  /** Screen content has its own tracker times (spec-media 2.12). */
  readonly isScreenShare: boolean;
  /** Level observation for active speakers: microphones only. */
  readonly observeAudioLevel: boolean;
  readonly isMuted: boolean;
  /**
   * The client said that each spatial layer is a stream of its own, and maybe that it has sender
   * reports for some of them only; absent: it said nothing, and the codec decides.
   */
  readonly layerMode?: "stream-each" | "stream-each-few-reports";
};

export type AddReceiver = { readonly kind: "add-receiver"; readonly receiver: ReceiverSpec };

/** A later offer changed the section's codecs or encodings. */
export type UpdateReceiver = {
  readonly kind: "update-receiver";
  readonly receiverId: number;
  readonly codecs: readonly ReceiveCodec[];
  readonly encodings: readonly ReceiveEncoding[];
};

export type MuteReceiver = {
  readonly kind: "mute-receiver";
  readonly receiverId: number;
  readonly isMuted: boolean;
};

/**
 * Dynacast asked the publisher for this much of a codec: a layer that is asked for again is taken
 * with its first packet (spec-media 2.12). Before the first one all layers are expected.
 */
export type ExpectLayers = {
  readonly kind: "expect-layers";
  readonly receiverId: number;
  /** Highest that is wanted, 0..2; -1: none. */
  readonly spatialLayer: number;
};

/** Its down tracks go with it. */
export type RemoveReceiver = { readonly kind: "remove-receiver"; readonly receiverId: number };

export type SendCodec = {
  readonly codec: Codec;
  readonly payloadType: number;
  readonly rtxPayloadType: number;
  readonly fmtp: string;
};

export type DownTrackSettings = {
  /** The subscriber wants no packets for now. */
  readonly isDisabled: boolean;
  /** 0..2 */
  readonly maxSpatialLayer: number;
  /** 0..3 */
  readonly maxTemporalLayer: number;
  /** Frames a second that the subscriber needs at most; 0: as many as there are. */
  readonly maxFrameRate: number;
  /** 1..255, 255 first in line. */
  readonly priority: number;
};

export type DownTrackSpec = {
  readonly downTrackId: number;
  /** The subscriber's transport. */
  readonly peerId: number;
  readonly receiverId: number;
  readonly ssrc: number;
  /** 0: retransmissions go out on the media SSRC. */
  readonly rtxSsrc: number;
  /** What the subscriber's answer took of our offer, in its order. */
  readonly codecs: readonly SendCodec[];
  /** RTCP CNAME: the stream id of the section's msid. */
  readonly cname: string;
  readonly isScreenShare: boolean;
  readonly settings: DownTrackSettings;
  /** Of its section; absent: not told in source descriptions. */
  readonly mid?: string | undefined;
} & DownTrackExtras;

/** What some tracks, rooms and clients need beyond the ordinary; what is absent is not needed. */
export type DownTrackExtras = {
  /** The room bounds how long the client holds video back, ms; `maxMs` 0 is no upper bound. */
  readonly playoutDelay?: { readonly minMs: number; readonly maxMs: number } | undefined;
  /** Encrypted end to end: no codec can be turned into another. */
  readonly isEncrypted?: boolean | undefined;
  /** Of the room: stands at the end of each frame that we make in an encrypted track. */
  readonly sifTrailer?: Uint8Array | undefined;
  /** The client cannot read packet trailers: they are cut off. */
  readonly stripsPacketTrailer?: boolean | undefined;
  /** Plain Opus leaves as RED where the client takes it. */
  readonly encodesRed?: boolean | undefined;
  /** The client sees a track by its first packet: it gets one even while there is no media. */
  readonly isAnnounced?: boolean | undefined;
};

export type AddDownTrack = { readonly kind: "add-down-track"; readonly downTrack: DownTrackSpec };

export type SetDownTrack = {
  readonly kind: "set-down-track";
  readonly downTrackId: number;
  readonly settings: DownTrackSettings;
};

/**
 * The down track is fed by another codec of its track from now on, with everything else as it was: its
 * SSRCs, and its numbers and times go on (spec-media 5.9). The codec is one that `codecs` has.
 */
export type MoveDownTrack = {
  readonly kind: "move-down-track";
  readonly downTrackId: number;
  readonly receiverId: number;
  /** Layers of one codec may mean something else than those of the other. */
  readonly settings: DownTrackSettings;
};

export type RemoveDownTrack = { readonly kind: "remove-down-track"; readonly downTrackId: number };

export type DataTrackCommand =
  | AddDataTrack
  | RemoveDataTrack
  | SubscribeDataTrack
  | UnsubscribeDataTrack;

/** Packets of this handle that come on the publisher's `_data_track` channel are the track's. */
export type AddDataTrack = {
  readonly kind: "add-data-track";
  readonly dataTrackId: number;
  /** The publisher's transport. */
  readonly peerId: number;
  /** 1..65535, unique for the publisher. */
  readonly handle: number;
};

/** Its subscriptions go with it. */
export type RemoveDataTrack = { readonly kind: "remove-data-track"; readonly dataTrackId: number };

/** The track's packets go to the subscriber's `_data_track` channel, once that is open. */
export type SubscribeDataTrack = {
  readonly kind: "subscribe-data-track";
  readonly subscriptionId: number;
  readonly dataTrackId: number;
  /** The subscriber's transport. */
  readonly peerId: number;
  /** What the subscriber knows the track by, 1..65535. */
  readonly handle: number;
};

export type UnsubscribeDataTrack = {
  readonly kind: "unsubscribe-data-track";
  readonly subscriptionId: number;
};

/** Fixes the estimate of a subscriber's downlink; 0 gives it back to the estimator. */
export type OverrideEstimate = {
  readonly kind: "override-estimate";
  readonly peerId: number;
  readonly bitrateBps: number;
};
