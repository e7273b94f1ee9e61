import type { MediaThreadOptions, RtxLimits } from "../bridge/media-thread.ts";
import { type MediaAddress, mediaUdpPorts } from "../config/addresses.ts";
import type { Config } from "../config/config.ts";
import type { IceServersFor, RtcSettings } from "../rtc/rtc-services.ts";
import { allocationSettings } from "./allocation-settings.ts";
import { hasTurnTls } from "./ice-servers.ts";
import { roomPresets } from "./room-presets.ts";
import { layerTrackerRules } from "./tracker-settings.ts";

export function rtcSettings(
  config: Config,
  version: string,
  nodeId: string,
  iceServersFor: IceServersFor,
): RtcSettings {
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
    playoutDelay: playoutDelay(config),
    activeRedEncoding: config.audio.activeRedEncoding,
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
    codecRegressionThreshold: config.video.codecRegressionThreshold,
    enableDataTracks: config.enableDataTracks,
    reconnectOnDataChannelError: config.rtc.reconnectOnDataChannelError,
    maxDataTrackEncodingBytes: limit.maxDataTrackCustomEncodingLengthBytes,
    enableDataBlobs: config.enableParticipantDataBlob,
    maxDataBlobKeyBytes: limit.maxDataBlobKeyLengthBytes,
    maxDataBlobsBytes: limit.maxDataBlobsSizeBytes,
    allowTcpFallback: config.rtc.allowTcpFallback,
    allowUdpUnstableFallback: config.rtc.allowUdpUnstableFallback,
    tcpFallbackRttMaxMs: config.rtc.tcpFallbackRttThresholdMs,
    allowPause: config.rtc.congestionControl.allowPause,
    congestionControl: congestionControlOf(config),
    iceServersFor,
    hasTurnTls: hasTurnTls(config),
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

function playoutDelay({ room }: Config): RtcSettings["playoutDelay"] {
  const { enabled, minMs, maxMs } = room.playoutDelay;
  return enabled ? { minMs, maxMs } : undefined;
}

function rtxLimits(budget: Config["rtc"]["rtxBudget"]["audio"]): RtxLimits {
  return { maxRatio: budget.maxRatio, burstBytes: budget.burstBytes };
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
  const trackers = config.video.streamTrackerManager;
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
    rtxBudget: { audio: rtxLimits(rtc.rtxBudget.audio), video: rtxLimits(rtc.rtxBudget.video) },
    data: {
      slowThresholdBps: rtc.datachannelSlowThresholdBps,
      lossyLatencyMs: rtc.datachannelLossyTargetLatencyMs,
      dataTrackLatencyMs: rtc.datachannelDataTrackTargetLatencyMs,
      sctp: {
        minWindowBytes: rtc.sctpMinCwndBytes,
        fastRetransmitBytes: rtc.sctpFastRtxWndBytes,
        growthStepBytes: rtc.sctpCwndCaStepBytes,
      },
    },
    detectsStreamRestarts: rtc.enableRtpStreamRestartDetection,
    trackers: {
      camera: layerTrackerRules(trackers.video),
      screen: layerTrackerRules(trackers.screenshare),
    },
  }));
}
