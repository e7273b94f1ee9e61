import { type Participant, type Room, Track, type TrackPublication } from "livekit-client";

/** Where video comes from; sound has no tile of its own. */
type TileSource = Track.Source.Camera | Track.Source.ScreenShare;

interface Tile {
  readonly root: HTMLElement;
  readonly caption: HTMLElement;
  readonly initial: HTMLElement;
  track: Track | undefined;
}

/**
 * One tile for each participant, and one for each shared screen. `refresh` compares what the room
 * has with what is shown, so that no event can be missed for long.
 */
export class Tiles {
  readonly #parent: HTMLElement;
  readonly #room: Room;
  readonly #tiles: Map<string, Tile> = new Map();
  /** Attached sound of others, by track id. */
  readonly #sounds: Map<string, Track> = new Map();

  constructor(parent: HTMLElement, room: Room) {
    this.#parent = parent;
    this.#room = room;
  }

  refresh(): void {
    const { localParticipant, remoteParticipants } = this.#room;
    const wanted = new Set<string>();
    for (const participant of [localParticipant, ...remoteParticipants.values()]) {
      wanted.add(this.#show(participant, Track.Source.Camera));
      const screen = participant.getTrackPublication(Track.Source.ScreenShare);
      if (screen !== undefined) wanted.add(this.#show(participant, Track.Source.ScreenShare));
    }
    for (const key of this.#tiles.keys()) if (!wanted.has(key)) this.#remove(key);
    this.#refreshSounds();
  }

  close(): void {
    for (const key of [...this.#tiles.keys()]) this.#remove(key);
    for (const track of this.#sounds.values()) removeElements(track);
    this.#sounds.clear();
  }

  #show(participant: Participant, source: TileSource): string {
    const key = `${participant.sid}/${source}`;
    const tile = this.#tiles.get(key) ?? this.#add(key, source, participant);
    const publication = participant.getTrackPublication(source);
    this.#attach(tile, isShown(publication) ? publication.videoTrack : undefined);
    const isMicrophoneOff = !participant.isMicrophoneEnabled;
    const name = participant.name || participant.identity;
    const suffix = participant.isLocal ? " (you)" : "";
    const what = source === Track.Source.ScreenShare ? "'s screen" : "";
    const sound = source === Track.Source.Camera && isMicrophoneOff ? ", muted" : "";
    tile.caption.textContent = `${name}${what}${suffix}${sound}`;
    tile.initial.textContent = name.slice(0, 1).toUpperCase();
    const isSpeaking = source === Track.Source.Camera && participant.isSpeaking;
    tile.root.classList.toggle("speaking", isSpeaking);
    return key;
  }

  #add(key: string, source: TileSource, participant: Participant): Tile {
    const root = document.createElement("figure");
    root.className = source === Track.Source.ScreenShare ? "tile screen" : "tile";
    if (participant.isLocal && source === Track.Source.Camera) root.classList.add("mirrored");
    root.dataset["identity"] = participant.identity;
    root.dataset["source"] = source;
    const initial = document.createElement("span");
    initial.className = "initial";
    initial.ariaHidden = "true";
    const caption = document.createElement("figcaption");
    root.append(initial, caption);
    this.#parent.append(root);
    const tile: Tile = { root, caption, initial, track: undefined };
    this.#tiles.set(key, tile);
    return tile;
  }

  #attach(tile: Tile, track: Track | undefined): void {
    if (tile.track === track) return;
    if (tile.track !== undefined) removeElements(tile.track);
    tile.track = track;
    if (track !== undefined) tile.root.prepend(track.attach());
  }

  #remove(key: string): void {
    const tile = this.#tiles.get(key);
    if (tile === undefined) return;
    this.#attach(tile, undefined);
    tile.root.remove();
    this.#tiles.delete(key);
  }

  #refreshSounds(): void {
    const heard = new Map<string, Track>();
    for (const participant of this.#room.remoteParticipants.values()) {
      for (const { audioTrack, trackSid } of participant.trackPublications.values()) {
        if (audioTrack !== undefined) heard.set(trackSid, audioTrack);
      }
    }
    for (const [sid, track] of this.#sounds) {
      if (heard.get(sid) === track) continue;
      removeElements(track);
      this.#sounds.delete(sid);
    }
    for (const [sid, track] of heard) {
      if (this.#sounds.has(sid)) continue;
      this.#sounds.set(sid, track);
      document.body.append(track.attach());
    }
  }
}

function isShown(publication: TrackPublication | undefined): publication is TrackPublication {
  return publication !== undefined && !publication.isMuted;
}

function removeElements(track: Track): void {
  for (const element of track.detach()) element.remove();
}
