import type { ProbeRegulatorSettings } from "../../base/congestion-settings.ts";

const INCONCLUSIVE_WAIT_MS = 500;
const INCONCLUSIVE_FACTOR = 2;
/** After so many in a row it is not their length: maybe nothing of them arrives. */
const INCONCLUSIVE_MAX = 4;
/**
 * What a queue of this length costs is worth the whole back-off. Less is worth less of it, but so
 * much at least.
 */
const HARM_MS = 500;
const HARM_SHARE_MIN = 0.2;
/** A probe that has shown nothing in this time does harm when it goes on for longer. */
const UNPROVEN_MAX_MS = 2_000;

/**
 * When a downlink may be probed again and for how long (spec-media 6.6): soon and longer after a
 * probe that went well, later and shortly again after one that it could not take.
 */
export class ProbeRegulator {
  readonly #source: { readonly probing: ProbeRegulatorSettings };
  #settings: ProbeRegulatorSettings;
  #intervalMs: number;
  #durationMs: number;
  /** Shorter probes have shown nothing. */
  #leastMs: number;
  #inconclusiveCount = 0;
  #nextMs = Number.NEGATIVE_INFINITY;

  /** @param source whoever estimates: its settings are others once another way to estimate is used */
  constructor(source: { readonly probing: ProbeRegulatorSettings }) {
    const settings = source.probing;
    this.#source = source;
    this.#settings = settings;
    this.#intervalMs = settings.baseIntervalMs;
    this.#durationMs = settings.minDurationMs;
    this.#leastMs = settings.minDurationMs;
  }

  canProbe(nowMs: number): boolean {
    const { probing } = this.#source;
    if (probing !== this.#settings) {
      this.#settings = probing;
      this.#intervalMs = probing.baseIntervalMs;
      this.#durationMs = probing.minDurationMs;
      this.#leastMs = probing.minDurationMs;
    }
    return nowMs >= this.#nextMs;
  }

  /** Of the next probe. */
  get durationMs(): number {
    return this.#durationMs;
  }

  /**
   * The downlink took it.
   *
   * @param startMs of the probe; the interval counts from there
   * @param isProven all that was tried was seen to arrive
   */
  noteClear(startMs: number, isProven: boolean): void {
    this.#intervalMs = this.#settings.baseIntervalMs;
    this.#lengthen(
      this.#settings.durationIncreaseFactor,
      isProven ? Number.POSITIVE_INFINITY : UNPROVEN_MAX_MS,
    );
    this.#nextMs = startMs + this.#intervalMs;
  }

  /**
   * It was too much.
   *
   * @param startMs of the probe
   * @param harmMs the queue that it made; Infinity where it cost the picture
   */
  noteCongesting(startMs: number, harmMs: number): void {
    this.#inconclusiveCount = 0;
    this.#durationMs = this.#leastMs;
    this.#backOff(startMs, Math.min(Math.max(harmMs / HARM_MS, HARM_SHARE_MIN), 1));
  }

  /** @param share of the whole back-off, 0..1 */
  #backOff(fromMs: number, share: number): void {
    const { backoffFactor, maxIntervalMs } = this.#settings;
    const factor = 1 + (backoffFactor - 1) * share;
    this.#intervalMs = Math.min(this.#intervalMs * factor, maxIntervalMs);
    this.#nextMs = fromMs + this.#intervalMs;
  }

  /**
   * Too little was reported to tell, as where reports are rare: again soon and longer, until it is
   * long enough.
   */
  noteInconclusive(nowMs: number): void {
    this.#inconclusiveCount += 1;
    if (this.#inconclusiveCount > INCONCLUSIVE_MAX) {
      this.#backOff(nowMs, 1);
      return;
    }
    this.#lengthen(INCONCLUSIVE_FACTOR, UNPROVEN_MAX_MS);
    this.#leastMs = this.#durationMs;
    this.#nextMs = nowMs + INCONCLUSIVE_WAIT_MS;
  }

  #lengthen(factor: number, limitMs: number): void {
    const longerMs = Math.min(this.#durationMs * factor, this.#settings.maxDurationMs, limitMs);
    this.#durationMs = Math.max(this.#durationMs, longerMs);
  }

  /** The downlink fell short by itself: what is sent less has to show first. */
  hold(nowMs: number): void {
    this.#nextMs = Math.max(this.#nextMs, nowMs + this.#settings.baseIntervalMs);
  }
}
