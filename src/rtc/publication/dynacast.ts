import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import type { Rank } from "./video-quality.ts";

/** Nobody subscribed yet: the first report comes this late, so that a publisher is not paused at once. */
const FIRST_REPORT_MS = 10_000;
/** Applying an answer re-activates paused encodings in browsers: tell them again, this much later. */
const AFTER_ANSWER_MS = 2_000;
const AFTER_ANSWER_MAX_MS = 8_000;
const RANK_MAX: Rank = 2;

export type DynacastOptions = {
  /** `vp8`, `h264`, `vp9`, `av1`, `h265`, `opus`: the codecs that are published, the primary first. */
  readonly codecs: readonly string[];
  /** Downgrades wait this long (`video.dynacast_pause_delay`), ms; 0: they do not wait. */
  readonly pauseDelayMs: number;
  readonly scheduler: Scheduler;
  isMuted(): boolean;
  /** Tells the publisher what is wanted of each codec, the first one first. */
  send(ranks: ReadonlyMap<string, Rank>): void;
  /** What is wanted of a codec changed, whether the publisher is told now or after a mute. */
  onCommitted(codec: string, rank: Rank): void;
};

/** What is wanted of one codec of the track. */
type Demand = {
  /** By down track. */
  readonly wishes: Map<number, Rank>;
  /** Reported even when nobody wants it: somebody did once, or the time of grace is over. */
  isKnown: boolean;
  /** Reported while nobody has said what it wants; undefined: nothing is. */
  presumed: Rank | undefined;
  grace: Cancel | undefined;
};

/**
 * Tells a publisher how much of each codec is wanted (spec-media 7.2, spec-signalling 5.6): the most
 * that any subscriber wants. More is told at once, less after a pause, nothing while muted. A codec
 * of which nobody has said anything is left alone for ten seconds.
 */
export class Dynacast {
  readonly #options: DynacastOptions;
  readonly #demands = new Map<string, Demand>();
  readonly #committed = new Map<string, Rank>();
  /** All other codecs are off for as long as this one is sent. */
  #regressedTo: string | undefined;
  #pendingDowngrade: Cancel | undefined;
  #afterAnswer: Cancel | undefined;
  #afterAnswerSinceMs = 0;
  #isClosed = false;

  constructor(options: DynacastOptions) {
    this.#options = options;
    for (const codec of options.codecs) this.addCodec(codec);
  }

  /** A codec is published, or asked for. Nothing is told of it until somebody wants it, or 10 s. */
  addCodec(codec: string): void {
    if (this.#isClosed || this.#demands.has(codec)) return;
    const demand: Demand = {
      wishes: new Map(),
      isKnown: false,
      presumed: undefined,
      grace: undefined,
    };
    this.#demands.set(codec, demand);
    if (this.#isOff(codec)) this.#retire(demand);
    else this.#startGrace(demand);
    this.#evaluate();
  }

  removeCodec(codec: string): void {
    if (this.#isClosed) return;
    this.#demands.get(codec)?.grace?.();
    if (!this.#demands.delete(codec)) return;
    if (codec === this.#regressedTo) this.#regressedTo = undefined;
    this.#evaluate();
  }

  /** @param rank 0..2 what this subscriber wants at most, -1: nothing for now */
  setSubscriber(downTrackId: number, codec: string, rank: Rank): void {
    const demand = this.#demands.get(codec);
    if (demand === undefined || this.#isOff(codec)) return;
    if (demand.wishes.get(downTrackId) === rank) return;
    for (const other of this.#demands.values()) other.wishes.delete(downTrackId);
    demand.wishes.set(downTrackId, rank);
    if (rank >= 0) this.#endGrace(demand);
    this.#evaluate();
  }

  removeSubscriber(downTrackId: number): void {
    let isKnown = false;
    for (const { wishes } of this.#demands.values()) {
      isKnown = wishes.delete(downTrackId) || isKnown;
    }
    if (isKnown) this.#evaluate();
  }

  /**
   * From now on this codec is the only one: the others are off, and what was wanted of them is
   * wanted of it (spec-media 7.3). All of it, until somebody says what it wants.
   */
  regress(to: string): void {
    if (this.#isClosed || this.#regressedTo === to) return;
    this.#regressedTo = to;
    this.addCodec(to);
    const target = this.#demands.get(to)!;
    for (const [codec, demand] of this.#demands) {
      if (codec === to) continue;
      for (const [downTrackId, rank] of demand.wishes) {
        if (rank > (target.wishes.get(downTrackId) ?? -1)) target.wishes.set(downTrackId, rank);
      }
      this.#retire(demand);
    }
    if (target.wishes.size > 0) this.#endGrace(target);
    else if (!target.isKnown) target.presumed = RANK_MAX;
    this.#evaluate();
  }

  /** The only codec is about to go: what is wanted of the others counts again, from now on. */
  endRegression(): void {
    this.#regressedTo = undefined;
  }

  /** Says it again although nothing changed: after an unmute or a resume. */
  force(): void {
    if (this.#isClosed) return;
    if (this.#committed.size > 0) this.#report();
    else this.#evaluate();
  }

  /** A publisher answer was sent. */
  answered(): void {
    if (this.#isClosed) return;
    const { scheduler } = this.#options;
    if (this.#afterAnswer === undefined) this.#afterAnswerSinceMs = scheduler.nowMs();
    const waitedMs = scheduler.nowMs() - this.#afterAnswerSinceMs;
    this.#afterAnswer?.();
    this.#afterAnswer = scheduler.after(
      Math.max(0, Math.min(AFTER_ANSWER_MS, AFTER_ANSWER_MAX_MS - waitedMs)),
      () => {
        this.#afterAnswer = undefined;
        const isReduced = [...this.#committed.values()].some((rank) => rank < RANK_MAX);
        if (isReduced) this.#report();
      },
    );
  }

  /** What the publisher is asked for; undefined before the first report. */
  committedRank(codec: string): Rank | undefined {
    return this.#committed.get(codec);
  }

  close(): void {
    this.#isClosed = true;
    this.#pendingDowngrade?.();
    this.#afterAnswer?.();
    for (const { grace } of this.#demands.values()) grace?.();
  }

  #isOff(codec: string): boolean {
    return this.#regressedTo !== undefined && this.#regressedTo !== codec;
  }

  #startGrace(demand: Demand): void {
    demand.grace = this.#options.scheduler.after(FIRST_REPORT_MS, () => {
      this.#endGrace(demand);
      this.#evaluate();
    });
  }

  #endGrace(demand: Demand): void {
    demand.grace?.();
    demand.grace = undefined;
    demand.isKnown = true;
  }

  #retire(demand: Demand): void {
    this.#endGrace(demand);
    demand.wishes.clear();
  }

  /** undefined: nothing is to be said of this codec yet. */
  #wanted({ wishes, isKnown, presumed }: Demand): Rank | undefined {
    let most: Rank = -1;
    for (const rank of wishes.values()) if (rank > most) most = rank;
    return isKnown || most >= 0 ? most : presumed;
  }

  #evaluate(): void {
    if (this.#isClosed) return;
    let isUrgent = [...this.#committed.keys()].some((codec) => !this.#demands.has(codec));
    let isDown = false;
    for (const [codec, demand] of this.#demands) {
      const wanted = this.#wanted(demand);
      const committed = this.#committed.get(codec);
      if (wanted === undefined) continue;
      if (committed === undefined || wanted > committed) isUrgent = true;
      else if (wanted < committed) isDown = true;
    }
    if (isUrgent || (isDown && this.#options.pauseDelayMs === 0)) {
      this.#commit();
    } else if (!isDown) {
      this.#pendingDowngrade?.();
      this.#pendingDowngrade = undefined;
    } else {
      this.#pendingDowngrade ??= this.#options.scheduler.after(this.#options.pauseDelayMs, () => {
        this.#pendingDowngrade = undefined;
        this.#commit();
      });
    }
  }

  #commit(): void {
    this.#pendingDowngrade?.();
    this.#pendingDowngrade = undefined;
    for (const codec of [...this.#committed.keys()]) {
      if (!this.#demands.has(codec)) this.#committed.delete(codec);
    }
    for (const [codec, demand] of this.#demands) {
      const wanted = this.#wanted(demand);
      if (wanted === undefined || this.#committed.get(codec) === wanted) continue;
      this.#committed.set(codec, wanted);
      this.#options.onCommitted(codec, wanted);
    }
    this.#report();
  }

  #report(): void {
    if (this.#options.isMuted() || this.#committed.size === 0) return;
    // the first codec's qualities are all that older clients read, whenever it was reported first
    const ranks = new Map<string, Rank>();
    for (const codec of this.#demands.keys()) {
      const rank = this.#committed.get(codec);
      if (rank !== undefined) ranks.set(codec, rank);
    }
    this.#options.send(ranks);
  }
}
