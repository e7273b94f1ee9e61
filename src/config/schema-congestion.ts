/**
 * `rtc.congestion_control`: what the reference server lets operators tune, key by key, the two
 * misspelt names included. Config files that set any of these must go on loading.
 */

const PROBE_REGULATOR = {
  base_interval: { type: "duration", default: "3s", help: "Wait between two probes to begin with" },
  backoff_factor: { type: "float", default: 1.5, help: "Growth of that wait after a failed probe" },
  max_interval: { type: "duration", default: "2m", help: "Longest wait between two probes" },
  min_duration: { type: "duration", default: "200ms", help: "Shortest probe" },
  max_duration: { type: "duration", default: "20s", help: "Longest probe" },
  duration_increase_factor: {
    type: "float",
    default: 1.5,
    help: "Growth of a probe's length after a good one",
  },
} as const;

const WEIGHTED_LOSS = {
  min_duration_for_loss_validity: {
    type: "duration",
    default: "100ms",
    help: "Shortest stretch of packets whose loss counts",
  },
  base_duration: { type: "duration", default: "500ms", help: "Stretch that has full weight" },
  base_pps: { type: "int32", default: 30, help: "Packets per second that have full weight" },
  loss_penalty_factor: { type: "float", default: 0.25, help: "How hard loss is punished" },
} as const;

const STREAM_ALLOCATOR = {
  min_channel_capacity: {
    type: "int64",
    default: 0,
    unit: "Bps",
    help: "Never assume less downlink than this many bits per second",
  },
  disable_etimation_unmanaged_tracks: {
    type: "bool",
    default: false,
    help: "Leave the rate of unmanaged tracks out of the budget (the name is spelt like this)",
  },
  probe_mode: {
    type: "string",
    default: "padding",
    oneOf: ["padding", "media"],
    help: "What probes are made of: padding or media",
  },
  probe_overage_pct: {
    type: "int64",
    default: 120,
    help: "Size of a probe, in percent of the missing rate",
  },
  probe_min_bps: { type: "int64", default: 200000, help: "Smallest probe, in bits per second" },
  paused_min_wait: {
    type: "duration",
    default: "5s",
    help: "How long a paused track stays paused at least",
  },
} as const;

const REMOTE_BWE = {
  nack_ratio_attenuator: {
    type: "float",
    default: 0.4,
    help: "How much of the NACK ratio is taken off the estimate",
  },
  expected_usage_threshold: {
    type: "float",
    default: 0.95,
    help: "Share of the expected rate above which an estimate is believed",
  },
  channel_observer_probe: {
    estimate: {
      required_samples: { type: "int32", default: 3, help: "Samples a trend needs" },
      required_samples_min: { type: "int32", default: 3, help: "Samples below which no trend" },
      downward_trend_threshold: {
        type: "float",
        default: 0,
        help: "Kendall tau below which the trend is down",
      },
      downward_trend_max_wait: {
        type: "duration",
        default: "5s",
        help: "Longest wait for a downward trend",
      },
      collapse_threshold: {
        type: "duration",
        default: "0s",
        help: "Equal samples within this time count once",
      },
      validity_window: { type: "duration", default: "10s", help: "Age at which samples expire" },
    },
    nack: {
      window_min_duration: { type: "duration", default: "500ms", help: "Shortest NACK window" },
      window_max_duration: { type: "duration", default: "1s", help: "Longest NACK window" },
      ratio_threshold: { type: "float", default: 0.04, help: "NACK ratio that means congestion" },
    },
  },
  channel_observer_non_probe: {
    estimate: {
      required_samples: { type: "int32", default: 12, help: "Samples a trend needs" },
      required_samples_min: { type: "int32", default: 8, help: "Samples below which no trend" },
      downward_trend_threshold: {
        type: "float",
        default: -0.6,
        help: "Kendall tau below which the trend is down",
      },
      downward_trend_max_wait: {
        type: "duration",
        default: "5s",
        help: "Longest wait for a downward trend",
      },
      collapse_threshold: {
        type: "duration",
        default: "500ms",
        help: "Equal samples within this time count once",
      },
      validity_window: { type: "duration", default: "10s", help: "Age at which samples expire" },
    },
    nack: {
      window_min_duration: { type: "duration", default: "2s", help: "Shortest NACK window" },
      window_max_duration: { type: "duration", default: "3s", help: "Longest NACK window" },
      ratio_threshold: { type: "float", default: 0.08, help: "NACK ratio that means congestion" },
    },
  },
  probe_controller: {
    probe_regulator: PROBE_REGULATOR as typeof PROBE_REGULATOR,
    settle_wait_num_rtt: { type: "uint32", default: 5, help: "Round trips to wait after a probe" },
    settle_wait_min: { type: "duration", default: "250ms", help: "Shortest wait after a probe" },
    settle_wait_max: { type: "duration", default: "5s", help: "Longest wait after a probe" },
  },
} as const;

const CONGESTION_DETECTOR = {
  packet_group: {
    min_packets: { type: "int32", default: 30, help: "Packets that close a group" },
    max_window_duration: { type: "duration", default: "500ms", help: "Longest group" },
  },
  packet_group_max_age: { type: "duration", default: "10s", help: "Age at which groups expire" },
  probe_packet_group: {
    packet_group: {
      min_packets: { type: "int32", default: 16384, help: "Packets that close a probe's group" },
      max_window_duration: { type: "duration", default: "1m", help: "Longest probe group" },
    },
    settle_wait_num_rtt: { type: "uint32", default: 5, help: "Round trips to wait after a probe" },
    settle_wait_min: { type: "duration", default: "250ms", help: "Shortest wait after a probe" },
    settle_wait_max: { type: "duration", default: "5s", help: "Longest wait after a probe" },
  },
  probe_regulator: PROBE_REGULATOR as typeof PROBE_REGULATOR,
  probe_signal: {
    min_bytes_ratio: {
      type: "float",
      default: 0.5,
      help: "Share of a probe's bytes that it needs",
    },
    min_duration_ratio: {
      type: "float",
      default: 0.5,
      help: "Share of a probe's length that it needs",
    },
    jqr_min_delay: { type: "duration", default: "50ms", help: "Delay that joins the queue" },
    dqr_max_delay: { type: "duration", default: "20ms", help: "Delay that leaves the queue" },
    weighted_loss: WEIGHTED_LOSS as typeof WEIGHTED_LOSS,
    jqr_min_weighted_loss: { type: "float", default: 0.25, help: "Loss that means congestion" },
    dqr_max_weighted_loss: { type: "float", default: 0.1, help: "Loss that means none" },
  },
  jqr_min_delay: { type: "duration", default: "50ms", help: "Delay that joins the queue" },
  jqr_min_trend_coefficient: {
    type: "float",
    default: 0.8,
    help: "Trend of delay that joins the queue",
  },
  dqr_max_delay: { type: "duration", default: "20ms", help: "Delay that leaves the queue" },
  weighted_loss: WEIGHTED_LOSS as typeof WEIGHTED_LOSS,
  jqr_min_weighted_loss: { type: "float", default: 0.25, help: "Loss that means congestion" },
  dqr_max_weighted_loss: { type: "float", default: 0.1, help: "Loss that means none" },
  queuing_delay_early_warning_jqr: {
    min_number_of_groups: { type: "int32", default: 2, help: "Groups with delay before a warning" },
    min_duration: { type: "duration", default: "200ms", help: "Time with delay before a warning" },
  },
  queuing_delay_early_warning_dqr: {
    min_number_of_groups: { type: "int32", default: 3, help: "Groups without before it ends" },
    min_duration: { type: "duration", default: "300ms", help: "Time without before it ends" },
  },
  loss_early_warning_jqr: {
    min_number_of_groups: { type: "int32", default: 3, help: "Groups with loss before a warning" },
    min_duration: { type: "duration", default: "300ms", help: "Time with loss before a warning" },
  },
  loss_early_warning_dqr: {
    min_number_of_groups: { type: "int32", default: 4, help: "Groups without before it ends" },
    min_duration: { type: "duration", default: "400ms", help: "Time without before it ends" },
  },
  queuing_delay_congested_jqr: {
    min_number_of_groups: { type: "int32", default: 4, help: "Groups with delay: congested" },
    min_duration: { type: "duration", default: "400ms", help: "Time with delay: congested" },
  },
  queuing_delay_congested_dqr: {
    min_number_of_groups: { type: "int32", default: 5, help: "Groups without before it ends" },
    min_duration: { type: "duration", default: "500ms", help: "Time without before it ends" },
  },
  loss_congested_jqr: {
    min_number_of_groups: { type: "int32", default: 6, help: "Groups with loss: congested" },
    min_duration: { type: "duration", default: "600ms", help: "Time with loss: congested" },
  },
  loss_congested_dqr: {
    min_number_of_groups: { type: "int32", default: 6, help: "Groups without before it ends" },
    min_duration: { type: "duration", default: "600ms", help: "Time without before it ends" },
  },
  congested_ctr_trend: {
    required_samples: { type: "int32", default: 4, help: "Samples a trend needs" },
    required_samples_min: { type: "int32", default: 2, help: "Samples below which no trend" },
    downward_trend_threshold: {
      type: "float",
      default: -0.5,
      help: "Kendall tau below which the trend is down",
    },
    downward_trend_max_wait: {
      type: "duration",
      default: "2s",
      help: "Longest wait for a downward trend",
    },
    collapse_threshold: {
      type: "duration",
      default: "500ms",
      help: "Equal samples within this time count once",
    },
    validity_window: { type: "duration", default: "10s", help: "Age at which samples expire" },
  },
  congested_ctr_epsilon: {
    type: "float",
    default: 0.05,
    help: "Captured traffic ratios closer than this are equal",
  },
  congested_packet_group: {
    min_packets: { type: "int32", default: 20, help: "Packets that close a group when congested" },
    max_window_duration: { type: "duration", default: "150ms", help: "Longest such group" },
  },
  estimaton_window_duration: {
    type: "duration",
    default: "1s",
    help: "Stretch that the estimate is taken over (the name is spelt like this)",
  },
} as const;

export const CONGESTION_CONTROL = {
  enabled: { type: "bool", default: true, help: "Fit what is sent to each subscriber's downlink" },
  allow_pause: {
    type: "bool",
    default: false,
    help: "Pause tracks that do not fit even at their lowest layer",
  },
  use_send_side_bwe: {
    type: "bool",
    default: null,
    help: "Estimate by transport-wide feedback (true), REMB (false) or what clients have (auto)",
  },
  use_send_side_bwe_interceptor: {
    type: "bool",
    default: false,
    help: "As use_send_side_bwe: true; the estimator is the same",
  },
  send_side_bwe_pacer: {
    type: "string",
    default: "no-queue",
    oneOf: ["pass-through", "no-queue", "leaky-bucket"],
    refusal:
      'could not validate congestion control config: invalid send_side_bwe_pacer "{}", must be one of "pass-through", "no-queue", "leaky-bucket"',
    help: "pass-through never spreads bursts of video; no-queue does on short downlinks",
  },
  stream_allocator: STREAM_ALLOCATOR as typeof STREAM_ALLOCATOR,
  remote_bwe: REMOTE_BWE as typeof REMOTE_BWE,
  send_side_bwe: {
    congestion_detector: CONGESTION_DETECTOR as typeof CONGESTION_DETECTOR,
  },
} as const;
