import { livekit } from "../../gen/livekit.js";
import type { Participant } from "../participant/participant.ts";
import type { RtcServices } from "../rtc-services.ts";
import type { Room } from "./room.ts";

/** How often a client is to ping, and after which silence it gives the connection up, seconds. */
const PING_INTERVAL_SECONDS = 5;
const PING_TIMEOUT_SECONDS = 15;
/** The highest signal protocol we speak: clients use what both sides know. */
export const SIGNAL_PROTOCOL = 18;
const AGENT_PROTOCOL = 1;

export function serverInfo({ settings }: RtcServices): livekit.ServerInfo {
  return new livekit.ServerInfo({
    edition: livekit.ServerInfo.Edition.Standard,
    version: settings.serverVersion,
    protocol: SIGNAL_PROTOCOL,
    region: settings.region,
    nodeId: settings.nodeId,
    agentProtocol: AGENT_PROTOCOL,
  });
}

/** Fresh credentials for each message that carries them. */
function iceServers(participant: Participant, { settings }: RtcServices): livekit.IICEServer[] {
  return settings
    .iceServersFor(participant.sid, participant.transports.isTlsOnly)
    .map((server) => ({ ...server, urls: [...server.urls] }));
}

/** The first message on a resumed session's new connection (spec-signalling 7.3). */
export function reconnectResponse(
  participant: Participant,
  services: RtcServices,
): livekit.ReconnectResponse {
  const reconnect = new livekit.ReconnectResponse({
    iceServers: iceServers(participant, services),
    serverInfo: serverInfo(services),
    lastMessageSeq: participant.data.highestSequence,
  });
  const { clientConfiguration } = participant.transports;
  if (clientConfiguration !== undefined) reconnect.clientConfiguration = clientConfiguration;
  return reconnect;
}

/** The first message of a session (spec-signalling 3.4), but for the other participants. */
export function joinResponse(
  room: Room,
  participant: Participant,
  services: RtcServices,
): livekit.JoinResponse {
  const { settings } = services;
  const { transports } = participant;
  const join = new livekit.JoinResponse({
    room: room.info(),
    participant: participant.info(),
    serverVersion: settings.serverVersion,
    serverRegion: settings.region,
    iceServers: iceServers(participant, services),
    subscriberPrimary: transports.isSubscriberPrimary,
    pingInterval: PING_INTERVAL_SECONDS,
    pingTimeout: PING_TIMEOUT_SECONDS,
    serverInfo: serverInfo(services),
    sifTrailer: room.sifTrailer,
    enabledPublishCodecs: [...transports.publishCodecs],
    fastPublish: participant.grant.canPublish && !transports.isFallback,
  });
  const { clientConfiguration } = transports;
  if (clientConfiguration !== undefined) join.clientConfiguration = clientConfiguration;
  return join;
}
