import { livekit } from "../../gen/livekit.js";
import { fromProtoJson } from "../../protobuf/proto-json.ts";
import type { Claims } from "../../rtc/permission/grants.ts";
import type { RoomRequest } from "../../rtc/room/room-options.ts";

/**
 * What a token's configuration asks of a room that its bearer creates by joining.
 *
 * @throws ServerError when the configuration is none
 */
export function roomOfToken(claims: Claims, name: string): RoomRequest {
  const { roomPreset } = claims;
  if (claims.roomConfig === undefined) return { name, roomPreset };
  const config = fromProtoJson(livekit.RoomConfiguration, claims.roomConfig);
  return {
    name,
    roomPreset,
    emptyTimeout: config.emptyTimeout,
    departureTimeout: config.departureTimeout,
    maxParticipants: config.maxParticipants,
    metadata: config.metadata,
    syncStreams: config.syncStreams,
    minPlayoutDelay: config.minPlayoutDelay,
    maxPlayoutDelay: config.maxPlayoutDelay,
    agents: config.agents,
    egress: config.egress ?? null,
  };
}
