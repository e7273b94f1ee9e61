import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import type { MediaRouter } from "../media/media-router.ts";

const SAMPLE_MS = 1_000;
/** The rate is taken over this time, or over what has passed of it. */
const WINDOW_MS = 10_000;
const SAMPLES_MAX = WINDOW_MS / SAMPLE_MS + 1;

export type NodeLimitsOptions = {
  /** Tracks in and out; 0 is no limit. */
  readonly tracks: number;
  /** Bytes a second in and out; 0 is no limit. */
  readonly bytesPerSecond: number;
  readonly router: MediaRouter;
  readonly scheduler: Scheduler;
};

/** How much this node carries, held against `limit.num_tracks` and `limit.bytes_per_sec`. */
export class NodeLimits {
  readonly #options: NodeLimitsOptions;
  /** Oldest first, at most `SAMPLES_MAX`. */
  readonly #samples: { readonly atMs: number; readonly bytes: number }[] = [];
  readonly #timer: Cancel | undefined;

  constructor(options: NodeLimitsOptions) {
    this.#options = options;
    if (options.bytesPerSecond <= 0) return;
    this.#sample();
    this.#timer = options.scheduler.every(SAMPLE_MS, () => this.#sample());
  }

  /** No more is to come: who is here stays. */
  get isReached(): boolean {
    const { tracks, bytesPerSecond, router } = this.#options;
    if (tracks > 0 && router.trackCount >= tracks) return true;
    return bytesPerSecond > 0 && this.#bytesPerSecond() >= bytesPerSecond;
  }

  #bytesPerSecond(): number {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.atMs <= first.atMs) return 0;
    return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
  }

  #sample(): void {
    const { router, scheduler } = this.#options;
    let bytes = 0;
    for (const { bytesIn, bytesOut } of router.counters()) bytes += bytesIn + bytesOut;
    this.#samples.push({ atMs: scheduler.nowMs(), bytes });
    if (this.#samples.length > SAMPLES_MAX) this.#samples.shift();
  }

  close(): void {
    this.#timer?.();
  }
}
