import type { ProbeRegulatorSettings, RemoteBweSettings } from "../../base/congestion-settings.ts";
import { DEFAULT_RTT_MS } from "../rtcp/default-rtt.ts";
import {
  type BandwidthEstimator,
  CAPACITY_UNKNOWN_BPS,
  type CongestionState,
  type ProbeGoal,
  type ProbeOutcome,
} from "./bandwidth-estimator.ts";
import { ChannelObserver } from "./channel-observer.ts";
import { RembDrops } from "./remb-drops.ts";
import { settleWaitMs } from "./settle-wait.ts";

const NEVER = Number.POSITIVE_INFINITY;
/** A probe that was too much makes estimates drop within this time. */
const PROVEN_MS = 1_000;

/**
 * Congestion of a downlink as its receiver sees it, from REMB and from repeated NACKs
 * (spec-media 6.3; draft-alvestrand-rmcat-remb-03). An estimate follows what is received, so it
 * only counts when it falls, and lies below what is sent. It has no early warning. Beside the
 * reference's trend over twelve estimates, drops of it count by themselves (`RembDrops`): in the lab
 * a fall to 500 kbit/s is seen within half a second instead of two and a half, and a queue of a
 * second has emptied for good after five seconds, which it had not after thirty.
 *
 * A probe is watched on its own, with fewer estimates: once they fall, it has failed, and the
 * capacity stays what it was. Where they rose to the end of a long one, the downlink took all of it,
 * though they lag behind: receivers let them grow by 8 % a second.
 */
export class RemoteBwe implements BandwidthEstimator {
  readonly #settings: RemoteBweSettings;
  readonly #outside: ChannelObserver;
  readonly #inProbe: ChannelObserver;
  readonly #drops: RembDrops = new RembDrops();
  #state: CongestionState = "none";
  #capacityBps = CAPACITY_UNKNOWN_BPS;
  #expectedBps = 0;
  #hasChanged = false;
  #rttMs = DEFAULT_RTT_MS;
  #goal: ProbeGoal | undefined;
  #probeStartMs = 0;
  #probeEndMs = NEVER;
  #packetsSent = -1;
  #repeatedNacks = 0;

  constructor(settings: RemoteBweSettings) {
    this.#settings = settings;
    this.#outside = new ChannelObserver(settings.channelObserverNonProbe);
    this.#inProbe = new ChannelObserver(settings.channelObserverProbe);
  }

  get state(): CongestionState {
    return this.#state;
  }

  get capacityBps(): number {
    return this.#capacityBps;
  }

  get probing(): ProbeRegulatorSettings {
    return this.#settings.probeController.probeRegulator;
  }

  reset(_nowMs: number): void {
    this.#state = "none";
    this.#capacityBps = CAPACITY_UNKNOWN_BPS;
    this.#hasChanged = false;
    this.#goal = undefined;
    this.#probeEndMs = NEVER;
    this.#outside.reset();
    this.#inProbe.reset();
    this.#drops.reset();
  }

  setExpectedUsage(expectedBps: number): void {
    this.#expectedBps = expectedBps;
  }

  setRtt(rttMs: number): void {
    this.#rttMs = rttMs;
  }

  pollChange(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  pollTimeout(): number {
    return this.#probeDueMs;
  }

  /**
   * One REMB of the subscriber (one, however many streams it lists).
   *
   * @param packetsSent video packets to this subscriber so far; goes down when a track ends
   * @param repeatedNacks NACKs so far for packets that had been sent again already
   */
  handleEstimate(
    nowMs: number,
    estimateBps: number,
    packetsSent: number,
    repeatedNacks: number,
  ): void {
    const isFirst = this.#packetsSent < 0;
    const packets = isFirst ? 0 : Math.max(packetsSent - this.#packetsSent, 0);
    const nacks = isFirst ? 0 : Math.max(repeatedNacks - this.#repeatedNacks, 0);
    this.#packetsSent = packetsSent;
    this.#repeatedNacks = repeatedNacks;
    const isInProbe = this.#goal !== undefined;
    const thresholdBps = this.#settings.expectedUsageThreshold * this.#expectedBps;
    const isDrop = this.#drops.add(nowMs, estimateBps, thresholdBps);
    if (isInProbe && this.#state !== "none") return;
    const observer = isInProbe ? this.#inProbe : this.#outside;
    observer.add(nowMs, estimateBps, packets, nacks);
    const isShort = isInProbe ? isDrop : this.#drops.isShort(nowMs);
    const trend = isShort ? "falling-estimate" : observer.trend(nowMs);
    if (trend === "clearing" || trend === "inconclusive") {
      if (this.#state !== "none") this.#enter("none");
      return;
    }
    if (isInProbe) {
      this.#enter("congested");
      return;
    }
    const byLoss =
      this.#expectedBps * (1 - this.#settings.nackRatioAttenuator * observer.nackRatio);
    const capacityBps = Math.min(trend === "loss" ? byLoss : estimateBps, estimateBps);
    if (capacityBps > thresholdBps || capacityBps === this.#capacityBps) return;
    this.#capacityBps = Math.round(capacityBps);
    this.#enter("congested");
  }

  startProbe(nowMs: number, goal: ProbeGoal): void {
    this.#goal = goal;
    this.#probeStartMs = nowMs;
    this.#probeEndMs = NEVER;
    this.#inProbe.reset();
  }

  endProbe(nowMs: number): void {
    if (this.#goal !== undefined && this.#probeEndMs === NEVER) this.#probeEndMs = nowMs;
  }

  pollProbeOutcome(nowMs: number): ProbeOutcome | undefined {
    if (this.#goal === undefined) return undefined;
    const observer = this.#inProbe;
    const highestBps = observer.highestBps;
    const isCongested = this.#state !== "none";
    const isFound = observer.hasEnough && highestBps > this.#goal.desiredBps;
    if (!isCongested && !isFound && nowMs < this.#probeDueMs) return undefined;
    const verdict = isCongested ? "congesting" : observer.hasEnough ? "clear" : "inconclusive";
    const isProven = verdict === "clear" && this.#isTaken(nowMs, this.#goal);
    const foundBps = isProven ? Math.max(highestBps, this.#goal.desiredBps) : highestBps;
    if (verdict === "clear" && foundBps > this.#capacityBps) this.#capacityBps = foundBps;
    this.#goal = undefined;
    this.#probeEndMs = NEVER;
    this.#state = "none";
    this.#outside.reset();
    return { verdict, capacityBps: foundBps };
  }

  /** The probe was sent to its end, for long enough, and estimates did nothing but rise. */
  #isTaken(nowMs: number, { durationMs }: ProbeGoal): boolean {
    const sentMs = Math.min(this.#probeEndMs, nowMs) - this.#probeStartMs;
    const isWhole = sentMs >= Math.max(durationMs, PROVEN_MS);
    return isWhole && this.#inProbe.trend(nowMs) === "clearing";
  }

  get #probeDueMs(): number {
    return this.#probeEndMs + settleWaitMs(this.#settings.probeController, this.#rttMs);
  }

  #enter(state: CongestionState): void {
    this.#state = state;
    this.#hasChanged = true;
  }

  debugInfo(): object {
    return {
      kind: "remote",
      state: this.#state,
      capacityBps: this.#capacityBps,
      expectedBps: this.#expectedBps,
      rttMs: this.#rttMs,
      isProbing: this.#goal !== undefined,
    };
  }
}
