import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import type { PublishedTrack } from "./published-track.ts";

const WINDOW_MS = 1_000;
/** What a start of some simulcast tracks takes, within a window. */
export const NEWS_MAX = 16;

type MediaNewsHost = {
  readonly scheduler: Scheduler;
  /** The room is told now. */
  onInfoChanged(track: PublishedTrack): void;
  /** Those who come later are told. */
  onInfoCompleted(track: PublishedTrack): void;
};

/**
 * What a publisher's packets say of its tracks (codecs, sizes) is told to its whole room: at once as
 * long as it is little, and otherwise once a second, so that no publisher floods others by frames
 * that change all the time.
 */
export class MediaNews {
  readonly #host: MediaNewsHost;
  #count = 0;
  /** What changed last and was not told. */
  #held: PublishedTrack | undefined;
  #window: Cancel | undefined;

  constructor(host: MediaNewsHost) {
    this.#host = host;
  }

  changed(track: PublishedTrack): void {
    this.#window ??= this.#host.scheduler.after(WINDOW_MS, () => this.#windowEnded());
    this.#count += 1;
    if (this.#count <= NEWS_MAX) {
      this.#host.onInfoChanged(track);
      return;
    }
    this.#held = track;
    this.#host.onInfoCompleted(track);
  }

  close(): void {
    this.#window?.();
  }

  #windowEnded(): void {
    const held = this.#held;
    this.#window = undefined;
    this.#held = undefined;
    // who was held back goes on at one a second until it has been quiet for as long
    this.#count = held === undefined ? 0 : NEWS_MAX - 1;
    if (held !== undefined) this.changed(held);
  }
}
