import type { RoomObserver } from "../rtc/room/room-observer.ts";

/** One observer that tells all of these, in their order. */
export function observers(all: readonly RoomObserver[]): RoomObserver {
  return {
    roomCreated: (room) => {
      for (const one of all) one.roomCreated(room);
    },
    participantActive: (room, participant) => {
      for (const one of all) one.participantActive(room, participant);
    },
    participantClosed: (room, participant, wasActive) => {
      for (const one of all) one.participantClosed(room, participant, wasActive);
    },
    trackPublished: (room, participant, track) => {
      for (const one of all) one.trackPublished(room, participant, track);
    },
    trackUnpublished: (room, participant, track) => {
      for (const one of all) one.trackUnpublished(room, participant, track);
    },
    roomClosed: (room, reason) => {
      for (const one of all) one.roomClosed(room, reason);
    },
  };
}
