import { Codec } from "../../wire/rtp/codec.ts";
import type { MediaSource } from "../downtrack/media-source.ts";
import type { Forwarder } from "../forwarder/forwarder.ts";
import {
  type Layers,
  NO_LAYER,
  SPATIAL_LAYER_MAX,
  TEMPORAL_LAYER_MAX,
} from "../selector/layers.ts";
import { layerDistance } from "./layer-distance.ts";
import { type LayerIndex, layerIndex, spatialOf, temporalOf } from "./layer-index.ts";
import { PublishedLayers } from "./published-layers.ts";

/** Why a track has no target, or one that it is not known to reach. */
export type PauseReason = "none" | "muted" | "feed-dry" | "bandwidth";

/** What a subscriber is told of a track; inactive is told to nobody (spec-media 6.8). */
export type StreamState = "inactive" | "active" | "paused";

/** A switch of spatial layers needs a key frame; one of temporal layers costs nothing. */
const SPATIAL_SWITCH_COST = 10;
/**
 * A step up in time that the encoder gives no occasion for is waited for no longer than this: steps
 * in space need a key frame, which brings the other along.
 */
const TEMPORAL_SWITCH_MAX_MS = 2_000;

/**
 * How much of one video track a subscriber gets (spec-media 4.7). The allocator of the peer calls
 * it; what it decides goes to the forwarder as target and request. Nothing here runs per packet.
 *
 * Shares are given out in two steps: `prepare` looks at what is published and takes nothing, calls
 * of `try...` and the like choose a provisional layer, and `commit` makes it the target.
 */
export class TrackAllocation {
  /** 1..255, 255 first in line. */
  priority: number;
  readonly isScreenShare: boolean;
  /** Paused, as the server has no room for it. Takes effect with the next allocation. */
  isShed = false;
  readonly #forwarder: Forwarder;
  readonly #source: MediaSource;
  readonly #published: PublishedLayers = new PublishedLayers();
  #pauseReason: PauseReason = "feed-dry";
  #streamState: StreamState = "inactive";
  #isDeficient = false;
  #requestedBps = 0;
  #optimalBps = 0;
  #provisional: LayerIndex = NO_LAYER;
  /** Since when a step up in time is seen to be under way. */
  #temporalSwitchMs = Number.POSITIVE_INFINITY;

  constructor(forwarder: Forwarder, source: MediaSource, isScreenShare: boolean, priority: number) {
    this.#forwarder = forwarder;
    this.#source = source;
    this.isScreenShare = isScreenShare;
    this.priority = priority;
  }

  /** A screen share of one layer is unreadable with less, so it always gets what it needs. */
  get isExempt(): boolean {
    if (!this.isScreenShare) return false;
    const source = this.#source;
    if (!source.isSvc) return source.streamCount <= 1;
    return this.#layers.maxSeenSpatial <= 0 && !source.isLayerAvailable(1);
  }

  get pauseReason(): PauseReason {
    return this.#pauseReason;
  }

  get streamState(): StreamState {
    return this.#streamState;
  }

  /** Held back for lack of bandwidth; until a picture flows again, not just until it may. */
  get isPaused(): boolean {
    return this.#streamState === "paused";
  }

  /** Gets less than it could have. */
  get isDeficient(): boolean {
    return this.#isDeficient;
  }

  /** What the last allocation counts on, bits per second. */
  get requestedBps(): number {
    return this.#requestedBps;
  }

  /** The most that the subscriber would have taken of what was published at the last allocation. */
  get optimalBps(): number {
    return this.#optimalBps;
  }

  /** What the target takes now: may have changed since it was chosen. */
  get usageBps(): number {
    const { targetSpatial, targetTemporal } = this.#layers;
    for (let s = targetSpatial; s >= 0; s--) {
      if (!this.#source.isLayerAvailable(s)) continue;
      for (let t = targetTemporal; t >= 0; t--) {
        const bps = this.#source.bitrateBps(s, t);
        if (bps > 0) return bps;
      }
    }
    return this.#requestedBps;
  }

  /** The highest spatial layer below the target that comes; NO_LAYER: none. */
  get lowerSpatial(): number {
    for (let s = this.#layers.targetSpatial - 1; s >= 0; s--) {
      if (this.#source.isLayerAvailable(s)) return s;
    }
    return NO_LAYER;
  }

  get maxSpatial(): number {
    return this.#layers.maxSpatial;
  }

  get maxTemporal(): number {
    return this.#layers.maxTemporal;
  }

  get target(): LayerIndex {
    return layerIndex(this.#layers.targetSpatial, this.#layers.targetTemporal);
  }

  /** When a packet was last sent, monotonic ms; 0 before. */
  get lastSentMs(): number {
    return this.#forwarder.lastSentMs;
  }

  /** Layers between what is sent and what could be, 0 when all is well (spec-media 4.7). */
  get distanceToDesired(): number {
    if (this.#forwarder.isMuted) return 0;
    this.#published.take(this.#source);
    return Math.max(layerDistance(this.#published, this.#layers, this.target), 0);
  }

  /** Packets of a layer leave: what was told to be paused is so no more. */
  noteFlowing(): void {
    this.#streamState = "active";
  }

  /**
   * All that the subscriber asked for, as far as it is published; what comes first, as long as
   * nothing flows.
   *
   * @param canOvershoot take a layer above the maximum where there is no other
   * @param isHeld take nothing more than now: the downlink may be about to fall short
   * @returns bits per second
   */
  allocateOptimal(canOvershoot: boolean, isHeld: boolean): number {
    const published = this.#look();
    const layers = this.#layers;
    const { maxSpatial, maxTemporal, maxSeenSpatial, currentSpatial } = layers;
    if (this.#forwarder.isMuted) return this.#setOptimal(NO_LAYER, NO_LAYER, "muted");
    if (this.isShed) return this.#setOptimal(NO_LAYER, NO_LAYER, "bandwidth");
    if (maxSpatial < 0) return this.#setOptimal(NO_LAYER, NO_LAYER, "feed-dry");
    const reason = this.#optimalBps === 0 ? "feed-dry" : "none";
    const overshoots = canOvershoot && !this.#source.isSvc;
    let wished = published.highestAvailable(maxSpatial);
    if (wished < 0 && overshoots) wished = published.highestAvailable(SPATIAL_LAYER_MAX);
    if (isHeld) return this.#hold(wished, reason);
    if (this.#source.isSvc) {
      // Layers of one stream come and go without a key frame: take whatever there is of them.
      return this.#setOptimal(maxSpatial, maxTemporal, reason, wished < 0 ? maxSpatial : wished);
    }
    if (currentSpatial >= 0) {
      // Where nothing is known to come, the current layer may come back.
      return this.#setOptimal(wished < 0 ? currentSpatial : wished, maxTemporal, reason);
    }
    // Before anything was seen all that is asked for may come (opportunistically, 4.7).
    const limit = maxSeenSpatial < 0 ? maxSpatial : Math.min(maxSpatial, maxSeenSpatial);
    return this.#setOptimal(
      Math.max(limit, wished),
      maxTemporal,
      reason,
      wished < 0 ? limit : wished,
    );
  }

  #hold(wished: number, reason: PauseReason): number {
    const { currentSpatial, targetTemporal, maxTemporal } = this.#layers;
    if (currentSpatial >= 0 && this.#published.isAvailable(currentSpatial)) {
      const temporal = targetTemporal < 0 ? 0 : Math.min(targetTemporal, maxTemporal);
      const spatial = wished < 0 ? currentSpatial : Math.min(wished, currentSpatial);
      return this.#setOptimal(spatial, temporal, reason);
    }
    return this.#setOptimal(Math.max(this.#published.lowestAvailable(), 0), 0, reason);
  }

  /** Nothing until there is bandwidth. */
  pause(): void {
    this.prepare();
    this.commit(true);
  }

  /** Begins to share out: nothing is taken yet. */
  prepare(): void {
    this.#look();
    this.#provisional = NO_LAYER;
  }

  /**
   * Tries one layer, instead of what was taken so far.
   *
   * @param capacityBps what is left for this track on top of what it has taken
   * @param mayPause whether nothing at all is an answer; else the first layer is taken regardless
   * @returns how much more it takes now, bits per second; may be below 0
   */
  tryLayer(layer: LayerIndex, capacityBps: number, mayPause: boolean): number {
    if (!this.#isWithinMax(layer) || this.#forwarder.isMuted) return 0;
    const bps = this.#published.bps(layer);
    if (bps === 0) return 0;
    const isFirst = this.#provisional < 0;
    const takenBps = this.#published.bps(this.#provisional);
    const more = bps - takenBps;
    if (more > capacityBps && (mayPause || !isFirst)) return 0;
    if (!isFirst && this.#isChoppy(layer, takenBps + capacityBps)) return 0;
    this.#provisional = layer;
    return more;
  }

  /** The layer that was chosen since `prepare`. */
  get provisional(): LayerIndex {
    return this.#provisional;
  }

  /**
   * Stays where it is, if that is published, asked for and measured (the cooperative choice of
   * 4.7: no upgrade at the cost of others).
   *
   * @returns whether it can
   */
  tryStay(): boolean {
    const target = this.target;
    if (target < 0 || this.#forwarder.isMuted) return false;
    const same = this.#published.highestAt(spatialOf(target), temporalOf(target));
    if (same < 0 || !this.#isWithinMax(same) || this.#isChoppy(same)) return false;
    this.#provisional = same;
    return true;
  }

  /**
   * Chooses the lowest layer that can be had.
   * @returns what it takes, bits per second; 0: nothing can be had
   */
  tryLowest(): number {
    const { maxSpatial, maxTemporal } = this.#layers;
    this.#provisional = this.#forwarder.isMuted
      ? NO_LAYER
      : this.#published.lowestWithin(maxSpatial, maxTemporal);
    return this.#published.bps(this.#provisional);
  }

  /**
   * Chooses what saves most for the least loss (best weighted transition of 4.7): a muted or dry
   * track gives everything.
   *
   * @returns what it saves, bits per second, 0 or above
   */
  tryBestLower(): number {
    const target = this.target;
    const neededBps = this.usageBps;
    this.#provisional = NO_LAYER;
    if (target < 0) return 0;
    if (this.#forwarder.isMuted || this.#optimalBps === 0) return neededBps;
    const published = this.#published;
    const stepsInSpatial = Math.max(temporalOf(this.#highestTemporal()), 0) + 1;
    const targetSpatial = spatialOf(target);
    let best = this.tryStay() ? this.#provisional : NO_LAYER;
    const targetTemporal = temporalOf(best < 0 ? target : best);
    let bestValue = 0;
    let bestBps = 0;
    for (let layer = 0; layer < target; layer++) {
      const bps = published.bps(layer);
      if (bps === 0 || !this.#isWithinMax(layer) || this.#isChoppy(layer)) continue;
      const down = targetSpatial - spatialOf(layer);
      const quality = stepsInSpatial * down + targetTemporal - temporalOf(layer);
      const savedBps = Math.max(neededBps - bps, 0);
      const value = savedBps / Math.max((down === 0 ? 0 : SPATIAL_SWITCH_COST) + quality, 1);
      if (value < bestValue || (value === bestValue && savedBps <= bestBps)) continue;
      best = layer;
      bestValue = value;
      bestBps = savedBps;
    }
    this.#provisional = best;
    return bestBps;
  }

  /** Makes what was chosen since `prepare` the target. @param isPaused nothing may flow at all */
  commit(isPaused = false): void {
    const layers = this.#layers;
    if (this.#forwarder.isMuted) {
      this.#setShare(NO_LAYER, NO_LAYER, "muted");
    } else if (this.isShed) {
      this.#setOptimal(NO_LAYER, NO_LAYER, "bandwidth");
    } else if (this.#optimalBps === 0) {
      this.#commitDry(isPaused);
    } else if (this.#provisional < 0) {
      this.#setShare(NO_LAYER, NO_LAYER, layers.maxSpatial < 0 ? "feed-dry" : "bandwidth");
    } else {
      this.#setShare(spatialOf(this.#provisional), temporalOf(this.#provisional), "none");
    }
  }

  /**
   * Nothing comes that is known of: what flowed may come back, and what has never flowed is begun
   * with the least, or it would wait for a measurement of what nobody has asked for.
   */
  #commitDry(isPaused: boolean): void {
    const { currentSpatial, maxSpatial, targetTemporal } = this.#layers;
    if (isPaused || maxSpatial < 0) {
      this.#setShare(NO_LAYER, NO_LAYER, "feed-dry");
    } else if (currentSpatial >= 0 && currentSpatial <= maxSpatial) {
      this.#setShare(currentSpatial, Math.max(targetTemporal, 0), "feed-dry");
    } else {
      const lowest = Math.max(this.#published.lowestAvailable(), 0);
      this.#setShare(Math.min(lowest, maxSpatial), 0, "feed-dry");
    }
  }

  /**
   * The next step up of a deficient track: in time first, then in space.
   *
   * @param capacityBps what it may take on top of what it has
   * @param canOvershoot above the maximum too, where nothing below it is left
   * @returns whether it was taken
   */
  allocateNextHigher(capacityBps: number, canOvershoot: boolean): boolean {
    if (!this.#isDeficient) return false;
    this.#look();
    if (this.#forwarder.isMuted) return false;
    const next = this.#nextHigher(canOvershoot, NO_LAYER);
    if (next < 0) return false;
    if (this.#published.bps(next) - this.#allocatedBps() > capacityBps) return false;
    this.#setShare(spatialOf(next), temporalOf(next), "none");
    return true;
  }

  /**
   * What the next step up would take more, for a probe of as much.
   *
   * @returns bits per second, 0 or above; -1: there is no step, or the last one is still under way
   */
  nextHigherBps(nowMs: number, canOvershoot: boolean): number {
    if (!this.#isDeficient || this.#isSwitching(nowMs)) return -1;
    this.#look();
    if (this.#forwarder.isMuted) return -1;
    const allocatedBps = this.#allocatedBps();
    let next = this.#nextHigher(canOvershoot, NO_LAYER);
    // An upper temporal layer may take more than the next spatial layer's lowest.
    while (next >= 0 && this.#published.bps(next) < allocatedBps) {
      next = this.#nextHigher(canOvershoot, next);
    }
    return next < 0 ? -1 : this.#published.bps(next) - allocatedBps;
  }

  /** @param above a layer above the target; NO_LAYER: the target itself */
  #nextHigher(canOvershoot: boolean, above: LayerIndex): LayerIndex {
    const { maxSpatial, maxTemporal } = this.#layers;
    const from = Math.max(above, this.target);
    let next = this.#published.nextAbove(from, maxSpatial, maxTemporal);
    if (this.#isChoppy(next)) next = this.#published.nextAbove(next, maxSpatial, maxTemporal);
    if (next >= 0 || !canOvershoot || this.#source.isSvc || maxSpatial < 0) return next;
    const top = layerIndex(maxSpatial, TEMPORAL_LAYER_MAX);
    const first = Math.max(top, from);
    return this.#published.nextAbove(first, SPATIAL_LAYER_MAX, TEMPORAL_LAYER_MAX);
  }

  /** What flows is not yet what was chosen. */
  #isSwitching(nowMs: number): boolean {
    const { targetSpatial, targetTemporal, currentSpatial, currentTemporal, maxSeenTemporal } =
      this.#layers;
    if (targetSpatial < 0) return false;
    if (currentSpatial !== targetSpatial) return true;
    // A temporal layer that the publisher does not send is never reached.
    if (currentTemporal >= Math.min(targetTemporal, maxSeenTemporal)) return false;
    this.#temporalSwitchMs = Math.min(this.#temporalSwitchMs, nowMs);
    return nowMs - this.#temporalSwitchMs < TEMPORAL_SWITCH_MAX_MS;
  }

  #allocatedBps(): number {
    const { targetSpatial, targetTemporal } = this.#layers;
    return this.#published.bps(this.#published.highestAt(targetSpatial, targetTemporal));
  }

  #highestTemporal(): LayerIndex {
    const { maxSpatial, maxTemporal } = this.#layers;
    let highest = NO_LAYER;
    for (let s = 0; s <= maxSpatial; s++) {
      const layer = this.#published.highestAt(s, maxTemporal);
      if (temporalOf(layer) > temporalOf(highest)) highest = layer;
    }
    return highest;
  }

  #isWithinMax(layer: LayerIndex): boolean {
    const { maxSpatial, maxTemporal } = this.#layers;
    return layer >= 0 && spatialOf(layer) <= maxSpatial && temporalOf(layer) <= maxTemporal;
  }

  /**
   * Whether a layer is no answer to a lack of bandwidth, since a smaller picture that moves is a
   * better one. A screen share is there to be read, and goes by the order of spec-media 6.5.
   *
   * @param limitBps what the smaller picture may take
   */
  #isChoppy(layer: LayerIndex, limitBps?: number): boolean {
    if (this.isScreenShare) return false;
    return this.#published.isChoppy(layer, this.#layers.maxTemporal, limitBps);
  }

  get #layers(): Layers {
    return this.#forwarder.layers;
  }

  /** Takes in what is published now. */
  #look(): PublishedLayers {
    const published = this.#published;
    published.take(this.#source);
    const layers = this.#layers;
    layers.maxSeenSpatial = Math.max(
      layers.maxSeenSpatial,
      published.highestAvailable(SPATIAL_LAYER_MAX),
    );
    for (let s = 0; s <= SPATIAL_LAYER_MAX; s++) {
      const temporal = temporalOf(published.highestAt(s, TEMPORAL_LAYER_MAX));
      if (temporal > layers.maxSeenTemporal) layers.maxSeenTemporal = temporal;
    }
    const best = published.highestWithin(layers.maxSpatial, layers.maxTemporal);
    this.#optimalBps = this.#forwarder.isMuted ? 0 : published.bps(best);
    return published;
  }

  /**
   * Of what there is bandwidth for. Never deficient, also where a layer is held back for a moment.
   *
   * @param request layer that key frames are asked of; the target's unless another is given
   */
  #setOptimal(spatial: number, temporal: number, reason: PauseReason, request = spatial): number {
    return this.#set(spatial, temporal, reason, request, false);
  }

  #setShare(spatial: number, temporal: number, reason: PauseReason): void {
    this.#set(spatial, temporal, reason, spatial, spatial <= this.#layers.maxSpatial);
  }

  #set(
    spatial: number,
    temporal: number,
    reason: PauseReason,
    request: number,
    mayLack: boolean,
  ): number {
    const published = this.#published;
    this.#requestedBps = published.bps(published.highestWithin(spatial, temporal));
    this.#pauseReason = reason;
    this.#isDeficient = mayLack && this.#requestedBps < this.#optimalBps;
    this.#temporalSwitchMs = Number.POSITIVE_INFINITY;
    if (reason === "muted") this.#streamState = "inactive";
    else if (reason === "bandwidth") this.#streamState = "paused";
    // Temporal layers that cannot be told apart go together.
    const isFlat = this.#forwarder.codec === Codec.H264;
    const target = isFlat ? Math.min(temporal, 0) : temporal;
    this.#forwarder.setTarget(spatial, target, request, this.#isDeficient);
    return this.#requestedBps;
  }
}
