import type { Log } from "../../base/log.ts";
import type { livekit } from "../../gen/livekit.js";
import type { RoomThreads } from "../media/room-threads.ts";
import type { PublishedTrack } from "../publication/published-track.ts";
import type { ForwardedParticipant } from "../room/forwarded-participant.ts";
import type { RoomDataTracks } from "../room/room-data-tracks.ts";
import type { RoomOptions } from "../room/room-options.ts";
import type { TransportPreferences } from "../room/transport-preferences.ts";
import type { Participant } from "./participant.ts";

/** The room, as its participants see it. */
export interface ParticipantRoom {
  readonly threads: RoomThreads;
  readonly name: string;
  readonly log: Log;
  readonly options: Pick<RoomOptions, "syncStreams" | "playoutDelay">;
  /** Of this room: tells the server's frames in encrypted tracks from those to decrypt. */
  readonly sifTrailer: Uint8Array;
  readonly enabledCodecs: readonly livekit.ICodec[];
  /** Which way clients' media is to take, in later sessions too. */
  readonly preferences: TransportPreferences;
  readonly dataTracks: RoomDataTracks;
  participants(): readonly Participant[];
  findTrack(sid: string): PublishedTrack | undefined;
  /** A new participant with auto-subscribe wishes for every track that there is. */
  subscribeToExisting(participant: Participant): void;
  /** Who publishes a track, as this room shows it: sid, and whom its permissions let subscribe. */
  findMember(identity: string): Pick<Participant, "sid" | "permissions"> | undefined;
  findParticipant(identity: string): Participant | undefined;
  identityOfSid(sid: string): string | undefined;
  /** State, tracks or profile changed. Publishers' and profile changes go out at once. */
  participantChanged(participant: Participant, change: ParticipantChange): void;
  /** Another room no longer shows a participant of this one. */
  forwardEnded(guest: ForwardedParticipant): void;
  participantClosed(participant: Participant): void;
  trackPublished(participant: Participant, track: PublishedTrack): void;
  trackUnpublished(participant: Participant, track: PublishedTrack): void;
  /** The publisher leaves with the track: it goes on, not in this room. */
  trackWithdrawn(participant: Participant, track: PublishedTrack): void;
  trackSubscribed(subscriber: Participant, track: PublishedTrack): void;
  trackUnsubscribed(subscriber: Participant, track: PublishedTrack): void;
  /** A publisher changed who may subscribe to it. */
  permissionsChanged(publisher: Participant): void;
  introduce(subscriber: Participant, track: Pick<PublishedTrack, "publisherIdentity">): void;
  /** Shows a participant as a speaker of this level, 0..1, to who hears it and to itself. */
  simulateSpeaker(participant: Participant, level: number): void;
  /** @param bytes a DataPacket with the ack or response of a request of the API's */
  rpcAnswered(sender: Participant, bytes: Uint8Array): void;
}

/** `details`: what only those who come later need to hear of. */
export type ParticipantChange = "state" | "tracks" | "profile" | "details";
