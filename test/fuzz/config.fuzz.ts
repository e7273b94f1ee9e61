import { expect, test } from "bun:test";
import { parseArguments, UsageError } from "../../src/cli/arguments.ts";
import { ConfigError } from "../../src/config/config-error.ts";
import { BASE_FLAGS, GENERATED_FLAGS } from "../../src/config/flags.ts";
import { canonicalIp, parseCidr } from "../../src/config/ip-address.ts";
import { readConfigYaml } from "../../src/config/read-yaml.ts";
import { readDuration, readInteger, readNodeIp, readPortRange } from "../../src/config/values.ts";
import { runMutations } from "../support/mutate.ts";
import { loadTest } from "../support/test-config.ts";

const SEED = 20_261_121;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const YAML = [
  "port: 7880\nkeys: {a: b}\n",
  "rtc:\n  udp_port: 7882-7885\n  ips: {includes: [10.0.0.0/8]}\n",
  "room: &r {empty_timeout: 5}\nlimit: {<<: *r}\n",
  "rtc: {turn_servers: [{host: h, port: 1}]}\n",
  "video: {stream_tracker_manager: {video: {bitrate_report_interval: {0: 1s}}}}\n",
  "room: {room_configurations: {a: {agents: [1, {b: ~}]}}}\n",
  '"port": 0x10 # c\nregion: |\n  x\nlogging: {level: "debug"}\n',
  "---\nport: !!int 1\nbind_addresses: [localhost, '::1']\n...\n---\nregion: !x y\n",
].map(bytesOf);

test("any text is either settings or problems with a position", () => {
  runMutations(YAML, 4000, SEED, (bytes) => {
    const { settings, problems } = readConfigYaml(textOf(bytes), "f", true);
    for (const problem of problems) expect(problem).toMatch(/^f:[1-9]\d*:[1-9]\d*: ./);
    expect(settings).toBeInstanceOf(Map);
  });
});

test("any text loads or is refused with a ConfigError", () => {
  runMutations(YAML, 1000, SEED + 1, (bytes) => {
    try {
      const { config } = loadTest({ yaml: textOf(bytes), keys: "optional" });
      expect(config.port).toBeNumber();
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
    }
  });
});

const ARGUMENTS = [
  "--config a.yaml --dev ports",
  "--bind=127.0.0.1 --bind ::1 -rtc.workers -1 join --room r",
  "-h -v -- --x",
  "--room.empty_timeout=5 --turn.enabled=false --rtc.udp_port.start 7",
].map(bytesOf);
const FLAGS = [...BASE_FLAGS, ...GENERATED_FLAGS];

test("any arguments are understood or refused with a UsageError", () => {
  runMutations(ARGUMENTS, 3000, SEED + 2, (bytes) => {
    try {
      const { flags } = parseArguments(textOf(bytes).split(" "), FLAGS, [
        { name: "ports", flags: [] },
      ]);
      for (const values of flags.values()) expect(values.length).toBeGreaterThan(0);
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
    }
  });
});

const VALUES = ["1h2m3.5s4ms", "7882-7885", "203.0.113.1,2001:db8::1", "10.0.0.0/8", "0x1_f"].map(
  bytesOf,
);

test("any value is within its bounds or refused", () => {
  runMutations(VALUES, 20_000, SEED + 3, (bytes) => {
    const text = textOf(bytes);
    const duration = readDuration(text);
    if ("value" in duration) expect(duration.value).toBeGreaterThanOrEqual(0);
    const port = readInteger("port", text);
    if ("value" in port) expect(port.value >= 0 && port.value <= 65_535).toBe(true);
    const range = readPortRange(text);
    if ("value" in range) expect(range.value.end).toBeLessThanOrEqual(65_535);
    const nodeIp = readNodeIp(text);
    if ("value" in nodeIp && nodeIp.value.ipv6 !== "") {
      expect(canonicalIp(nodeIp.value.ipv6)).toBe(nodeIp.value.ipv6);
    }
    const cidr = parseCidr(text);
    if (cidr !== undefined) expect(cidr.prefixBits).toBeLessThanOrEqual(cidr.network.length * 8);
  });
});
