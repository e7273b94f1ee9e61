/**
 * How congestion control is tuned, as it crosses from the configuration to the media threads. Names
 * follow the keys below `rtc.congestion_control`, which the reference server has as well.
 */

/** When a row of values rises or falls (spec-media 6.2). */
export type TrendSettings = {
  /** Values that are kept, and that an upward trend needs. */
  readonly requiredSamples: number;
  /** Fewest values that tell anything. */
  readonly requiredSamplesMin: number;
  /** Kendall's tau below which the trend is downward, -1..0. */
  readonly downwardTrendThreshold: number;
  /** With fewer than `requiredSamples` values, a downward trend needs this span of time. */
  readonly downwardTrendMaxWaitMs: number;
  /** An equal value within this time of the last is the same value again. */
  readonly collapseThresholdMs: number;
  readonly validityWindowMs: number;
};

/** How many repeated NACKs are too many (spec-media 6.3). */
export type NackWindowSettings = {
  readonly windowMinDurationMs: number;
  readonly windowMaxDurationMs: number;
  /** 0..1, of the packets sent. */
  readonly ratioThreshold: number;
};

/** What REMBs are looked at by, in a probe or outside of one. */
export type ChannelObserverSettings = {
  readonly estimate: TrendSettings;
  readonly nack: NackWindowSettings;
};

/** How often to probe, and how long (spec-media 6.6). */
export type ProbeRegulatorSettings = {
  readonly baseIntervalMs: number;
  readonly backoffFactor: number;
  readonly maxIntervalMs: number;
  readonly minDurationMs: number;
  readonly maxDurationMs: number;
  readonly durationIncreaseFactor: number;
};

/** How long reports of a probe are waited for once it has left. */
export type SettleSettings = {
  readonly settleWaitNumRtt: number;
  readonly settleWaitMinMs: number;
  readonly settleWaitMaxMs: number;
};

/** `remote_bwe` */
export type RemoteBweSettings = {
  /** Of the ratio of repeated NACKs, how much is taken off the usage, 0..1. */
  readonly nackRatioAttenuator: number;
  /** Below this share of the expected usage an estimate means congestion, 0..1. */
  readonly expectedUsageThreshold: number;
  readonly channelObserverProbe: ChannelObserverSettings;
  readonly channelObserverNonProbe: ChannelObserverSettings;
  readonly probeController: SettleSettings & { readonly probeRegulator: ProbeRegulatorSettings };
};

export type PacketGroupSettings = {
  readonly minPackets: number;
  readonly maxWindowDurationMs: number;
};

/** How much evidence a verdict needs: groups, and the time that they span. */
export type EvidenceSettings = {
  readonly minNumberOfGroups: number;
  readonly minDurationMs: number;
};

/** How losses weigh by packet rate (spec-media 6.4). */
export type WeightedLossSettings = {
  readonly minDurationForLossValidityMs: number;
  readonly baseDurationMs: number;
  readonly basePps: number;
  readonly lossPenaltyFactor: number;
};

/** `send_side_bwe.congestion_detector` */
export type SendSideBweSettings = {
  readonly packetGroup: PacketGroupSettings;
  readonly packetGroupMaxAgeMs: number;
  readonly probePacketGroup: SettleSettings & { readonly packetGroup: PacketGroupSettings };
  readonly probeRegulator: ProbeRegulatorSettings;
  readonly probeSignal: {
    readonly minBytesRatio: number;
    readonly minDurationRatio: number;
    readonly jqrMinDelayMs: number;
    readonly dqrMaxDelayMs: number;
    readonly weightedLoss: WeightedLossSettings;
    readonly jqrMinWeightedLoss: number;
    readonly dqrMaxWeightedLoss: number;
  };
  readonly jqrMinDelayMs: number;
  readonly jqrMinTrendCoefficient: number;
  readonly dqrMaxDelayMs: number;
  readonly weightedLoss: WeightedLossSettings;
  readonly jqrMinWeightedLoss: number;
  readonly dqrMaxWeightedLoss: number;
  readonly queuingDelayEarlyWarningJqr: EvidenceSettings;
  readonly queuingDelayEarlyWarningDqr: EvidenceSettings;
  readonly lossEarlyWarningJqr: EvidenceSettings;
  readonly lossEarlyWarningDqr: EvidenceSettings;
  readonly queuingDelayCongestedJqr: EvidenceSettings;
  readonly queuingDelayCongestedDqr: EvidenceSettings;
  readonly lossCongestedJqr: EvidenceSettings;
  readonly lossCongestedDqr: EvidenceSettings;
  readonly congestedCtrTrend: TrendSettings;
  readonly congestedCtrEpsilon: number;
  readonly congestedPacketGroup: PacketGroupSettings;
  readonly estimatonWindowDurationMs: number;
};
