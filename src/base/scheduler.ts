export type Cancel = () => void;

/** Time for the control side: handed in, so that tests move the clock themselves. */
export interface Scheduler {
  /** Monotonic milliseconds; only differences mean something. */
  nowMs(): number;
  /** Unix time in milliseconds: for tokens, protocol fields and logs. */
  wallMs(): number;
  /** Runs once after `delayMs`. The returned function takes it back; calling it late does nothing. */
  after(delayMs: number, run: () => void): Cancel;
  /** Runs every `periodMs` until taken back. */
  every(periodMs: number, run: () => void): Cancel;
}
