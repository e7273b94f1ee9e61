import type { ConfigDraft } from "./config.ts";
import {
  type ConfigSources,
  type ConfigWarning,
  expandPath,
  readPrivateFile,
} from "./config-sources.ts";
import { canonicalIp, isLoopback, isUnspecified, parseIp } from "./ip-address.ts";
import { readStringMapYaml } from "./read-yaml.ts";

const SECRET_LENGTH_MIN = 32;

/** In `config-sample.yaml`, which everybody can read. */
const SAMPLE_KEY = "replace-this-key";

const PLACEHOLDER_KEY = "devkey";
const PLACEHOLDER_SECRET = "secret";

/** The pair that development falls back on. Everybody knows it, so it keeps nobody out. */
export function isPlaceholder(key: string, secret: string): boolean {
  return key === PLACEHOLDER_KEY && secret === PLACEHOLDER_SECRET;
}

/**
 * In development without keys: the placeholder key, on loopback addresses only, of which IPv6's is
 * not on every machine. Who binds to another address with it wants media on the same network.
 */
export function addPlaceholderKey(
  draft: ConfigDraft,
  { localAddresses }: ConfigSources,
  warnings: ConfigWarning[],
): void {
  if (!draft.development || draft.keyFile !== "" || Object.keys(draft.keys).length > 0) return;
  draft.keys = { [PLACEHOLDER_KEY]: PLACEHOLDER_SECRET };
  warnings.push({
    level: "info",
    message: "No keys provided, using placeholder keys",
    fields: { apiKey: PLACEHOLDER_KEY, apiSecret: PLACEHOLDER_SECRET },
  });
  if (draft.bindAddresses.length === 0) {
    draft.bindAddresses = localAddresses.includes("::1") ? ["127.0.0.1", "::1"] : ["127.0.0.1"];
    return;
  }
  const bound = draft.bindAddresses.flatMap((address) => parseIp(address) ?? []);
  if (bound.every((address) => isLoopback(address) || isUnspecified(address))) return;
  for (const address of draft.bindAddresses) {
    const ip = canonicalIp(address);
    if (ip !== undefined) draft.rtc.ips.includes.push(ip.includes(":") ? `${ip}/64` : `${ip}/24`);
  }
}

/** The key file's keys replace the others. @returns problems */
export function readKeyFile(draft: ConfigDraft, sources: ConfigSources): string[] {
  if (draft.keyFile === "") return [];
  const opened = readPrivateFile(
    draft.keyFile,
    sources,
    "key file others permissions must be set to 0",
  );
  if ("problem" in opened) return [opened.problem];
  const { values, problems } = readStringMapYaml(opened.text, draft.keyFile);
  draft.keys = { ...values };
  return problems.map((problem) => `could not parse key file: ${problem}`);
}

export function checkKeys(draft: ConfigDraft, warnings: ConfigWarning[]): string[] {
  const keys = Object.entries(draft.keys);
  if (keys.length === 0) {
    return [
      "one of key-file or keys must be provided (make a pair with generate-keys, or try --dev)",
    ];
  }
  if (draft.development) return [];
  for (const [key, secret] of keys) {
    if (key === SAMPLE_KEY) {
      warnings.push({
        level: "error",
        message: "The key of the sample config is in use, anybody can make tokens: replace it",
        fields: { apiKey: key },
      });
    }
    if (secret.length >= SECRET_LENGTH_MIN) continue;
    warnings.push({
      level: "error",
      message: `Secret is too short, it should have at least ${SECRET_LENGTH_MIN} characters`,
      fields: { apiKey: key },
    });
  }
  return [];
}

/** With `~` and variables put in. */
export function expandKeyFile(draft: ConfigDraft, sources: ConfigSources): void {
  draft.keyFile = expandPath(draft.keyFile, sources.env);
}
