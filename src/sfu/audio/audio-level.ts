/** Settings of the configuration's `audio` section. */
export type AudioLevelOptions = {
  /** dBov below full scale that still counts as voice, 0..127. */
  readonly activeLevel: number;
  /** Share of the interval that must be voice, percent. */
  readonly minPercentile: number;
  readonly updateIntervalMs: number;
  /** 0: levels are told as they are measured. */
  readonly smoothIntervals: number;
};

const SILENT_LEVEL = 127;
/** Without packets for so many intervals the level falls to zero (DTX, mute, loss). */
const IDLE_INTERVALS = 2;

/**
 * Smoothed loudness of one microphone, from the levels that the publisher measured (RFC 6464,
 * spec-media 8.1). Time is taken from the timestamps, so that DTX and long frames count by their
 * duration and not by their number.
 */
export class AudioLevel {
  readonly #options: AudioLevelOptions;
  readonly #smoothing: number;
  readonly #activeMin: number;
  #lastExtTs = -1;
  #lastMs = 0;
  #observedMs = 0;
  #activeMs = 0;
  #loudest = SILENT_LEVEL;
  #smoothed = 0;

  constructor(options: AudioLevelOptions) {
    this.#options = options;
    const { smoothIntervals } = options;
    this.#smoothing = smoothIntervals > 0 ? 2 / (smoothIntervals + 1) : 1;
    this.#activeMin = linear(options.activeLevel);
  }

  /**
   * A packet with a level came.
   *
   * @param level 0 (full scale) to 127 (silence), -dBov
   */
  observe(nowMs: number, level: number, extTs: number, clockHz: number): void {
    const lastExtTs = this.#lastExtTs;
    if (lastExtTs >= 0 && extTs <= lastExtTs) return;
    const isIdle = nowMs - this.#lastMs > IDLE_INTERVALS * this.#options.updateIntervalMs;
    this.#lastExtTs = extTs;
    this.#lastMs = nowMs;
    if (lastExtTs < 0) return;
    if (isIdle) {
      this.#clearWindow();
      this.#smoothed = 0;
      return;
    }
    const durationMs = ((extTs - lastExtTs) * 1000) / clockHz;
    this.#observedMs += durationMs;
    if (level <= this.#options.activeLevel) {
      this.#activeMs += durationMs;
      if (level < this.#loudest) this.#loudest = level;
    }
    if (this.#observedMs >= this.#options.updateIntervalMs) this.#closeWindow();
  }

  /** Linear, 0..1; 0 when nobody speaks. */
  levelAt(nowMs: number): number {
    const isIdle = nowMs - this.#lastMs > IDLE_INTERVALS * this.#options.updateIntervalMs;
    return isIdle || this.#smoothed < this.#activeMin ? 0 : this.#smoothed;
  }

  /** The track was muted or its stream began anew. */
  reset(): void {
    this.#lastExtTs = -1;
    this.#smoothed = 0;
    this.#clearWindow();
  }

  #closeWindow(): void {
    const { minPercentile, updateIntervalMs } = this.#options;
    if (this.#activeMs >= (minPercentile / 100) * updateIntervalMs) {
      const weight = 20 * Math.log10(this.#activeMs / updateIntervalMs);
      const level = linear(this.#loudest - weight);
      this.#smoothed += (level - this.#smoothed) * this.#smoothing;
    } else {
      this.#smoothed = 0;
    }
    this.#clearWindow();
  }

  #clearWindow(): void {
    this.#observedMs = 0;
    this.#activeMs = 0;
    this.#loudest = SILENT_LEVEL;
  }
}

/** @param decibels below full scale */
function linear(decibels: number): number {
  return 10 ** (-decibels / 20);
}
