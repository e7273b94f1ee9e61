const REGION = {
  name: { type: "string", default: "", help: "Name, as in region" },
  lat: { type: "float", default: 0, help: "Latitude in degrees" },
  lon: { type: "float", default: 0, help: "Longitude in degrees" },
} as const;

/** `node_selector`: which node a new room is placed on. */
export const NODE_SELECTOR = {
  kind: {
    type: "string",
    default: "any",
    oneOf: ["any", "cpuload", "sysload", "regionaware", "random"],
    refusal: 'unsupported node selector "{}", must be any, cpuload, sysload or regionaware',
    help: "Nodes to choose among: any, cpuload, sysload or regionaware",
  },
  sort_by: {
    type: "string",
    default: "random",
    oneOf: ["random", "sysload", "cpuload", "rooms", "clients", "tracks", "bytespersec"],
    help: "What decides: random, sysload, cpuload, rooms, clients, tracks or bytespersec",
  },
  algorithm: {
    type: "string",
    default: "lowest",
    oneOf: ["lowest", "twochoice"],
    help: "lowest of all, or the better of two (twochoice)",
  },
  cpu_load_limit: { type: "float", default: 0.9, help: "CPU load above which a node is left out" },
  sysload_limit: {
    type: "float",
    default: 0.9,
    help: "Load average per core above which a node is left out",
  },
  regions: {
    type: "section-list",
    of: REGION as typeof REGION,
    default: [],
    help: "Where regions are, for regionaware",
    example: ["- name: eu-central", "  lat: 50.11", "  lon: 8.68"],
  },
} as const;

/** `signal_relay`: signal messages between the node of a client and the node of its room. */
export const SIGNAL_RELAY = {
  retry_timeout: {
    type: "duration",
    default: "7.5s",
    help: "How long a message is tried before the connection is given up",
  },
  min_retry_interval: { type: "duration", default: "500ms", help: "First wait for an answer" },
  max_retry_interval: { type: "duration", default: "4s", help: "Longest wait for an answer" },
  stream_buffer_size: { type: "int32", default: 1000, min: 1, help: "Messages that wait at most" },
  connect_attempts: {
    type: "int32",
    default: 3,
    min: 1,
    help: "Attempts to reach the room's node",
  },
} as const;

/** `psrpc`: requests between nodes and services over Redis. */
export const PSRPC = {
  max_attempts: { type: "int32", default: 3, min: 1, help: "Attempts of one request" },
  timeout: { type: "duration", default: "3s", help: "Wait for the answer to the first attempt" },
  backoff: { type: "duration", default: "2s", help: "Added to it for each further one" },
  buffer_size: { type: "int32", default: 1000, min: 1, help: "Messages that wait at most" },
  compression: {
    quality: { type: "int32", default: 0, help: "Compression level; 0 is off" },
    threshold: {
      type: "int64",
      default: 1024,
      unit: "Bytes",
      help: "Bytes from which a message is compressed",
    },
    max_decompressed_size: {
      type: "int64",
      default: 0,
      unit: "Bytes",
      help: "Bytes that a message may unpack to; 0 is no limit",
    },
  },
} as const;

/** `node_stats`: how a node measures itself. */
export const NODE_STATS = {
  stats_update_interval: { type: "duration", default: "2s", help: "How often" },
  stats_rate_measurement_intervals: {
    type: "durations",
    default: ["10s"],
    help: "Stretches that rates are taken over; the first one counts for limits",
  },
  stats_max_delay: {
    type: "duration",
    default: "30s",
    help: "Delay at which the node reports that it hangs",
  },
} as const;

/** `api`: calls that wait until something has happened. */
export const API = {
  execution_timeout: { type: "duration", default: "2s", help: "How long a call waits" },
  check_interval: { type: "duration", default: "100ms", help: "How often it looks, to begin with" },
  max_check_interval: { type: "duration", default: "300s", help: "How often it looks at least" },
  enable_psrpc_for_get_list_participants: {
    type: "bool",
    default: false,
    help: "Ask the room's node for participants, not the store",
  },
} as const;

/** `metric`: measurements that participants exchange. */
export const METRIC = {
  timestamper_config: {
    one_way_delay_estimator_min_interval: {
      type: "duration",
      default: "5s",
      help: "Least time between two estimates of the one-way delay",
    },
    one_way_delay_estimator_max_batch: {
      type: "int32",
      default: 100,
      help: "Batches after which a new estimate is made",
    },
  },
  collector: {
    sampling_interval_ms: {
      type: "uint32",
      default: 3000,
      help: "Milliseconds between two samples",
    },
    batch_interval_ms: { type: "uint32", default: 10000, help: "Milliseconds of one batch" },
  },
  reporter: {
    reporting_interval_ms: { type: "uint32", default: 10000, help: "Milliseconds between reports" },
  },
} as const;
