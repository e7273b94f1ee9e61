import type { MediaKind } from "./negotiation-types.ts";
import type { SendTrack } from "./subscriber-types.ts";

/** A section of the current offer that the client would receive on. */
export type ReceivingSection = { readonly mid: string; readonly kind: MediaKind };

/** New receive sections that the client has to add; with zeros, an offer of what there is suffices. */
export type SectionsRequirement = { readonly audios: number; readonly videos: number };

type Use = {
  readonly kind: MediaKind;
  /** undefined: free, or left by its track. */
  readonly track: SendTrack | undefined;
  /** The client has been told that nothing is sent here, so that another track may start. */
  readonly isFree: boolean;
};

/**
 * Which of our tracks goes out in which of the client's sections, on a single peer connection
 * (spec-signalling 8.7). A section is used again only after an answer that stopped it: a client
 * shows a new track where a stopped section starts.
 */
export class SectionSends {
  readonly #tracksMax: number;
  readonly #tracks = new Map<number, SendTrack>();
  #uses = new Map<string, Use>();
  #requested: { [kind in MediaKind]: number } = { audio: 0, video: 0 };
  #hasAskedForOffer = false;

  constructor(tracksMax: number) {
    this.#tracksMax = tracksMax;
  }

  /** False when there are too many already. A key that is known keeps its track. */
  add(track: SendTrack): boolean {
    if (this.#tracks.has(track.key)) return true;
    if (this.#tracks.size >= this.#tracksMax) return false;
    this.#tracks.set(track.key, track);
    return true;
  }

  remove(key: number): void {
    this.#tracks.delete(key);
  }

  /** What to send where, for an answer that is certain to be given. */
  assign(sections: readonly ReceivingSection[]): ReadonlyMap<string, SendTrack> {
    const assigned = new Map<string, SendTrack>();
    const uses = new Map<string, Use>();
    const reusable: ReceivingSection[] = [];
    for (const { mid, kind } of sections) {
      const before = this.#uses.get(mid);
      const track = before?.kind === kind ? before.track : undefined;
      if (track !== undefined && this.#tracks.get(track.key) === track) assigned.set(mid, track);
      else if (track === undefined) reusable.push({ mid, kind });
      uses.set(mid, { kind, track: assigned.get(mid), isFree: !assigned.has(mid) });
    }
    const placed = new Set(assigned.values());
    const waiting = [...this.#tracks.values()].filter((track) => !placed.has(track));
    for (const { mid, kind } of reusable) {
      const next = waiting.findIndex((track) => track.kind === kind);
      if (next < 0) continue;
      const [track] = waiting.splice(next, 1);
      assigned.set(mid, track!);
      uses.set(mid, { kind, track, isFree: false });
    }
    this.#uses = uses;
    this.#requested = { audio: 0, video: 0 };
    this.#hasAskedForOffer = false;
    return assigned;
  }

  /**
   * What to ask the client for, beyond what was asked since the last answer; undefined when an
   * offer is on its way already, or when none is needed.
   */
  takeRequirement(): SectionsRequirement | undefined {
    const audios = this.#newlyMissing("audio");
    const videos = this.#newlyMissing("video");
    const isMissing = audios + videos > 0;
    if (!isMissing && (this.#hasAskedForOffer || !this.#hasChanges())) return undefined;
    this.#requested = {
      audio: this.#requested.audio + audios,
      video: this.#requested.video + videos,
    };
    this.#hasAskedForOffer = true;
    return { audios, videos };
  }

  #newlyMissing(kind: MediaKind): number {
    const uses = [...this.#uses.values()].filter((use) => use.kind === kind);
    const free = uses.filter(({ isFree }) => isFree).length;
    return Math.max(0, this.#waitingCount(kind) - free - this.#requested[kind]);
  }

  #waitingCount(kind: MediaKind): number {
    const placed = new Set([...this.#uses.values()].map(({ track }) => track));
    let count = 0;
    for (const track of this.#tracks.values()) {
      if (track.kind === kind && !placed.has(track)) count += 1;
    }
    return count;
  }

  /** Tracks wait for a section, or sections still carry tracks that are gone. */
  #hasChanges(): boolean {
    if (this.#waitingCount("audio") + this.#waitingCount("video") > 0) return true;
    return [...this.#uses.values()].some(
      ({ track }) => track !== undefined && this.#tracks.get(track.key) !== track,
    );
  }
}
