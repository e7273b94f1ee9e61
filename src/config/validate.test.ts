import { expect, test } from "bun:test";
import { loadTest } from "../../test/support/test-config.ts";

const KEYS = `keys: {key: ${"s".repeat(32)}}\n`;

test.each([
  ["rtc: {udp_port: 9-3}", "end port 3 must not be below start port 9"],
  [
    "rtc: {port_range_start: 9, port_range_end: 3}",
    "could not validate RTC config: port_range_end",
  ],
  ["rtc: {port_range_start: 9}", "could not validate RTC config: port_range_end"],
  ["rtc: {force_tcp: true, tcp_port: 0}", "TCP is forced but not configured"],
  ["rtc: {ips: {includes: [10.0.0.0]}}", 'invalid CIDR "10.0.0.0" in rtc.ips.includes'],
  ["rtc: {ips: {excludes: [10.0.0.0/40]}}", "in rtc.ips.excludes"],
  ["prometheus: {port: 1, username: u}", "prometheus.username and prometheus.password"],
  ["prometheus: {port: 1, password: p}", "prometheus.username and prometheus.password"],
  ["webhook: {urls: [http://127.0.0.1:9/x]}", "api_key is required to use webhooks"],
  ["webhook: {urls: [http://127.0.0.1:9/x], api_key: other}", '"other" is not among keys'],
  ["turn: {enabled: true}", "invalid TURN ports"],
  ["turn: {enabled: true, tls_port: 5349, external_tls: true}", "TURN domain required"],
  [
    "turn: {enabled: true, tls_port: 5349, external_tls: true, domain: localhost}",
    "TURN domain is not correct",
  ],
  [
    "turn: {enabled: true, tls_port: 5349, external_tls: true, domain: a_b.example.com}",
    "TURN domain is not correct",
  ],
  ["turn: {enabled: true, tls_port: 5349, domain: turn.example.com}", "TURN tls cert required"],
  ["turn: {enabled: true, udp_port: 3478, deny_peer_cidrs: [x]}", "in turn.deny_peer_cidrs"],
  [
    "turn: {enabled: true, udp_port: 3478, allow_restricted_peer_cidrs: [x]}",
    "in turn.allow_restricted_peer_cidrs",
  ],
  [
    "turn: {enabled: true, udp_port: 3478, relay_range_start: 9, relay_range_end: 3}",
    "turn.relay_range_end",
  ],
  ["node_selector: {kind: x}", "unsupported node selector"],
  ['node_selector: {sort_by: ""}', "node_selector.sort_by"],
  ['node_selector: {algorithm: ""}', "node_selector.algorithm"],
  ["node_selector: {kind: regionaware}", "current region cannot be blank"],
  [
    "region: a\nnode_selector: {kind: regionaware, regions: [{name: b, lat: 1, lon: 2}]}",
    "unknown lat and lon for the current region",
  ],
  ["rtc: {congestion_control: {send_side_bwe_pacer: x}}", 'invalid send_side_bwe_pacer "x"'],
  ["rtc: {turn_servers: [{host: h}]}", "turn server has no usable credentials"],
  ["rtc: {turn_servers: [{host: h, username: u}]}", "turn server has no usable credentials"],
  ["rtc: {turn_servers: [{host: h, secret: '  '}]}", "turn server has no usable credentials"],
  ["webtransport: {port: 1}", "webtransport.tls_cert_file"],
])("%s is refused: %s", (yaml, text) => {
  expect(() => loadTest({ yaml: `${KEYS}${yaml}\n` })).toThrow(text);
});

test.each([
  "rtc: {udp_port: 5000-5000}",
  "rtc: {port_range_start: 5000, port_range_end: 5000}",
  "rtc: {force_tcp: true}",
  "prometheus: {port: 1, username: u, password: p}",
  "webhook: {urls: [http://127.0.0.1:9/x], api_key: key}",
  "webhook: {api_key: other}",
  "turn: {enabled: false, tls_port: 5349}",
  "turn: {enabled: true, udp_port: 3478}",
  "turn: {enabled: true, tls_port: 5349, external_tls: true, domain: turn.example.com}",
  "turn: {enabled: true, tls_port: 5349, domain: t.example.com, cert_file: c, key_file: k}",
  "node_selector: {kind: regionaware}\nregion: a",
  "region: b\nnode_selector: {kind: regionaware, regions: [{name: b, lat: 1, lon: 2}]}",
  "webtransport: {port: 1}\ndevelopment: true",
])("%s is accepted", (yaml) => {
  expect(loadTest({ yaml: `${KEYS}${yaml}\n` }).config.keys).toHaveProperty("key");
});

test("several mistakes are reported together", () => {
  const yaml = "rtc: {force_tcp: true, tcp_port: 0}\nprometheus: {username: u}\n";
  let message = "";
  try {
    loadTest({ yaml });
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message.split("\n")).toHaveLength(3);
});
