import type {
  PacketGroupSettings,
  ProbeRegulatorSettings,
  SendSideBweSettings,
} from "../../base/congestion-settings.ts";
import { TWCC_TICKS_PER_MS, type TwccFeedbackReader } from "../../wire/rtcp/twcc-feedback.ts";
import { DEFAULT_RTT_MS } from "../rtcp/default-rtt.ts";
import {
  type BandwidthEstimator,
  CAPACITY_UNKNOWN_BPS,
  type CongestionState,
  type ProbeGoal,
  type ProbeOutcome,
} from "./bandwidth-estimator.ts";
import { CongestionSignals, type Evidence, Region } from "./congestion-signals.ts";
import { PacketGroups } from "./packet-groups.ts";
import { ProbeMeasurement } from "./probe-measurement.ts";
import { PacketFate, SENT_PACKETS_MAX, type SentPackets } from "./sent-packets.ts";
import { TrafficSum } from "./traffic-sum.ts";
import { TrendDetector } from "./trend-detector.ts";

/** The reference time has 24 bits. */
const REFERENCE_SHIFT = 8;
const TICKS_PER_REFERENCE = 256;
/** What has queued up leaves in about this time, if no more than the capacity is used; ms. */
const DRAIN_MS = 2_500;
/** What a steep queue is measured by: those before were sent when all was well. */
const STEEP_GROUPS = 1;
/** But for that no more than so much of the capacity is given up. */
const DRAIN_SHARE_MIN = 0.75;
/** What a path is taken to carry where nothing at all came out of it. */
const NOTHING_BPS = 30_000;
/** A report that begins so far below what is kept cannot reach it in any sane report. */
const BACKLOG_MAX = 2 * SENT_PACKETS_MAX;

/**
 * Congestion of a downlink by transport-wide feedback (spec-media 6.4;
 * draft-holmer-rmcat-transport-wide-cc-extensions-01). Packets are looked at in groups: where they
 * wait longer from group to group, or are lost, a queue is being joined, and the capacity is what
 * arrived meanwhile.
 *
 *     none --early signs--> early-warning --clear signs--> congested
 *       ^------ no wait ---------'   ^------- no wait ---------'
 *
 * Where a queue fills so fast that these signs would come when it is full, one sign is enough from
 * any state (`CongestionSignals.isSteep`): in the lab, from 3 Mbit/s to 500 kbit/s, after 0.4 s
 * instead of 0.85, so that no packet is lost, and no picture stands still for 1.6 s.
 *
 * What a client says can do it no good: numbers that were never sent are ignored, a report costs at
 * most BACKLOG_MAX steps, and without reports the state stays "none". Reports may be lost, repeated
 * and reordered: a lost one implies no losses, a late one adds what it knows.
 */
export class SendSideBwe implements BandwidthEstimator {
  readonly #settings: SendSideBweSettings;
  readonly #sent: SentPackets;
  readonly #groups: PacketGroups;
  readonly #signals: CongestionSignals;
  readonly #early: Evidence;
  readonly #congested: Evidence;
  readonly #ctrTrend: TrendDetector;
  readonly #sum: TrafficSum = new TrafficSum();
  #state: CongestionState = "none";
  #capacityBps = CAPACITY_UNKNOWN_BPS;
  #expectedBps = 0;
  #hasChanged = false;
  /** Packets that left before say nothing about what was decided. */
  #changedMs = Number.NEGATIVE_INFINITY;
  #rttMs = DEFAULT_RTT_MS;
  #probe: ProbeMeasurement | undefined;
  #reportedExtSn = -1;
  /** Reference time of the last report, extended beyond its 24 bits; in 64 ms. */
  #referenceTime = 0;
  #hasReference = false;

  constructor(settings: SendSideBweSettings, sent: SentPackets) {
    this.#settings = settings;
    this.#sent = sent;
    this.#groups = new PacketGroups(settings.dqrMaxDelayMs);
    this.#signals = new CongestionSignals(settings);
    this.#ctrTrend = new TrendDetector(settings.congestedCtrTrend);
    this.#early = {
      queueJoining: settings.queuingDelayEarlyWarningJqr,
      queueLeaving: settings.queuingDelayEarlyWarningDqr,
      lossJoining: settings.lossEarlyWarningJqr,
      lossLeaving: settings.lossEarlyWarningDqr,
    };
    this.#congested = {
      queueJoining: settings.queuingDelayCongestedJqr,
      queueLeaving: settings.queuingDelayCongestedDqr,
      lossJoining: settings.lossCongestedJqr,
      lossLeaving: settings.lossCongestedDqr,
    };
  }

  get state(): CongestionState {
    return this.#state;
  }

  get capacityBps(): number {
    return this.#capacityBps;
  }

  get probing(): ProbeRegulatorSettings {
    return this.#settings.probeRegulator;
  }

  reset(_nowMs: number): void {
    this.#state = "none";
    this.#capacityBps = CAPACITY_UNKNOWN_BPS;
    this.#hasChanged = false;
    this.#changedMs = Number.NEGATIVE_INFINITY;
    this.#probe = undefined;
    this.#groups.clear();
    this.#ctrTrend.reset();
  }

  /** What is sent is measured; this tells what is usual. */
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
    return this.#probe?.dueMs(this.#rttMs) ?? Number.POSITIVE_INFINITY;
  }

  startProbe(_nowMs: number, goal: ProbeGoal): void {
    this.#probe = new ProbeMeasurement(this.#settings, goal, this.#sent.nextExtSn);
  }

  endProbe(nowMs: number): void {
    this.#probe?.end(nowMs, this.#sent.nextExtSn);
  }

  pollProbeOutcome(nowMs: number): ProbeOutcome | undefined {
    const outcome = this.#probe?.outcome(
      nowMs,
      this.#rttMs,
      this.#state !== "none",
      this.#groups.baseTransitMs(nowMs),
      this.#groups.ambientLoss,
    );
    if (outcome === undefined) return undefined;
    this.#probe = undefined;
    if (outcome.verdict === "clear" && outcome.capacityBps > this.#capacityBps) {
      this.#capacityBps = outcome.capacityBps;
    }
    return outcome;
  }

  /** One report, which the reader was started on. */
  handleFeedback(nowMs: number, reader: TwccFeedbackReader): void {
    const sent = this.#sent;
    const baseExtSn = sent.extSnOf(reader.baseSn);
    if (baseExtSn >= sent.nextExtSn || baseExtSn < sent.nextExtSn - BACKLOG_MAX) return;
    const shiftTicks = this.#unwrapReference(reader.referenceTime) * TICKS_PER_REFERENCE;
    let extSn = baseExtSn - 1;
    let isClosed = false;
    while (extSn + 1 < sent.nextExtSn && reader.next()) {
      extSn += 1;
      if (!sent.isKept(extSn)) continue;
      const arrivalMs = (reader.arrivalTicks + shiftTicks) / TWCC_TICKS_PER_MS;
      if (this.#take(extSn, reader.isReceived, arrivalMs)) isClosed = true;
      if (isClosed) {
        isClosed = false;
        this.#look(nowMs);
      }
    }
  }

  /** @returns what to add to the reader's reference time, in 64 ms */
  #unwrapReference(referenceTime: number): number {
    const step = (referenceTime - this.#referenceTime) << REFERENCE_SHIFT;
    const extended = this.#hasReference
      ? this.#referenceTime + (step >> REFERENCE_SHIFT)
      : referenceTime;
    this.#hasReference = true;
    this.#referenceTime = extended;
    return extended - referenceTime;
  }

  /** One packet of a report. @returns whether a group was closed */
  #take(extSn: number, isReceived: boolean, arrivalMs: number): boolean {
    const sent = this.#sent;
    const fate = sent.fate(extSn);
    if (fate === PacketFate.Received) return false;
    const isNewest = extSn > this.#reportedExtSn;
    const bytes = sent.bytes(extSn);
    if (!isNewest) {
      if (isReceived) {
        sent.setFate(extSn, PacketFate.Received);
        this.#groups.addLate(extSn, bytes, fate === PacketFate.Lost);
        this.#probe?.addLate(extSn, bytes, fate === PacketFate.Lost);
      }
      return false;
    }
    this.#reportedExtSn = extSn;
    const sentMs = sent.sentMs(extSn);
    if (!isReceived) {
      sent.setFate(extSn, PacketFate.Lost);
      this.#probe?.addLost(extSn, sentMs, bytes);
      return this.#groups.addLost(extSn, sentMs, this.#groupSettings);
    }
    sent.setFate(extSn, PacketFate.Received);
    this.#probe?.addReceived(extSn, sentMs, arrivalMs, bytes);
    return this.#groups.addReceived(extSn, sentMs, arrivalMs, bytes, this.#groupSettings);
  }

  get #groupSettings(): PacketGroupSettings {
    return this.#state === "congested"
      ? this.#settings.congestedPacketGroup
      : this.#settings.packetGroup;
  }

  /** A group was closed: what do the newest ones say? */
  #look(nowMs: number): void {
    const sinceMs = nowMs - this.#settings.packetGroupMaxAgeMs;
    const signals = this.#signals;
    const groups = this.#groups;
    const isKnown = this.#state === "congested" || this.#probe !== undefined;
    if (!isKnown && signals.isSteep(groups, this.#expectedBps)) {
      this.#enter(nowMs, "congested", STEEP_GROUPS);
      return;
    }
    switch (this.#state) {
      case "none":
        if (signals.regionOf(groups, this.#early, sinceMs) === Region.Joining) {
          this.#enter(nowMs, "early-warning", signals.groupsUsed);
        }
        break;
      case "early-warning":
        if (signals.regionOf(groups, this.#congested, sinceMs) === Region.Joining) {
          this.#enter(nowMs, "congested", signals.groupsUsed);
        } else if (signals.regionOf(groups, this.#early, sinceMs) === Region.Leaving) {
          this.#enter(nowMs, "none", 0);
        }
        break;
      default:
        if (signals.regionOf(groups, this.#congested, sinceMs) === Region.Leaving) {
          this.#enter(nowMs, "none", 0);
        } else {
          this.#lower(nowMs);
        }
    }
  }

  /** @param groupsUsed newest groups that the capacity is taken from; 0: of the last window */
  #enter(nowMs: number, state: CongestionState, groupsUsed: number): void {
    this.#state = state;
    this.#hasChanged = true;
    this.#changedMs = nowMs;
    this.#ctrTrend.reset();
    if (this.#probe !== undefined) return;
    const capacityBps = this.#measuredBps(groupsUsed);
    if (capacityBps > 0) this.#capacityBps = Math.round(capacityBps * this.#drainShare);
    else if (state === "congested") this.#capacityBps = Math.min(this.#capacityBps, NOTHING_BPS);
  }

  /** Still congested by what left since the last change: the capacity is less than was thought. */
  #lower(nowMs: number): void {
    const groups = this.#groups;
    const sinceMs = this.#changedMs + this.#rttMs;
    if (groups.count === 0 || groups.firstSentMs(0) < sinceMs || this.#probe !== undefined) return;
    const { congestedCtrEpsilon, weightedLoss } = this.#settings;
    const sum = this.#sum;
    sum.clear();
    groups.addTo(0, groups.lastSentMs(0), sum);
    const ratio = sum.capturedRatio(weightedLoss, groups.ambientLoss);
    this.#ctrTrend.add(nowMs, Math.round(ratio / congestedCtrEpsilon) * congestedCtrEpsilon);
    const isJoining = this.#signals.regionOf(groups, this.#congested, sinceMs) === Region.Joining;
    const isWaiting = groups.queueMs(0) > this.#settings.jqrMinDelayMs;
    if (!isJoining && !(isWaiting && this.#ctrTrend.trend === "down")) return;
    const capacityBps = this.#measuredBps(this.#groupsSince(sinceMs));
    this.#changedMs = nowMs;
    this.#ctrTrend.reset();
    const drainedBps = Math.round(capacityBps * this.#drainShare);
    if (capacityBps <= 0 || drainedBps >= this.#capacityBps) return;
    this.#capacityBps = drainedBps;
    this.#hasChanged = true;
  }

  /** Share of the capacity that leaves room for the queue to empty. */
  get #drainShare(): number {
    if (this.#groups.count === 0) return 1;
    return Math.max(DRAIN_SHARE_MIN, 1 - this.#groups.queueMs(0) / DRAIN_MS);
  }

  #groupsSince(sinceMs: number): number {
    const groups = this.#groups;
    let count = 0;
    while (count < groups.count && groups.firstSentMs(count) >= sinceMs) count += 1;
    return Math.max(count, 1);
  }

  /** Rate that arrived, bits per second, of the newest groups; 0 of them: of the last window. */
  #measuredBps(groupsUsed: number): number {
    const groups = this.#groups;
    const { estimatonWindowDurationMs, weightedLoss } = this.#settings;
    const sum = this.#sum;
    sum.clear();
    for (let i = 0; i < groups.count; i++) {
      if (groupsUsed > 0 ? i >= groupsUsed : sum.durationMs >= estimatonWindowDurationMs) break;
      groups.addTo(i, groups.lastSentMs(0), sum);
    }
    return Math.round(sum.capacityBps(weightedLoss, groups.ambientLoss));
  }

  debugInfo(): object {
    return {
      kind: "transport-wide",
      state: this.#state,
      capacityBps: this.#capacityBps,
      rttMs: this.#rttMs,
      queueMs: this.#groups.count > 0 ? this.#groups.queueMs(0) : 0,
      ambientLoss: this.#groups.ambientLoss,
      isProbing: this.#probe !== undefined,
    };
  }
}
