import type { NackWindowSettings } from "../../base/congestion-settings.ts";

/**
 * Whether too many packets are asked for again after they were sent again (spec-media 6.3). A
 * window begins with the first of them, so that a few losses here and there do not add up.
 */
export class NackTracker {
  readonly #settings: NackWindowSettings;
  #startMs: number = Number.NEGATIVE_INFINITY;
  #packets = 0;
  #repeatedNacks = 0;

  constructor(settings: NackWindowSettings) {
    this.#settings = settings;
  }

  reset(): void {
    this.#startMs = Number.NEGATIVE_INFINITY;
    this.#packets = 0;
    this.#repeatedNacks = 0;
  }

  /** Both count since the last call. */
  add(nowMs: number, packets: number, repeatedNacks: number): void {
    const { windowMaxDurationMs } = this.#settings;
    const isOpen = this.#repeatedNacks > 0;
    if (isOpen && nowMs - this.#startMs > windowMaxDurationMs) this.reset();
    if (this.#repeatedNacks === 0) {
      if (repeatedNacks <= 0) return;
      this.#startMs = nowMs;
    }
    this.#packets += packets;
    this.#repeatedNacks += repeatedNacks;
  }

  /** Of the packets sent in the window, how many were asked for again: 0..1. */
  get ratio(): number {
    return this.#packets > 0 ? Math.min(1, this.#repeatedNacks / this.#packets) : 0;
  }

  isTriggered(nowMs: number): boolean {
    const { windowMinDurationMs, ratioThreshold } = this.#settings;
    const isOpen = this.#repeatedNacks > 0;
    return isOpen && nowMs - this.#startMs > windowMinDurationMs && this.ratio > ratioThreshold;
  }
}
