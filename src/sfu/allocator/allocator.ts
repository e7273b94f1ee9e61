import type { AllocationSettings } from "../../base/allocation-settings.ts";
import {
  type BandwidthEstimator,
  CAPACITY_UNKNOWN_BPS,
  type CongestionState,
} from "../bwe/bandwidth-estimator.ts";
import { SPATIAL_LAYER_MAX, TEMPORAL_LAYER_MAX } from "../selector/layers.ts";
import { type AllocatorParts, UNWATCHED } from "./allocator-parts.ts";
import { layerIndex, spatialOf, temporalOf } from "./layer-index.ts";
import { CAPACITY_SHARE, ProbeController } from "./probe-controller.ts";
import type { TrackAllocation } from "./track-allocation.ts";
import { byRank, farthest, farthestFirst, nearestFirst } from "./track-order.ts";

const PING_STABLE_MS = 15_000;
const PING_DEFICIENT_MS = 100;
/** Best layer there is. */
const TOP_LAYER = layerIndex(SPATIAL_LAYER_MAX, TEMPORAL_LAYER_MAX);
/** How far measured usage may grow above a fixed capacity before it is shared out anew. */
const OVERRIDE_SLACK = 1.1;
const OVERRIDE_CHECK_MS = 1_000;

/**
 * Shares the bandwidth of one subscriber's downlink among its video tracks (spec-media 6.5). As
 * long as nothing says that it is short, every track gets all it asked for. From congestion on
 * until nothing lacks (`isDeficient`), layers are given out within the capacity, and the downlink
 * is probed for more. Audio never takes part. Tracks are few (those of one subscriber), and
 * nothing here runs per packet.
 *
 * All calls take effect at once; `pollChanged` tells that layers or pauses may be others.
 */
export class Allocator {
  readonly #settings: AllocationSettings;
  readonly #mayPause: boolean;
  readonly #estimator: BandwidthEstimator;
  readonly #probe: ProbeController;
  readonly #tracks: TrackAllocation[] = [];
  #isDeficient = false;
  #congestion: CongestionState = "none";
  #committedBps: number = CAPACITY_UNKNOWN_BPS;
  #overrideBps = 0;
  #pingMs = Number.POSITIVE_INFINITY;
  #overrideCheckMs = 0;
  /** When a step up was last taken without a probe. */
  #stepMs = Number.NEGATIVE_INFINITY;
  /** When a probe was last under way. */
  #probedMs = 0;
  #hasChanged = false;

  /** @param mayPause whether tracks may get nothing at all; else each keeps its lowest layer */
  constructor(mayPause: boolean, parts: AllocatorParts = UNWATCHED) {
    this.#mayPause = mayPause;
    this.#settings = parts.settings;
    this.#estimator = parts.estimator;
    this.#probe = new ProbeController(parts.settings, parts.estimator, parts.prober);
  }

  /** A track gets less than it could have. */
  get isDeficient(): boolean {
    return this.#isDeficient;
  }

  /** Bandwidth is known to be short, whether or not a track could do with more. */
  get isConstrained(): boolean {
    return this.#isDeficient || this.#overrideBps > 0 || this.#congestion === "congested";
  }

  /** What the tracks that take part use of the downlink by now, bits per second. */
  get usageBps(): number {
    return this.#usageWithout(undefined);
  }

  /** What congestion left, or probes found since, bits per second; CAPACITY_UNKNOWN_BPS before. */
  get committedBps(): number {
    return this.#committedBps;
  }

  /** What there is to share out, bits per second. */
  get capacityBps(): number {
    if (this.#overrideBps > 0) return this.#overrideBps;
    const { minChannelCapacityBps } = this.#settings;
    return Math.max(Math.round(this.#committedBps * CAPACITY_SHARE), minChannelCapacityBps);
  }

  /** Whether a track's packets carry what the estimate is made of. */
  isEstimated(track: TrackAllocation): boolean {
    return !(this.#settings.disableEstimationUnmanagedTracks && track.isExempt);
  }

  /** Whether an allocation was made since this was last asked. */
  pollChanged(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  add(nowMs: number, track: TrackAllocation): void {
    if (this.#tracks.length === 0) this.#pingMs = nowMs + PING_STABLE_MS;
    this.#tracks.push(track);
    this.handleTrackChange(nowMs, track);
  }

  /** What it had goes to those that lack. */
  remove(nowMs: number, track: TrackAllocation): void {
    const index = this.#tracks.indexOf(track);
    if (index < 0) return;
    this.#tracks.splice(index, 1);
    this.#hasChanged = true;
    if (this.#isDeficient) this.#boost(nowMs);
    this.#adjustState(nowMs);
    if (this.#tracks.length === 0) this.#pingMs = Number.POSITIVE_INFINITY;
  }

  /**
   * Settings, mute, published layers or their measured bitrates changed. A probe goes on only where
   * it makes no difference.
   */
  handleTrackChange(nowMs: number, track: TrackAllocation): void {
    if (!this.#tracks.includes(track)) return;
    this.#hasChanged = true;
    const formerTarget = track.target;
    const isFree = !this.#isDeficient && this.#congestion !== "congested";
    if (!this.#settings.isEnabled) track.allocateOptimal(true, false);
    else if (this.#overrideBps > 0) this.#allocateAll(nowMs);
    else if (isFree || track.isExempt) {
      track.allocateOptimal(true, this.#congestion === "early-warning");
    } else this.#fit(nowMs, track);
    if (track.target !== formerTarget) this.#probe.stop(nowMs);
    this.#tellUsage();
  }

  /** Other tracks come first now. */
  handlePriorityChange(nowMs: number): void {
    if (this.#isDeficient) this.#allocateAll(nowMs);
    this.#tellUsage();
  }

  /** Fixes the capacity, bits per second; 0 gives it back to the estimate. */
  setOverride(nowMs: number, bitrateBps: number): void {
    if (bitrateBps === 0 && this.#overrideBps === 0) return;
    this.#overrideBps = bitrateBps;
    this.#overrideCheckMs = nowMs + OVERRIDE_CHECK_MS;
    this.#probe.stop(nowMs);
    this.#allocateAll(nowMs);
    if (this.#tracks.length > 0) this.#schedulePing(nowMs);
    this.#tellUsage();
  }

  /** The estimator said that its state or capacity changed. */
  handleCongestion(nowMs: number): void {
    if (!this.#settings.isEnabled) return;
    const { state } = this.#estimator;
    if (state !== "none") this.#probe.stop(nowMs);
    this.#setCongestion(state);
    if (state === "congested") {
      // What a probe brings about says nothing of what the tracks take: its outcome is to come.
      if (this.#probe.isActive) this.#probe.noteCongestion();
      else this.#commitCapacity(nowMs);
    }
    this.#tellUsage();
  }

  #setCongestion(state: CongestionState): void {
    const isWarningOver = this.#congestion === "early-warning" && state === "none";
    this.#congestion = state;
    if (!isWarningOver) return;
    this.#hasChanged = true;
    // The warning held back all tracks that have no share of a capacity.
    for (const track of this.#tracks) {
      if (!this.#isDeficient || track.isExempt) track.allocateOptimal(true, false);
    }
  }

  #commitCapacity(nowMs: number): void {
    const isByStep = nowMs - this.#stepMs < this.#estimator.probing.baseIntervalMs;
    if (isByStep) this.#probe.noteStep(this.#stepMs, true);
    this.#stepMs = Number.NEGATIVE_INFINITY;
    this.#probe.hold(nowMs);
    this.#committedBps = this.#estimator.capacityBps;
    this.#allocateAll(nowMs);
  }

  /** When `handleTimeout` next has work, monotonic ms; Infinity: never. */
  pollTimeout(): number {
    return this.#settings.isEnabled ? this.#pingMs : Number.POSITIVE_INFINITY;
  }

  handleTimeout(nowMs: number): void {
    if (nowMs < this.pollTimeout()) return;
    this.#schedulePing(nowMs);
    this.#tellUsage();
    if (this.#isStarved(nowMs)) this.#startOver(nowMs);
    this.#takeProbeOutcome(nowMs);
    if (this.#overrideBps > 0) this.#checkOverride(nowMs);
    if (this.#isDeficient) this.#maybeProbe(nowMs);
    this.#tellUsage();
  }

  debugInfo(): object {
    return {
      isDeficient: this.#isDeficient,
      congestion: this.#congestion,
      committedBps: this.#committedBps,
      overrideBps: this.#overrideBps,
      usageBps: this.usageBps,
      probe: this.#probe.debugInfo(),
      tracks: this.#tracks.map((track) => ({
        priority: track.priority,
        isExempt: track.isExempt,
        target: [spatialOf(track.target), temporalOf(track.target)],
        pauseReason: track.pauseReason,
        streamState: track.streamState,
        isDeficient: track.isDeficient,
        requestedBps: track.requestedBps,
        optimalBps: track.optimalBps,
      })),
    };
  }

  #schedulePing(nowMs: number): void {
    const stableMs = this.#overrideBps > 0 ? OVERRIDE_CHECK_MS : PING_STABLE_MS;
    this.#pingMs = nowMs + (this.#isDeficient ? PING_DEFICIENT_MS : stableMs);
  }

  #tellUsage(): void {
    this.#estimator.setExpectedUsage(this.usageBps);
  }

  /**
   * Nothing is sent any more, so nothing comes back that would end the congestion: without this
   * everything would stay paused for ever.
   */
  #isStarved(nowMs: number): boolean {
    if (this.#probe.isActive) this.#probedMs = nowMs;
    if (!this.#mayPause || !this.#isDeficient || this.#congestion === "none") return false;
    let lastSentMs = this.#probedMs;
    for (const track of this.#tracks) lastSentMs = Math.max(lastSentMs, track.lastSentMs);
    return nowMs - lastSentMs > this.#settings.pausedMinWaitMs;
  }

  #startOver(nowMs: number): void {
    this.#probe.abandon(nowMs);
    this.#resetEstimator(nowMs);
  }

  #resetEstimator(nowMs: number): void {
    this.#estimator.reset(nowMs);
    this.#setCongestion("none");
    // The state is new by our own doing: nothing to act on.
    this.#estimator.pollChange();
  }

  #takeProbeOutcome(nowMs: number): void {
    const outcome = this.#probe.poll(nowMs);
    if (outcome === undefined) return;
    // Congestion of the probe's own making is over with it.
    this.#setCongestion(this.#estimator.state);
    if (outcome.verdict !== "clear") return;
    this.#committedBps = Math.max(this.#committedBps, outcome.capacityBps);
    this.#boost(nowMs);
  }

  /** No estimator watches a capacity that was set by hand. */
  #checkOverride(nowMs: number): void {
    if (nowMs < this.#overrideCheckMs) return;
    this.#overrideCheckMs = nowMs + OVERRIDE_CHECK_MS;
    if (this.usageBps > this.#overrideBps * OVERRIDE_SLACK) this.#allocateAll(nowMs);
  }

  #maybeProbe(nowMs: number): void {
    if (this.#overrideBps > 0 || this.#congestion !== "none") return;
    if (!this.#probe.canStart(nowMs)) return;
    if (this.#settings.probeMode === "media") this.#stepUp(nowMs);
    else this.#startProbe(nowMs);
  }

  #startProbe(nowMs: number): void {
    const lacking = this.#deficient();
    for (const track of farthestFirst(lacking)) {
      const nextBps = track.nextHigherBps(nowMs, true);
      if (nextBps < 0) continue;
      let missingBps = 0;
      for (const { optimalBps, usageBps } of lacking) missingBps += optimalBps - usageBps;
      this.#probe.start(nowMs, this.usageBps, this.#committedBps, nextBps, missingBps);
      return;
    }
  }

  /** Gives one track a layer more, and sees whether the downlink takes it. */
  #stepUp(nowMs: number): void {
    for (const track of farthestFirst(this.#deficient())) {
      if (track.nextHigherBps(nowMs, true) < 0) continue;
      if (!track.allocateNextHigher(CAPACITY_UNKNOWN_BPS, true)) continue;
      this.#hasChanged = true;
      this.#committedBps = Math.max(this.#committedBps, this.usageBps / CAPACITY_SHARE);
      this.#stepMs = nowMs;
      this.#probe.noteStep(nowMs, false);
      this.#resetEstimator(nowMs);
      break;
    }
    this.#adjustState(nowMs);
  }

  /**
   * A track changed while the others have no more than their share: it keeps what it has, or takes
   * what is left, or what others can give up with the least loss (spec-media 6.5).
   */
  #fit(nowMs: number, track: TrackAllocation): void {
    const formerBps = track.usageBps;
    track.prepare();
    if (track.tryStay()) {
      track.commit();
    } else {
      const headroomBps = this.capacityBps - this.#usageWithout(track);
      // Moving on is no reason to lose what it had.
      const allowanceBps = Math.max(headroomBps, formerBps);
      if (!this.#tryLayers(track, allowanceBps)) this.#takeFromOthers(track, headroomBps);
      track.commit();
    }
    this.#boost(nowMs);
  }

  /** @returns false when nothing fits, though there is something that could be had */
  #tryLayers(track: TrackAllocation, capacityBps: number): boolean {
    if (track.tryLowest() === 0) return true;
    track.prepare();
    let leftBps = capacityBps;
    for (let layer = 0; layer <= TOP_LAYER; layer++) {
      leftBps -= track.tryLayer(layer, leftBps, true);
    }
    return track.provisional >= 0;
  }

  /** Leaves the lowest layer chosen, if the others can make room for it or it must not pause. */
  #takeFromOthers(track: TrackAllocation, headroomBps: number): void {
    const neededBps = track.tryLowest() - headroomBps;
    const givers: TrackAllocation[] = [];
    let gainedBps = 0;
    const others = this.#managed().filter((other) => other !== track);
    for (const other of nearestFirst(others)) {
      if (gainedBps >= neededBps) break;
      other.prepare();
      const savedBps = other.tryBestLower();
      if (savedBps <= 0) continue;
      gainedBps += savedBps;
      givers.push(other);
    }
    if (gainedBps >= neededBps) for (const giver of givers) giver.commit();
    else if (this.#mayPause) track.prepare();
  }

  #allocateAll(nowMs: number): void {
    if (!this.#settings.isEnabled) return;
    this.#hasChanged = true;
    let leftBps = this.capacityBps;
    for (const track of this.#tracks) {
      if (!track.isExempt) continue;
      const exemptBps = track.allocateOptimal(true, false);
      if (!this.#settings.disableEstimationUnmanagedTracks) leftBps -= exemptBps;
    }
    leftBps = Math.max(leftBps, 0);
    const tracks = byRank(this.#managed());
    for (const track of tracks) track.prepare();
    if (leftBps > 0 || !this.#mayPause) this.#shareOut(tracks, leftBps);
    for (const track of tracks) track.commit(leftBps === 0 && this.#mayPause);
    this.#adjustState(nowMs);
  }

  /** Layer by layer, so that each track has its lowest before one has a higher. */
  #shareOut(tracks: readonly TrackAllocation[], capacityBps: number): void {
    let leftBps = capacityBps;
    for (let layer = 0; layer <= TOP_LAYER; layer++) {
      for (const track of tracks) {
        leftBps = Math.max(leftBps - track.tryLayer(layer, leftBps, this.#mayPause), 0);
      }
    }
  }

  /**
   * Gives what is left to those that lack, a step at a time. One that has no room for its next step
   * has none later either, as what is left only gets less.
   */
  #boost(nowMs: number): void {
    this.#hasChanged = true;
    const waiting = new Map(this.#deficient().map((track) => [track, track.distanceToDesired]));
    let leftBps = this.capacityBps - this.usageBps;
    while (leftBps > 0) {
      const track = farthest(waiting);
      if (track === undefined) break;
      const formerBps = track.usageBps;
      if (track.allocateNextHigher(leftBps, false) && track.isDeficient) {
        waiting.set(track, track.distanceToDesired);
      } else waiting.delete(track);
      leftBps -= track.usageBps - formerBps;
    }
    this.#adjustState(nowMs);
  }

  #adjustState(nowMs: number): void {
    const isDeficient = this.#deficient().length > 0;
    if (isDeficient === this.#isDeficient) return;
    this.#isDeficient = isDeficient;
    this.#schedulePing(nowMs);
    if (isDeficient) return;
    // Nothing lacks: what was seen of the downlink before says nothing any more.
    this.#probe.abandon(nowMs);
    this.#committedBps = CAPACITY_UNKNOWN_BPS;
    this.#resetEstimator(nowMs);
  }

  #managed(): TrackAllocation[] {
    return this.#tracks.filter((track) => !track.isExempt);
  }

  #deficient(): TrackAllocation[] {
    return this.#tracks.filter((track) => track.isDeficient && !track.isExempt);
  }

  #usageWithout(left: TrackAllocation | undefined): number {
    let sum = 0;
    for (const track of this.#tracks) {
      if (track !== left && this.isEstimated(track)) sum += track.usageBps;
    }
    return sum;
  }
}
