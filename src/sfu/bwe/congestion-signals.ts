import type { EvidenceSettings, SendSideBweSettings } from "../../base/congestion-settings.ts";
import type { PacketGroups } from "./packet-groups.ts";
import { TrafficSum } from "./traffic-sum.ts";

/** Which way a queue on the path is going (spec-media 6.4: joint and disjoint queuing regions). */
export const Region = {
  Unclear: 0,
  /** Packets wait longer and longer, or are lost: more is sent than the path carries. */
  Joining: 1,
  /** Nothing waits. */
  Leaving: 2,
} as const;
export type Region = (typeof Region)[keyof typeof Region];

/** Losses where nothing waits may be the path's own: they need as much more, or as much longer. */
const NO_QUEUE_LOSS_FACTOR = 2;
const NO_QUEUE_LOSS_MS = 2_000;
/** A wait that is so much above the threshold is too long even where it grows no more. */
const STANDING_QUEUE_FACTOR = 3;
/** Kendall's tau of a wait that is not getting shorter. */
const STANDING_TREND = -0.5;
/**
 * A link that has become much narrower fills a queue of a second in half of one. There the evidence of
 * spec-media 6.4 comes when packets are lost already. One group tells, if all of it waits so long, the
 * last of it so much longer than the first, and less of it arrives than such a share of what is
 * allocated: large frames come at the link's rate, and what was held up waits less and less.
 */
const STEEP_QUEUE_MS = 70;
const STEEP_GROWTH_MS = 30;
const STEEP_SHARE = 0.7;
/** Groups that are compared for a trend. */
const TREND_GROUPS_MAX = 32;

export type Evidence = {
  readonly queueJoining: EvidenceSettings;
  readonly queueLeaving: EvidenceSettings;
  readonly lossJoining: EvidenceSettings;
  readonly lossLeaving: EvidenceSettings;
};

/** Reads the newest groups for signs of congestion. Runs once for each group that is closed. */
export class CongestionSignals {
  readonly #settings: SendSideBweSettings;
  readonly #sum: TrafficSum = new TrafficSum();
  #groupsUsed = 0;

  constructor(settings: SendSideBweSettings) {
    this.#settings = settings;
  }

  /** Newest groups that led to the last answer. */
  get groupsUsed(): number {
    return this.#groupsUsed;
  }

  /** @param sinceMs groups sent before are not looked at */
  regionOf(groups: PacketGroups, evidence: Evidence, sinceMs: number): Region {
    const byQueue = this.#byQueue(groups, evidence, sinceMs);
    if (byQueue === Region.Joining) return byQueue;
    const queueGroups = this.#groupsUsed;
    const byLoss = this.#byLoss(groups, evidence, sinceMs);
    if (byLoss === Region.Joining) return byLoss;
    this.#groupsUsed = Math.max(this.#groupsUsed, queueGroups);
    return byQueue === Region.Leaving && byLoss === Region.Leaving
      ? Region.Leaving
      : Region.Unclear;
  }

  /**
   * The newest group shows that far more is sent than the path carries.
   *
   * @param expectedBps what is allocated
   */
  isSteep(groups: PacketGroups, expectedBps: number): boolean {
    if (groups.count === 0 || groups.queueMs(0) <= STEEP_QUEUE_MS) return false;
    if (groups.growthMs(0) <= STEEP_GROWTH_MS) return false;
    const { weightedLoss } = this.#settings;
    const sum = this.#sum;
    sum.clear();
    groups.addTo(0, groups.lastSentMs(0), sum);
    return sum.capacityBps(weightedLoss, groups.ambientLoss) < expectedBps * STEEP_SHARE;
  }

  #byQueue(groups: PacketGroups, evidence: Evidence, sinceMs: number): Region {
    const { jqrMinDelayMs, dqrMaxDelayMs, jqrMinTrendCoefficient } = this.#settings;
    this.#groupsUsed = 0;
    let direction: Region = Region.Unclear;
    for (let i = 0; i < groups.count && groups.firstSentMs(i) >= sinceMs; i++) {
      const queueMs = groups.queueMs(i);
      const isLong = queueMs > jqrMinDelayMs;
      if (!isLong && queueMs >= dqrMaxDelayMs) break;
      const region = isLong ? Region.Joining : Region.Leaving;
      if (direction !== Region.Unclear && region !== direction) break;
      direction = region;
      this.#groupsUsed = i + 1;
      const needed = isLong ? evidence.queueJoining : evidence.queueLeaving;
      if (!isReached(groups, i, needed)) continue;
      if (!isLong) return Region.Leaving;
      const trend = trendOf(groups, i + 1);
      const standingMs = jqrMinDelayMs * STANDING_QUEUE_FACTOR;
      const isStanding = trend >= STANDING_TREND && shortestQueueMs(groups, i + 1) > standingMs;
      return trend > jqrMinTrendCoefficient || isStanding ? Region.Joining : Region.Unclear;
    }
    return Region.Unclear;
  }

  #byLoss(groups: PacketGroups, evidence: Evidence, sinceMs: number): Region {
    const settings = this.#settings;
    const sum = this.#sum;
    sum.clear();
    this.#groupsUsed = 0;
    let longestMs = 0;
    for (let i = 0; i < groups.count && groups.firstSentMs(i) >= sinceMs; i++) {
      groups.addTo(i, groups.lastSentMs(0), sum);
      longestMs = Math.max(longestMs, groups.queueMs(i));
      this.#groupsUsed = i + 1;
      const loss = sum.weightedLoss(settings.weightedLoss, groups.ambientLoss);
      if (isReached(groups, i, evidence.lossJoining) && loss > settings.jqrMinWeightedLoss) {
        const isQueued = longestMs >= settings.dqrMaxDelayMs;
        const isHeavy = loss > settings.jqrMinWeightedLoss * NO_QUEUE_LOSS_FACTOR;
        if (isQueued || isHeavy || sum.durationMs >= NO_QUEUE_LOSS_MS) {
          this.#groupsUsed = lossyGroups(groups, i + 1, sum.lossRatio);
          return Region.Joining;
        }
        continue; // more groups may tell
      }
      if (isReached(groups, i, evidence.lossLeaving)) {
        return loss < settings.dqrMaxWeightedLoss ? Region.Leaving : Region.Unclear;
      }
    }
    return Region.Unclear;
  }
}

function isReached(groups: PacketGroups, index: number, needed: EvidenceSettings): boolean {
  if (index + 1 < needed.minNumberOfGroups) return false;
  return groups.spanMs(index) >= needed.minDurationMs;
}

/** Newest groups that lost about as much: those before were sent when all was well. */
function lossyGroups(groups: PacketGroups, count: number, lossRatio: number): number {
  let lossy = 0;
  while (lossy < count && groups.lossRatio(lossy) >= lossRatio / 2) lossy += 1;
  return Math.max(lossy, 1);
}

function shortestQueueMs(groups: PacketGroups, count: number): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) shortest = Math.min(shortest, groups.queueMs(i));
  return shortest;
}

/** Kendall's tau of the waits of the newest groups: 1 where each is longer than all before it. */
function trendOf(groups: PacketGroups, count: number): number {
  const compared = Math.min(count, TREND_GROUPS_MAX);
  let longer = 0;
  let shorter = 0;
  for (let i = 0; i < compared; i++) {
    for (let j = i + 1; j < compared; j++) {
      if (groups.queueMs(i) > groups.queueMs(j)) longer += 1;
      else if (groups.queueMs(i) < groups.queueMs(j)) shorter += 1;
    }
  }
  return longer + shorter === 0 ? 0 : (longer - shorter) / (longer + shorter);
}
