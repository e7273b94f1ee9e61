import type { TrackWish } from "./track-settings.ts";

const KEPT_MS = 60_000;

/** Settings for tracks that the subscriber does not have yet, each for a minute. */
export class EarlyWishes {
  readonly #sizeMax: number;
  /** In order of age, so that the old ones are found first. */
  readonly #wishes = new Map<string, { wish: TrackWish; atMs: number }>();

  /** @param sizeMax while there are so many, newer ones are not kept */
  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax;
  }

  get size(): number {
    return this.#wishes.size;
  }

  /** What was kept last for the track, however old. */
  peek(trackSid: string): TrackWish | undefined {
    return this.#wishes.get(trackSid)?.wish;
  }

  keep(nowMs: number, trackSid: string, wish: TrackWish): void {
    this.#wishes.delete(trackSid);
    if (this.#wishes.size < this.#sizeMax) this.#wishes.set(trackSid, { wish, atMs: nowMs });
  }

  /** @returns undefined when there is none, or it is too old */
  take(nowMs: number, trackSid: string): TrackWish | undefined {
    const early = this.#wishes.get(trackSid);
    this.#wishes.delete(trackSid);
    return early !== undefined && nowMs - early.atMs < KEPT_MS ? early.wish : undefined;
  }

  expire(nowMs: number): void {
    for (const [sid, { atMs }] of this.#wishes) {
      if (atMs > nowMs - KEPT_MS) break;
      this.#wishes.delete(sid);
    }
  }

  clear(): void {
    this.#wishes.clear();
  }
}
