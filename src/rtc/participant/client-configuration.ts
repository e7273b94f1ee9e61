import { livekit } from "../../gen/livekit.js";
import { compareVersions } from "../negotiation/client-capabilities.ts";

type Rule = {
  matches(client: livekit.ClientInfo): boolean;
  /** Disabled both ways. */
  readonly codecs?: string;
  /** Disabled for publishing only. */
  readonly publish?: string;
};

const isBrowser = (client: livekit.ClientInfo, ...names: string[]): boolean =>
  names.includes(client.browser.toLowerCase());
const isAndroid = ({ os }: livekit.ClientInfo): boolean => os.toLowerCase() === "android";

/** What some browsers and devices get wrong; every rule that matches counts (spec-signalling 3.6). */
const RULES: readonly Rule[] = [
  { matches: (client) => isBrowser(client, "safari"), codecs: "video/AV1" },
  {
    matches: (client) =>
      isBrowser(client, "safari") && compareVersions(client.browserVersion, "18.3") > 0,
    publish: "video/VP9",
  },
  { matches: (client) => isBrowser(client, "firefox", "firefox mobile"), codecs: "video/AV1" },
  {
    matches: (client) =>
      isAndroid(client) &&
      (client.deviceModel.toLowerCase() === "xiaomi 2201117ti" ||
        isBrowser(client, "firefox", "firefox mobile")),
    publish: "video/H264",
  },
];

/**
 * undefined when no rule matches and nothing is forced.
 *
 * @param isTlsOnly only relays get through for this client (spec-media 1.6)
 */
export function clientConfiguration(
  client: livekit.ClientInfo,
  isTlsOnly: boolean,
): livekit.ClientConfiguration | undefined {
  const configuration = ruledConfiguration(client);
  if (!isTlsOnly) return configuration;
  const forceRelay = livekit.ClientConfigSetting.ENABLED;
  return new livekit.ClientConfiguration({ ...configuration, forceRelay });
}

function ruledConfiguration(client: livekit.ClientInfo): livekit.ClientConfiguration | undefined {
  const matching = RULES.filter((rule) => rule.matches(client));
  if (matching.length === 0) return undefined;
  const codecs = matching.flatMap((rule) => rule.codecs ?? []);
  const publish = matching.flatMap((rule) => rule.publish ?? []);
  return new livekit.ClientConfiguration({
    disabledCodecs: {
      codecs: codecs.map((mime) => new livekit.Codec({ mime })),
      publish: publish.map((mime) => new livekit.Codec({ mime })),
    },
  });
}
