import { livekit } from "../gen/livekit.js";
import type { Participant } from "../rtc/participant/participant.ts";
import type { Room, RoomObserver } from "../rtc/room/room.ts";
import type { WebhookNotifier } from "../telemetry/webhook/webhook-notifier.ts";

/** What happens in rooms, as the events that receivers are told (spec-signalling 12). */
export function roomWebhooks(notifier: WebhookNotifier, isRoomFull: boolean): RoomObserver {
  const about = (room: Room): livekit.Room =>
    isRoomFull ? room.info() : new livekit.Room({ sid: room.sid, name: room.name });
  const who = ({ sid, identity }: Participant): livekit.ParticipantInfo =>
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
    roomClosed(room) {
      notifier.notify(room.name, { event: "room_finished", room: room.info() });
    },
  };
}
