import type { livekit } from "../../gen/livekit.js";
import type { PublishedTrack } from "../publication/published-track.ts";
import type { Room } from "./room.ts";
import type { RoomMember } from "./room-member.ts";

/** Who wants to know what happens in rooms, such as webhooks. */
export type RoomObserver = {
  roomCreated(room: Room): void;
  participantActive(room: Room, participant: RoomMember): void;
  participantClosed(room: Room, participant: RoomMember, wasActive: boolean): void;
  trackPublished(room: Room, participant: RoomMember, track: PublishedTrack): void;
  trackUnpublished(room: Room, participant: RoomMember, track: PublishedTrack): void;
  /** After everybody was told; the room is found no more. */
  roomClosed(room: Room, reason: livekit.DisconnectReason): void;
};
