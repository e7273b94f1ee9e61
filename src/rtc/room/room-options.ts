import { livekit } from "../../gen/livekit.js";
import type { RtcSettings } from "../rtc-services.ts";

/** A room's own settings, fixed when it is created. Durations are seconds, 0 participants no limit. */
export type RoomOptions = {
  readonly name: string;
  readonly emptyTimeoutSeconds: number;
  readonly departureTimeoutSeconds: number;
  readonly maxParticipants: number;
  readonly metadata: string;
  readonly syncStreams: boolean;
  readonly enabledCodecs: readonly livekit.ICodec[];
  readonly agents: readonly livekit.IRoomAgentDispatch[];
};

/** What a create request asks for; zero and empty members take the configuration's values. */
export type RoomRequest = {
  readonly name: string;
  readonly emptyTimeout?: number;
  readonly departureTimeout?: number;
  readonly maxParticipants?: number;
  readonly metadata?: string;
  readonly syncStreams?: boolean;
  readonly agents?: readonly livekit.IRoomAgentDispatch[];
};

export function roomOptions(request: RoomRequest, settings: RtcSettings): RoomOptions {
  return {
    name: request.name,
    emptyTimeoutSeconds: request.emptyTimeout || settings.emptyTimeoutSeconds,
    departureTimeoutSeconds: request.departureTimeout || settings.departureTimeoutSeconds,
    maxParticipants: request.maxParticipants || settings.maxParticipants,
    metadata: request.metadata ?? "",
    agents: request.agents ?? [],
    syncStreams: request.syncStreams || settings.syncStreams,
    enabledCodecs: settings.enabledCodecs.map(
      ({ mime, fmtpLine }) => new livekit.Codec({ mime, fmtpLine }),
    ),
  };
}
