import { Codec, isVideoCodec } from "../../wire/rtp/codec.ts";
import { PacketRateMode } from "./packet-rate-mode.ts";
import { TimeAverage } from "./time-average.ts";

/** How often a score is made (spec-media 8.3). */
export const QUALITY_WINDOW_MS = 5_000;
export const SCORE_MAX = 100;
const SCORE_FLOOR = 30;
const SCORE_PAUSED = 30;
/** Nothing came in a window; with, and without, a sign of life by RTCP. */
const SCORE_DRY = 40;
const SCORE_LOST = 20;
const RISE_WEIGHT = 0.4;
const FALL_WEIGHT = 0.8;
/** By how much each missing spatial layer lowers the score. */
const LAYER_PENALTY = 35;
const FEC_RELIEF = 1.5;
/** After an unmute, a window is judged if more than this share of it was unmuted. */
const UNMUTED_SHARE_MIN = 0.5;

/** What happened in one window. Filled again for each. */
export class QualityWindow {
  /** Stretch that the counts are of, ms; 0: unknown. */
  durationMs = 0;
  /** Sent, whether they arrived or not; without padding. */
  packets = 0;
  paddingPackets = 0;
  lost = 0;
  /** Never forwarded, or late, because they had been lost before us: no fault of the downlink. */
  missing = 0;
  /** The sender was heard of by RTCP within the window, or never reports at all. */
  isAlive = false;
}

/** How much one percent of loss hurts (spec-media 8.3). */
export function lossWeightOf(codec: Codec, hasFec: boolean): number {
  if (isVideoCodec(codec)) return 10;
  switch (codec) {
    case Codec.Opus:
      return hasFec ? 8 / FEC_RELIEF : 8;
    case Codec.Red:
      return hasFec ? 4 / FEC_RELIEF : 4;
    default:
      return 0;
  }
}

/**
 * Connection quality of one track, 0..100, from one window of five seconds after the other
 * (spec-media 8.3). Delay and bitrate are not judged: the reference can, but never does.
 */
export class ConnectionQuality {
  readonly #rates: PacketRateMode = new PacketRateMode();
  /** Layers that lack to what is wanted. */
  readonly #distance: TimeAverage = new TimeAverage();
  #score = SCORE_MAX;
  #isMuted = false;
  #isLayerMuted = false;
  #isPaused = false;
  #unmutedMs = Number.NEGATIVE_INFINITY;
  #windowStartMs: number;

  constructor(nowMs: number) {
    this.#windowStartMs = nowMs;
  }

  /** >80 excellent, >40 good, >20 poor, else lost. */
  get score(): number {
    return this.#score;
  }

  /** A muted track is as good as can be, unless it was lost already. */
  setMuted(nowMs: number, isMuted: boolean): void {
    if (isMuted === this.#isMuted) return;
    this.#isMuted = isMuted;
    if (!isMuted) this.#unmutedMs = nowMs;
    else if (this.#score !== SCORE_LOST) this.#score = SCORE_MAX;
  }

  /** The publisher is asked to send nothing (dynacast). */
  setLayerMuted(nowMs: number, isMuted: boolean): void {
    if (isMuted === this.#isLayerMuted) return;
    this.#isLayerMuted = isMuted;
    if (!isMuted) {
      this.#unmutedMs = nowMs;
      return;
    }
    this.#distance.reset();
    this.#score = SCORE_MAX;
  }

  /** Held back for lack of bandwidth: poor at once; afterwards it climbs as after any loss. */
  setPaused(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    if (!isPaused) return;
    this.#distance.reset();
    this.#score = SCORE_PAUSED;
  }

  /** From now on so many layers lack to what is wanted; what is above it counts against it. */
  noteDistance(nowMs: number, layers: number): void {
    this.#distance.set(nowMs, layers);
  }

  /** Closes a window of which nothing can be said. */
  skip(nowMs: number): void {
    this.#windowStartMs = nowMs;
    this.#distance.take(nowMs);
  }

  /** Closes the window: `window` is what happened since the last call. */
  update(nowMs: number, window: QualityWindow, codec: Codec, hasFec: boolean): void {
    const elapsedMs = nowMs - this.#windowStartMs;
    this.#windowStartMs = nowMs;
    const distance = this.#distance.take(nowMs);
    if (this.#isMuted || this.#isLayerMuted || this.#isPaused || elapsedMs <= 0) return;
    if (nowMs - this.#unmutedMs <= elapsedMs * UNMUTED_SHARE_MIN) return;
    const sent = window.packets + window.paddingPackets;
    if (sent <= 0) {
      this.#score = window.isAlive ? SCORE_DRY : SCORE_LOST;
      return;
    }
    const lost = Math.max(0, window.lost - window.missing);
    const effect =
      ((SCORE_MAX * lost) / sent) * lossWeightOf(codec, hasFec) * this.#rateFactor(nowMs, window);
    const layerScore = SCORE_MAX - LAYER_PENALTY * distance;
    const score = Math.max(0, Math.min(SCORE_MAX - effect, layerScore, SCORE_MAX));
    const weight = score > this.#score ? RISE_WEIGHT : FALL_WEIGHT;
    const next = this.#score + (score - this.#score) * weight;
    this.#score = Math.min(SCORE_MAX, Math.max(SCORE_FLOOR, next));
  }

  /** A stream that sends less than it usually does suffers less. */
  #rateFactor(nowMs: number, window: QualityWindow): number {
    if (window.durationMs <= 0) return 1;
    const pps = (window.packets * 1000) / window.durationMs;
    this.#rates.add(nowMs, pps);
    const mode = this.#rates.modePps;
    return mode === 0 ? 1 : Math.sqrt(Math.min(1, pps / mode));
  }
}
