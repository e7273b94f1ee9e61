/** Wakes another media thread, which may be about to sleep, from this one. */
export interface Doorbell {
  /** What it does, soon: a turn of its own, in which it looks at its rings. */
  ring(): void;
}
