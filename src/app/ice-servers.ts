import { type MediaAddress, primaryAddressOf } from "../config/addresses.ts";
import type { Config } from "../config/config.ts";
import { ipFamily, parseIp } from "../config/ip-address.ts";
import { hmacSha1 } from "../crypto/hmac-sha1.ts";
import type { IceServerSetting, IceServersFor } from "../rtc/rtc-services.ts";
import type { TurnCredentials } from "../transport/turn/credentials.ts";

/** What clients ask for their public address when nothing is configured (spec-signalling 3.5). */
export const DEFAULT_STUN_SERVERS: readonly string[] = [
  "global.stun.twilio.com:3478",
  "stun.l.google.com:19302",
  "stun1.l.google.com:19302",
];
/** Where clients find TURN over TLS, whatever port we listen on (spec-media 1.12). */
const TURN_TLS_PORT = 443;

/**
 * The servers that clients are told of: our own TURN, others', STUN, in this order (spec-signalling
 * 3.5). Credentials are made anew for each list.
 *
 * @param credentials of our own TURN server
 * @param apiKey the key that they are made of
 */
export function iceServersFor(
  config: Config,
  addresses: readonly MediaAddress[],
  credentials: TurnCredentials,
  apiKey: string,
  wallMs: () => number,
): IceServersFor {
  const { rtc, turn } = config;
  const udpUrls = turn.enabled && turn.udpPort > 0 ? embeddedUdpUrls(turn, addresses) : [];
  const tlsUrls =
    turn.enabled && turn.tlsPort > 0 ? [`turns:${turn.domain}:${TURN_TLS_PORT}?transport=tcp`] : [];
  const stunServers = stunServersOf(rtc, udpUrls.length > 0);
  const hasTls = hasTurnTls(config);
  return (participantSid, isTlsOnly) => {
    const nowSeconds = Math.floor(wallMs() / 1000);
    const servers: IceServerSetting[] = [];
    // without any, who has to use it would be left with nothing
    const isTls = isTlsOnly && hasTls;
    const urls = isTls ? tlsUrls : [...udpUrls, ...tlsUrls];
    if (urls.length > 0) {
      const expiry = nowSeconds + turn.ttlSeconds;
      const { username, password } = credentials.create(apiKey, participantSid, expiry);
      servers.push({ urls, username, credential: password });
    }
    for (const server of rtc.turnServers) {
      if (isTls && server.protocol !== "tls") continue;
      servers.push(externalServer(server, participantSid, nowSeconds));
    }
    // public servers are not asked on behalf of who only talks to a relay
    if (stunServers.length > 0 && !(isTls && rtc.stunServers.length === 0)) {
      servers.push({ urls: stunServers.map((one) => `stun:${one}`), username: "", credential: "" });
    }
    return servers;
  };
}

/** Whether clients can be sent to some TURN server over TLS. */
export function hasTurnTls({ rtc, turn }: Config): boolean {
  const isOurs = turn.enabled && turn.tlsPort > 0;
  return isOurs || rtc.turnServers.some(({ protocol }) => protocol === "tls");
}

/** Of each family that we listen on. */
function embeddedUdpUrls(turn: Config["turn"], addresses: readonly MediaAddress[]): string[] {
  const families = new Set(
    turn.bindAddresses.flatMap((text) => {
      const address = parseIp(text);
      return address === undefined ? [] : [ipFamily(address)];
    }),
  );
  return ([4, 6] as const).flatMap((family) => {
    const address = families.has(family) ? primaryAddressOf(addresses, family) : undefined;
    if (address === undefined) return [];
    const host = family === 6 ? `[${address}]` : address;
    return [`turn:${host}:${turn.udpPort}?transport=udp`];
  });
}

function stunServersOf(rtc: Config["rtc"], hasTurnUdp: boolean): readonly string[] {
  if (rtc.stunServers.length > 0) return rtc.stunServers;
  return hasTurnUdp || rtc.turnServers.length > 0 ? [] : DEFAULT_STUN_SERVERS;
}

type TurnServer = Config["rtc"]["turnServers"][number];

function externalServer(
  server: TurnServer,
  participantSid: string,
  nowSeconds: number,
): IceServerSetting {
  const { host, port, protocol, secret, ttlSeconds } = server;
  const scheme = protocol === "tls" ? "turns" : "turn";
  const urls = [`${scheme}:${host}:${port}?transport=${protocol === "udp" ? "udp" : "tcp"}`];
  if (secret === "") return { urls, username: server.username, credential: server.credential };
  const username = `${nowSeconds + ttlSeconds}:${participantSid}`;
  const encoder = new TextEncoder();
  const tag = hmacSha1(encoder.encode(secret), encoder.encode(username));
  return { urls, username, credential: tag.toBase64() };
}
