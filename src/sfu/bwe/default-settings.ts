import type {
  PacketGroupSettings,
  ProbeRegulatorSettings,
  RemoteBweSettings,
  SendSideBweSettings,
  SettleSettings,
  WeightedLossSettings,
} from "../../base/congestion-settings.ts";

/** Of the configuration, for engines that are started without one. A test compares the two. */
const PROBE_REGULATOR: ProbeRegulatorSettings = {
  baseIntervalMs: 3_000,
  backoffFactor: 1.5,
  maxIntervalMs: 120_000,
  minDurationMs: 200,
  maxDurationMs: 20_000,
  durationIncreaseFactor: 1.5,
};

const SETTLE: SettleSettings = {
  settleWaitNumRtt: 5,
  settleWaitMinMs: 250,
  settleWaitMaxMs: 5_000,
};

const WEIGHTED_LOSS: WeightedLossSettings = {
  minDurationForLossValidityMs: 100,
  baseDurationMs: 500,
  basePps: 30,
  lossPenaltyFactor: 0.25,
};

const PROBE_GROUP: PacketGroupSettings = { minPackets: 16_384, maxWindowDurationMs: 60_000 };

export const DEFAULT_REMOTE_BWE: RemoteBweSettings = {
  nackRatioAttenuator: 0.4,
  expectedUsageThreshold: 0.95,
  channelObserverProbe: {
    estimate: {
      requiredSamples: 3,
      requiredSamplesMin: 3,
      downwardTrendThreshold: 0,
      downwardTrendMaxWaitMs: 5_000,
      collapseThresholdMs: 0,
      validityWindowMs: 10_000,
    },
    nack: { windowMinDurationMs: 500, windowMaxDurationMs: 1_000, ratioThreshold: 0.04 },
  },
  channelObserverNonProbe: {
    estimate: {
      requiredSamples: 12,
      requiredSamplesMin: 8,
      downwardTrendThreshold: -0.6,
      downwardTrendMaxWaitMs: 5_000,
      collapseThresholdMs: 500,
      validityWindowMs: 10_000,
    },
    nack: { windowMinDurationMs: 2_000, windowMaxDurationMs: 3_000, ratioThreshold: 0.08 },
  },
  probeController: { ...SETTLE, probeRegulator: PROBE_REGULATOR },
};

export const DEFAULT_SEND_SIDE_BWE: SendSideBweSettings = {
  packetGroup: { minPackets: 30, maxWindowDurationMs: 500 },
  packetGroupMaxAgeMs: 10_000,
  probePacketGroup: { ...SETTLE, packetGroup: PROBE_GROUP },
  probeRegulator: PROBE_REGULATOR,
  probeSignal: {
    minBytesRatio: 0.5,
    minDurationRatio: 0.5,
    jqrMinDelayMs: 50,
    dqrMaxDelayMs: 20,
    weightedLoss: WEIGHTED_LOSS,
    jqrMinWeightedLoss: 0.25,
    dqrMaxWeightedLoss: 0.1,
  },
  jqrMinDelayMs: 50,
  jqrMinTrendCoefficient: 0.8,
  dqrMaxDelayMs: 20,
  weightedLoss: WEIGHTED_LOSS,
  jqrMinWeightedLoss: 0.25,
  dqrMaxWeightedLoss: 0.1,
  queuingDelayEarlyWarningJqr: { minNumberOfGroups: 2, minDurationMs: 200 },
  queuingDelayEarlyWarningDqr: { minNumberOfGroups: 3, minDurationMs: 300 },
  lossEarlyWarningJqr: { minNumberOfGroups: 3, minDurationMs: 300 },
  lossEarlyWarningDqr: { minNumberOfGroups: 4, minDurationMs: 400 },
  queuingDelayCongestedJqr: { minNumberOfGroups: 4, minDurationMs: 400 },
  queuingDelayCongestedDqr: { minNumberOfGroups: 5, minDurationMs: 500 },
  lossCongestedJqr: { minNumberOfGroups: 6, minDurationMs: 600 },
  lossCongestedDqr: { minNumberOfGroups: 6, minDurationMs: 600 },
  congestedCtrTrend: {
    requiredSamples: 4,
    requiredSamplesMin: 2,
    downwardTrendThreshold: -0.5,
    downwardTrendMaxWaitMs: 2_000,
    collapseThresholdMs: 500,
    validityWindowMs: 10_000,
  },
  congestedCtrEpsilon: 0.05,
  congestedPacketGroup: { minPackets: 20, maxWindowDurationMs: 150 },
  estimatonWindowDurationMs: 1_000,
};
