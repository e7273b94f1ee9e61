import { API, METRIC, NODE_SELECTOR, NODE_STATS, PSRPC, SIGNAL_RELAY } from "./schema-cluster.ts";
import { AUDIO, VIDEO } from "./schema-media.ts";
import { LIMIT, ROOM } from "./schema-room.ts";
import { RTC } from "./schema-rtc.ts";
import { AGENTS, INGRESS, LOGGING, REDIS, TURN, WEBHOOK } from "./schema-services.ts";

/**
 * Every setting there is. Names and defaults are LiveKit server's (1.13), so that its config files
 * load unchanged; ours alone are `rtc.workers`, `rtc.room_spill_participants` and `webhook.outbox`.
 */
export const SCHEMA = {
  port: { type: "port", default: 7880, help: "HTTP port: server API, WebSocket, WHIP, health" },
  bind_addresses: {
    type: "bind-addresses",
    default: [],
    help: "IP addresses to listen on, or localhost; empty means all",
    example: ["- 192.0.2.10"],
  },
  keys: {
    type: "string-map",
    default: {},
    secret: true,
    help: "API keys and their secrets, which should have 32 characters or more",
  },
  key_file: {
    type: "string",
    default: "",
    help: "YAML file with keys instead, closed to others (chmod 640)",
  },
  region: { type: "string", default: "", help: "Name of this node's region" },
  development: {
    type: "bool",
    default: false,
    help: "The same as --dev: placeholder key, text log, one UDP port",
  },
  enable_data_tracks: { type: "bool", default: true, help: "Let participants publish data tracks" },
  enable_participant_data_blob: {
    type: "bool",
    default: false,
    help: "Let participants store data blobs",
  },
  prometheus: {
    port: { type: "port", default: 0, help: "Port for metrics; 0 is off" },
    username: { type: "string", default: "", help: "User name that metrics ask for" },
    password: { type: "string", default: "", secret: true, help: "Password that goes with it" },
  },
  prometheus_port: {
    type: "port",
    default: 0,
    deprecated: "use prometheus.port",
    copyTo: "prometheus.port",
    help: "Moved to prometheus.port",
  },
  debug_handler: {
    port: { type: "port", default: 0, help: "Port for /debug pages; 0 is off" },
  },
  webtransport: {
    port: { type: "port", default: 0, help: "UDP port for agents by WebTransport; 0 is off" },
    tls_cert_file: { type: "string", default: "", help: "Certificate (PEM)" },
    tls_key_file: { type: "string", default: "", help: "Its key (PEM)" },
  },
  logging: LOGGING as typeof LOGGING,
  log_level: {
    type: "string",
    default: "",
    oneOf: ["", "debug", "info", "warn", "error"],
    deprecated: "use logging.level",
    copyTo: "logging.level",
    help: "Moved to logging.level",
  },
  rtc: RTC as typeof RTC,
  audio: AUDIO as typeof AUDIO,
  video: VIDEO as typeof VIDEO,
  room: ROOM as typeof ROOM,
  limit: LIMIT as typeof LIMIT,
  turn: TURN as typeof TURN,
  redis: REDIS as typeof REDIS,
  node_selector: NODE_SELECTOR as typeof NODE_SELECTOR,
  signal_relay: SIGNAL_RELAY as typeof SIGNAL_RELAY,
  psrpc: PSRPC as typeof PSRPC,
  node_stats: NODE_STATS as typeof NODE_STATS,
  api: API as typeof API,
  webhook: WEBHOOK as typeof WEBHOOK,
  ingress: INGRESS as typeof INGRESS,
  sip: {},
  agents: AGENTS as typeof AGENTS,
  metric: METRIC as typeof METRIC,
  trace: {
    jaeger_url: { type: "string", default: "", help: "Where traces are sent" },
  },
} as const;
