import { ServerError } from "../../base/errors.ts";
import { livekit } from "../../gen/livekit.js";
import type { Decoder } from "../../protobuf/codec.ts";
import { findService, messageInfo } from "../../protobuf/reflection.ts";
import type { RoomManager } from "../../rtc/room/room-manager.ts";
import { permissionsDenied } from "./twirp-codec.ts";
import { type Caller, method, type TwirpMethod } from "./twirp-service.ts";

/**
 * Egress, Ingress and SIP while no workers can be reached: they come with Redis. Grants and names are
 * checked as ever, so that a caller learns of its own mistakes first (spec-signalling 10.4 to 10.6).
 */
export function egressMethods(rooms: RoomManager): Record<string, TwirpMethod> {
  return unconnected("livekit.Egress", "egress", (name, request, caller) => {
    if (caller?.video?.roomRecord !== true) throw permissionsDenied();
    const room = textOf(request, "roomName");
    if (name.startsWith("Start") && room !== "" && rooms.find(room) === undefined) {
      throw new ServerError("not_found", "requested room does not exist");
    }
  });
}

export function ingressMethods(): Record<string, TwirpMethod> {
  return unconnected("livekit.Ingress", "ingress", (_name, _request, caller) => {
    if (caller?.video?.ingressAdmin !== true) throw permissionsDenied();
  });
}

export function sipMethods(rooms: RoomManager): Record<string, TwirpMethod> {
  return unconnected("livekit.SIP", "sip", (name, request, caller) => {
    const isCall = name === "CreateSIPParticipant" || name === "TransferSIPParticipant";
    if (caller === undefined || !(isCall ? caller.sip.call : caller.sip.admin)) {
      throw permissionsDenied();
    }
    if (name === "TransferSIPParticipant") checkTransfer(rooms, request, caller);
  });
}

function checkTransfer(rooms: RoomManager, request: object, caller: Caller): void {
  const room = textOf(request, "roomName");
  if (caller?.video?.roomAdmin !== true || caller.video.room !== room) throw permissionsDenied();
  const participant = rooms.find(room)?.findParticipant(textOf(request, "participantIdentity"));
  if (participant === undefined) throw new ServerError("not_found", "participant does not exist");
  if (!Object.hasOwn(participant.profile.attributes, "sip.callID")) {
    throw new ServerError("invalid_argument", "no SIP session associated with participant");
  }
}

function unconnected(
  service: string,
  name: string,
  check: (method: string, request: object, caller: Caller) => void,
): Record<string, TwirpMethod> {
  const methods = findService(service) ?? [];
  return Object.fromEntries(
    methods.map(({ name: called, request }) => [
      called,
      method(
        messageInfo(request).messageClass as unknown as Decoder<object>,
        livekit.Room, // never written: every call is refused
        (message, caller): livekit.Room => {
          check(called, message, caller);
          throw new ServerError("internal", `${name} not connected (redis required)`);
        },
      ),
    ]),
  );
}

function textOf(message: object, field: string): string {
  const value = (message as Readonly<Record<string, unknown>>)[field];
  return typeof value === "string" ? value : "";
}
