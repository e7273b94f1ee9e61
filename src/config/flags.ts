import type { Leaf } from "./schema-types.ts";
import { LEAVES } from "./settings.ts";
import {
  AUTO,
  isScalar,
  quote,
  type Reading,
  readBool,
  readInteger,
  readNodeIp,
  readScalar,
} from "./values.ts";

/** Given values by flag name without dashes. A flag that may be repeated keeps all of them. */
export type FlagValues = ReadonlyMap<string, readonly string[]>;

export interface FlagSpec {
  /** Without dashes. */
  readonly name: string;
  readonly help: string;
  /** Environment variable that stands in for it. */
  readonly env?: string;
  /** A switch needs no value; `--x=false` turns it off. */
  readonly isSwitch: boolean;
  readonly isRepeatable: boolean;
  /** Its value is never shown. */
  readonly isSecret: boolean;
  /** Left out of the short help. */
  readonly isHidden: boolean;
  readonly defaultText: string;
  /** What is wrong with a value, or undefined. */
  readonly problemWith: (text: string) => string | undefined;
}

/** A flag that the settings table has brought about. */
export interface GeneratedFlag extends FlagSpec {
  readonly env: string;
  readonly path: string;
  readonly leaf: Leaf;
  /** Which half of a pair (`start`, `ipv6`) it sets; undefined when it sets the whole. */
  readonly part: string | undefined;
  readonly read: (text: string) => Reading<unknown>;
}

export const BASE_FLAGS: readonly FlagSpec[] = [
  { ...textFlag("bind", "IP address to listen on; may be repeated"), isRepeatable: true },
  textFlag("config", "path of the config file"),
  textFlag("config-body", "config as YAML text; wins over --config", "LIVEKIT_CONFIG"),
  textFlag("key-file", "path of the file with API keys and secrets"),
  textFlag("keys", 'API keys as YAML text ("key: secret")', "LIVEKIT_KEYS"),
  textFlag("region", "name of this node's region", "LIVEKIT_REGION"),
  textFlag("node-ip", "address that clients reach this node at: v4, v6 or v4,v6", "NODE_IP"),
  textFlag("udp-port", "UDP port N or ports A-B for media", "UDP_PORT"),
  textFlag("redis-host", "host:port of Redis", "REDIS_HOST"),
  textFlag("redis-password", "password for Redis", "REDIS_PASSWORD"),
  textFlag("turn-cert", "certificate of the TURN server", "LIVEKIT_TURN_CERT"),
  textFlag("turn-key", "key of that certificate", "LIVEKIT_TURN_KEY"),
  textFlag("cpuprofile", "file for a CPU profile"),
  textFlag("memprofile", "file for a heap profile"),
  switchFlag("dev", "development mode: placeholder key, text log; not for production", false),
  switchFlag("disable-strict-config", "accept unknown keys in the config", true),
];

/** One for each setting that is a single value, two for a port range or node address. */
export const GENERATED_FLAGS: readonly GeneratedFlag[] = LEAVES.flatMap(({ path, leaf }) =>
  generatedFlags(path, leaf),
).filter((flag) => !BASE_FLAGS.some((base) => base.name === flag.name));

/** `rtc.tcp_port` is `LIVEKIT_RTC_TCP_PORT`. Not the other way round: `a_b.c` and `a.b_c` meet. */
export function envNameOf(flagName: string): string {
  return `LIVEKIT_${flagName.toUpperCase().replaceAll(".", "_")}`;
}

function generatedFlags(path: string, leaf: Leaf): GeneratedFlag[] {
  switch (leaf.type) {
    case "port-range":
      return ["start", "end"].map((part) =>
        generatedFlag(path, leaf, part, (text) => readInteger("port", text)),
      );
    case "node-ip":
      return (["ipv4", "ipv6"] as const).map((part) =>
        generatedFlag(path, leaf, part, (text) => readOneAddress(part, text)),
      );
    default:
      return isScalar(leaf)
        ? [generatedFlag(path, leaf, undefined, (text) => readScalar(leaf, text))]
        : [];
  }
}

function generatedFlag(
  path: string,
  leaf: Leaf,
  part: string | undefined,
  read: (text: string) => Reading<unknown>,
): GeneratedFlag {
  const name = part === undefined ? path : `${path}.${part}`;
  return {
    name,
    path,
    leaf,
    part,
    read,
    help: leaf.help,
    env: envNameOf(name),
    isSwitch: leaf.type === "bool",
    isRepeatable: false,
    isSecret: leaf.secret === true,
    isHidden: true,
    defaultText: part === undefined ? String(leaf.default ?? AUTO) : "",
    problemWith: (text) => problemOf(read(text)),
  };
}

function readOneAddress(part: "ipv4" | "ipv6", text: string): Reading<string> {
  const reading = readNodeIp(text);
  if ("value" in reading && reading.value[part] !== "") return { value: reading.value[part] };
  return {
    problem: `expected an ${part === "ipv4" ? "IPv4" : "IPv6"} address, found ${quote(text)}`,
  };
}

function textFlag(name: string, help: string, env?: string): FlagSpec {
  return {
    name,
    help,
    ...(env === undefined ? {} : { env }),
    isSwitch: false,
    isRepeatable: false,
    isSecret: false,
    isHidden: false,
    defaultText: "",
    problemWith: () => undefined,
  };
}

function switchFlag(name: string, help: string, isHidden: boolean): FlagSpec {
  return {
    ...textFlag(name, help),
    isSwitch: true,
    isHidden,
    problemWith: (text) => problemOf(readBool(text)),
  };
}

function problemOf(reading: Reading<unknown>): string | undefined {
  return "problem" in reading ? reading.problem : undefined;
}
