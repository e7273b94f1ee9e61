import { addPlaceholderKey, checkKeys, expandKeyFile, readKeyFile } from "./api-keys.ts";
import type { Config, ConfigDraft } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import type { ConfigSources, ConfigWarning } from "./config-sources.ts";
import { givenText, mergeSources } from "./merge-sources.ts";
import { RTC } from "./schema-rtc.ts";
import { draftOf } from "./settings.ts";
import { completeTurn, readTurnSecrets } from "./turn-settings.ts";
import { validate, validateWebhook } from "./validate.ts";

const PORT_RANGE_START = 50_000;
const PORT_RANGE_END = 60_000;
const UDP_PORT_DEVELOPMENT = 7882;

export interface LoadedConfig {
  readonly config: Config;
  readonly warnings: readonly ConfigWarning[];
}

/**
 * The effective configuration from defaults, YAML, environment and flags, checked and frozen.
 *
 * @throws ConfigError whose message is fit to be printed
 */
export function loadConfig(sources: ConfigSources): LoadedConfig {
  const warnings: ConfigWarning[] = [];
  const draft = draftOf(mergeSources(sources, warnings));
  // a second listener on the same address would find it taken
  draft.bindAddresses = [...new Set(draft.bindAddresses)];
  completeRtc(draft, warnings);
  completeTurn(draft, warnings);
  completeLogging(draft);
  warnAboutPacer(draft, warnings);
  if (draft.nodeSelector.kind === "random") draft.nodeSelector.kind = "any";
  expandKeyFile(draft, sources);
  addPlaceholderKey(draft, sources, warnings);

  const problems = validate(draft);
  if (sources.keys !== "optional") {
    const keyProblems = readKeyFile(draft, sources);
    problems.push(...keyProblems);
    if (keyProblems.length === 0) {
      problems.push(...checkKeys(draft, warnings), ...validateWebhook(draft));
    }
    problems.push(...readTurnSecrets(draft, sources, warnings));
  }
  if (problems.length > 0) throw new ConfigError(problems);
  warnAboutProfiles(sources, warnings);
  return { config: freeze(draft) as Config, warnings };
}

/**
 * Buffers of the default size, unless a size is set. Media ports: one in development, ten thousand
 * otherwise, unless something has been set.
 */
function completeRtc({ rtc, development }: ConfigDraft, warnings: ConfigWarning[]): void {
  rtc.packetBufferSizeVideo ||= RTC.packet_buffer_size_video.default;
  rtc.packetBufferSizeAudio ||= RTC.packet_buffer_size_audio.default;
  if (rtc.udpPort.start !== 0 && rtc.udpPort.end === 0) rtc.udpPort.end = rtc.udpPort.start;
  if (rtc.portRangeStart !== 0) {
    if (rtc.udpPort.start === 0) return;
    warnings.push({
      level: "warn",
      message: "Setting rtc.udp_port has no effect beside rtc.port_range_start",
      fields: { key: "rtc.udp_port" },
    });
    rtc.udpPort = { start: 0, end: 0 };
  } else if (rtc.udpPort.start !== 0) {
    rtc.portRangeEnd = 0;
  } else if (development) {
    rtc.udpPort = { start: UDP_PORT_DEVELOPMENT, end: UDP_PORT_DEVELOPMENT };
    rtc.portRangeEnd = 0;
  } else {
    rtc.portRangeStart = PORT_RANGE_START;
    if (rtc.portRangeEnd === 0) rtc.portRangeEnd = PORT_RANGE_END;
  }
}

function warnAboutPacer({ rtc }: ConfigDraft, warnings: ConfigWarning[]): void {
  if (rtc.congestionControl.sendSideBwePacer !== "leaky-bucket") return;
  warnings.push({
    level: "warn",
    message:
      "rtc.congestion_control.send_side_bwe_pacer leaky-bucket is not built: taking no-queue",
    fields: { key: "rtc.congestion_control.send_side_bwe_pacer" },
  });
}

function completeLogging({ logging, development }: ConfigDraft): void {
  if (logging.level === "") logging.level = development ? "debug" : "info";
  if (logging.pionLevel === "") return;
  logging.componentLevels["transport.pion"] = logging.pionLevel;
  logging.componentLevels["pion"] = logging.pionLevel;
}

function warnAboutProfiles(sources: ConfigSources, warnings: ConfigWarning[]): void {
  for (const flag of ["cpuprofile", "memprofile"]) {
    if (givenText(sources, flag) === undefined) continue;
    warnings.push({
      level: "warn",
      message: `Flag --${flag} has no effect here: run the server under Bun's own profiler`,
      fields: { flag },
    });
  }
}

function freeze(value: unknown): unknown {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}
