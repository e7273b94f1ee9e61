import type { TrackReceiver } from "./track-receiver.ts";

/** Gathers the levels of a thread's microphones: those that are active, and those that were. */
export class AudioLevelReport {
  readonly #intervalMs: number;
  readonly #active = new Set<number>();
  #nextMs = 0;

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  /** When `poll` next has work, monotonic ms. */
  get nextMs(): number {
    return this.#nextMs;
  }

  /** @returns undefined when it is not time, or nobody speaks or spoke */
  poll(
    nowMs: number,
    receivers: ReadonlyMap<number, TrackReceiver>,
  ): { receiverId: number; level: number }[] | undefined {
    if (nowMs < this.#nextMs) return undefined;
    this.#nextMs = nowMs + this.#intervalMs;
    const levels: { receiverId: number; level: number }[] = [];
    for (const [receiverId, receiver] of receivers) {
      const level = receiver.audioLevel(nowMs);
      if (level > 0) this.#active.add(receiverId);
      else if (!this.#active.delete(receiverId)) continue;
      levels.push({ receiverId, level });
    }
    for (const receiverId of this.#active) {
      if (!receivers.has(receiverId)) this.#active.delete(receiverId);
    }
    return levels.length > 0 ? levels : undefined;
  }
}
