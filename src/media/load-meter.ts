/** How long one look at the load lasts, ms. */
export const LOAD_WINDOW_MS = 250;

/** The load of one window. */
export type LoadSample = {
  /** Share of the window that the thread used a core, 0..1; a half where that cannot be read. */
  readonly busy: number;
  /** How late the window ended: what waits in this thread waits that long, ms. */
  readonly lagMs: number;
};

/**
 * Measures how busy a media thread is, a window at a time, by its processor time, and how late it
 * comes to what is due: a thread may lack a core rather than use it up.
 */
export class LoadMeter {
  readonly #cpuMs: (() => number) | undefined;
  #startMs = 0;
  #startCpuMs = 0;
  #dueMs: number = Number.POSITIVE_INFINITY;

  /** @param cpuMs processor time of the thread, ms */
  constructor(cpuMs: (() => number) | undefined) {
    this.#cpuMs = cpuMs;
  }

  /** When the window ends, monotonic ms; Infinity before the first. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /** Begins a window. */
  start(nowMs: number): void {
    this.#startMs = nowMs;
    this.#startCpuMs = this.#cpuMs?.() ?? 0;
    this.#dueMs = nowMs + LOAD_WINDOW_MS;
  }

  /** There is nothing to look at. */
  stop(): void {
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  /** Ends the window, at `dueMs` or later, and begins the next. */
  take(nowMs: number): LoadSample {
    const ms = Math.max(nowMs - this.#startMs, 1);
    const busyMs = this.#cpuMs === undefined ? ms / 2 : this.#cpuMs() - this.#startCpuMs;
    const lagMs = Math.max(nowMs - this.#dueMs, 0);
    this.start(nowMs);
    return { busy: Math.min(busyMs / ms, 1), lagMs };
  }
}
