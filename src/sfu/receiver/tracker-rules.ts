/** How a layer is judged to be there by its packets (spec-media 2.12). */
export type PacketRule = {
  /** Packets in a cycle, at least, for the cycle to count. */
  readonly samples: number;
  /** Cycles in a row that must count until a layer that was gone is back. */
  readonly cycles: number;
  readonly cycleMs: number;
};

/** How a layer is judged to be there by its frames (spec-media 2.12). */
export type FrameRule = {
  /** A layer may be as slow as this without being gone; 0: it must have a frame every 500 ms. */
  readonly minFps: number;
};

/** Of one kind of source; arrays by spatial layer 0..2. */
export type TrackerRules = {
  readonly kind: "packet" | "frame";
  readonly packet: readonly [PacketRule, PacketRule, PacketRule];
  readonly frame: readonly [FrameRule, FrameRule, FrameRule];
  /** How long a bitrate is measured for. */
  readonly bitrateWindowMs: readonly [number, number, number];
};

const CAMERA_UPPER: PacketRule = { samples: 5, cycles: 20, cycleMs: 500 };
const SCREEN: PacketRule = { samples: 1, cycles: 1, cycleMs: 2_000 };

export const CAMERA_RULES: TrackerRules = {
  kind: "packet",
  packet: [{ samples: 1, cycles: 4, cycleMs: 500 }, CAMERA_UPPER, CAMERA_UPPER],
  frame: [{ minFps: 5 }, { minFps: 5 }, { minFps: 5 }],
  bitrateWindowMs: [1_000, 1_000, 1_000],
};

export const SCREEN_RULES: TrackerRules = {
  kind: "packet",
  packet: [SCREEN, SCREEN, SCREEN],
  frame: [{ minFps: 0.5 }, { minFps: 0.5 }, { minFps: 0.5 }],
  bitrateWindowMs: [4_000, 4_000, 4_000],
};

export const DEFAULT_TRACKERS: { readonly camera: TrackerRules; readonly screen: TrackerRules } = {
  camera: CAMERA_RULES,
  screen: SCREEN_RULES,
};
