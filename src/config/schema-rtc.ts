import { CONGESTION_CONTROL } from "./schema-congestion.ts";

const TURN_SERVER = {
  host: { type: "string", default: "", help: "Host name or address" },
  port: { type: "port", default: 0, help: "Port" },
  protocol: {
    type: "string",
    default: "",
    oneOf: ["", "tls", "tcp", "udp"],
    help: "tls, tcp or udp",
  },
  username: { type: "string", default: "", help: "Fixed user name" },
  credential: { type: "string", default: "", secret: true, help: "Fixed password" },
  credentials_file: {
    type: "string",
    default: "",
    help: "YAML file with username and credential, closed to others",
  },
  secret: {
    type: "string",
    default: "",
    secret: true,
    help: "Shared secret for credentials that expire (TURN REST API)",
  },
  secret_file: {
    type: "string",
    default: "",
    help: "File with that secret, closed to others",
  },
  ttl: {
    type: "int64",
    default: 0,
    unit: "Seconds",
    help: "Life of such credentials in seconds; 0 means 14400, at most 86400",
  },
} as const;

/** `rtc`: sockets, candidates, and how media is forwarded. */
export const RTC = {
  udp_port: {
    type: "port-range",
    default: { start: 0, end: 0 },
    help: "UDP port N, or ports A-B of which each media worker takes one; 7882 in development",
    example: ["7882-7885"],
  },
  tcp_port: { type: "port", default: 7881, help: "Port for ICE over TCP; 0 turns it off" },
  port_range_start: {
    type: "port",
    default: 0,
    help: "First UDP port for media; 50000 when neither this nor udp_port is set",
    example: ["50000"],
  },
  port_range_end: {
    type: "port",
    default: 0,
    help: "Last UDP port for media; 60000 when neither this nor udp_port is set",
    example: ["60000"],
  },
  workers: {
    type: "int32",
    default: -1,
    min: -1,
    max: 256,
    help: "Media threads: -1 is one per core, 0 runs media in the main thread",
  },
  room_spill_participants: {
    type: "int32",
    default: 100,
    min: 0,
    max: 1_000_000,
    help: "Participants of a room on each media thread before it takes one more; 0: it never does",
  },
  use_stun_port_as_ice: {
    type: "bool",
    default: false,
    help: "Take media on UDP port 3478 as well",
  },
  node_ip: {
    type: "node-ip",
    default: { ipv4: "", ipv6: "" },
    help: "Address that clients reach this node at: v4, v6 or v4,v6; empty means automatic",
    example: ["203.0.113.10"],
  },
  use_external_ip: {
    type: "bool",
    default: false,
    help: "Ask STUN servers for this node's public address",
  },
  stun_servers: {
    type: "strings",
    default: [],
    help: "STUN servers (host:port) for discovery and for clients",
    example: ["- stun.example.com:3478"],
  },
  require_ipv4: { type: "bool", default: false, help: "Do not start without an IPv4 address" },
  skip_external_ip_validation: {
    type: "bool",
    default: false,
    help: "Believe the discovered address without sending a packet to it",
  },
  advertise_internal_ip: {
    type: "bool",
    default: false,
    help: "Offer clients the local address beside the public one",
  },
  external_ip_only: {
    type: "bool",
    default: false,
    help: "Offer clients no address that has no public one",
  },
  enable_loopback_candidate: {
    type: "bool",
    default: false,
    help: "Use loopback addresses for media too",
  },
  use_ice_lite: {
    type: "bool",
    default: false,
    help: "ICE-lite; this server always answers checks and sends none",
  },
  use_mdns: { type: "bool", default: false, help: "Resolve mDNS names in clients' candidates" },
  interfaces: {
    includes: {
      type: "strings",
      default: [],
      help: "Only these network interfaces",
      example: ["- eth0"],
    },
    excludes: {
      type: "strings",
      default: [],
      help: "Not these network interfaces",
      example: ["- docker0"],
    },
  },
  ips: {
    includes: {
      type: "strings",
      default: [],
      help: "Only addresses in these ranges (CIDR)",
      example: ["- 10.0.0.0/16"],
    },
    excludes: {
      type: "strings",
      default: [],
      help: "No addresses in these ranges; without effect beside includes",
      example: ["- 192.168.1.0/24"],
    },
  },
  force_tcp: { type: "bool", default: false, help: "Offer clients TCP only" },
  allow_tcp_fallback: {
    type: "bool",
    default: true,
    help: "Let clients go over to TCP or TURN/TLS when UDP fails",
  },
  tcp_fallback_rtt_threshold: {
    type: "int64",
    default: 0,
    unit: "Ms",
    help: "Signal round trip in ms from which TURN/TLS is taken instead of TCP; 0 is off",
  },
  allow_udp_unstable_fallback: {
    type: "bool",
    default: false,
    help: "Leave a lossy UDP connection too; needs tcp_fallback_rtt_threshold",
  },
  turn_servers: {
    type: "section-list",
    of: TURN_SERVER as typeof TURN_SERVER,
    default: [],
    help: "Other TURN servers that clients may use",
    example: [
      "- host: turn.example.com",
      "  port: 443",
      "  protocol: tls",
      "  secret_file: /etc/parley/turn-secret",
    ],
  },
  batch_io: {
    batch_size: { type: "int32", default: 0, help: "Packets that leave in one batch at most" },
    max_flush_interval: {
      type: "duration",
      default: "0s",
      help: "How long a packet may wait for its batch",
    },
  },
  host_acceptance_min_wait: {
    type: "duration",
    default: "0s",
    help: "Wait before a host candidate pair is taken",
  },
  srflx_acceptance_min_wait: {
    type: "duration",
    default: "0s",
    help: "Wait before a server reflexive pair is taken",
  },
  prflx_acceptance_min_wait: {
    type: "duration",
    default: "0s",
    help: "Wait before a peer reflexive pair is taken",
  },
  relay_acceptance_min_wait: {
    type: "duration",
    default: "0s",
    help: "Wait before a relayed pair is taken",
  },
  sctp_min_cwnd: {
    type: "uint32",
    default: 0,
    unit: "Bytes",
    help: "Least congestion window of data channels, in bytes",
  },
  sctp_fast_rtx_wnd: {
    type: "uint32",
    default: 0,
    unit: "Bytes",
    help: "Window for fast retransmission, in bytes",
  },
  sctp_cwnd_ca_step: {
    type: "uint32",
    default: 0,
    unit: "Bytes",
    help: "Growth of that window in congestion avoidance, in bytes",
  },
  enable_warp: {
    type: "bool",
    default: false,
    help: "Connect in fewer round trips (DTLS in STUN, SCTP set-up in SDP)",
  },
  packet_buffer_size_video: {
    type: "int32",
    default: 500,
    min: 0,
    help: "Video packets kept for retransmission, per layer; 0 means 500",
  },
  packet_buffer_size_audio: {
    type: "int32",
    default: 200,
    min: 0,
    help: "Audio packets kept for retransmission; 0 means 200",
  },
  pli_throttle: {
    low_quality: {
      type: "duration",
      default: "500ms",
      help: "Least time between two key frame requests, lowest layer",
    },
    mid_quality: { type: "duration", default: "1s", help: "The same, middle layer" },
    high_quality: { type: "duration", default: "1s", help: "The same, highest layer" },
  },
  rtx_budget: {
    audio: {
      max_ratio: {
        type: "float",
        default: 0,
        min: 0,
        help: "Retransmitted audio bytes for each sent byte at most; 0 is no limit",
      },
      burst_bytes: { type: "int64", default: 4000, help: "Bytes that may exceed it for a moment" },
    },
    video: {
      max_ratio: {
        type: "float",
        default: 0,
        min: 0,
        help: "Retransmitted video bytes for each sent byte at most; 0 is no limit",
      },
      burst_bytes: { type: "int64", default: 64000, help: "Bytes that may exceed it for a moment" },
    },
  },
  flexfec: {
    upstream_enabled: {
      type: "bool",
      default: false,
      help: "Take forward error correction from publishers",
    },
  },
  congestion_control: CONGESTION_CONTROL as typeof CONGESTION_CONTROL,
  reconnect_on_publication_error: {
    type: "bool",
    default: false,
    help: "Make a client reconnect when its track does not get through",
  },
  reconnect_on_subscription_error: {
    type: "bool",
    default: false,
    help: "Make a client reconnect when a subscription fails",
  },
  reconnect_on_data_channel_error: {
    type: "bool",
    default: false,
    help: "Make a client reconnect when its data channel fails",
  },
  datachannel_slow_threshold: {
    type: "int64",
    default: 0,
    unit: "Bps",
    help: "Reliable data is dropped for readers that take less, in bits a second; 0 is off",
  },
  datachannel_lossy_target_latency: {
    type: "duration",
    default: "0s",
    help: "Lossy data that would wait longer is dropped; 0s leaves it to the server",
  },
  datachannel_data_track_target_latency: {
    type: "duration",
    default: "100ms",
    help: "The same for data tracks",
  },
  forward_stats: {
    summary_interval: {
      type: "duration",
      default: "0s",
      help: "How often forwarding latency is summed up; all three are needed",
    },
    report_interval: { type: "duration", default: "0s", help: "How often it is reported" },
    report_window: { type: "duration", default: "0s", help: "Stretch that a report covers" },
  },
  enable_rtp_stream_restart_detection: {
    type: "bool",
    default: false,
    help: "Frame numbers of AV1 and VP9 may begin anew after 30 seconds without a packet",
  },
  strict_acks: {
    type: "bool",
    default: false,
    deprecated: "it has no effect",
    help: "Without effect",
  },
  packet_buffer_size: {
    type: "int32",
    default: 0,
    deprecated: "use rtc.packet_buffer_size_video and rtc.packet_buffer_size_audio",
    help: "Without effect",
  },
  data_channel_max_buffered_amount: {
    type: "uint64",
    default: 0,
    deprecated: "it has no effect",
    help: "Without effect",
  },
} as const;
