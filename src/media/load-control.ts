import type { Log } from "../base/log.ts";
import type { LoadSums } from "../bridge/events.ts";
import type { LoadSource } from "./load-source.ts";
import { LoadAction, LoadState } from "./load-state.ts";
import { OverloadMeter } from "./overload-meter.ts";
import { type ShedStream, VideoShedder } from "./video-shedder.ts";

const PERCENT = 100;

/**
 * Watches the load of a media thread, and takes video off it while there is too much: what is left
 * goes on in time, sound first of all. Runs four times a second while there are subscribers.
 */
export class LoadControl {
  readonly #source: LoadSource;
  readonly #log: Log | undefined;
  readonly #meter: OverloadMeter;
  readonly #state: LoadState = new LoadState();
  readonly #shedder: VideoShedder = new VideoShedder();
  #sinceMs = 0;
  #overloads = 0;
  #steps = 0;
  #worstLagMs = 0;

  constructor(source: LoadSource, log: Log | undefined) {
    this.#source = source;
    this.#log = log;
    this.#meter = new OverloadMeter(source);
  }

  /** The thread has too much to do at this moment. */
  get isHot(): boolean {
    return this.#state.isHot;
  }

  /** When `handleTimeout` has work, monotonic ms. */
  pollTimeout(): number {
    return this.#meter.dueMs;
  }

  /** There are subscribers from now on. */
  start(nowMs: number, receivedBytes: number): void {
    if (this.#meter.dueMs === Number.POSITIVE_INFINITY) this.#meter.start(nowMs, receivedBytes);
  }

  /**
   * @param receivedBytes of all datagrams since the thread started
   * @param subscribers all of the thread, sound too
   */
  handleTimeout(
    nowMs: number,
    receivedBytes: number,
    subscribers: ReadonlyMap<unknown, ShedStream & { readonly isVideo: boolean }>,
  ): void {
    if (nowMs < this.#meter.dueMs) return;
    const sample = this.#meter.take(nowMs, receivedBytes);
    this.#worstLagMs = Math.max(this.#worstLagMs, sample.lagMs, sample.queueMs);
    const wasOverloaded = this.#state.isOverloaded;
    const action = this.#state.next(sample, this.#shedder.isIdle);
    if (this.#state.isOverloaded && !wasOverloaded) {
      this.#overloads += 1;
      this.#sinceMs = nowMs;
      this.#log?.warn("Media thread overloaded: video is reduced", {
        busyPercent: Math.round(sample.busy * PERCENT),
        lagMs: Math.round(sample.lagMs),
        queueMs: Math.round(sample.queueMs),
      });
    }
    if (action === LoadAction.Shed) this.#shed(nowMs, subscribers.values());
    else if (action === LoadAction.Restore) this.#shedder.restore(nowMs);
    if (wasOverloaded && !this.#state.isOverloaded) {
      this.#log?.info("Media thread no longer overloaded: video is whole again", {
        seconds: Math.round((nowMs - this.#sinceMs) / 1_000),
      });
    }
    if (subscribers.size === 0 && !this.#state.isOverloaded) this.#meter.stop();
  }

  #shed(nowMs: number, subscribers: Iterable<ShedStream & { readonly isVideo: boolean }>): void {
    const video: ShedStream[] = [];
    for (const subscriber of subscribers) if (subscriber.isVideo) video.push(subscriber);
    if (!this.#shedder.shed(nowMs, video, this.#state.share)) return;
    this.#state.noteShed();
    this.#steps += 1;
  }

  /** For the report of every few seconds. */
  takeSums(): LoadSums {
    const worstLagMs = this.#worstLagMs;
    this.#worstLagMs = 0;
    return {
      cpuMs: this.#source.cpuMs() || 0,
      worstLagMs,
      overloads: this.#overloads,
      shedSteps: this.#steps,
      overloaded: this.#state.isOverloaded ? 1 : 0,
      loweredTracks: this.#shedder.loweredCount,
      pausedTracks: this.#shedder.pausedCount,
    };
  }
}
