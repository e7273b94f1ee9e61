import type { ProbeRegulatorSettings } from "../../src/base/congestion-settings.ts";
import type { AllocatorParts } from "../../src/sfu/allocator/allocator-parts.ts";
import { DEFAULT_ALLOCATION } from "../../src/sfu/allocator/default-settings.ts";
import {
  type BandwidthEstimator,
  CAPACITY_UNKNOWN_BPS,
  type CongestionState,
  type ProbeGoal,
  type ProbeOutcome,
  type Prober,
} from "../../src/sfu/bwe/bandwidth-estimator.ts";
import { DEFAULT_SEND_SIDE_BWE } from "../../src/sfu/bwe/default-settings.ts";

/** Says what the test tells it to. */
export class FakeEstimator implements BandwidthEstimator {
  state: CongestionState = "none";
  capacityBps: number = CAPACITY_UNKNOWN_BPS;
  probing: ProbeRegulatorSettings = DEFAULT_SEND_SIDE_BWE.probeRegulator;
  expectedBps = 0;
  resets = 0;
  /** Of the probe that was started last; undefined before, and after a reset. */
  goal: ProbeGoal | undefined;
  isProbeEnded = false;
  outcome: ProbeOutcome | undefined;
  #hasChanged = false;

  say(state: CongestionState, capacityBps: number = this.capacityBps): void {
    this.state = state;
    this.capacityBps = capacityBps;
    this.#hasChanged = true;
  }

  reset(): void {
    this.resets += 1;
    this.state = "none";
    this.capacityBps = CAPACITY_UNKNOWN_BPS;
    this.goal = undefined;
    this.outcome = undefined;
    this.#hasChanged = true;
  }

  setExpectedUsage(expectedBps: number): void {
    this.expectedBps = expectedBps;
  }

  setRtt(): void {}

  pollChange(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  pollTimeout(): number {
    return Number.POSITIVE_INFINITY;
  }

  startProbe(_nowMs: number, goal: ProbeGoal): void {
    this.goal = goal;
    this.isProbeEnded = false;
    this.outcome = undefined;
  }

  endProbe(): void {
    this.isProbeEnded = true;
  }

  pollProbeOutcome(): ProbeOutcome | undefined {
    const { outcome } = this;
    this.outcome = undefined;
    return outcome;
  }
}

/** Is done when the test says so. */
export class FakeProber implements Prober {
  isActive = false;
  stops = 0;

  start(): void {
    this.isActive = true;
  }

  stop(): void {
    this.stops += 1;
    this.isActive = false;
  }
}

export type FakeParts = AllocatorParts & {
  readonly estimator: FakeEstimator;
  readonly prober: FakeProber;
};

export function fakeParts(settings: Partial<AllocatorParts["settings"]> = {}): FakeParts {
  return {
    settings: { ...DEFAULT_ALLOCATION, ...settings },
    estimator: new FakeEstimator(),
    prober: new FakeProber(),
  };
}
