import { livekit } from "../gen/livekit.js";
import type { Room } from "../rtc/room/room.ts";
import type { RoomMember } from "../rtc/room/room-member.ts";
import type { RoomObserver } from "../rtc/room/room-observer.ts";
import type { WebhookNotifier } from "../telemetry/webhook/webhook-notifier.ts";

const { RoomEndReason, DisconnectReason } = livekit;

/** Why a room ended, for receivers; other causes are not told. */
const END_REASONS: ReadonlyMap<livekit.DisconnectReason, livekit.RoomEndReason> = new Map([
  [DisconnectReason.ROOM_DELETED, RoomEndReason.ROOM_END_API_DELETE],
  [DisconnectReason.ROOM_CLOSED, RoomEndReason.ROOM_END_IDLE_TIMEOUT],
  [DisconnectReason.SERVER_SHUTDOWN, RoomEndReason.ROOM_END_SERVER_SHUTDOWN],
]);

/** What happens in rooms, as the events that receivers are told (spec-signalling 12). */
export function roomWebhooks(
  notifier: Pick<WebhookNotifier, "notify">,
  isRoomFull: boolean,
): RoomObserver {
  const about = (room: Room): livekit.Room =>
    isRoomFull ? room.info() : new livekit.Room({ sid: room.sid, name: room.name });
  const who = ({ sid, identity }: RoomMember): livekit.ParticipantInfo =>
    new livekit.ParticipantInfo({ sid, identity });
  return {
    roomCreated(room) {
      notifier.notify(room.name, { event: "room_started", room: room.info() });
    },
    participantActive(room, participant) {
      notifier.notify(room.name, {
        event: "participant_joined",
        room: room.info(),
        participant: participant.info(),
      });
    },
    participantClosed(room, participant, wasActive) {
      notifier.notify(room.name, {
        event: wasActive ? "participant_left" : "participant_connection_aborted",
        room: room.info(),
        participant: participant.info(),
      });
    },
    trackPublished(room, participant, { info }) {
      notifier.notify(room.name, {
        event: "track_published",
        room: about(room),
        participant: who(participant),
        track: info,
      });
    },
    trackUnpublished(room, participant, { info }) {
      notifier.notify(room.name, {
        event: "track_unpublished",
        room: about(room),
        participant: who(participant),
        track: info,
      });
    },
    roomClosed(room, reason) {
      notifier.notify(room.name, {
        event: "room_finished",
        room: room.info(),
        roomEndReason: END_REASONS.get(reason) ?? RoomEndReason.ROOM_END_UNKNOWN,
      });
    },
  };
}
