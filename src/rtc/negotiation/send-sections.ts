import type { MediaSection } from "../../wire/sdp/session-description.ts";
import type { MediaKind } from "./negotiation-types.ts";
import type { SendTrack } from "./subscriber-types.ts";

/** One media section of the descriptions that we offer. It keeps its place for ever. */
export type SendSection = {
  /** A new one when a refused section is put to use again (RFC 9429 §5.2.2). */
  mid: string;
  kind: MediaKind | "application";
  /** What goes out here now; undefined: inactive. */
  track: SendTrack | undefined;
  /** Sid of the track that went out here last; "" before the first. */
  lastTrackSid: string;
  /** What the outstanding offer says goes out here. */
  offered: SendTrack | undefined;
  /** The client knows that nothing goes out here: a new track would be seen to start. */
  isStopped: boolean;
  /** The client refused the section. */
  isRejected: boolean;
  /** As last written, for the answer to be compared with. */
  written: MediaSection | undefined;
};

/**
 * The places of our tracks in the descriptions that we offer (spec-signalling 8.6): a section that
 * a track left carries another one of its kind, a refused section becomes a new one, and else
 * sections are added, up to a bound.
 */
export class SendSections {
  readonly #sectionsMax: number;
  readonly #canReuse: boolean;
  readonly #sections: SendSection[] = [];
  readonly #waiting = new Map<number, SendTrack>();
  #hasDataWaiting: boolean;
  #nextMid = 0;

  constructor(options: { sectionsMax: number; canReuse: boolean; hasData: boolean }) {
    this.#sectionsMax = options.sectionsMax;
    this.#canReuse = options.canReuse;
    this.#hasDataWaiting = options.hasData;
  }

  get all(): readonly SendSection[] {
    return this.#sections;
  }

  has(key: number): boolean {
    return this.#waiting.has(key) || this.#sections.some(({ track }) => track?.key === key);
  }

  /** The track waits for a place until the next offer. False when no place would be left for it. */
  add(track: SendTrack): boolean {
    const taken = this.#sections.filter((section) => !this.#isFreeFor(section, track.kind)).length;
    const coming = this.#waiting.size + (this.#hasDataWaiting ? 1 : 0);
    if (taken + coming >= this.#sectionsMax) return false;
    this.#waiting.set(track.key, track);
    return true;
  }

  /** False when nothing has to be offered for it. */
  remove(key: number): boolean {
    if (this.#waiting.delete(key)) return false;
    const section = this.#sections.find(({ track }) => track?.key === key);
    if (section === undefined) return false;
    section.track = undefined;
    return true;
  }

  /** Gives the waiting tracks their places; the data section comes after the first offer's media. */
  place(): void {
    for (const track of this.#waiting.values()) this.#placeTrack(track);
    this.#waiting.clear();
    if (this.#hasDataWaiting) {
      this.#hasDataWaiting = false;
      this.#append("application", undefined);
    }
  }

  #placeTrack(track: SendTrack): void {
    const stopped = this.#stoppedSectionFor(track);
    if (stopped !== undefined) {
      stopped.track = track;
      stopped.lastTrackSid = track.trackSid;
      stopped.isStopped = false;
      return;
    }
    const rejected = this.#sections.find(({ isRejected }) => isRejected);
    if (rejected === undefined) {
      this.#append(track.kind, track);
      return;
    }
    rejected.mid = this.#newMid();
    rejected.kind = track.kind;
    rejected.track = track;
    rejected.lastTrackSid = track.trackSid;
    rejected.isRejected = false;
    rejected.isStopped = false;
  }

  /**
   * Native clients do not notice that a track is back in the very section that it left: it gets
   * another one, while there is room.
   */
  #stoppedSectionFor(track: SendTrack): SendSection | undefined {
    const stopped = this.#sections.filter(
      (section) => !section.isRejected && this.#isFreeFor(section, track.kind),
    );
    const other = stopped.find(({ lastTrackSid }) => lastTrackSid !== track.trackSid);
    if (other !== undefined) return other;
    return this.#sections.length >= this.#sectionsMax ? stopped[0] : undefined;
  }

  #isFreeFor(section: SendSection, kind: MediaKind): boolean {
    if (section.isRejected) return true;
    return this.#canReuse && section.isStopped && section.kind === kind;
  }

  #append(kind: SendSection["kind"], track: SendTrack | undefined): void {
    this.#sections.push({
      mid: this.#newMid(),
      kind,
      track,
      lastTrackSid: track?.trackSid ?? "",
      offered: undefined,
      isStopped: false,
      isRejected: false,
      written: undefined,
    });
  }

  #newMid(): string {
    const mid = String(this.#nextMid);
    this.#nextMid += 1;
    return mid;
  }
}
