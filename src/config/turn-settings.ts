import type { ConfigDraft } from "./config.ts";
import { type ConfigSources, type ConfigWarning, readPrivateFile } from "./config-sources.ts";
import { readStringMapYaml } from "./read-yaml.ts";

const TTL_DEFAULT_SECONDS = 300;
const TTL_EXTERNAL_DEFAULT_SECONDS = 14_400;
const TTL_MAX_SECONDS = 86_400;

const RELAY_START = 30_000;
const RELAY_END = 40_000;
/** Few enough that a container can publish them all. */
const RELAY_END_DEVELOPMENT = 30_002;

/** Relay ports and lifetimes that are in effect. */
export function completeTurn(draft: ConfigDraft, warnings: ConfigWarning[]): void {
  const { turn, rtc } = draft;
  if (turn.relayRangeStart === 0 || turn.relayRangeEnd === 0) {
    turn.relayRangeStart = RELAY_START;
    turn.relayRangeEnd = draft.development ? RELAY_END_DEVELOPMENT : RELAY_END;
  }
  const clamp = (key: string, seconds: number): number => {
    const clamped = seconds <= 0 ? TTL_DEFAULT_SECONDS : Math.min(seconds, TTL_MAX_SECONDS);
    if (clamped !== seconds) {
      warnings.push({
        level: "warn",
        message: `Setting ${key} is out of range, ${clamped} s is used`,
        fields: { key, configured: seconds, used: clamped, max: TTL_MAX_SECONDS },
      });
    }
    return clamped;
  };
  turn.ttlSeconds = clamp("turn.ttl_seconds", turn.ttlSeconds);
  for (const server of rtc.turnServers) {
    server.ttlSeconds =
      server.ttlSeconds === 0
        ? TTL_EXTERNAL_DEFAULT_SECONDS
        : clamp("rtc.turn_servers.ttl", server.ttlSeconds);
  }
}

/**
 * Secrets and credentials of other TURN servers, inline before file. Afterwards each server has
 * either `secret` or both `username` and `credential`. @returns problems
 */
export function readTurnSecrets(
  draft: ConfigDraft,
  sources: ConfigSources,
  warnings: ConfigWarning[],
): string[] {
  const problems: string[] = [];
  for (const server of draft.rtc.turnServers) {
    const name = `turn server "${server.host}"`;
    const inlineWins = (inline: string, file: string): void => {
      warnings.push({
        level: "warn",
        message: `Both ${inline} and ${file} are set for a TURN server, ${inline} is used`,
        fields: { host: server.host, port: server.port },
      });
    };
    server.secret = server.secret.trim();
    if (server.secretFile !== "" && server.secret !== "") inlineWins("secret", "secret_file");
    else if (server.secretFile !== "") {
      const file = readPrivateFile(
        server.secretFile,
        sources,
        "turn secret file others permissions must be set to 0",
      );
      if ("problem" in file) {
        problems.push(`${name}: ${file.problem}`);
        continue;
      }
      server.secret = file.text.trim();
      if (server.secret === "") {
        problems.push(`${name}: secret file "${server.secretFile}": turn secret is empty`);
        continue;
      }
    }
    const hasInline = server.username !== "" || server.credential !== "";
    if (server.credentialsFile !== "" && hasInline) inlineWins("username", "credentials_file");
    else if (server.credentialsFile !== "") {
      const file = readPrivateFile(
        server.credentialsFile,
        sources,
        "turn credentials file others permissions must be set to 0",
      );
      if ("problem" in file) {
        problems.push(`${name}: ${file.problem}`);
        continue;
      }
      const parsed = readStringMapYaml(file.text, server.credentialsFile);
      problems.push(...parsed.problems.map((problem) => `${name}: ${problem}`));
      server.username = parsed.values["username"] ?? "";
      server.credential = parsed.values["credential"] ?? "";
    }
    if (server.secret === "" && (server.username === "" || server.credential === "")) {
      problems.push(
        `${name}: turn server has no usable credentials: set secret or secret_file, or both username and credential`,
      );
    }
  }
  return problems;
}
