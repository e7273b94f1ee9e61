/** Tells whether one spatial layer of a video track is coming. */
export interface LayerTracker {
  readonly isActive: boolean;
  /** When `handleTimeout` next has work; Infinity while nothing comes. */
  readonly dueMs: number;
  /**
   * A packet of the layer came; padding does not count. Runs once per packet of the publisher.
   *
   * @param extTs unwrapped, in order or not
   */
  observe(nowMs: number, marker: boolean, extTs: number): void;
  handleTimeout(nowMs: number): void;
  /** The layer is expected again: the next packet makes it available at once. */
  reset(): void;
  /** The track is muted: the layer is gone, whatever comes. Afterwards as after a reset. */
  setPaused(isPaused: boolean): void;
}
