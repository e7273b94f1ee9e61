import type { MediaThreadOptions } from "../bridge/media-thread.ts";
import { type MediaAddress, mediaUdpPorts } from "../config/addresses.ts";
import type { Config } from "../config/config.ts";
import type { IceServerSetting, RtcSettings } from "../rtc/rtc-services.ts";
import { allocationSettings } from "./allocation-settings.ts";
import { roomPresets } from "./room-presets.ts";

/** What clients ask for their public address when nothing is configured (spec-signalling 3.5). */
const DEFAULT_STUN_SERVERS = [
  "global.stun.twilio.com:3478",
  "stun.l.google.com:19302",
  "stun1.l.google.com:19302",
];

export function rtcSettings(config: Config, version: string, nodeId: string): RtcSettings {
  const { room, limit } = config;
  return {
    autoCreate: room.autoCreate,
    emptyTimeoutSeconds: room.emptyTimeoutSeconds,
    departureTimeoutSeconds: room.departureTimeoutSeconds,
    maxParticipants: room.maxParticipants,
    roomPresets: roomPresets(config),
    enabledCodecs: room.enabledCodecs,
    enableRemoteUnmute: room.enableRemoteUnmute,
    syncStreams: room.syncStreams,
    updateBatchTargetBytes: room.updateBatchTargetSizeBytes,
    maxMetadataBytes: limit.maxMetadataSizeBytes,
    maxAttributesBytes: limit.maxAttributesSizeBytes,
    maxNameBytes: limit.maxParticipantNameLengthBytes,
    maxRoomNameBytes: limit.maxRoomNameLengthBytes,
    maxIdentityBytes: limit.maxParticipantIdentityLengthBytes,
    maxNodeTracks: limit.numTracks,
    maxNodeBytesPerSecond: limit.bytesPerSec,
    subscriptionLimitVideo: limit.subscriptionLimitVideo,
    subscriptionLimitAudio: limit.subscriptionLimitAudio,
    speakersIntervalMs: config.audio.updateIntervalMs,
    dynacastPauseDelayMs: config.video.dynacastPauseDelayMs,
    enableDataTracks: config.enableDataTracks,
    maxDataTrackEncodingBytes: limit.maxDataTrackCustomEncodingLengthBytes,
    allowTcpFallback: config.rtc.allowTcpFallback,
    tcpFallbackRttMaxMs: config.rtc.tcpFallbackRttThresholdMs,
    allowPause: config.rtc.congestionControl.allowPause,
    congestionControl: congestionControlOf(config),
    iceServers: iceServers(config),
    serverVersion: version,
    region: config.region,
    nodeId,
  };
}

/** By default both are offered, and the client's answer decides. */
function congestionControlOf({ rtc }: Config): RtcSettings["congestionControl"] {
  const { useSendSideBwe, useSendSideBweInterceptor } = rtc.congestionControl;
  if (useSendSideBwe === true || useSendSideBweInterceptor) return "transport-cc";
  return useSendSideBwe === false ? "remb" : "both";
}

function iceServers({ rtc }: Config): IceServerSetting[] {
  const servers = rtc.stunServers.length > 0 ? rtc.stunServers : DEFAULT_STUN_SERVERS;
  return [{ urls: servers.map((server) => `stun:${server}`), username: "", credential: "" }];
}

/** Sockets of one media thread; the engine has one more place, which is for ICE over TCP. */
export const MEDIA_ADDRESSES_MAX = 15;

/** As many media threads as `rtc.workers` says, and no more than there are ports. */
export function mediaThreadCount(config: Config, cores: number): number {
  const { start, end } = mediaUdpPorts(config);
  const wanted = config.rtc.workers < 0 ? cores : config.rtc.workers;
  return Math.max(1, Math.min(wanted, end - start + 1));
}

/** One entry for each media thread: its port on every listening address. */
export function mediaThreadOptions(
  config: Config,
  addresses: readonly MediaAddress[],
  ports: readonly number[],
): MediaThreadOptions[] {
  const { rtc, audio } = config;
  return ports.map((port, index) => ({
    index,
    listens: addresses.map(({ listen, announce }) => ({
      address: listen,
      port,
      announce: rtc.forceTcp ? [] : announce,
    })),
    warnOfSmallBuffer: !config.development,
    videoPacketsMax: rtc.packetBufferSizeVideo,
    audioPacketsMax: rtc.packetBufferSizeAudio,
    pliThrottleMs: [
      rtc.pliThrottle.lowQualityMs,
      rtc.pliThrottle.midQualityMs,
      rtc.pliThrottle.highQualityMs,
    ] as const,
    audio: {
      activeLevel: audio.activeLevel,
      minPercentile: audio.minPercentile,
      updateIntervalMs: audio.updateIntervalMs,
      smoothIntervals: audio.smoothIntervals,
    },
    bwe: {
      remote: rtc.congestionControl.remoteBwe,
      sendSide: rtc.congestionControl.sendSideBwe.congestionDetector,
      isPaced: rtc.congestionControl.sendSideBwePacer !== "pass-through",
    },
    allocation: allocationSettings(config),
    isAudioLossProxied: audio.enableLossProxying,
  }));
}
