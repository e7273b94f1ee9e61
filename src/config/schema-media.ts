const PACKET_TRACKER = {
  samples_required: { type: "uint32", default: 0, help: "Packets that a cycle needs" },
  cycles_required: { type: "uint32", default: 0, help: "Cycles that make a layer live" },
  cycle_duration: { type: "duration", default: "0s", help: "Length of a cycle" },
} as const;

const FRAME_TRACKER = {
  min_fps: { type: "float", default: 0, help: "Frames a second that make a layer live" },
} as const;

/** `audio`: who is speaking. */
export const AUDIO = {
  active_level: {
    type: "uint8",
    default: 35,
    max: 127,
    help: "Level that counts as speech: 0 is loudest, 127 silent",
  },
  min_percentile: {
    type: "uint8",
    default: 40,
    max: 100,
    help: "Percent of the time that it must be reached",
  },
  update_interval: {
    type: "uint32",
    default: 400,
    min: 1,
    unit: "Ms",
    help: "Milliseconds between two speaker updates",
  },
  smooth_intervals: {
    type: "uint32",
    default: 2,
    help: "Updates that a level is averaged over; 0 is none",
  },
  active_red_encoding: {
    type: "bool",
    default: false,
    help: "Send redundant audio to those who can take it when the publisher sends plain Opus",
  },
  enable_loss_proxying: {
    type: "bool",
    default: false,
    help: "Report the worst subscriber's loss to the publisher",
  },
} as const;

/** `video`: layers, and what is paused when nobody watches. */
export const VIDEO = {
  dynacast_pause_delay: {
    type: "duration",
    default: "5s",
    help: "How long a layer goes on after its last viewer",
  },
  codec_regression_threshold: {
    type: "int32",
    default: 5,
    help: "Rooms with fewer participants use a backup codec for everybody; 0: all rooms",
  },
  stream_tracker_manager: {
    video: {
      stream_tracker_type: {
        type: "string",
        default: "packet",
        oneOf: ["packet", "frame"],
        help: "Whether layers are found live by packets or by frames",
      },
      bitrate_report_interval: {
        type: "duration-map",
        default: { "0": "1s", "1": "1s", "2": "1s" },
        help: "How often a layer's rate is measured, by layer",
      },
      packet_tracker: {
        type: "section-map",
        of: PACKET_TRACKER as typeof PACKET_TRACKER,
        default: {
          "0": { samplesRequired: 1, cyclesRequired: 4, cycleDurationMs: 500 },
          "1": { samplesRequired: 5, cyclesRequired: 20, cycleDurationMs: 500 },
          "2": { samplesRequired: 5, cyclesRequired: 20, cycleDurationMs: 500 },
        },
        help: "Packet counts, by layer",
      },
      frame_tracker: {
        type: "section-map",
        of: FRAME_TRACKER as typeof FRAME_TRACKER,
        default: { "0": { minFps: 5 }, "1": { minFps: 5 }, "2": { minFps: 5 } },
        help: "Frame rates, by layer",
      },
    },
    screenshare: {
      stream_tracker_type: {
        type: "string",
        default: "packet",
        oneOf: ["packet", "frame"],
        help: "Whether layers are found live by packets or by frames",
      },
      bitrate_report_interval: {
        type: "duration-map",
        default: { "0": "4s", "1": "4s", "2": "4s" },
        help: "How often a layer's rate is measured, by layer",
      },
      packet_tracker: {
        type: "section-map",
        of: PACKET_TRACKER as typeof PACKET_TRACKER,
        default: {
          "0": { samplesRequired: 1, cyclesRequired: 1, cycleDurationMs: 2000 },
          "1": { samplesRequired: 1, cyclesRequired: 1, cycleDurationMs: 2000 },
          "2": { samplesRequired: 1, cyclesRequired: 1, cycleDurationMs: 2000 },
        },
        help: "Packet counts, by layer",
      },
      frame_tracker: {
        type: "section-map",
        of: FRAME_TRACKER as typeof FRAME_TRACKER,
        default: { "0": { minFps: 0.5 }, "1": { minFps: 0.5 }, "2": { minFps: 0.5 } },
        help: "Frame rates, by layer",
      },
    },
  },
} as const;
