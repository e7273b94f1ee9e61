import { ServerError } from "../../base/errors.ts";
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
  /** What clients are told of holding video back, ms; undefined: nothing. */
  readonly playoutDelay: RtcSettings["playoutDelay"];
  readonly enabledCodecs: readonly livekit.ICodec[];
  readonly agents: readonly livekit.IRoomAgentDispatch[];
};

/** What a create request asks for; zero and empty members take the preset's or configured values. */
export type RoomRequest = {
  readonly name: string;
  /** Of `room.room_configurations`; "" for none. */
  readonly roomPreset?: string;
  readonly emptyTimeout?: number;
  readonly departureTimeout?: number;
  readonly maxParticipants?: number;
  readonly metadata?: string;
  readonly syncStreams?: boolean;
  /** ms; either above zero makes the room tell clients both. */
  readonly minPlayoutDelay?: number;
  readonly maxPlayoutDelay?: number;
  readonly agents?: readonly livekit.IRoomAgentDispatch[];
  readonly egress?: livekit.IRoomEgress | null;
};

/** @throws ServerError when the preset is unknown, or the room is to be recorded */
export function roomOptions(request: RoomRequest, settings: RtcSettings): RoomOptions {
  const preset = presetOf(request, settings);
  if (request.egress || preset?.egress) {
    throw new ServerError("internal", "egress not connected (redis required)");
  }
  const agents = request.agents ?? [];
  return {
    name: request.name,
    emptyTimeoutSeconds:
      request.emptyTimeout || preset?.emptyTimeout || settings.emptyTimeoutSeconds,
    departureTimeoutSeconds:
      request.departureTimeout || preset?.departureTimeout || settings.departureTimeoutSeconds,
    maxParticipants: request.maxParticipants || preset?.maxParticipants || settings.maxParticipants,
    metadata: request.metadata || (preset?.metadata ?? ""),
    agents: agents.length > 0 ? agents : (preset?.agents ?? []),
    syncStreams: request.syncStreams || preset?.syncStreams || settings.syncStreams,
    playoutDelay: playoutDelay(request, preset) ?? settings.playoutDelay,
    enabledCodecs: settings.enabledCodecs.map(
      ({ mime, fmtpLine }) => new livekit.Codec({ mime, fmtpLine }),
    ),
  };
}

function playoutDelay(
  request: RoomRequest,
  preset: livekit.RoomConfiguration | undefined,
): RoomOptions["playoutDelay"] {
  const minMs = request.minPlayoutDelay || (preset?.minPlayoutDelay ?? 0);
  const maxMs = request.maxPlayoutDelay || (preset?.maxPlayoutDelay ?? 0);
  return minMs > 0 || maxMs > 0 ? { minMs, maxMs } : undefined;
}

function presetOf(
  { roomPreset = "" }: RoomRequest,
  { roomPresets }: RtcSettings,
): livekit.RoomConfiguration | undefined {
  if (roomPreset === "") return undefined;
  const preset = roomPresets.get(roomPreset);
  if (preset === undefined) {
    const message = "twirp error unknown: unknown room configuration in create room request";
    throw new ServerError("invalid_argument", message);
  }
  return preset;
}
