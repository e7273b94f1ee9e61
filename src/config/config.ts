import type { SCHEMA } from "./schema.ts";
import type { ConfigOf } from "./schema-types.ts";

/**
 * The loaded configuration: every setting with its effective value, deeply frozen. Fields are the
 * YAML keys in camelCase with their unit at the end: `room.empty_timeout` is
 * `room.emptyTimeoutSeconds`, `signal_relay.retry_timeout` is `signalRelay.retryTimeoutMs`.
 * Deprecated keys have no field: their value is in the one that took over.
 */
export type Config = ConfigOf<typeof SCHEMA>;

export type RtcConfig = Config["rtc"];
export type CongestionControlConfig = RtcConfig["congestionControl"];
export type TurnServerConfig = RtcConfig["turnServers"][number];
export type RoomConfig = Config["room"];
export type LimitConfig = Config["limit"];
export type AudioConfig = Config["audio"];
export type VideoConfig = Config["video"];
export type LoggingConfig = Config["logging"];
export type RedisConfig = Config["redis"];
export type TurnConfig = Config["turn"];
export type WebhookConfig = Config["webhook"];
export type NodeSelectorConfig = Config["nodeSelector"];
export type SignalRelayConfig = Config["signalRelay"];
export type PsrpcConfig = Config["psrpc"];
export type NodeStatsConfig = Config["nodeStats"];
export type ApiConfig = Config["api"];
export type AgentsConfig = Config["agents"];

type MutableOf<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends object
    ? { -readonly [K in keyof T]: MutableOf<T[K]> }
    : T;

/** While it is being put together. */
export type ConfigDraft = MutableOf<Config>;
