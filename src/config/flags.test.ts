import { expect, test } from "bun:test";
import { BASE_FLAGS, envNameOf, GENERATED_FLAGS } from "./flags.ts";

const NAMES = new Set(GENERATED_FLAGS.map(({ name }) => name));

test("every single value has a flag, named by its path", () => {
  for (const name of [
    "port",
    "rtc.tcp_port",
    "room.empty_timeout",
    "turn.enabled",
    "redis.address",
    "redis.tls.enabled",
    "logging.level",
    "audio.active_level",
    "rtc.allow_tcp_fallback",
    "rtc.reconnect_on_publication_error",
    "rtc.udp_port.start",
    "rtc.udp_port.end",
    "rtc.node_ip.ipv4",
    "rtc.congestion_control.send_side_bwe.congestion_detector.probe_signal.min_bytes_ratio",
    "rtc.workers",
    "log_level",
  ]) {
    expect(NAMES, name).toContain(name);
  }
});

test("lists and maps have no flag, nor has a base flag a second one", () => {
  for (const name of ["bind_addresses", "keys", "region", "room.enabled_codecs", "rtc.udp_port"]) {
    expect(NAMES, name).not.toContain(name);
  }
});

test("names are unique", () => {
  expect(NAMES.size).toBe(GENERATED_FLAGS.length);
  expect(new Set(BASE_FLAGS.map(({ name }) => name)).size).toBe(BASE_FLAGS.length);
});

test("environment names are made from paths", () => {
  expect(envNameOf("rtc.node_ip.ipv4")).toBe("LIVEKIT_RTC_NODE_IP_IPV4");
  expect(envNameOf("room.empty_timeout")).toBe("LIVEKIT_ROOM_EMPTY_TIMEOUT");
});

test("two flags listen to one environment name only where one is deprecated", () => {
  const current = GENERATED_FLAGS.filter(({ leaf }) => leaf.deprecated === undefined);
  const names = [...current, ...BASE_FLAGS].flatMap(({ env }) => env ?? []);
  expect(new Set(names).size).toBe(names.length);
});

test("a flag refuses what its setting refuses", () => {
  const problem = (name: string, text: string) =>
    GENERATED_FLAGS.find((flag) => flag.name === name)?.problemWith(text);
  expect(problem("port", "7880")).toBeUndefined();
  expect(problem("port", "x")).toContain("whole number");
  expect(problem("signal_relay.retry_timeout", "5")).toContain("duration");
  expect(problem("turn.enabled", "maybe")).toContain("true or false");
  expect(problem("rtc.workers", "-2")).toContain("-1 or more");
  expect(problem("rtc.node_ip.ipv4", "x")).toContain("IPv4");
  expect(problem("rtc.node_ip.ipv4", "::1")).toContain("IPv4");
  expect(problem("rtc.node_ip.ipv6", "::1")).toBeUndefined();
});
