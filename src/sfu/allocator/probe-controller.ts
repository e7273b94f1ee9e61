import type { AllocationSettings } from "../../base/allocation-settings.ts";
import type {
  BandwidthEstimator,
  ProbeGoal,
  ProbeOutcome,
  Prober,
} from "../bwe/bandwidth-estimator.ts";
import { ProbeRegulator } from "./probe-regulator.ts";

/**
 * Of what a downlink is found to carry, how much is used: bitrates of layers go up and down by some
 * percent, a queue that was met has to drain, and where every bit is used it never would.
 */
export const CAPACITY_SHARE = 0.9;
const BITS_PER_BYTE_PER_SECOND = 8_000;
const PERCENT = 100;
/** An estimator that says nothing for so long after the end of a probe never will. */
const OUTCOME_WAIT_MAX_MS = 10_000;
/** A burst that does not come to its end within this time on top of its length is broken off. */
const OVERTIME_MAX_MS = 5_000;

/**
 * After a probe that went well the next one tries so much of the usage more, where more is wanted: a
 * downlink that is free again is found to be so in a few steps.
 */
const GROWTH = 1;
/** As CAPACITY_SHARE, with some room for what is measured a little short. */
const PROBED_SHARE = 0.85;

/** One probe at a time, from its goal to its outcome (spec-media 6.6). */
export class ProbeController {
  readonly #settings: AllocationSettings;
  readonly #estimator: BandwidthEstimator;
  readonly #prober: Prober;
  readonly #regulator: ProbeRegulator;
  #isActive = false;
  #startMs = 0;
  #durationMs = 0;
  #expectedBps = 0;
  #desiredBps = 0;
  /** Infinity while it is being sent. */
  #endMs = Number.POSITIVE_INFINITY;
  #isCongesting = false;
  #growth = 0;

  constructor(settings: AllocationSettings, estimator: BandwidthEstimator, prober: Prober) {
    this.#settings = settings;
    this.#estimator = estimator;
    this.#prober = prober;
    this.#regulator = new ProbeRegulator(estimator);
  }

  /** A probe is being sent, or waits for its outcome. */
  get isActive(): boolean {
    return this.#isActive;
  }

  canStart(nowMs: number): boolean {
    return !this.#isActive && this.#regulator.canProbe(nowMs);
  }

  /**
   * @param usageBps what the tracks take now
   * @param provenBps what the downlink is known to carry
   * @param nextBps what the next layer would take more
   * @param missingBps what all tracks together lack
   */
  start(
    nowMs: number,
    usageBps: number,
    provenBps: number,
    nextBps: number,
    missingBps: number,
  ): void {
    const { probeOveragePct, probeMinBps } = this.#settings;
    const overage = probeOveragePct / PERCENT;
    const wishedBps = Math.max(nextBps, Math.min(missingBps, usageBps * this.#growth));
    const neededBps = (usageBps + wishedBps) / PROBED_SHARE - usageBps;
    const increaseBps = Math.max(wishedBps * overage, neededBps, probeMinBps);
    // No more than about twice of what is known at once: the queue would be the picture's as well.
    const limitBps = 2 * Math.max(usageBps, provenBps) + probeMinBps;
    const desiredBps = Math.round(Math.min(usageBps + increaseBps, limitBps));
    const { durationMs } = this.#regulator;
    const goal: ProbeGoal = {
      expectedBps: usageBps,
      desiredBps,
      durationMs,
      bytes: Math.ceil((desiredBps * durationMs) / BITS_PER_BYTE_PER_SECOND),
    };
    this.#isActive = true;
    this.#startMs = nowMs;
    this.#durationMs = durationMs;
    this.#expectedBps = usageBps;
    this.#desiredBps = desiredBps;
    this.#endMs = Number.POSITIVE_INFINITY;
    this.#isCongesting = false;
    this.#estimator.startProbe(nowMs, goal);
    this.#prober.start(nowMs, goal);
  }

  /** Sends no more of it; its outcome is still to come. */
  stop(nowMs: number): void {
    if (!this.#isActive || this.#endMs !== Number.POSITIVE_INFINITY) return;
    if (this.#prober.isActive) this.#prober.stop(nowMs);
    this.#endMs = nowMs;
    this.#estimator.endProbe(nowMs);
  }

  /** As if there had been none: the estimator starts over. */
  abandon(nowMs: number): void {
    this.stop(nowMs);
    this.#isActive = false;
  }

  /** The downlink fell short while the probe was under way. */
  noteCongestion(): void {
    this.#isCongesting = true;
  }

  /** The downlink fell short, and no probe was the reason. */
  hold(nowMs: number): void {
    this.#growth = 0;
    this.#regulator.hold(nowMs);
  }

  /** A step up was taken without a probe, at `startMs`; or it was too much. */
  noteStep(startMs: number, isCongesting: boolean): void {
    if (isCongesting) this.#regulator.noteCongesting(startMs, Number.POSITIVE_INFINITY);
    else this.#regulator.noteClear(startMs, true);
  }

  /**
   * @returns the outcome, once, with no more capacity than what was tried; undefined while there is
   *   none yet, and without a probe
   */
  poll(nowMs: number): ProbeOutcome | undefined {
    if (!this.#isActive) return undefined;
    const isLate = nowMs > this.#startMs + this.#durationMs + OVERTIME_MAX_MS;
    if (!this.#prober.isActive || isLate) this.stop(nowMs);
    const outcome = this.#estimator.pollProbeOutcome(nowMs) ?? this.#missingOutcome(nowMs);
    if (outcome === undefined) return undefined;
    this.stop(nowMs);
    this.#isActive = false;
    const capacityBps = Math.min(outcome.capacityBps, this.#desiredBps);
    const verdict = this.#isCongesting ? "congesting" : outcome.verdict;
    this.#regulate(nowMs, verdict, capacityBps);
    return { verdict, capacityBps };
  }

  #regulate(nowMs: number, verdict: ProbeOutcome["verdict"], capacityBps: number): void {
    if (verdict === "inconclusive") {
      this.#regulator.noteInconclusive(nowMs);
    } else if (verdict === "congesting") {
      this.#regulator.noteCongesting(this.#startMs, this.#queueMs(capacityBps));
      this.#growth = 0;
    } else {
      this.#regulator.noteClear(this.#startMs, capacityBps >= this.#desiredBps);
      this.#growth = capacityBps >= this.#desiredBps * CAPACITY_SHARE ? GROWTH : 0;
    }
  }

  /** How long the queue is that was made, at most; of the probe that is over. */
  #queueMs(capacityBps: number): number {
    const carriedBps = Math.max(capacityBps, this.#expectedBps);
    const sentMs = this.#endMs - this.#startMs;
    if (carriedBps <= 0) return sentMs;
    return ((this.#desiredBps - carriedBps) / carriedBps) * sentMs;
  }

  #missingOutcome(nowMs: number): ProbeOutcome | undefined {
    if (nowMs - this.#endMs < OUTCOME_WAIT_MAX_MS) return undefined;
    return { verdict: "inconclusive", capacityBps: 0 };
  }

  debugInfo(): object {
    return { isActive: this.#isActive, durationMs: this.#regulator.durationMs };
  }
}
