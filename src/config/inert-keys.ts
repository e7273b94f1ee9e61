import type { Config } from "./config.ts";
import { SCHEMA } from "./schema.ts";
import { fieldNameOf, isLeaf, type Leaf, type Section } from "./schema-types.ts";
import { defaultOf } from "./settings.ts";

/**
 * Settings that are read and checked but change nothing yet. A name ending in `.*` stands for all
 * below it. Whoever builds a feature takes its lines out.
 */
export const INERT_KEYS: readonly string[] = [
  "agents.*",
  "api.*",
  "debug_handler.*",
  "ingress.*",
  "limit.agent_signal_message_size_limit",
  "limit.subscribe_pace_shadow_rates",
  "logging.item_sample_initial",
  "logging.item_sample_interval",
  "logging.item_sample_seconds",
  "logging.sample",
  "logging.sample_initial",
  "logging.sample_interval",
  "metric.*",
  "node_selector.*",
  "node_stats.*",
  "psrpc.*",
  "redis.*",
  "room.create_room_attempts",
  "room.create_room_timeout",
  "rtc.batch_io.*",
  "rtc.enable_warp",
  "rtc.flexfec.*",
  "rtc.forward_stats.*",
  "rtc.host_acceptance_min_wait",
  "rtc.prflx_acceptance_min_wait",
  "rtc.reconnect_on_publication_error",
  "rtc.reconnect_on_subscription_error",
  "rtc.relay_acceptance_min_wait",
  "rtc.srflx_acceptance_min_wait",
  "rtc.use_ice_lite",
  "rtc.use_mdns",
  "rtc.use_stun_port_as_ice",
  "signal_relay.*",
  "trace.*",
  "webhook.url_notifier.*",
  "webtransport.*",
];

/** Dotted paths that differ from their default and have no effect yet, to be logged at start. */
export function inertKeys(config: Config): readonly string[] {
  return [...changedLeaves(SCHEMA, config, "")].filter((path) =>
    INERT_KEYS.some((inert) => covers(inert, path)),
  );
}

/** Whether `path` is the inert key itself or, for `a.*`, below it. */
export function covers(inert: string, path: string): boolean {
  return inert.endsWith(".*") ? path.startsWith(inert.slice(0, -1)) : path === inert;
}

function* changedLeaves(section: Section, values: unknown, prefix: string): Generator<string> {
  for (const [key, node] of Object.entries(section)) {
    const value = (values as Record<string, unknown>)[fieldNameOf(key, node)];
    const path = prefix + key;
    if (!isLeaf(node)) yield* changedLeaves(node, value, `${path}.`);
    else if (node.deprecated === undefined && isChanged(path, node, value)) yield path;
  }
}

function isChanged(path: string, leaf: Leaf, value: unknown): boolean {
  // Loading fills these in by itself.
  if (path === "turn.relay_range_start" || path === "turn.relay_range_end") return false;
  return JSON.stringify(value) !== JSON.stringify(defaultOf(leaf));
}
