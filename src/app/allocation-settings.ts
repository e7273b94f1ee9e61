import type { AllocationSettings } from "../base/allocation-settings.ts";
import type { Config } from "../config/config.ts";

/** How media threads share out bandwidth, of `rtc.congestion_control`. */
export function allocationSettings({ rtc }: Config): AllocationSettings {
  const { enabled, streamAllocator, useSendSideBwe, remoteBwe, sendSideBwe } =
    rtc.congestionControl;
  return {
    isEnabled: enabled,
    minChannelCapacityBps: streamAllocator.minChannelCapacityBps,
    disableEstimationUnmanagedTracks: streamAllocator.disableEtimationUnmanagedTracks,
    probeMode: streamAllocator.probeMode === "media" ? "media" : "padding",
    probeOveragePct: streamAllocator.probeOveragePct,
    probeMinBps: streamAllocator.probeMinBps,
    pausedMinWaitMs: streamAllocator.pausedMinWaitMs,
    probeRegulator: useSendSideBwe
      ? sendSideBwe.congestionDetector.probeRegulator
      : remoteBwe.probeController.probeRegulator,
  };
}
