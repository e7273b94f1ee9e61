import { expect, test } from "bun:test";
import { readConfigYaml, readStringMapYaml } from "./read-yaml.ts";

function problems(text: string, strict = true): readonly string[] {
  return readConfigYaml(text, "a.yaml", strict).problems;
}

function settings(text: string): Record<string, unknown> {
  const result = readConfigYaml(text, "a.yaml", true);
  expect(result.problems).toEqual([]);
  return Object.fromEntries(result.settings);
}

test("an empty document around the only one is no second one", () => {
  for (const text of ["---\nport: 1\n---\n", "port: 1\n...\n", "port: 1\n--- # end\n"]) {
    expect(settings(text)).toEqual({ port: 1 });
  }
});

test.each([
  {
    title: "an unknown key, with the one that was meant",
    text: "port: 7880\nrooms: {}\n",
    expected: ['a.yaml:2:1: unknown key "rooms", did you mean "room"?'],
  },
  {
    title: "an unknown key that is near to nothing",
    text: "no_such_field: 1\n",
    expected: ['a.yaml:1:1: unknown key "no_such_field"'],
  },
  {
    title: "an unknown key in depth, compared with the keys beside it",
    text: "rtc:\n  congestion_control:\n    enabeld: true\n",
    expected: ['a.yaml:3:5: unknown key "enabeld", did you mean "enabled"?'],
  },
  {
    title: "an unknown key in an element of a list",
    text: "rtc:\n  turn_servers:\n    - host: a\n      prot: 1\n",
    expected: ['a.yaml:4:7: unknown key "prot", did you mean "port"?'],
  },
  {
    title: "a word for a number",
    text: "port: abc\n",
    expected: ['a.yaml:1:7: port: expected a whole number from 0 to 65535, found "abc"'],
  },
  {
    title: "a quoted number",
    text: 'port: "7880"\n',
    expected: ['a.yaml:1:7: port: expected a number, found the text "7880": leave out the quotes'],
  },
  {
    title: "a duration without a unit",
    text: "signal_relay: {retry_timeout: 5}\n",
    expected: [
      'a.yaml:1:31: signal_relay.retry_timeout: expected a duration such as 500ms, 30s or 1m30s, found "5"',
    ],
  },
  {
    title: "a list for a section",
    text: "room: [1]\n",
    expected: ["a.yaml:1:7: room: expected keys and values, found a list"],
  },
  {
    title: "a name for an address to listen on",
    text: "bind_addresses:\n  - 127.0.0.1\n  - no.such.host\n",
    expected: [
      'a.yaml:3:5: bind_addresses: expected an IP address or localhost, found "no.such.host"',
    ],
  },
  {
    title: "a second document",
    text: "port: 7880\n---\nport: 7881\n---\nport: 7882\n",
    expected: ["a.yaml:3:1: a second document, which nobody would read: join the two"],
  },
  {
    title: "a tag that nobody knows",
    text: "port: !foo 3\n",
    expected: ["a.yaml:1:7: Unresolved tag: !foo"],
  },
  {
    title: "a text for a list",
    text: "bind_addresses: 127.0.0.1\n",
    expected: ['a.yaml:1:17: bind_addresses: expected a list, found "127.0.0.1"'],
  },
  {
    title: "a section for a value",
    text: "region: {a: 1}\n",
    expected: ["a.yaml:1:9: region: expected one value, found keys and values"],
  },
  {
    title: "several mistakes at once, in the order of the text",
    text: "prot: 1\nroom:\n  empty_timeout: never\n  max_participants: -1\nlogging: {level: loud}\n",
    expected: [
      'a.yaml:1:1: unknown key "prot", did you mean "port"?',
      'a.yaml:3:18: room.empty_timeout: expected a whole number from 0 to 4294967295, found "never"',
      'a.yaml:4:21: room.max_participants: expected a whole number from 0 to 4294967295, found "-1"',
      'a.yaml:5:18: logging.level: expected one of debug, info, warn, error, found "loud"',
    ],
  },
  {
    title: "a duplicate key",
    text: "port: 1\nregion: a\nport: 2\n",
    expected: ['a.yaml:3:1: duplicate key "port"'],
  },
  {
    title: "a list at the top",
    text: "- 1\n",
    expected: ["a.yaml:1:1: expected keys and values, found a list"],
  },
  {
    title: "a selector that there is not",
    text: "node_selector: {kind: magic}\n",
    expected: [
      'a.yaml:1:23: node_selector.kind: unsupported node selector "magic", must be any, cpuload, sysload or regionaware',
    ],
  },
  {
    title: "a pacer that there is not",
    text: "rtc: {congestion_control: {send_side_bwe_pacer: x}}\n",
    expected: [
      'a.yaml:1:49: rtc.congestion_control.send_side_bwe_pacer: could not validate congestion control config: invalid send_side_bwe_pacer "x", must be one of "pass-through", "no-queue", "leaky-bucket"',
    ],
  },
])("reported with line and column: $title", ({ text, expected }) => {
  expect(problems(text)).toEqual([...expected]);
});

test("broken YAML is reported with line and column", () => {
  expect(problems("port: [1\n  x: {\n")[0]).toMatch(/^a\.yaml:1:\d+: /);
  expect(problems('port: "abc\n')[0]).toMatch(/^a\.yaml:\d+:\d+: /);
});

test("without strictness unknown keys pass, and nothing else does", () => {
  expect(problems("foo: 1\nroom: {bar: 2}\n", false)).toEqual([]);
  expect(problems("foo: 1\nport: x\n", false)).toHaveLength(1);
  expect(problems("foo: 1\nfoo: 2\n", false)).toHaveLength(1);
});

test("only what the text sets is a setting", () => {
  expect(settings("")).toEqual({});
  expect(settings("# nothing\n")).toEqual({});
  expect(settings("port: ~\nroom:\nkeys:\n")).toEqual({});
  expect(settings("port: 1_000\nsip: {}\n")).toEqual({ port: 1000 });
});

test("values of every kind arrive in the form of Config", () => {
  const text = `
keys: { a: b, "123": 456 }
region: 12
enable_data_tracks: no
bind_addresses: [127.0.0.1, "::1"]
agents: { target_load: 1 }
signal_relay: { retry_timeout: 1m30s }
rtc:
  udp_port: 7882-7885
  node_ip: 203.0.113.1,2001:db8::1
  turn_servers: [{ host: turn.example.com, port: 443, ttl: 60 }]
node_stats: { stats_rate_measurement_intervals: [10s, 1m] }
video:
  stream_tracker_manager:
    video:
      bitrate_report_interval: { 2: 500ms }
      packet_tracker: { 1: { cycle_duration: 1s } }
room:
  room_configurations: { a: { max_participants: 3, agents: [{ agent_name: x }] } }
`;
  expect(settings(text)).toEqual({
    keys: { a: "b", "123": "456" },
    region: "12",
    enable_data_tracks: false,
    bind_addresses: ["127.0.0.1", "::1"],
    "agents.target_load": 1,
    "signal_relay.retry_timeout": 90_000,
    "rtc.udp_port": { start: 7882, end: 7885 },
    "rtc.node_ip": { ipv4: "203.0.113.1", ipv6: "2001:db8::1" },
    "rtc.turn_servers": [
      {
        host: "turn.example.com",
        port: 443,
        protocol: "",
        username: "",
        credential: "",
        credentialsFile: "",
        secret: "",
        secretFile: "",
        ttlSeconds: 60,
      },
    ],
    "node_stats.stats_rate_measurement_intervals": [10_000, 60_000],
    "video.stream_tracker_manager.video.bitrate_report_interval": { "2": 500 },
    "video.stream_tracker_manager.video.packet_tracker": {
      "1": { samplesRequired: 0, cyclesRequired: 0, cycleDurationMs: 1000 },
    },
    "room.room_configurations": { a: { max_participants: 3, agents: [{ agent_name: "x" }] } },
  });
});

test("anchors and merged maps count, and a map's own keys win over merged ones", () => {
  const text = "room: &a {empty_timeout: 5, departure_timeout: 6}\n";
  expect(settings(`${text}limit: {}\n`)).toEqual({
    "room.empty_timeout": 5,
    "room.departure_timeout": 6,
  });
  const merged = "audio: &a {active_level: 1}\n";
  expect(problems(`${merged}room: {<<: *a}\n`)).toEqual([
    'a.yaml:1:12: unknown key "active_level"',
  ]);
  const lists = "rtc:\n  turn_servers:\n    - &t {host: a, port: 1}\n    - {<<: *t, host: b}\n";
  expect(settings(lists)["rtc.turn_servers"]).toMatchObject([
    { host: "a", port: 1 },
    { host: "b", port: 1 },
  ]);
});

test("a small text that stands for a large tree is refused, not followed", () => {
  const levels = Array.from({ length: 12 }, (_, i) => {
    return i === 0 ? "x0: &x0 {<<: {}}" : `x${i}: &x${i} {<<: [${`*x${i - 1},`.repeat(9)}]}`;
  });
  const bomb = `${levels.join("\n")}\nroom: {<<: *x11}\n`;
  expect(problems(bomb, false).join("\n")).toMatch(/more than 100000 values/);
});

test("a merge that contains itself ends", () => {
  expect(problems("room: &a\n  empty_timeout: 1\n  <<: *a\n").length).toBeGreaterThan(0);
});

test("nesting without end is refused", () => {
  expect(problems(`room: ${"[".repeat(50_000)}`)).not.toEqual([]);
  expect(problems(`room: ${"{a: ".repeat(20_000)}`)).not.toEqual([]);
});

test("a map of texts keeps numbers as they are written and refuses lists", () => {
  expect(readStringMapYaml("key1: secret1\nkey2: 0123", "keys")).toEqual({
    values: { key1: "secret1", key2: "0123" },
    problems: [],
  });
  expect(readStringMapYaml("key:secret", "keys").problems).toHaveLength(1);
  expect(readStringMapYaml("a: [1]", "keys").problems).toEqual([
    "keys:1:4: a: expected a text, found a list",
  ]);
});
