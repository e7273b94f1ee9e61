import type { AllocationSettings } from "../base/allocation-settings.ts";
import type { Config } from "../config/config.ts";

/** How media threads share out bandwidth, of `rtc.congestion_control`. */
export function allocationSettings({ rtc }: Config): AllocationSettings {
  const { enabled, streamAllocator } = rtc.congestionControl;
  return {
    isEnabled: enabled,
    minChannelCapacityBps: streamAllocator.minChannelCapacityBps,
    disableEstimationUnmanagedTracks: streamAllocator.disableEtimationUnmanagedTracks,
    probeMode: streamAllocator.probeMode === "media" ? "media" : "padding",
    probeOveragePct: streamAllocator.probeOveragePct,
    probeMinBps: streamAllocator.probeMinBps,
    pausedMinWaitMs: streamAllocator.pausedMinWaitMs,
  };
}
