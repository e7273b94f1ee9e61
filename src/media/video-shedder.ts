import { NO_LAYER, SPATIAL_LAYER_MAX } from "../sfu/selector/layers.ts";

/** A lower spatial layer takes a quarter of the pixels, and about so much less of the bitrate. */
const SPATIAL_SAVING = 0.7;

/** One subscriber's video, as far as load is concerned. */
export interface ShedStream {
  /** Nothing is forwarded any more, and nothing will be. */
  readonly isEnded: boolean;
  /** What is forwarded of it now, bits per second: stands for the work that it makes. */
  readonly costBps: number;
  /** The spatial layer that it could go down to; NO_LAYER: none. */
  readonly lowerSpatial: number;
  readonly isScreenShare: boolean;
  /** No layer above this one, whatever is asked for; NO_LAYER: nothing at all. */
  limitLayers(nowMs: number, maxSpatial: number): void;
}

type Limit = { readonly stream: ShedStream; readonly formerSpatial: number };

/**
 * Takes video off an overloaded thread a step at a time, and gives it back in the opposite order:
 * first the spatial layers of the costliest streams go, one by one; when there are none left to
 * lower, the costliest streams are paused, cameras before screens, and their subscribers see them
 * paused. Sound is not its business.
 *
 * Holds at most three limits for each video stream that has not ended.
 */
export class VideoShedder {
  /** Oldest step first. */
  readonly #steps: Limit[][] = [];
  readonly #limits = new Map<ShedStream, number>();

  /** Nothing is taken away. */
  get isIdle(): boolean {
    return this.#steps.length === 0;
  }

  /** Streams that are held below what they could have. */
  get loweredCount(): number {
    return this.#limits.size - this.pausedCount;
  }

  get pausedCount(): number {
    let count = 0;
    for (const limit of this.#limits.values()) if (limit === NO_LAYER) count += 1;
    return count;
  }

  /**
   * Takes one step.
   *
   * @param streams all video of the thread
   * @param share what it takes off, of all that is forwarded, 0..1
   * @returns whether there was anything to take
   */
  shed(nowMs: number, streams: Iterable<ShedStream>, share: number): boolean {
    this.#forgetEnded();
    const flowing = [...streams].filter(({ costBps, isEnded }) => costBps > 0 && !isEnded);
    const totalBps = flowing.reduce((sum, { costBps }) => sum + costBps, 0);
    const lowerable = flowing.filter(({ lowerSpatial }) => lowerSpatial >= 0);
    const canLower = lowerable.length > 0;
    const step: Limit[] = [];
    let leftBps = totalBps * share;
    for (const stream of costliestFirst(canLower ? lowerable : flowing, !canLower)) {
      if (leftBps <= 0) break;
      leftBps -= stream.costBps * (canLower ? SPATIAL_SAVING : 1);
      step.push({ stream, formerSpatial: this.#limits.get(stream) ?? SPATIAL_LAYER_MAX });
      this.#limit(nowMs, stream, canLower ? stream.lowerSpatial : NO_LAYER);
    }
    if (step.length > 0) this.#steps.push(step);
    return step.length > 0;
  }

  /** Takes the last step back. */
  restore(nowMs: number): void {
    this.#forgetEnded();
    for (const { stream, formerSpatial } of this.#steps.pop() ?? []) {
      this.#limit(nowMs, stream, formerSpatial);
    }
  }

  #limit(nowMs: number, stream: ShedStream, maxSpatial: number): void {
    if (maxSpatial === SPATIAL_LAYER_MAX) this.#limits.delete(stream);
    else this.#limits.set(stream, maxSpatial);
    stream.limitLayers(nowMs, maxSpatial);
  }

  #forgetEnded(): void {
    for (const stream of this.#limits.keys()) if (stream.isEnded) this.#limits.delete(stream);
    for (let i = this.#steps.length - 1; i >= 0; i--) {
      const alive = this.#steps[i]!.filter(({ stream }) => !stream.isEnded);
      if (alive.length > 0) this.#steps[i] = alive;
      else this.#steps.splice(i, 1);
    }
  }
}

/** @param screensLast a screen share is what a meeting is about, most of the time */
function costliestFirst(streams: readonly ShedStream[], screensLast: boolean): ShedStream[] {
  const rank = ({ isScreenShare }: ShedStream) => (screensLast && isScreenShare ? 1 : 0);
  return streams.toSorted((a, b) => rank(a) - rank(b) || b.costBps - a.costBps);
}
