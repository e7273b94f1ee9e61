import type { LoadSource } from "./load-source.ts";

/** How long one look at the load lasts, ms. */
export const OVERLOAD_WINDOW_MS = 250;
/** The system keeps a datagram of full size in about twice its bytes, a small one in more. */
const KEPT_PER_BYTE = 2;
const QUEUE_MS_MAX = 10_000;
/**
 * Less than this, as the system keeps it, is no backlog but what has just come: a frame of video whose
 * packets come at once, or a packet of sound where little else comes.
 */
export const BACKLOG_BYTES_MIN: number = 64 * 1024;
const UNKNOWN_BUSY = 0.5;

/** The load of one window. */
export type LoadSample = {
  /** Share of the window that the thread used a core, 0..1; a half where that cannot be read. */
  readonly busy: number;
  /** How late the window ended: what is due in this thread waits that long, ms. */
  readonly lagMs: number;
  /** How long what comes waits in the sockets, at the pace of the window, ms; a guess. */
  readonly queueMs: number;
};

/**
 * Measures how busy a media thread is, a window at a time: by its processor time, by how late it
 * comes to what is due, and by what waits in its sockets, as a thread may lack a core rather than use
 * it up.
 */
export class OverloadMeter {
  readonly #source: LoadSource;
  #startMs = 0;
  #startCpuMs = 0;
  #startBytes = 0;
  #dueMs: number = Number.POSITIVE_INFINITY;

  constructor(source: LoadSource) {
    this.#source = source;
  }

  /** When the window ends, monotonic ms; Infinity before the first. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /** Begins a window. @param receivedBytes of all datagrams since the start */
  start(nowMs: number, receivedBytes: number): void {
    this.#startMs = nowMs;
    this.#startCpuMs = this.#source.cpuMs();
    this.#startBytes = receivedBytes;
    this.#dueMs = nowMs + OVERLOAD_WINDOW_MS;
  }

  /** There is nothing to look at. */
  stop(): void {
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  /** Ends the window, at `dueMs` or later, and begins the next. */
  take(nowMs: number, receivedBytes: number): LoadSample {
    const ms = Math.max(nowMs - this.#startMs, 1);
    const busy = (this.#source.cpuMs() - this.#startCpuMs) / ms;
    const lagMs = Math.max(nowMs - this.#dueMs, 0);
    const keptPerMs = (KEPT_PER_BYTE * (receivedBytes - this.#startBytes)) / ms;
    const queuedBytes = this.#source.queuedBytes();
    const queueMs = queuedBytes < BACKLOG_BYTES_MIN ? 0 : queuedBytes / Math.max(keptPerMs, 1);
    this.start(nowMs, receivedBytes);
    return {
      busy: Number.isNaN(busy) ? UNKNOWN_BUSY : Math.min(busy, 1),
      lagMs,
      queueMs: Math.min(queueMs, QUEUE_MS_MAX),
    };
  }
}
