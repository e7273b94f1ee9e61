import { ServerError } from "../../base/errors.ts";
import { livekit } from "../../gen/livekit.js";
import type { Participant } from "../../rtc/participant/participant.ts";
import { attributesBytes, isLonger } from "../../rtc/participant/signal-handler.ts";
import type { VideoGrant } from "../../rtc/permission/grants.ts";
import { withPermission } from "../../rtc/permission/permission.ts";
import type { ForwardedParticipant } from "../../rtc/room/forwarded-participant.ts";
import type { Room } from "../../rtc/room/room.ts";
import type { RoomManager } from "../../rtc/room/room-manager.ts";
import type { RtcSettings } from "../../rtc/rtc-services.ts";
import { exceededDispatchLimit } from "./dispatch-limits.ts";
import { permissionsDenied } from "./twirp-codec.ts";
import { type Caller, method, type TwirpMethod } from "./twirp-service.ts";

const NONCE_BYTES = 16;

export type RoomServiceOptions = {
  readonly rooms: RoomManager;
  readonly settings: RtcSettings;
};

function requireGrant(caller: Caller, grant: "roomCreate" | "roomList"): void {
  if (caller?.video?.[grant] !== true) throw permissionsDenied();
}

function requireAdmin(caller: Caller, room: string): VideoGrant {
  const grant = caller?.video;
  if (grant?.roomAdmin !== true || grant.room !== room) throw permissionsDenied();
  return grant;
}

/** A limit's refusal as Twirp's "invalid argument" helper words it (spec-signalling 10.1). */
function limitExceeded(argument: string, limit: number): ServerError {
  return new ServerError("invalid_argument", `${argument} ${limit}`, { meta: { argument } });
}

/** RoomService (spec-signalling 10.2). Knows grants and limits; rooms are kept elsewhere. */
export function roomServiceMethods(options: RoomServiceOptions): Record<string, TwirpMethod> {
  const { rooms, settings } = options;

  const roomNamed = (name: string): Room => {
    const room = rooms.find(name);
    if (room === undefined) throw new ServerError("not_found", "requested room does not exist");
    return room;
  };
  const guestOf = (room: string, identity: string): ForwardedParticipant | undefined =>
    rooms.find(room)?.findGuest(identity);
  const refuseGuest = (room: string, identity: string): void => {
    const home = guestOf(room, identity)?.source.room.name;
    if (home === undefined) return;
    const message = `the participant is forwarded from ${home}: address it there`;
    throw new ServerError("failed_precondition", message);
  };
  const participantOf = (room: string, identity: string): Participant => {
    refuseGuest(room, identity);
    const participant = rooms.find(room)?.findParticipant(identity);
    if (participant === undefined) {
      throw new ServerError("not_found", "participant does not exist");
    }
    return participant;
  };
  const checkMetadata = (metadata: string): void => {
    if (isLonger(metadata, settings.maxMetadataBytes)) {
      throw limitExceeded("metadata size exceeds limits", settings.maxMetadataBytes);
    }
  };

  const checkDestination = (caller: Caller, room: string, destination: string): void => {
    const grant = requireAdmin(caller, room);
    if (grant.destinationRoom !== destination) throw permissionsDenied();
    if (room === destination) {
      const argument = "destination room cannot be the same as source room";
      throw new ServerError("invalid_argument", `${argument} `, { meta: { argument } });
    }
    if (destination === "") {
      throw new ServerError("invalid_argument", "destination_room is required");
    }
    if (isLonger(destination, settings.maxRoomNameBytes)) {
      throw limitExceeded("room name length exceeds limits", settings.maxRoomNameBytes);
    }
  };

  return {
    CreateRoom: method(livekit.CreateRoomRequest, livekit.Room, (request, caller) => {
      requireGrant(caller, "roomCreate");
      if (request.egress) {
        throw new ServerError("internal", "egress not connected (redis required)");
      }
      if (isLonger(request.name, settings.maxRoomNameBytes)) {
        throw limitExceeded("room name length exceeds limits", settings.maxRoomNameBytes);
      }
      checkMetadata(request.metadata);
      for (const agent of request.agents) {
        const exceeded = exceededDispatchLimit(agent, settings);
        if (exceeded !== undefined) throw limitExceeded(exceeded.argument, exceeded.limit);
      }
      if (rooms.isAtLimit) throw new ServerError("unknown", "reached configured limit for node");
      return rooms.create(request).info();
    }),

    ListRooms: method(livekit.ListRoomsRequest, livekit.ListRoomsResponse, ({ names }, caller) => {
      requireGrant(caller, "roomList");
      const listed =
        names.length === 0
          ? rooms.rooms()
          : rooms.rooms().filter((room) => names.includes(room.name));
      return new livekit.ListRoomsResponse({ rooms: listed.map((room) => room.info()) });
    }),

    DeleteRoom: method(
      livekit.DeleteRoomRequest,
      livekit.DeleteRoomResponse,
      ({ room }, caller) => {
        requireGrant(caller, "roomCreate");
        roomNamed(room).close(livekit.DisconnectReason.ROOM_DELETED);
        return new livekit.DeleteRoomResponse();
      },
    ),

    ListParticipants: method(
      livekit.ListParticipantsRequest,
      livekit.ListParticipantsResponse,
      ({ room }, caller) => {
        requireAdmin(caller, room);
        const present = rooms.find(room)?.members() ?? [];
        return new livekit.ListParticipantsResponse({
          participants: present.map((participant) => participant.info()),
        });
      },
    ),

    GetParticipant: method(
      livekit.RoomParticipantIdentity,
      livekit.ParticipantInfo,
      ({ room, identity }, caller) => {
        requireAdmin(caller, room);
        return (guestOf(room, identity) ?? participantOf(room, identity)).info();
      },
    ),

    RemoveParticipant: method(
      livekit.RoomParticipantIdentity,
      livekit.RemoveParticipantResponse,
      ({ room, identity }, caller) => {
        requireAdmin(caller, room);
        const reason = livekit.DisconnectReason.PARTICIPANT_REMOVED;
        const guest = guestOf(room, identity);
        if (guest !== undefined) guest.end(reason);
        else participantOf(room, identity).close(reason);
        return new livekit.RemoveParticipantResponse();
      },
    ),

    MutePublishedTrack: method(
      livekit.MuteRoomTrackRequest,
      livekit.MuteRoomTrackResponse,
      ({ room, identity, trackSid, muted }, caller) => {
        requireAdmin(caller, room);
        if (!muted && !settings.enableRemoteUnmute) {
          throw new ServerError("failed_precondition", "remote unmute not enabled");
        }
        const participant = participantOf(room, identity);
        participant.send({ mute: { sid: trackSid, muted } });
        participant.publications.setMuted(trackSid, muted);
        const track = participant.publications.track(trackSid);
        return new livekit.MuteRoomTrackResponse(track === undefined ? {} : { track: track.info });
      },
    ),

    UpdateParticipant: method(
      livekit.UpdateParticipantRequest,
      livekit.ParticipantInfo,
      (request, caller) => {
        if (isLonger(request.name, settings.maxNameBytes)) {
          throw limitExceeded("name length exceeds limits", settings.maxNameBytes);
        }
        checkMetadata(request.metadata);
        const { maxAttributesBytes } = settings;
        if (maxAttributesBytes > 0 && attributesBytes(request.attributes) > maxAttributesBytes) {
          throw limitExceeded("attribute size exceeds limits", maxAttributesBytes);
        }
        requireAdmin(caller, request.room);
        const participant = participantOf(request.room, request.identity);
        participant.updateProfile({
          name: request.name || undefined,
          metadata: request.metadata || undefined,
          attributes: request.attributes,
        });
        if (request.permission) {
          const permission = new livekit.ParticipantPermission(request.permission);
          participant.setGrant(withPermission(participant.grant, permission));
        }
        return participant.info();
      },
    ),

    UpdateSubscriptions: method(
      livekit.UpdateSubscriptionsRequest,
      livekit.UpdateSubscriptionsResponse,
      (request, caller) => {
        requireAdmin(caller, request.room);
        const sids = [
          ...request.trackSids,
          ...request.participantTracks.flatMap(({ trackSids }) => trackSids ?? []),
        ];
        participantOf(request.room, request.identity).subscriptions.request(
          sids,
          request.subscribe,
        );
        return new livekit.UpdateSubscriptionsResponse();
      },
    ),

    SendData: method(livekit.SendDataRequest, livekit.SendDataResponse, (request, caller) => {
      requireAdmin(caller, request.room);
      const nonceBytes = request.nonce.length;
      if (nonceBytes !== 0 && nonceBytes !== NONCE_BYTES) {
        const message = `nonce should be 16-bytes or not present, got: ${nonceBytes} bytes`;
        throw new ServerError("invalid_argument", message);
      }
      const { destinationIdentities, destinationSids, topic, nonce } = request;
      const user = new livekit.UserPacket({
        payload: request.data,
        destinationSids,
        destinationIdentities,
        nonce,
      });
      if (topic) user.topic = topic;
      roomNamed(request.room).data.deliver(
        new livekit.DataPacket({ kind: request.kind, destinationIdentities, user }),
      );
      return new livekit.SendDataResponse();
    }),

    UpdateRoomMetadata: method(
      livekit.UpdateRoomMetadataRequest,
      livekit.Room,
      ({ room, metadata }, caller) => {
        checkMetadata(metadata);
        requireAdmin(caller, room);
        const live = roomNamed(room);
        live.setMetadata(metadata);
        return live.info();
      },
    ),

    ForwardParticipant: method(
      livekit.ForwardParticipantRequest,
      livekit.ForwardParticipantResponse,
      ({ room, identity, destinationRoom }, caller) => {
        checkDestination(caller, room, destinationRoom);
        refuseGuest(room, identity);
        rooms.forward(room, identity, destinationRoom);
        return new livekit.ForwardParticipantResponse();
      },
    ),

    MoveParticipant: method(
      livekit.MoveParticipantRequest,
      livekit.MoveParticipantResponse,
      async ({ room, identity, destinationRoom }, caller) => {
        checkDestination(caller, room, destinationRoom);
        refuseGuest(room, identity);
        await rooms.move(room, identity, destinationRoom);
        return new livekit.MoveParticipantResponse();
      },
    ),

    PerformRpc: method(
      livekit.PerformRpcRequest,
      livekit.PerformRpcResponse,
      async (request, caller) => {
        requireAdmin(caller, request.room);
        if (request.destinationIdentity === "") {
          throw new ServerError("invalid_argument", "destination identity is required");
        }
        const callee = participantOf(request.room, request.destinationIdentity);
        const payload = await roomNamed(request.room).rpc.perform(callee, request);
        return new livekit.PerformRpcResponse({ payload });
      },
    ),
  };
}
