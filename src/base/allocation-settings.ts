/**
 * How the bandwidth of subscribers is shared out, as it crosses from the configuration to the media
 * threads. Names follow the keys below `rtc.congestion_control`, which the reference server has too.
 */

/** `stream_allocator`, and what it needs of the keys beside it (spec-media 6.1). */
export type AllocationSettings = {
  /** Where not, every track gets all that is asked for. */
  readonly isEnabled: boolean;
  /** Less than this is never shared out, bits per second. */
  readonly minChannelCapacityBps: number;
  /** Tracks that are exempt neither count nor take part in the estimate. */
  readonly disableEstimationUnmanagedTracks: boolean;
  /** What a downlink is probed with: bytes of no use, or at once with the layer that lacks. */
  readonly probeMode: "padding" | "media";
  /** Size of a probe, percent of what the next layer takes more. */
  readonly probeOveragePct: number;
  readonly probeMinBps: number;
  /** Nothing was sent for so long: congestion cannot be observed any more. */
  readonly pausedMinWaitMs: number;
};
