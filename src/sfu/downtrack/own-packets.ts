const AUDIO_INTERVAL_MS = 20;
const VIDEO_INTERVAL_MS = 1000 / 30;
const MUTE_MS = 1_000;
const FLUSH_MS = 200;

/** Pace of the packets that a down track makes itself, when a track is muted or ends (4.9). */
export class OwnPackets {
  readonly #intervalMs: number;
  #left = 0;
  #dueMs = Number.POSITIVE_INFINITY;

  constructor(isVideo: boolean) {
    this.#intervalMs = isVideo ? VIDEO_INTERVAL_MS : AUDIO_INTERVAL_MS;
  }

  get isActive(): boolean {
    return this.#left > 0;
  }

  /** When the next one leaves; Infinity: none to come. */
  get dueMs(): number {
    return this.#dueMs;
  }

  startMute(nowMs: number): void {
    this.#start(nowMs, MUTE_MS);
  }

  startFlush(nowMs: number): void {
    this.#start(nowMs, FLUSH_MS);
  }

  stop(): void {
    this.#left = 0;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  /** One has left. */
  advance(): void {
    this.#left -= 1;
    this.#dueMs = this.#left > 0 ? this.#dueMs + this.#intervalMs : Number.POSITIVE_INFINITY;
  }

  #start(nowMs: number, durationMs: number): void {
    this.#left = Math.round(durationMs / this.#intervalMs);
    this.#dueMs = nowMs;
  }
}
