import { Codec, isVideoCodec } from "../../wire/rtp/codec.ts";
import { PacketRateMode } from "./packet-rate-mode.ts";

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
/** After an unmute, the share of the window that must be unmuted to be judged. */
const UNMUTED_SHARE_MIN = 0.5;

/** What happened in one window. Filled again for each. */
export class QualityWindow {
  /** Received upstream, sent downstream; padding included. */
  packets = 0;
  lost = 0;
  /** Never forwarded because they never arrived: no fault of the downlink. */
  missing = 0;
  outOfOrder = 0;
  /** Mean of how many layers below the wanted one was delivered; 0 when all is there. */
  layerDistance = 0;
  /** An RTCP sender report came within the window. */
  hasReport = false;
}

/** How much one percent of loss hurts (spec-media 8.3). */
function lossWeightOf(codec: Codec, hasFec: boolean): number {
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

/** Connection quality of one track, 0..100, from one window of five seconds after the other. */
export class ConnectionQuality {
  readonly #rates: PacketRateMode = new PacketRateMode();
  #score = SCORE_MAX;
  #isMuted = false;
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
    else if (this.#score > SCORE_LOST) this.#score = SCORE_MAX;
  }

  /** Held back for lack of bandwidth. */
  setPaused(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#score = SCORE_PAUSED;
  }

  /** Closes the window: `window` is what happened since the last call. */
  update(nowMs: number, window: QualityWindow, codec: Codec, hasFec: boolean): void {
    const durationMs = nowMs - this.#windowStartMs;
    this.#windowStartMs = nowMs;
    if (this.#isMuted || this.#isPaused || durationMs <= 0) return;
    if (nowMs - this.#unmutedMs < durationMs * UNMUTED_SHARE_MIN) return;
    if (window.packets + window.lost <= 0) {
      this.#score = window.hasReport ? SCORE_DRY : SCORE_LOST;
      return;
    }
    const pps = (window.packets * 1000) / durationMs;
    this.#rates.add(nowMs, pps);
    const lost = Math.max(0, window.lost - window.missing - window.outOfOrder);
    const share = lost / (window.packets + lost);
    const effect = SCORE_MAX * share * lossWeightOf(codec, hasFec) * this.#rateFactor(pps);
    const layerScore = SCORE_MAX - LAYER_PENALTY * Math.max(0, window.layerDistance);
    const score = Math.max(0, Math.min(SCORE_MAX - effect, layerScore));
    const weight = score > this.#score ? RISE_WEIGHT : FALL_WEIGHT;
    const next = this.#score + (score - this.#score) * weight;
    this.#score = Math.min(SCORE_MAX, Math.max(SCORE_FLOOR, next));
  }

  #rateFactor(pps: number): number {
    const mode = this.#rates.modePps;
    return mode === 0 ? 1 : Math.sqrt(Math.min(1, pps / mode));
  }
}
