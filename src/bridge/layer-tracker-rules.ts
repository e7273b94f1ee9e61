/**
 * When a video layer counts as there (spec-media 2.12, `video.stream_tracker_manager`), for one kind
 * of source. Arrays by spatial layer 0..2.
 */
export type LayerTrackerRules = {
  /** By packets or by frames; the other rules are not used. */
  readonly kind: "packet" | "frame";
  readonly packet: Triple<{
    readonly samples: number;
    readonly cycles: number;
    readonly cycleMs: number;
  }>;
  readonly frame: Triple<{ readonly minFps: number }>;
  /** How long a bitrate is measured for. */
  readonly bitrateWindowMs: Triple<number>;
};

type Triple<T> = readonly [T, T, T];
