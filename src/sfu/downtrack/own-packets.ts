const AUDIO_INTERVAL_MS = 20;
const VIDEO_INTERVAL_MS = 1000 / 30;
const MUTE_MS = 1_000;
const FLUSH_MS = 200;
/** Media that is on its way announces a track by itself. */
const ANNOUNCE_AFTER_MS = 100;
const ANNOUNCE_MS = 5_000;
const VIDEO_ANNOUNCE_INTERVAL_MS = 100;

/**
 * Pace of the packets that a down track makes itself, when a track is muted or ends, or before it
 * begins (spec-media 4.9).
 */
export class OwnPackets {
  readonly #isVideo: boolean;
  #intervalMs = 0;
  #left = 0;
  #dueMs = Number.POSITIVE_INFINITY;
  #isAnnouncement = false;

  constructor(isVideo: boolean) {
    this.#isVideo = isVideo;
  }

  get isActive(): boolean {
    return this.#left > 0;
  }

  /** The packets have no content: there is no media yet. */
  get isAnnouncement(): boolean {
    return this.#isAnnouncement;
  }

  /** When the next one leaves; Infinity: none to come. */
  get dueMs(): number {
    return this.#dueMs;
  }

  startMute(nowMs: number): void {
    this.#start(nowMs, MUTE_MS, this.#isVideo ? VIDEO_INTERVAL_MS : AUDIO_INTERVAL_MS, false);
  }

  startFlush(nowMs: number): void {
    this.#start(nowMs, FLUSH_MS, this.#isVideo ? VIDEO_INTERVAL_MS : AUDIO_INTERVAL_MS, false);
  }

  startAnnouncement(nowMs: number): void {
    const intervalMs = this.#isVideo ? VIDEO_ANNOUNCE_INTERVAL_MS : AUDIO_INTERVAL_MS;
    this.#start(nowMs + ANNOUNCE_AFTER_MS, ANNOUNCE_MS, intervalMs, true);
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

  /** The announcement begins later: nobody could have heard it. */
  postpone(): void {
    this.#dueMs += ANNOUNCE_AFTER_MS;
  }

  #start(nowMs: number, durationMs: number, intervalMs: number, isAnnouncement: boolean): void {
    this.#intervalMs = intervalMs;
    this.#left = Math.round(durationMs / intervalMs);
    this.#dueMs = nowMs;
    this.#isAnnouncement = isAnnouncement;
  }
}
