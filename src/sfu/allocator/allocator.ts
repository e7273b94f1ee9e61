import type { BandwidthEstimator } from "../bwe/bandwidth-estimator.ts";
import { DEFAULT_REMOTE_BWE } from "../bwe/default-settings.ts";
import { RemoteBwe } from "../bwe/remote-bwe.ts";
import { SPATIAL_LAYER_MAX, TEMPORAL_LAYER_MAX } from "../selector/layers.ts";
import type { TrackAllocation } from "./track-allocation.ts";

/** While bandwidth is short, how often to look whether layers came or went. */
const CHECK_INTERVAL_MS = 1_000;
/** How far measured usage may grow above a fixed capacity before it is shared out anew. */
const USAGE_SLACK = 1.1;
/** Trying one step more: first after this, then with back-off where it did not work out. */
const PROBE_INTERVAL_MIN_MS = 3_000;
const PROBE_INTERVAL_MAX_MS = 120_000;
const PROBE_BACKOFF = 1.5;

/**
 * Shares the bandwidth of one subscriber's downlink among its video tracks (spec-media 6.5). As
 * long as nothing says that it is short, every track gets all it asked for. Audio never takes
 * part. Tracks are few (those of one subscriber), and nothing here runs per packet.
 */
export class Allocator {
  readonly #tracks: TrackAllocation[] = [];
  readonly #bwe: BandwidthEstimator;
  readonly #mayPause: boolean;
  #overrideBps = 0;
  /** What congestion left us; Infinity while there was none. */
  #committedBps = Number.POSITIVE_INFINITY;
  #checkMs = Number.POSITIVE_INFINITY;
  #probeMs = Number.POSITIVE_INFINITY;
  #probeIntervalMs = PROBE_INTERVAL_MIN_MS;
  #bitrateMasks = 0;

  /** @param mayPause whether tracks may get nothing at all; else each keeps its lowest layer */
  constructor(mayPause: boolean, bwe: BandwidthEstimator = new RemoteBwe(DEFAULT_REMOTE_BWE)) {
    this.#mayPause = mayPause;
    this.#bwe = bwe;
  }

  /** Bandwidth is known to be short. */
  get isConstrained(): boolean {
    return this.#overrideBps > 0 || this.#committedBps !== Number.POSITIVE_INFINITY;
  }

  /** Sum of what the tracks count on. */
  get requestedBps(): number {
    let sum = 0;
    for (const track of this.#tracks) sum += track.requestedBps;
    return sum;
  }

  add(nowMs: number, track: TrackAllocation): void {
    this.#tracks.push(track);
    this.handleTrackChange(nowMs, track);
  }

  remove(nowMs: number, track: TrackAllocation): void {
    const index = this.#tracks.indexOf(track);
    if (index < 0) return;
    this.#tracks.splice(index, 1);
    if (this.isConstrained) this.#allocateAll(nowMs);
  }

  /** Settings, mute or published layers of a track changed. */
  handleTrackChange(nowMs: number, track: TrackAllocation): void {
    if (this.isConstrained) this.#allocateAll(nowMs);
    else track.allocateOptimal();
  }

  /** Fixes the capacity; 0 gives it back to the estimate, with everything optimal at once. */
  setOverride(nowMs: number, bitrateBps: number): void {
    this.#overrideBps = bitrateBps;
    if (bitrateBps === 0) this.#release(nowMs);
    else this.#allocateAll(nowMs);
  }

  /** The estimator said that its state or capacity changed. */
  handleCongestion(nowMs: number): void {
    if (this.#bwe.state !== "congested" || this.#overrideBps > 0) return;
    const { capacityBps } = this.#bwe;
    // Congestion soon after a step up: that step was too much, wait longer for the next.
    const sinceProbeMs = nowMs - (this.#probeMs - this.#probeIntervalMs);
    if (this.#probeMs !== Number.POSITIVE_INFINITY && sinceProbeMs < this.#probeIntervalMs) {
      this.#probeIntervalMs = Math.min(
        this.#probeIntervalMs * PROBE_BACKOFF,
        PROBE_INTERVAL_MAX_MS,
      );
    }
    this.#committedBps = capacityBps;
    this.#probeMs = nowMs + this.#probeIntervalMs;
    this.#allocateAll(nowMs);
  }

  handleTimeout(nowMs: number): void {
    if (nowMs >= this.#probeMs) this.#stepUp(nowMs);
    if (nowMs < this.#checkMs) return;
    this.#checkMs = nowMs + CHECK_INTERVAL_MS;
    const isOver = this.#usageBps() > this.#capacityBps * USAGE_SLACK;
    if (isOver || this.#masks() !== this.#bitrateMasks) this.#allocateAll(nowMs);
  }

  pollTimeout(): number {
    return Math.min(this.#checkMs, this.#probeMs);
  }

  debugInfo(): object {
    return {
      isConstrained: this.isConstrained,
      overrideBps: this.#overrideBps,
      congestion: this.#bwe.state,
      requestedBps: this.requestedBps,
      tracks: this.#tracks.map((track) => ({
        rank: track.rank,
        isPaused: track.isPaused,
        isDeficient: track.isDeficient,
        requestedBps: track.requestedBps,
        optimalBps: track.optimalBps,
      })),
    };
  }

  get #capacityBps(): number {
    return this.#overrideBps > 0 ? this.#overrideBps : this.#committedBps;
  }

  /** What the allocated layers measure now, which may be more than when they were chosen. */
  #usageBps(): number {
    let sum = 0;
    for (const track of this.#tracks) sum += track.usageBps;
    return sum;
  }

  #allocateAll(nowMs: number): void {
    const tracks = this.#tracks;
    tracks.sort((a, b) => b.rank - a.rank);
    let leftBps = this.#capacityBps;
    for (const track of tracks) {
      if (track.isExempt) leftBps -= track.allocateOptimal();
      else track.startProvisional();
    }
    leftBps = Math.max(leftBps, 0);
    // Layer by layer, so that each track has its lowest before one has a higher.
    for (let s = 0; s <= SPATIAL_LAYER_MAX; s++) {
      for (let t = 0; t <= TEMPORAL_LAYER_MAX; t++) {
        for (const track of tracks) {
          if (track.isExempt) continue;
          leftBps = Math.max(leftBps - track.tryProvisional(s, t, leftBps, this.#mayPause), 0);
        }
      }
    }
    for (const track of tracks) {
      if (!track.isExempt) track.commitProvisional();
    }
    this.#bitrateMasks = this.#masks();
    this.#checkMs = nowMs + CHECK_INTERVAL_MS;
    this.#releaseWhenWhole(nowMs);
  }

  /** Gives one track a layer more, and sees whether the link takes it. */
  #stepUp(nowMs: number): void {
    this.#probeMs = nowMs + this.#probeIntervalMs;
    if (this.#overrideBps > 0 || this.#bwe.state !== "none") return;
    let best: TrackAllocation | undefined;
    for (const track of this.#tracks) {
      if (!track.isDeficient || track.isExempt) continue;
      const isBetter =
        best === undefined ||
        track.rank > best.rank ||
        (track.rank === best.rank && track.distanceToDesired > best.distanceToDesired);
      if (isBetter) best = track;
    }
    if (best !== undefined && best.tryNextHigher() > 0) {
      best.commitProvisional();
      this.#committedBps = Math.max(this.#committedBps, this.requestedBps);
      this.#bwe.reset(nowMs);
    }
    this.#releaseWhenWhole(nowMs);
  }

  /** No track lacks anything: the estimate starts over. */
  #releaseWhenWhole(nowMs: number): void {
    if (this.#overrideBps > 0) return;
    for (const track of this.#tracks) {
      if (track.isDeficient) return;
    }
    this.#release(nowMs);
  }

  #release(nowMs: number): void {
    this.#committedBps = Number.POSITIVE_INFINITY;
    this.#checkMs = Number.POSITIVE_INFINITY;
    this.#probeMs = Number.POSITIVE_INFINITY;
    this.#bwe.reset(nowMs);
    for (const track of this.#tracks) track.allocateOptimal();
  }

  /** A sum is enough to notice a change. */
  #masks(): number {
    let sum = 0;
    for (const track of this.#tracks) sum = (sum * 31 + track.bitrateMask) | 0;
    return sum;
  }
}
