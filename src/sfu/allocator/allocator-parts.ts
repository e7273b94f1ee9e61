import type { AllocationSettings } from "../../base/allocation-settings.ts";
import {
  type BandwidthEstimator,
  CAPACITY_UNKNOWN_BPS,
  type Prober,
} from "../bwe/bandwidth-estimator.ts";
import { DEFAULT_SEND_SIDE_BWE } from "../bwe/default-settings.ts";
import { DEFAULT_ALLOCATION } from "./default-settings.ts";

/** What an allocator works with; of one peer. */
export type AllocatorParts = {
  readonly settings: AllocationSettings;
  readonly estimator: BandwidthEstimator;
  readonly prober: Prober;
};

/** A downlink that nothing is known of: it is never thought short, unless by an override. */
export const UNWATCHED: AllocatorParts = {
  settings: DEFAULT_ALLOCATION,
  estimator: {
    state: "none",
    capacityBps: CAPACITY_UNKNOWN_BPS,
    probing: DEFAULT_SEND_SIDE_BWE.probeRegulator,
    reset() {},
    setExpectedUsage() {},
    setRtt() {},
    pollChange: () => false,
    pollTimeout: () => Number.POSITIVE_INFINITY,
    startProbe() {},
    endProbe() {},
    pollProbeOutcome: () => ({ verdict: "inconclusive", capacityBps: 0 }),
  },
  prober: { isActive: false, start() {}, stop() {} },
};
