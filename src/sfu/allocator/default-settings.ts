import type { AllocationSettings } from "../../base/allocation-settings.ts";

/** Of the configuration, for engines that are started without one. */
export const DEFAULT_ALLOCATION: AllocationSettings = {
  isEnabled: true,
  minChannelCapacityBps: 0,
  disableEstimationUnmanagedTracks: false,
  probeMode: "padding",
  probeOveragePct: 120,
  probeMinBps: 200_000,
  pausedMinWaitMs: 5_000,
};
