import type { ConfigDraft } from "./config.ts";
import { parseCidr } from "./ip-address.ts";

/** At least two labels of letters, digits and inner hyphens. */
const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;
const DOMAIN_LENGTH_MAX = 253;

/** What is wrong between settings that are fine one by one. Empty when all is well. */
export function validate(draft: ConfigDraft): string[] {
  return [
    ...validateRtc(draft).map((problem) => `could not validate RTC config: ${problem}`),
    ...validatePrometheus(draft),
    ...validateTurn(draft),
    ...validateNodeSelector(draft),
    ...validateWebTransport(draft),
  ];
}

/** Apart from the rest, because commands that load no keys cannot ask for it. */
export function validateWebhook(draft: ConfigDraft): string[] {
  const { urls, apiKey } = draft.webhook;
  if (urls.length === 0 || Object.hasOwn(draft.keys, apiKey)) return [];
  const reason = apiKey === "" ? "is not set" : `"${apiKey}" is not among keys`;
  return [`api_key is required to use webhooks: webhook.api_key ${reason}`];
}

function validateRtc({ rtc }: ConfigDraft): string[] {
  const problems: string[] = [];
  const { start, end } = rtc.udpPort;
  if (start > end) problems.push(`udp_port: end port ${end} must not be below start port ${start}`);
  if (rtc.portRangeStart > rtc.portRangeEnd) {
    problems.push(
      `port_range_end ${rtc.portRangeEnd} must not be below port_range_start ${rtc.portRangeStart}`,
    );
  }
  if (rtc.forceTcp && rtc.tcpPort === 0) {
    problems.push("TCP is forced but not configured: set rtc.tcp_port");
  }
  problems.push(
    ...validateCidrs("rtc.ips.includes", rtc.ips.includes),
    ...validateCidrs("rtc.ips.excludes", rtc.ips.excludes),
  );
  return problems;
}

function validatePrometheus({ prometheus }: ConfigDraft): string[] {
  if ((prometheus.username === "") === (prometheus.password === "")) return [];
  return ["prometheus.username and prometheus.password must be set together"];
}

function validateTurn({ turn }: ConfigDraft): string[] {
  if (!turn.enabled) return [];
  const problems: string[] = [];
  if (turn.tlsPort === 0 && turn.udpPort === 0) {
    problems.push("invalid TURN ports: set turn.udp_port or turn.tls_port");
  }
  if (turn.tlsPort !== 0) {
    if (turn.domain === "") problems.push("TURN domain required: set turn.domain");
    else if (turn.domain.length > DOMAIN_LENGTH_MAX || !DOMAIN.test(turn.domain)) {
      problems.push("TURN domain is not correct: turn.domain must be a full host name");
    }
    if (!turn.externalTls && (turn.certFile === "" || turn.keyFile === "")) {
      problems.push(
        "TURN tls cert required: set turn.cert_file and turn.key_file, or turn.external_tls",
      );
    }
  }
  if (turn.relayRangeStart > turn.relayRangeEnd) {
    problems.push(
      `turn.relay_range_end ${turn.relayRangeEnd} must not be below relay_range_start ${turn.relayRangeStart}`,
    );
  }
  problems.push(
    ...validateCidrs("turn.allow_restricted_peer_cidrs", turn.allowRestrictedPeerCidrs),
    ...validateCidrs("turn.deny_peer_cidrs", turn.denyPeerCidrs),
    ...validateCidrs("turn.proxy_protocol_trusted_cidrs", turn.proxyProtocolTrustedCidrs),
  );
  return problems;
}

function validateNodeSelector({ nodeSelector, region }: ConfigDraft): string[] {
  if (nodeSelector.kind !== "regionaware") return [];
  if (region === "") return ["current region cannot be blank: set region"];
  const { regions } = nodeSelector;
  if (regions.length === 0 || regions.some(({ name }) => name === region)) return [];
  return [
    `unknown lat and lon for the current region: "${region}" is not among node_selector.regions`,
  ];
}

function validateWebTransport({ webtransport, development }: ConfigDraft): string[] {
  if (webtransport.port === 0 || development) return [];
  if (webtransport.tlsCertFile !== "" && webtransport.tlsKeyFile !== "") return [];
  return ["webtransport.port needs webtransport.tls_cert_file and webtransport.tls_key_file"];
}

function validateCidrs(path: string, cidrs: readonly string[]): string[] {
  return cidrs
    .filter((cidr) => parseCidr(cidr) === undefined)
    .map((cidr) => `invalid CIDR "${cidr}" in ${path}`);
}
