import type { Log } from "../base/log.ts";
import type { Scheduler } from "../base/scheduler.ts";
import type { livekit } from "../gen/livekit.js";
import type { RoomMetrics } from "../telemetry/metrics/room-metrics.ts";
import type { MediaRouter } from "./media/media-router.ts";
import type { CongestionControl } from "./negotiation/negotiation-types.ts";
import type { Claims, VideoGrant } from "./permission/grants.ts";

/** The part of the configuration that rooms and participants go by. */
export type RtcSettings = {
  readonly autoCreate: boolean;
  readonly emptyTimeoutSeconds: number;
  readonly departureTimeoutSeconds: number;
  readonly maxParticipants: number;
  /** What a room may be made by: `room_preset` names one. */
  readonly roomPresets: ReadonlyMap<string, livekit.RoomConfiguration>;
  readonly enabledCodecs: readonly { readonly mime: string; readonly fmtpLine: string }[];
  readonly enableRemoteUnmute: boolean;
  readonly syncStreams: boolean;
  /** Of rooms that say nothing else, ms; `maxMs` 0 is no upper bound; undefined: clients decide. */
  readonly playoutDelay: { readonly minMs: number; readonly maxMs: number } | undefined;
  /** Plain Opus goes as RED to who takes it. */
  readonly activeRedEncoding: boolean;
  readonly updateBatchTargetBytes: number;
  readonly maxMetadataBytes: number;
  readonly maxAttributesBytes: number;
  readonly maxNameBytes: number;
  readonly maxRoomNameBytes: number;
  readonly maxIdentityBytes: number;
  /** Of the whole node, in and out; 0 is no limit. */
  readonly maxNodeTracks: number;
  readonly maxNodeBytesPerSecond: number;
  readonly subscriptionLimitVideo: number;
  readonly subscriptionLimitAudio: number;
  readonly speakersIntervalMs: number;
  readonly dynacastPauseDelayMs: number;
  /**
   * Rooms with fewer participants fall back on the backup codec for everybody, where a track prefers
   * that; 0: all rooms do.
   */
  readonly codecRegressionThreshold: number;
  readonly enableDataTracks: boolean;
  /** A client whose data channel ended while its session lasts has to connect anew. */
  readonly reconnectOnDataChannelError: boolean;
  readonly maxDataTrackEncodingBytes: number;
  readonly enableDataBlobs: boolean;
  /** 0 is no limit, as for all that a participant's data blobs take, keys included. */
  readonly maxDataBlobKeyBytes: number;
  readonly maxDataBlobsBytes: number;
  /** Clients may be moved from UDP to TCP when UDP fails. */
  readonly allowTcpFallback: boolean;
  /** And when UDP loses too much; needs `tcpFallbackRttMaxMs`. */
  readonly allowUdpUnstableFallback: boolean;
  /** Signal round trips from which they are not, ms; 0: there is no such limit. */
  readonly tcpFallbackRttMaxMs: number;
  /** Video may be paused where a subscriber's bandwidth is short, unless its client says otherwise. */
  readonly allowPause: boolean;
  readonly congestionControl: CongestionControl;
  readonly iceServersFor: IceServersFor;
  /** Clients that nothing else gets through for may be sent to a TURN server over TLS. */
  readonly hasTurnTls: boolean;
  readonly serverVersion: string;
  readonly region: string;
  readonly nodeId: string;
};

export type IceServerSetting = {
  readonly urls: readonly string[];
  readonly username: string;
  readonly credential: string;
};

/**
 * The servers that one participant is told of, with credentials that are good from now on.
 *
 * @param isTlsOnly nothing but TURN over TLS gets through for its client
 */
export type IceServersFor = (
  participantSid: string,
  isTlsOnly: boolean,
) => readonly IceServerSetting[];

/** Whose token is to be made anew, with the values as they are now. */
export type TokenSubject = Pick<
  Claims,
  "identity" | "name" | "kind" | "metadata" | "attributes" | "roomPreset" | "roomConfig"
> & {
  readonly video: VideoGrant;
  /** Unix seconds at which the token that was joined with ends. */
  readonly expiresAt: number;
};

/** Signs tokens; implemented where the keys are. */
export interface TokenIssuer {
  issue(subject: TokenSubject): Promise<string>;
}

/** What every room and participant is given. */
export type RtcServices = {
  readonly settings: RtcSettings;
  readonly router: MediaRouter;
  readonly scheduler: Scheduler;
  readonly tokens: TokenIssuer;
  readonly metrics: RoomMetrics;
  readonly log: Log;
};
