import { newId } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import { livekit } from "../../gen/livekit.js";
import type { ClientProfile } from "../participant/client.ts";
import type { Participant } from "../participant/participant.ts";
import type { ParticipantChange } from "../participant/participant-room.ts";
import type { SubscriptionPermissions } from "../participant/subscription-permissions.ts";
import type { VideoGrant } from "../permission/grants.ts";
import type { Publications } from "../publication/publications.ts";
import type { PublishedTrack } from "../publication/published-track.ts";
import type { Subscriptions } from "../subscription/subscriptions.ts";
import type { RoomDataTracks } from "./room-data-tracks.ts";
import type { RoomMember } from "./room-member.ts";

const { State, KindDetail } = livekit.ParticipantInfo;

/** The room that shows a forwarded participant. */
export interface ForwardingRoom {
  readonly log: Log;
  readonly dataTracks: RoomDataTracks;
  participantChanged(member: RoomMember, change: ParticipantChange): void;
  trackPublished(member: RoomMember, track: PublishedTrack): void;
  trackWithdrawn(member: RoomMember, track: PublishedTrack): void;
  permissionsChanged(publisher: RoomMember): void;
  guestLeft(guest: ForwardedParticipant): void;
}

/**
 * A participant of one room as another room shows it: its identity, profile and tracks, with a sid
 * of its own. It follows its source until that leaves, or until it is ended itself. Only its tracks
 * are there, those of data too: it hears nothing of the other room, and its messages stay at home.
 */
export class ForwardedParticipant implements RoomMember {
  readonly sid: string = newId("PA_");
  readonly source: Participant;
  readonly log: Log;
  readonly #room: ForwardingRoom;
  /** When it came to this room, Unix time. */
  readonly joinedAtMs: number;
  readonly #tracks = new Map<string, PublishedTrack>();
  #end: livekit.DisconnectReason | undefined;

  /** @param wallMs Unix time of now */
  constructor(source: Participant, room: ForwardingRoom, wallMs: number) {
    this.source = source;
    this.#room = room;
    this.joinedAtMs = wallMs;
    this.log = room.log.with({ participant: source.identity, pID: this.sid });
  }

  get identity(): string {
    return this.source.identity;
  }

  get state(): livekit.ParticipantInfo.State {
    return this.isClosed ? State.DISCONNECTED : this.source.state;
  }

  get isClosed(): boolean {
    return this.#end !== undefined || this.source.isClosed;
  }

  get disconnectReason(): livekit.DisconnectReason {
    return this.#end ?? this.source.disconnectReason;
  }

  get isHidden(): boolean {
    return this.source.isHidden;
  }

  get isDependent(): boolean {
    return this.source.isDependent;
  }

  get isPublisher(): boolean {
    return this.source.isPublisher;
  }

  get grant(): VideoGrant {
    return this.source.grant;
  }

  get client(): ClientProfile {
    return this.source.client;
  }

  get publications(): Publications {
    return this.source.publications;
  }

  get subscriptions(): Subscriptions {
    return this.source.subscriptions;
  }

  get permissions(): SubscriptionPermissions {
    return this.source.permissions;
  }

  info(): livekit.ParticipantInfo {
    const info = this.source.info();
    info.sid = this.sid;
    info.state = this.state;
    info.disconnectReason = this.disconnectReason;
    info.joinedAt = Math.floor(this.joinedAtMs / 1000);
    info.joinedAtMs = Math.floor(this.joinedAtMs);
    info.kindDetails = [...new Set([...info.kindDetails, KindDetail.FORWARDED])];
    // the end of the forwarding is no change of the source
    if (this.#end !== undefined) info.version += 1;
    return info;
  }

  send(message: livekit.ISignalResponse): void {
    this.source.send(message);
  }

  changed(change: ParticipantChange): void {
    if (!this.isClosed) this.#room.participantChanged(this, change);
  }

  permissionsChanged(): void {
    this.#room.permissionsChanged(this);
  }

  publish(track: PublishedTrack): void {
    this.#tracks.set(track.sid, track);
    this.#room.trackPublished(this, track);
  }

  unpublish(track: PublishedTrack): void {
    if (this.#tracks.delete(track.sid)) this.#room.trackWithdrawn(this, track);
  }

  /** The data tracks of the room that shows it. */
  get shownTracks(): RoomDataTracks {
    return this.#room.dataTracks;
  }

  publishDataTracks(): void {
    for (const track of this.source.dataTracks.tracks()) this.#room.dataTracks.published(track);
  }

  /** Takes it out of the room that shows it; the source stays as it is. */
  end(reason: livekit.DisconnectReason): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    for (const track of [...this.#tracks.values()]) this.unpublish(track);
    for (const track of this.source.dataTracks.tracks()) this.#room.dataTracks.ended(track, true);
    this.#room.guestLeft(this);
  }
}
