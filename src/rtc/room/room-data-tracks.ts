import type { Participant } from "../participant/participant.ts";
import type { PublishedDataTrack } from "../publication/published-data-track.ts";

/**
 * The data tracks of a room by their sids, and who of the room is told of them; those of forwarded
 * participants are in each room that shows them.
 */
export class RoomDataTracks {
  readonly #participants: () => Iterable<Participant>;
  readonly #shownIn: (identity: string) => Iterable<RoomDataTracks>;
  readonly #tracks = new Map<string, PublishedDataTrack>();

  /** @param shownIn of the other rooms that a participant is forwarded to */
  constructor(
    participants: () => Iterable<Participant>,
    shownIn: (identity: string) => Iterable<RoomDataTracks>,
  ) {
    this.#participants = participants;
    this.#shownIn = shownIn;
  }

  find(sid: string): PublishedDataTrack | undefined {
    return this.#tracks.get(sid);
  }

  /** Who has waited for it, or takes all that comes, gets it. */
  published(track: PublishedDataTrack): void {
    this.#tracks.set(track.sid, track);
    for (const other of this.#participants()) {
      if (other.identity === track.publisherIdentity || !other.isReady) continue;
      if (other.connection.isAutoSubscribeDataTrack) other.dataSubscriptions.subscribe([track.sid]);
      else other.dataSubscriptions.published(track);
    }
    for (const other of this.#shownIn(track.publisherIdentity)) other.published(track);
  }

  /** @param livesOn its publisher took it to another room */
  ended(track: PublishedDataTrack, livesOn: boolean): void {
    this.#tracks.delete(track.sid);
    for (const other of this.#participants()) other.dataSubscriptions.trackEnded(track, livesOn);
    for (const other of this.#shownIn(track.publisherIdentity)) other.ended(track, livesOn);
  }

  /** A new participant that takes all there is. */
  subscribeToExisting(participant: Participant): void {
    if (!participant.connection.isAutoSubscribeDataTrack) return;
    const others = [...this.#tracks.values()].filter(
      ({ publisherIdentity }) => publisherIdentity !== participant.identity,
    );
    participant.dataSubscriptions.subscribe(others.map(({ sid }) => sid));
  }
}
