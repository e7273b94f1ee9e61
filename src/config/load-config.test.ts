import { expect, test } from "bun:test";
import { loadTest, type TestSources, testFiles } from "../../test/support/test-config.ts";
import type { Config } from "./config.ts";

const KEYS = `keys: {key: ${"s".repeat(32)}}\n`;

function configOf(sources: TestSources): Config {
  return loadTest({ ...sources, yaml: KEYS + (sources.yaml ?? "") }).config;
}

function failure(sources: TestSources): string {
  try {
    loadTest(sources);
  } catch (error) {
    expect((error as Error).name).toBe("ConfigError");
    return (error as Error).message;
  }
  throw new Error("the configuration was accepted");
}

test("units and camelCase make up the names of fields, one example for each kind", () => {
  const config = configOf({});
  // Reading them by name proves the type, the values that the loader follows it.
  expect({
    plain: config.port,
    unit: config.room.emptyTimeoutSeconds,
    ms: config.audio.updateIntervalMs,
    duration: config.signalRelay.retryTimeoutMs,
    durations: config.nodeStats.statsRateMeasurementIntervalsMs,
    durationMap: config.video.streamTrackerManager.screenshare.bitrateReportIntervalMs,
    sectionMap: config.video.streamTrackerManager.video.packetTracker["1"]?.cycleDurationMs,
    sectionList: config.room.enabledCodecs[2]?.mime,
    pair: config.rtc.udpPort,
    node: config.rtc.nodeIp,
    flag: config.rtc.useIceLite,
    deep: config.rtc.congestionControl.remoteBwe.probeController.probeRegulator.maxIntervalMs,
    choice: config.nodeSelector.algorithm,
    own: [config.rtc.workers, config.webhook.outbox],
  }).toEqual({
    plain: 7880,
    unit: 300,
    ms: 400,
    duration: 7500,
    durations: [10_000],
    durationMap: { "0": 4000, "1": 4000, "2": 4000 },
    sectionMap: 500,
    sectionList: "audio/opus",
    pair: { start: 0, end: 0 },
    node: { ipv4: "", ipv6: "" },
    flag: false,
    deep: 120_000,
    choice: "lowest",
    own: [-1, ""],
  });
});

test("a loaded configuration cannot be changed, nor do two share anything", () => {
  const first = configOf({});
  const room = first.room as { emptyTimeoutSeconds: number };
  expect(() => {
    room.emptyTimeoutSeconds = 1;
  }).toThrow();
  expect(Object.isFrozen(first.room.enabledCodecs[0])).toBe(true);
  expect(configOf({}).room.enabledCodecs).not.toBe(first.room.enabledCodecs);
});

const PORT_YAML = "room: {empty_timeout: 2}\n";
test.each([
  { title: "the default", sources: {}, seconds: 300 },
  { title: "YAML over the default", sources: { yaml: PORT_YAML }, seconds: 2 },
  {
    title: "the environment over YAML",
    sources: { yaml: PORT_YAML, env: { LIVEKIT_ROOM_EMPTY_TIMEOUT: "3" } },
    seconds: 3,
  },
  {
    title: "a flag over the environment",
    sources: {
      yaml: PORT_YAML,
      env: { LIVEKIT_ROOM_EMPTY_TIMEOUT: "3" },
      flags: { "room.empty_timeout": "4" },
    },
    seconds: 4,
  },
  {
    title: "YAML over an empty environment variable",
    sources: { yaml: PORT_YAML, env: { LIVEKIT_ROOM_EMPTY_TIMEOUT: "" } },
    seconds: 2,
  },
  {
    title: "the last of a flag given twice",
    sources: { flags: { "room.empty_timeout": ["4", "5"] } },
    seconds: 5,
  },
])("what counts is $title", ({ sources, seconds }) => {
  expect(configOf(sources as TestSources).room.emptyTimeoutSeconds).toBe(seconds);
});

test("addresses to listen on are told apart by what they mean", () => {
  const yaml = "bind_addresses: [localhost, 127.0.0.1, '0:0::1', '::1', 'fe80::1%eth0']\n";
  const expected = ["127.0.0.1", "::1", "fe80::1%eth0"];
  expect(configOf({ yaml }).bindAddresses).toEqual(expected);
  const bind = ["::1", "localhost", "::0001", "127.0.0.1"];
  expect(configOf({ flags: { bind } }).bindAddresses).toEqual(["::1", "127.0.0.1"]);
  expect(failure({ flags: { bind: ["127.0.0.1", "nowhere"] } })).toContain(
    'could not parse --bind: expected an IP address or localhost, found "nowhere"',
  );
});

test.each([
  [0, 500, 200],
  [1, 1, 1],
])("packet buffers of size %d hold %d video and %d audio packets", (size, video, audio) => {
  const yaml = `rtc: {packet_buffer_size_video: ${size}, packet_buffer_size_audio: ${size}}`;
  const { rtc } = configOf({ yaml });
  expect([rtc.packetBufferSizeVideo, rtc.packetBufferSizeAudio]).toEqual([video, audio]);
});

test("base flags and their environment win over generated ones", () => {
  const config = configOf({
    yaml: "rtc: {udp_port: 1}\nregion: yaml\nbind_addresses: [10.0.0.1]\n",
    env: {
      UDP_PORT: "7882-7885",
      LIVEKIT_RTC_UDP_PORT_START: "2",
      NODE_IP: "203.0.113.1",
      LIVEKIT_RTC_NODE_IP_IPV4: "203.0.113.2",
      LIVEKIT_REGION: "env",
      REDIS_HOST: "base:6379",
      REDIS_PASSWORD: "pw",
    },
    flags: {
      "rtc.udp_port.start": "3",
      "redis.address": "generated:6379",
      bind: ["127.0.0.1", "::1"],
    },
  });
  expect(config.rtc.udpPort).toEqual({ start: 7882, end: 7885 });
  expect(config.rtc.nodeIp.ipv4).toBe("203.0.113.1");
  expect(config.region).toBe("env");
  expect(config.redis).toMatchObject({ address: "base:6379", password: "pw" });
  expect(config.bindAddresses).toEqual(["127.0.0.1", "::1"]);
  expect(configOf({ env: { LIVEKIT_REGION: "env" }, flags: { region: "flag" } }).region).toBe(
    "flag",
  );
});

test("every base flag reaches its setting", () => {
  const config = configOf({
    flags: { "turn-cert": "c.pem", "turn-key": "k.pem", "udp-port": "7000", "node-ip": "::1" },
  });
  expect(config.turn).toMatchObject({ certFile: "c.pem", keyFile: "k.pem" });
  expect(config.rtc).toMatchObject({
    udpPort: { start: 7000, end: 7000 },
    nodeIp: { ipv4: "", ipv6: "::1" },
  });
});

test("half of a pair leaves the other half", () => {
  const env = { LIVEKIT_RTC_UDP_PORT_START: "7884", LIVEKIT_RTC_NODE_IP_IPV6: "::1" };
  const yaml = "rtc: {udp_port: 7882-7885, node_ip: 203.0.113.1}\n";
  expect(configOf({ yaml, env }).rtc).toMatchObject({
    udpPort: { start: 7884, end: 7885 },
    nodeIp: { ipv4: "203.0.113.1", ipv6: "::1" },
  });
  expect(configOf({ yaml: "rtc: {udp_port: 7882}\n", env }).rtc.udpPort).toEqual({
    start: 7884,
    end: 7884,
  });
});

test("a config body wins over a config file, which is not even opened", () => {
  const loaded = loadTest({
    env: { LIVEKIT_CONFIG: `${KEYS}port: 1000` },
    flags: { config: "missing.yaml" },
    files: testFiles({}),
  });
  expect(loaded.config.port).toBe(1000);
});

test("a missing config file is an error with its name", () => {
  expect(failure({ flags: { config: "/etc/x.yaml" }, files: testFiles({}) })).toBe(
    "open /etc/x.yaml: no such file or directory",
  );
});

test("mistakes in YAML have the file's name, line and column", () => {
  expect(failure({ yaml: "port: 1\nfoo: 2\nbar: 3\n" })).toBe(
    'could not parse config: test.yaml:2:1: unknown key "foo"\n' +
      'could not parse config: test.yaml:3:1: unknown key "bar"',
  );
  expect(failure({ env: { LIVEKIT_CONFIG: "foo: 1" } })).toContain("config-body:1:1");
  expect(failure({ yaml: "port: [1\n  x: {\n" })).toMatch(/could not parse config/);
});

test("--disable-strict-config tolerates unknown keys", () => {
  const yaml = "foo: 1\nrtc: {bar: 2, tcp_port: 3}\n";
  expect(configOf({ yaml, flags: { "disable-strict-config": "true" } }).rtc.tcpPort).toBe(3);
  expect(failure({ yaml, flags: { "disable-strict-config": "false" } })).toContain("foo");
});

test("mistakes in the environment and in base flags are named", () => {
  expect(failure({ yaml: KEYS, env: { LIVEKIT_PORT: "x", UDP_PORT: "9-1" } })).toBe(
    'could not parse environment variable LIVEKIT_PORT: expected a whole number from 0 to 65535, found "x"\n' +
      "could not parse --udp-port (UDP_PORT): end port 1 must not be below start port 9, nor either be 0",
  );
  expect(failure({ yaml: KEYS, flags: { "node-ip": "host" } })).toContain("--node-ip");
  expect(failure({ env: { LIVEKIT_KEYS: "key:secret" } })).toBe(
    'Could not parse keys, it needs to be exactly, "key: secret", including the space',
  );
});

test.each([
  {
    title: "production takes ten thousand ports",
    yaml: "",
    rtc: { udpPort: { start: 0, end: 0 }, portRangeStart: 50_000, portRangeEnd: 60_000 },
  },
  {
    title: "development takes one port",
    yaml: "development: true\n",
    rtc: { udpPort: { start: 7882, end: 7882 }, portRangeStart: 0, portRangeEnd: 0 },
  },
  {
    title: "a configured range stays in development",
    yaml: "development: true\nrtc: {port_range_start: 5000, port_range_end: 5000}\n",
    rtc: { udpPort: { start: 0, end: 0 }, portRangeStart: 5000, portRangeEnd: 5000 },
  },
  {
    title: "a configured port stays",
    yaml: "rtc: {udp_port: 5000}\n",
    rtc: { udpPort: { start: 5000, end: 5000 }, portRangeStart: 0, portRangeEnd: 0 },
  },
  {
    title: "a range wins over a port",
    yaml: "rtc: {udp_port: 5000, port_range_start: 6000, port_range_end: 6100}\n",
    rtc: { udpPort: { start: 0, end: 0 }, portRangeStart: 6000, portRangeEnd: 6100 },
  },
])("media ports: $title", ({ yaml, rtc }) => {
  expect(configOf({ yaml }).rtc).toMatchObject(rtc);
});

test("deprecated settings go where they belong today, with a warning each", () => {
  const yaml = `${KEYS}
prometheus_port: 6789
log_level: warn
room: {max_metadata_size: 10, max_room_name_length: 20, max_participant_identity_length: 0}
rtc: {strict_acks: true, packet_buffer_size: 100, data_channel_max_buffered_amount: 1}
redis: {use_tls: true}
`;
  const { config, warnings } = loadTest({ yaml });
  expect(config.prometheus.port).toBe(6789);
  expect(config.logging.level).toBe("warn");
  expect(config.redis.tls.enabled).toBe(true);
  expect(config.limit).toMatchObject({
    maxMetadataSizeBytes: 10,
    maxRoomNameLengthBytes: 20,
    maxParticipantIdentityLengthBytes: 256,
  });
  expect(config.rtc.packetBufferSizeVideo).toBe(500);
  expect(warnings.map(({ fields }) => fields["key"]).toSorted()).toEqual([
    "log_level",
    "prometheus_port",
    "redis.use_tls",
    "room.max_metadata_size",
    "room.max_participant_identity_length",
    "room.max_room_name_length",
    "rtc.data_channel_max_buffered_amount",
    "rtc.packet_buffer_size",
    "rtc.strict_acks",
  ]);
  expect(warnings[0]?.message).toMatch(/^Setting .* is deprecated: /);
});

test("an environment name that an old and a new setting share sets the new one only", () => {
  const loaded = loadTest({ yaml: KEYS, env: { LIVEKIT_PROMETHEUS_PORT: "6789" } });
  expect(loaded.config.prometheus.port).toBe(6789);
  expect(loaded.warnings).toEqual([]);
});

test("the selector random is any", () => {
  expect(configOf({ yaml: "node_selector: {kind: random}\n" }).nodeSelector.kind).toBe("any");
});

test.each([
  { yaml: "", level: "info" },
  { yaml: "development: true\n", level: "debug" },
  { yaml: "development: true\nlogging: {level: warn}\n", level: "warn" },
] as const)("the log level of %j", ({ yaml, level }) => {
  expect(configOf({ yaml }).logging.level).toBe(level);
});

test("pion_level is the level of the components it stands for", () => {
  const { componentLevels } = configOf({ yaml: "logging: {pion_level: debug}\n" }).logging;
  expect(componentLevels).toEqual({ "transport.pion": "debug", pion: "debug" });
});

test("TURN relay ports and lifetimes are completed and kept in range", () => {
  expect(configOf({}).turn).toMatchObject({ relayRangeStart: 30_000, relayRangeEnd: 40_000 });
  const yaml = `${KEYS}development: true
turn: {ttl_seconds: -10}
rtc:
  turn_servers:
    - {host: a, username: u, credential: c}
    - {host: b, secret: " s ", ttl: -1}
    - {host: c, secret: s, ttl: 100000}
    - {host: d, secret: s, ttl: 600}
`;
  const { config, warnings } = loadTest({ yaml });
  expect(config.turn).toMatchObject({ relayRangeEnd: 30_002, ttlSeconds: 300 });
  expect(config.rtc.turnServers.map(({ ttlSeconds }) => ttlSeconds)).toEqual([
    14_400, 300, 86_400, 600,
  ]);
  expect(config.rtc.turnServers[1]?.secret).toBe("s");
  expect(warnings).toHaveLength(3);
});

test("flags for profiles are accepted with a warning", () => {
  const { warnings } = loadTest({ yaml: KEYS, flags: { cpuprofile: "x" } });
  expect(warnings[0]?.message).toContain("--cpuprofile");
});
