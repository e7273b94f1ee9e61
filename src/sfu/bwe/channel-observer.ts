import type { ChannelObserverSettings } from "../../base/congestion-settings.ts";
import { NackTracker } from "./nack-tracker.ts";
import { TrendDetector } from "./trend-detector.ts";

/** What a row of REMBs and NACKs means (spec-media 6.3). */
export type ChannelTrend = "falling-estimate" | "loss" | "clearing" | "inconclusive";

/** Watches the REMBs and repeated NACKs of a probe, or of the time outside of one. */
export class ChannelObserver {
  readonly #estimates: TrendDetector;
  readonly #nacks: NackTracker;

  constructor(settings: ChannelObserverSettings) {
    this.#estimates = new TrendDetector(settings.estimate);
    this.#nacks = new NackTracker(settings.nack);
  }

  get highestBps(): number {
    return this.#estimates.highest;
  }

  get hasEnough(): boolean {
    return this.#estimates.hasEnough;
  }

  get nackRatio(): number {
    return this.#nacks.ratio;
  }

  reset(): void {
    this.#estimates.reset();
    this.#nacks.reset();
  }

  /** `packets` and `repeatedNacks` count since the last REMB. */
  add(nowMs: number, estimateBps: number, packets: number, repeatedNacks: number): void {
    this.#estimates.add(nowMs, estimateBps);
    this.#nacks.add(nowMs, packets, repeatedNacks);
  }

  trend(nowMs: number): ChannelTrend {
    const direction = this.#estimates.trend;
    if (direction === "down") return "falling-estimate";
    if (this.#nacks.isTriggered(nowMs)) return "loss";
    return direction === "up" ? "clearing" : "inconclusive";
  }
}
