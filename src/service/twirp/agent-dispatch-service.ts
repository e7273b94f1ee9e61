import { ServerError } from "../../base/errors.ts";
import { livekit } from "../../gen/livekit.js";
import { isLonger } from "../../rtc/participant/signal-handler.ts";
import type { Room } from "../../rtc/room/room.ts";
import type { RoomManager } from "../../rtc/room/room-manager.ts";
import type { RtcSettings } from "../../rtc/rtc-services.ts";
import { exceededDispatchLimit } from "./dispatch-limits.ts";
import { permissionsDenied } from "./twirp-codec.ts";
import { type Caller, method, type TwirpMethod } from "./twirp-service.ts";

const DEPLOYMENT_BYTES_MAX = 64;

/** AgentDispatchService: the dispatches of a room (spec-signalling 10.3). */
export function agentDispatchMethods(
  rooms: RoomManager,
  settings: RtcSettings,
): Record<string, TwirpMethod> {
  const roomNamed = (name: string): Room => {
    const room = rooms.find(name);
    if (room === undefined) throw new ServerError("not_found", "requested room does not exist");
    return room;
  };
  return {
    CreateDispatch: method(
      livekit.CreateAgentDispatchRequest,
      livekit.AgentDispatch,
      (request, caller) => {
        requireAdmin(caller, request.room);
        check(request, settings);
        const room = settings.autoCreate
          ? rooms.create({ name: request.room })
          : roomNamed(request.room);
        return room.dispatches.create(request);
      },
    ),
    ListDispatch: method(
      livekit.ListAgentDispatchRequest,
      livekit.ListAgentDispatchResponse,
      ({ room, dispatchId }, caller) => {
        requireAdmin(caller, room);
        return new livekit.ListAgentDispatchResponse({
          agentDispatches: roomNamed(room).dispatches.list(dispatchId),
        });
      },
    ),
    DeleteDispatch: method(
      livekit.DeleteAgentDispatchRequest,
      livekit.AgentDispatch,
      ({ room, dispatchId }, caller) => {
        requireAdmin(caller, room);
        const dispatch = roomNamed(room).dispatches.remove(dispatchId);
        if (dispatch === undefined) throw new ServerError("not_found", "dispatch ID not found");
        return dispatch;
      },
    ),
  };
}

function requireAdmin(caller: Caller, room: string): void {
  if (caller?.video?.roomAdmin !== true || caller.video.room !== room) throw permissionsDenied();
}

function check(request: livekit.CreateAgentDispatchRequest, settings: RtcSettings): void {
  const refuse = (message: string): never => {
    throw new ServerError("invalid_argument", message);
  };
  if (isLonger(request.deployment, DEPLOYMENT_BYTES_MAX)) {
    refuse(`deployment is longer than ${DEPLOYMENT_BYTES_MAX} bytes`);
  }
  if (/[_\s\p{Cc}]/u.test(request.deployment)) {
    refuse("deployment must not contain underscores, white space or control characters");
  }
  const exceeded = exceededDispatchLimit(request, settings);
  if (exceeded !== undefined) refuse(`${exceeded.argument} ${exceeded.limit}`);
}
