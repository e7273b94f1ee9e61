import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import { livekit } from "../../gen/livekit.js";
import { QUALITIES, type Rank } from "./video-quality.ts";

/** Nobody subscribed yet: the first report comes this late, so that a publisher is not paused at once. */
const FIRST_REPORT_MS = 10_000;
/** Applying an answer re-activates paused encodings in browsers: tell them again, this much later. */
const AFTER_ANSWER_MS = 2_000;
const AFTER_ANSWER_MAX_MS = 8_000;

export type DynacastOptions = {
  readonly trackSid: string;
  /** `vp8`, `h264`, `vp9`, `av1`, `h265`: the codecs that are published, the primary one first. */
  readonly codecs: readonly string[];
  /** Downgrades wait this long (`video.dynacast_pause_delay`), ms. */
  readonly pauseDelayMs: number;
  readonly scheduler: Scheduler;
  isMuted(): boolean;
  send(update: livekit.SubscribedQualityUpdate): void;
  /** What is wanted of a codec changed, whether the publisher is told now or after a mute. */
  onCommitted(codec: string, rank: Rank): void;
};

/**
 * Tells a video publisher which qualities are wanted, per codec (spec-signalling 5.6): the most
 * that any subscriber wants. More is told at once, less after a pause, nothing while muted.
 */
export class Dynacast {
  readonly #options: DynacastOptions;
  readonly #codecs = new Map<string, Map<number, Rank>>();
  readonly #committed = new Map<string, Rank>();
  #hasReported = false;
  #pendingDowngrade: Cancel | undefined;
  #firstReport: Cancel | undefined;
  #afterAnswer: Cancel | undefined;
  #afterAnswerSinceMs = 0;
  #isClosed = false;

  constructor(options: DynacastOptions) {
    this.#options = options;
    for (const codec of options.codecs) this.#codecs.set(codec, new Map());
    this.#firstReport = options.scheduler.after(FIRST_REPORT_MS, () => {
      this.#firstReport = undefined;
      if (!this.#hasReported) this.#commit();
    });
  }

  /** Codecs that come or go are told at once, when anything was told before. */
  addCodec(codec: string): void {
    if (this.#isClosed || this.#codecs.has(codec)) return;
    this.#codecs.set(codec, new Map());
    if (this.#hasReported) this.#commit();
  }

  removeCodec(codec: string): void {
    if (this.#isClosed || !this.#codecs.delete(codec)) return;
    this.#committed.delete(codec);
    if (this.#hasReported) this.#commit();
  }

  /** @param rank 0..2 what this subscriber wants at most, -1: nothing for now */
  setSubscriber(downTrackId: number, codec: string, rank: Rank): void {
    const wishes = this.#codecs.get(codec);
    if (wishes === undefined || wishes.get(downTrackId) === rank) return;
    for (const others of this.#codecs.values()) others.delete(downTrackId);
    wishes.set(downTrackId, rank);
    this.#evaluate();
  }

  removeSubscriber(downTrackId: number): void {
    let isKnown = false;
    for (const wishes of this.#codecs.values()) isKnown = wishes.delete(downTrackId) || isKnown;
    if (isKnown) this.#evaluate();
  }

  /** Says it again although nothing changed: after an unmute or a resume. */
  force(): void {
    if (this.#isClosed) return;
    if (this.#hasReported) this.#report();
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
        const isReduced = [...this.#committed.values()].some((rank) => rank < 2);
        if (this.#hasReported && isReduced) this.#report();
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
    this.#firstReport?.();
    this.#afterAnswer?.();
  }

  #wanted(codec: string): Rank {
    let most: Rank = -1;
    for (const rank of this.#codecs.get(codec)?.values() ?? []) if (rank > most) most = rank;
    return most;
  }

  #evaluate(): void {
    if (this.#isClosed) return;
    let isUp = false;
    let isDown = false;
    for (const codec of this.#codecs.keys()) {
      const wanted = this.#wanted(codec);
      const committed = this.#committed.get(codec) ?? (this.#hasReported ? -1 : undefined);
      if (committed === undefined ? wanted >= 0 : wanted > committed) isUp = true;
      else if (committed !== undefined && wanted < committed) isDown = true;
    }
    if (isUp) {
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
    for (const codec of this.#codecs.keys()) {
      const wanted = this.#wanted(codec);
      if (this.#committed.get(codec) === wanted) continue;
      this.#committed.set(codec, wanted);
      this.#options.onCommitted(codec, wanted);
    }
    this.#hasReported = true;
    this.#report();
  }

  #report(): void {
    if (this.#options.isMuted()) return;
    const subscribedCodecs = [...this.#committed].map(
      ([codec, rank]) =>
        new livekit.SubscribedCodec({
          codec,
          qualities: QUALITIES.map(
            (quality, index) => new livekit.SubscribedQuality({ quality, enabled: index <= rank }),
          ),
        }),
    );
    this.#options.send(
      new livekit.SubscribedQualityUpdate({
        trackSid: this.#options.trackSid,
        subscribedQualities: subscribedCodecs[0]?.qualities ?? [],
        subscribedCodecs,
      }),
    );
  }
}
