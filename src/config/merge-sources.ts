import { ConfigError } from "./config-error.ts";
import { type ConfigSources, type ConfigWarning, openFailure } from "./config-sources.ts";
import { GENERATED_FLAGS, type GeneratedFlag } from "./flags.ts";
import { readConfigYaml, readStringMapYaml } from "./read-yaml.ts";
import { LEAVES, leafAt, type Settings } from "./settings.ts";
import { type Reading, readBindAddress, readBool, readNodeIp, readPortRange } from "./values.ts";

const KEYS_PROBLEM =
  'Could not parse keys, it needs to be exactly, "key: secret", including the space';

/** Environment names that a setting of today has; a deprecated one does not listen to the same. */
const CURRENT_ENV_NAMES: ReadonlySet<string> = new Set(
  GENERATED_FLAGS.filter((flag) => flag.leaf.deprecated === undefined).map((flag) => flag.env),
);

/**
 * Everything that has been set, weakest first: YAML, generated environment and flags, base
 * environment and flags. An empty environment variable counts as unset.
 *
 * @throws ConfigError naming every problem of the source at which reading ended
 */
export function mergeSources(sources: ConfigSources, warnings: ConfigWarning[]): Settings {
  const settings = readYamlSource(sources);
  const problems: string[] = [];
  for (const flag of GENERATED_FLAGS) applyGenerated(flag, sources, settings, problems);
  applyBase(sources, settings, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  moveDeprecated(settings, warnings);
  return settings;
}

/** The last value of a flag, else of the environment variable that stands in for it. */
export function givenText(sources: ConfigSources, flag: string, env?: string): string | undefined {
  return (
    sources.flags.get(flag)?.at(-1) ?? (env && sources.env[env] ? sources.env[env] : undefined)
  );
}

export function givenSwitch(sources: ConfigSources, flag: string): boolean | undefined {
  const text = givenText(sources, flag);
  if (text === undefined) return undefined;
  const reading = readBool(text);
  return "value" in reading ? reading.value : undefined;
}

function readYamlSource(sources: ConfigSources): Settings {
  const body = givenText(sources, "config-body", "LIVEKIT_CONFIG") ?? "";
  const path = givenText(sources, "config") ?? "";
  if (body === "" && path === "") return new Map();
  let text = body;
  if (body === "") {
    try {
      text = sources.files.read(path);
    } catch (error) {
      throw new ConfigError([openFailure(path, error)], { cause: error });
    }
  }
  const strict = givenSwitch(sources, "disable-strict-config") !== true;
  const { settings, problems } = readConfigYaml(text, body === "" ? path : "config-body", strict);
  if (problems.length > 0) {
    throw new ConfigError(problems.map((problem) => `could not parse config: ${problem}`));
  }
  return settings;
}

function applyGenerated(
  flag: GeneratedFlag,
  sources: ConfigSources,
  settings: Settings,
  problems: string[],
): void {
  const fromFlag = sources.flags.get(flag.name)?.at(-1);
  const isShadowed = flag.leaf.deprecated !== undefined && CURRENT_ENV_NAMES.has(flag.env);
  const text = fromFlag ?? (isShadowed ? undefined : sources.env[flag.env] || undefined);
  if (text === undefined) return;
  const reading = flag.read(text);
  if ("problem" in reading) {
    const source =
      fromFlag === undefined ? `environment variable ${flag.env}` : `flag --${flag.name}`;
    problems.push(`could not parse ${source}: ${reading.problem}`);
  } else if (flag.part === undefined) {
    settings.set(flag.path, reading.value);
  } else {
    const present = (settings.get(flag.path) ?? flag.leaf.default) as object;
    settings.set(flag.path, { ...present, [flag.part]: reading.value });
  }
}

function applyBase(sources: ConfigSources, settings: Settings, problems: string[]): void {
  const bind = sources.flags.get("bind");
  if (bind !== undefined && bind.length > 0) {
    const readings = bind.map(readBindAddress);
    const values = readings.flatMap((reading) => ("value" in reading ? [reading.value] : []));
    settings.set("bind_addresses", values);
    for (const reading of readings) {
      if ("problem" in reading) problems.push(`could not parse --bind: ${reading.problem}`);
    }
  }
  const development = givenSwitch(sources, "dev");
  if (development !== undefined) settings.set("development", development);

  const take = (flag: string, env: string | undefined, path: string): void => {
    const text = givenText(sources, flag, env);
    if (text !== undefined) settings.set(path, text);
  };
  take("key-file", undefined, "key_file");
  take("region", "LIVEKIT_REGION", "region");
  take("redis-host", "REDIS_HOST", "redis.address");
  take("redis-password", "REDIS_PASSWORD", "redis.password");
  take("turn-cert", "LIVEKIT_TURN_CERT", "turn.cert_file");
  take("turn-key", "LIVEKIT_TURN_KEY", "turn.key_file");

  const read = (
    flag: string,
    env: string,
    path: string,
    convert: (text: string) => Reading<unknown>,
  ): void => {
    const text = givenText(sources, flag, env);
    if (text === undefined) return;
    const reading = convert(text);
    if ("value" in reading) settings.set(path, reading.value);
    else problems.push(`could not parse --${flag} (${env}): ${reading.problem}`);
  };
  read("node-ip", "NODE_IP", "rtc.node_ip", readNodeIp);
  read("udp-port", "UDP_PORT", "rtc.udp_port", readPortRange);

  const keys = givenText(sources, "keys", "LIVEKIT_KEYS");
  if (keys !== undefined) {
    const parsed = readStringMapYaml(keys, "keys");
    if (parsed.problems.length > 0) problems.push(KEYS_PROBLEM);
    else settings.set("keys", parsed.values);
  }
}

/** A deprecated setting's value goes where it belongs today, unless it is empty. */
function moveDeprecated(settings: Settings, warnings: ConfigWarning[]): void {
  for (const { path, leaf } of LEAVES) {
    if (leaf.deprecated === undefined || !settings.has(path)) continue;
    const value = settings.get(path);
    const target = leaf.copyTo === undefined ? undefined : leafAt(leaf.copyTo);
    if (value && target !== undefined) settings.set(leaf.copyTo!, value);
    settings.delete(path);
    warnings.push({
      level: "warn",
      message: `Setting ${path} is deprecated: ${leaf.deprecated}`,
      fields: { key: path },
    });
  }
}
