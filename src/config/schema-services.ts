/** `logging` */
export const LOGGING = {
  level: {
    type: "string",
    default: "",
    oneOf: ["", "debug", "info", "warn", "error"],
    help: "debug, info, warn or error; empty is info, in development debug",
    example: ["info"],
  },
  json: { type: "bool", default: false, help: "One JSON object a line instead of text" },
  sample: { type: "bool", default: false, help: "Leave out lines that repeat" },
  sample_initial: { type: "int32", default: 0, help: "Lines a second that are always written" },
  sample_interval: {
    type: "int32",
    default: 0,
    help: "Beyond those, one in this many is written",
  },
  item_sample_seconds: {
    type: "int32",
    default: 0,
    help: "Seconds that the next two count over, for one track",
  },
  item_sample_initial: {
    type: "int32",
    default: 0,
    help: "Lines of one track in that time that are always written",
  },
  item_sample_interval: {
    type: "int32",
    default: 0,
    help: "Beyond those, one in this many is written",
  },
  component_levels: {
    type: "string-map",
    default: {},
    help: "Levels of components, by dotted name",
    example: ["transport.ice: debug"],
  },
  pion_level: {
    type: "string",
    default: "error",
    oneOf: ["", "debug", "info", "warn", "error"],
    help: "Level of the components pion and transport.pion",
  },
} as const;

/** `redis`: without it the node stands alone. */
export const REDIS = {
  address: {
    type: "string",
    default: "",
    help: "host:port; all nodes that share it form one service",
    example: ["redis.example.com:6379"],
  },
  username: { type: "string", default: "", help: "User name" },
  password: { type: "string", default: "", secret: true, help: "Password" },
  db: { type: "int32", default: 0, min: 0, help: "Database number; one for each cluster" },
  use_tls: {
    type: "bool",
    default: false,
    deprecated: "use redis.tls.enabled",
    copyTo: "redis.tls.enabled",
    help: "Moved to redis.tls.enabled",
  },
  tls: {
    enabled: { type: "bool", default: false, help: "Connect by TLS 1.2 or newer" },
    insecure: { type: "bool", default: false, help: "Accept any certificate" },
    server_name: { type: "string", default: "", help: "Name that the certificate must have" },
    ca_cert_file: { type: "string", default: "", help: "File with the trusted roots" },
    client_cert_file: { type: "string", default: "", help: "File with our certificate" },
    client_key_file: { type: "string", default: "", help: "File with its key" },
  },
  sentinel_master_name: { type: "string", default: "", help: "Name of the master in Sentinel" },
  sentinel_username: { type: "string", default: "", help: "User name for Sentinel" },
  sentinel_password: { type: "string", default: "", secret: true, help: "Password for Sentinel" },
  sentinel_addresses: {
    type: "strings",
    default: [],
    help: "Sentinels (host:port); set these instead of address",
    example: ["- sentinel-0.example.com:26379"],
  },
  cluster_addresses: {
    type: "strings",
    default: [],
    help: "Nodes of a Redis Cluster (host:port); set these instead of address",
    example: ["- redis-0.example.com:6379"],
  },
  dial_timeout: {
    type: "int64",
    default: 2000,
    unit: "Ms",
    help: "Milliseconds to connect",
  },
  read_timeout: { type: "int64", default: 200, unit: "Ms", help: "Milliseconds to read an answer" },
  write_timeout: {
    type: "int64",
    default: 200,
    unit: "Ms",
    help: "Milliseconds to write a command",
  },
  max_redirects: { type: "int32", default: 2, help: "Redirects to follow in a Redis Cluster" },
  pool_timeout: {
    type: "duration",
    default: "0s",
    help: "Wait for a free connection; 0s is up to the client",
  },
  pool_size: { type: "int32", default: 0, help: "Connections; 0 is up to the client" },
} as const;

/** `turn`: the embedded TURN server. */
export const TURN = {
  enabled: { type: "bool", default: false, help: "Run the embedded TURN server" },
  domain: {
    type: "string",
    default: "",
    help: "Its host name, as in its certificate; needed for TLS",
    example: ["turn.example.com"],
  },
  cert_file: { type: "string", default: "", help: "Certificate (PEM)" },
  key_file: { type: "string", default: "", help: "Its key (PEM)" },
  tls_port: {
    type: "port",
    default: 0,
    help: "Port for TURN over TLS, which clients reach as 443; 0 is off",
    example: ["5349"],
  },
  udp_port: {
    type: "port",
    default: 0,
    help: "Port for TURN over UDP, also a STUN server; 0 is off",
    example: ["3478"],
  },
  relay_range_start: {
    type: "port",
    default: 0,
    help: "First port of relays; 30000 when either end is 0",
    example: ["30000"],
  },
  relay_range_end: {
    type: "port",
    default: 0,
    help: "Last port of relays; 40000 when either end is 0, in development 30002",
    example: ["40000"],
  },
  external_tls: {
    type: "bool",
    default: false,
    help: "A load balancer ends TLS: take plain TCP on tls_port",
  },
  bind_addresses: { type: "strings", default: ["0.0.0.0"], help: "Addresses to listen on" },
  proxy_protocol: {
    type: "bool",
    default: false,
    help: "Expect a PROXY header (v1 or v2) from the trusted addresses",
  },
  proxy_protocol_trusted_cidrs: {
    type: "strings",
    default: ["127.0.0.0/8", "::1/128"],
    help: "Addresses that send a PROXY header",
  },
  per_user_relay_allocation_limit: {
    type: "int32",
    default: 12,
    help: "Relays that one participant may hold; 0 is no limit",
  },
  ttl_seconds: {
    type: "int64",
    default: 300,
    help: "Life of credentials in seconds, at most 86400",
  },
  allow_restricted_peer_cidrs: {
    type: "strings",
    default: [],
    help: "Private, loopback and other special addresses that relays may talk to",
    example: ["- 10.0.0.0/8"],
  },
  deny_peer_cidrs: {
    type: "strings",
    default: [],
    help: "Addresses that relays never talk to",
    example: ["- 192.0.2.0/24"],
  },
} as const;

/** `webhook` */
export const WEBHOOK = {
  urls: {
    type: "strings",
    default: [],
    help: "Where events are posted",
    example: ["- https://app.example.com/livekit-events"],
  },
  api_key: { type: "string", default: "", help: "Which of keys signs them", example: ["devkey"] },
  outbox: {
    type: "string",
    default: "",
    help: "Directory of this server alone: undelivered events survive a restart and are tried for 24h",
    example: ["/var/lib/parley/webhooks"],
  },
  url_notifier: {
    num_workers: { type: "int32", default: 10, help: "Deliveries at one time" },
    queue_size: { type: "int32", default: 100, help: "Events that wait at most" },
  },
  resource_url_notifier: {
    max_age: {
      type: "duration",
      default: "30s",
      help: "Age at which an event outside the outbox is given up",
    },
    max_depth: {
      type: "int32",
      default: 200,
      help: "Events of one room that wait outside the outbox at most",
    },
  },
  filter_params: {
    include_events: {
      type: "strings",
      default: [],
      help: "Only these events",
      example: ["- room_started"],
    },
    exclude_events: {
      type: "strings",
      default: [],
      help: "Not these events",
      example: ["- track_published"],
    },
  },
} as const;

/** `ingress`: addresses that are handed to those who create one. */
export const INGRESS = {
  rtmp_base_url: {
    type: "string",
    default: "",
    help: "Where the ingress service takes RTMP",
    example: ["rtmp://ingress.example.com/live"],
  },
  whip_base_url: {
    type: "string",
    default: "",
    help: "Where the ingress service takes WHIP",
    example: ["https://ingress.example.com/whip"],
  },
  enable_udp_url_pull: {
    type: "bool",
    default: false,
    help: "Let an ingress pull udp:// addresses",
  },
} as const;

/** `agents` */
export const AGENTS = {
  enable_user_data_recording: {
    type: "bool",
    default: false,
    help: "Let agents record what participants say",
  },
  enable_user_data_redaction: {
    type: "bool",
    default: false,
    help: "Have agents leave personal data out of records",
  },
  target_load: {
    type: "float",
    default: 0.7,
    help: "Workers above this load get jobs only when all are",
  },
  endpoints: {
    disabled: { type: "bool", default: false, help: "Turn off HTTP endpoints of agents" },
    max_streams: { type: "int32", default: 0, help: "Requests of one session; 0 means 256" },
    max_tunnels: {
      type: "int32",
      default: 0,
      help: "WebSockets of one session; 0 means half of max_streams",
    },
    tunnel_drain_timeout: {
      type: "duration",
      default: "0s",
      help: "How long they may last when a worker stops; 0s means 30s",
    },
  },
} as const;
