import type { ProbeRegulatorSettings } from "../../base/congestion-settings.ts";

/** What a downlink's estimator thinks of it (spec-media 6.3, 6.4). */
export type CongestionState = "none" | "early-warning" | "congested";

/** More than any downlink carries: the capacity before anything is known, bits per second. */
export const CAPACITY_UNKNOWN_BPS = 100_000_000;

/** A burst that is sent on top of the media, to find out whether a downlink carries more. */
export type ProbeGoal = {
  /** What the allocation takes now. */
  readonly expectedBps: number;
  /** What is hoped for: media and probe together. */
  readonly desiredBps: number;
  readonly durationMs: number;
  /** Media and probe together, that the whole burst has to bring out. */
  readonly bytes: number;
};

export type ProbeOutcome = {
  /** Whether the downlink took it; inconclusive where too little was sent or reported. */
  readonly verdict: "clear" | "congesting" | "inconclusive";
  /** Measured during the burst, bits per second; 0 where nothing was. */
  readonly capacityBps: number;
};

/**
 * How much a subscriber's downlink carries. One for each subscriber, by what it reports: REMB and
 * repeated NACKs, or transport-wide feedback. It only watches: the allocator decides what is sent
 * and when to probe, and asks after each report and at `pollTimeout`.
 */
export interface BandwidthEstimator {
  readonly state: CongestionState;
  /** Of the last change of state or growth by a probe, bits per second. */
  readonly capacityBps: number;
  /** When it may be probed: each way to estimate has settings of its own. */
  readonly probing: ProbeRegulatorSettings;
  /** Forgets all but the round trip; the state is "none", the capacity unknown. */
  reset(nowMs: number): void;
  /** Sum of what is allocated to tracks that take part, bits per second. */
  setExpectedUsage(expectedBps: number): void;
  /** ms */
  setRtt(rttMs: number): void;
  /** Whether state or capacity changed since this was last asked. */
  pollChange(): boolean;
  /** When `pollProbeOutcome` has an answer at the latest, monotonic ms; Infinity: no probe is over. */
  pollTimeout(): number;
  /** From here on packets of the probe count for it. */
  startProbe(nowMs: number, goal: ProbeGoal): void;
  /**
   * All of it has left, or it was given up: an outcome follows once reports have settled, at
   * `pollTimeout` at the latest. The prober calls it when it is done; again, it does nothing.
   */
  endProbe(nowMs: number): void;
  /**
   * What came of the probe, once; it is over with that. It may come before `endProbe`, when the
   * answer is known: the prober is to be stopped then.
   *
   * @returns undefined while reports are awaited, and when there is no probe
   */
  pollProbeOutcome(nowMs: number): ProbeOutcome | undefined;
}

/** Sends the bursts of probes (spec-media 6.6), from the peer's video tracks. */
export interface Prober {
  readonly isActive: boolean;
  start(nowMs: number, goal: ProbeGoal): void;
  stop(nowMs: number): void;
}
