import type { AllocationSettings } from "../base/allocation-settings.ts";
import type { RemoteBweSettings, SendSideBweSettings } from "../base/congestion-settings.ts";
import type { MediaCommand } from "./commands.ts";
import type { MediaEvent } from "./events.ts";
import type { LayerTrackerRules } from "./layer-tracker-rules.ts";

/** A local transport address that clients can reach a media thread by. */
export type MediaCandidate = {
  readonly protocol: "udp" | "tcp";
  readonly address: string;
  readonly port: number;
};

/** What is fixed for the life of a media thread, handed over when it starts. */
export type MediaThreadOptions = {
  readonly index: number;
  /** Sockets to open, and the addresses clients are told for each. */
  readonly listens: readonly {
    readonly address: string;
    readonly port: number;
    readonly announce: readonly string[];
  }[];
  /** Say so when the system grants a small receive buffer. */
  readonly warnOfSmallBuffer: boolean;
  readonly videoPacketsMax: number;
  readonly audioPacketsMax: number;
  /** Minimum spacing of key frame requests by spatial layer 0..2, ms. */
  readonly pliThrottleMs: readonly [number, number, number];
  readonly audio: {
    /** dBov below full scale that still counts as voice, 0..127. */
    readonly activeLevel: number;
    /** Share of the interval that must be voice, percent. */
    readonly minPercentile: number;
    readonly updateIntervalMs: number;
    readonly smoothIntervals: number;
  };
  /** How downlinks are estimated; absent: as by default. */
  readonly bwe?: {
    readonly remote: RemoteBweSettings;
    readonly sendSide: SendSideBweSettings;
    /** Bursts of video are spread where a downlink is short. */
    readonly isPaced: boolean;
  };
  /** How the bandwidth of subscribers is shared out; absent: as by default. */
  readonly allocation?: AllocationSettings;
  /** Publishers of audio are told what their subscribers lose (`audio.enable_loss_proxying`). */
  readonly isAudioLossProxied: boolean;
  /** What retransmissions to subscribers may cost, by kind (`rtc.rtx_budget`); absent: no limit. */
  readonly rtxBudget?: { readonly audio: RtxLimits; readonly video: RtxLimits };
  /** As `rtc.enable_rtp_stream_restart_detection`; absent: no. */
  readonly detectsStreamRestarts?: boolean;
  /** Readers of data that are slow; absent: as by default. */
  readonly data?: DataLimits;
  /** When layers of video count as there; absent: the reference's defaults. */
  readonly trackers?: { readonly camera: LayerTrackerRules; readonly screen: LayerTrackerRules };
};

export type DataLimits = {
  /** Reliable messages are dropped for readers that are behind and slower, bits a second; 0: none. */
  readonly slowThresholdBps: number;
  /** What would wait longer is dropped, ms; 0: as much as is sane. */
  readonly lossyLatencyMs: number;
  readonly dataTrackLatencyMs: number;
  /** Congestion control of data channels away from the standard; bytes, 0: as the standard has it. */
  readonly sctp?: {
    readonly minWindowBytes: number;
    readonly fastRetransmitBytes: number;
    readonly growthStepBytes: number;
  };
};

export type RtxLimits = {
  /** Retransmitted bytes for each byte of media sent; 0: no limit. */
  readonly maxRatio: number;
  /** What may be spent at once, bytes. */
  readonly burstBytes: number;
};

/** One media thread as the control thread sees it: a worker, or the engine in this thread. */
export interface MediaThread {
  readonly index: number;
  /** `sha-256` fingerprint of the DTLS certificate, upper case with colons. */
  readonly fingerprint: string;
  readonly candidates: readonly MediaCandidate[];
  /** For `connect-thread`: an eventfd by which other media threads wake this one; below 0: a channel. */
  readonly doorbell: number;
  /** False from its loss until another one runs in its place: nobody is to be put there meanwhile. */
  readonly isLive: boolean;
  /** While it is not live nothing comes of it. */
  post(command: MediaCommand): void;
  /** Called for every event, on a turn of its own. Set once, before the first command. */
  onEvent: (event: MediaEvent) => void;
  close(): Promise<void>;
}
