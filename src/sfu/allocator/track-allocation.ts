import type { MediaSource } from "../downtrack/media-source.ts";
import type { Forwarder } from "../forwarder/forwarder.ts";
import {
  type Layers,
  NO_LAYER,
  SPATIAL_LAYER_MAX,
  TEMPORAL_LAYER_MAX,
} from "../selector/layers.ts";

/**
 * How much of one video track a subscriber gets (spec-media 4.7). The allocator of the peer calls
 * it; what it decides goes to the forwarder as target and request. Nothing here runs per packet.
 */
export class TrackAllocation {
  /** 1..255, 255 first in line. */
  priority: number;
  readonly isScreenShare: boolean;
  readonly #forwarder: Forwarder;
  readonly #source: MediaSource;
  #isPaused = false;
  #isDeficient = false;
  #requestedBps = 0;
  #provisionalSpatial: number = NO_LAYER;
  #provisionalTemporal: number = NO_LAYER;
  #provisionalBps = 0;

  constructor(forwarder: Forwarder, source: MediaSource, isScreenShare: boolean, priority: number) {
    this.#forwarder = forwarder;
    this.#source = source;
    this.isScreenShare = isScreenShare;
    this.priority = priority;
  }

  /** A screen share of one layer is unreadable with less, so it always gets what it needs. */
  get isExempt(): boolean {
    return this.isScreenShare && this.#source.streamCount <= 1 && !this.#source.isSvc;
  }

  /** Screen content goes first. */
  get rank(): number {
    return this.isScreenShare ? 255 : this.priority;
  }

  /** Neither muted nor without anything to send. */
  get isWanted(): boolean {
    return !this.#forwarder.isMuted;
  }

  /** Held back for lack of bandwidth. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Gets less than it could have. */
  get isDeficient(): boolean {
    return this.#isDeficient;
  }

  /** What the last allocation counts on. */
  get requestedBps(): number {
    return this.#requestedBps;
  }

  /** What the allocated layers measure now: may have changed since they were chosen. */
  get usageBps(): number {
    const layers = this.#layers;
    return this.#bitrateUpTo(layers.targetSpatial, layers.targetTemporal);
  }

  /** The most that the subscriber would take of what is published now. */
  get optimalBps(): number {
    if (!this.isWanted) return 0;
    return this.#bitrateUpTo(this.#layers.maxSpatial, this.#layers.maxTemporal);
  }

  /** Which layers have a bitrate, a bit each: changes are a reason to allocate anew. */
  get bitrateMask(): number {
    let mask = 0;
    for (let s = 0; s <= SPATIAL_LAYER_MAX; s++) {
      for (let t = 0; t <= TEMPORAL_LAYER_MAX; t++) {
        if (this.#bitrateBps(s, t) > 0) mask |= 1 << (s * 4 + t);
      }
    }
    return mask;
  }

  /** Layer steps between what is sent and what could be, 0 when all is well (spec-media 4.7). */
  get distanceToDesired(): number {
    const layers = this.#layers;
    const maxSpatial = Math.min(layers.maxSpatial, this.#highestAvailable(SPATIAL_LAYER_MAX));
    if (!this.isWanted || maxSpatial < 0) return 0;
    const spatial = Math.max(layers.targetSpatial, NO_LAYER);
    const temporal = spatial < 0 ? NO_LAYER : layers.targetTemporal;
    const steps = TEMPORAL_LAYER_MAX + 1;
    return (
      ((maxSpatial - spatial) * steps +
        (Math.min(layers.maxTemporal, TEMPORAL_LAYER_MAX) - temporal)) /
      steps
    );
  }

  /** All that the subscriber asked for, as far as it is published. @returns bits per second */
  allocateOptimal(): number {
    this.#isPaused = false;
    this.#isDeficient = false;
    const layers = this.#layers;
    this.#noteSeen();
    const limit = layers.maxSpatial;
    if (limit < 0 || !this.isWanted) return this.#set(NO_LAYER, NO_LAYER, NO_LAYER);
    const available = this.#highestAvailable(limit);
    // Above the limit only when nothing else is published.
    const wished = available >= 0 ? available : this.#highestAvailable(SPATIAL_LAYER_MAX);
    if (this.#source.isSvc) {
      return this.#set(limit, layers.maxTemporal, wished < 0 ? limit : Math.min(wished, limit));
    }
    const current = layers.currentSpatial;
    if (current >= 0) {
      const stay = wished < 0 ? current : wished;
      return this.#set(stay, layers.maxTemporal, stay);
    }
    // Nothing flows yet: whatever comes first will do, also what is not known to be there.
    const seen = layers.maxSeenSpatial < 0 ? limit : Math.min(layers.maxSeenSpatial, limit);
    return this.#set(Math.max(seen, wished), layers.maxTemporal, wished < 0 ? seen : wished);
  }

  /** Begins to share out: nothing is taken yet. */
  startProvisional(): void {
    this.#provisionalSpatial = NO_LAYER;
    this.#provisionalTemporal = NO_LAYER;
    this.#provisionalBps = 0;
    this.#noteSeen();
  }

  /**
   * Tries one layer, instead of what was taken so far.
   *
   * @param capacityBps what is left for this track on top of what it has taken
   * @returns how much more it takes now
   */
  tryProvisional(
    spatial: number,
    temporal: number,
    capacityBps: number,
    mayPause: boolean,
  ): number {
    const layers = this.#layers;
    if (!this.isWanted || spatial > layers.maxSpatial || temporal > layers.maxTemporal) return 0;
    const bps = this.#bitrateBps(spatial, temporal);
    if (bps === 0 || bps < this.#provisionalBps) return 0;
    const more = bps - this.#provisionalBps;
    const isFirst = this.#provisionalSpatial < 0;
    if (more > capacityBps && (mayPause || !isFirst)) return 0;
    this.#provisionalSpatial = spatial;
    this.#provisionalTemporal = temporal;
    this.#provisionalBps = bps;
    return more;
  }

  /** Makes what was tried last the allocation. @returns bits per second */
  commitProvisional(): number {
    const optimal = this.optimalBps;
    if (!this.isWanted) {
      this.#isPaused = false;
      this.#isDeficient = false;
      return this.#set(NO_LAYER, NO_LAYER, NO_LAYER);
    }
    if (optimal === 0) {
      // Nothing measured, yet or any more: the lowest layer that may come, until there is more.
      const layers = this.#layers;
      const stay = layers.currentSpatial >= 0 ? layers.currentSpatial : this.#lowestAvailable();
      this.#isPaused = false;
      this.#isDeficient = false;
      return this.#set(stay, layers.maxTemporal, stay);
    }
    this.#isPaused = this.#provisionalSpatial < 0;
    this.#isDeficient = this.#provisionalBps < optimal;
    this.#set(this.#provisionalSpatial, this.#provisionalTemporal, this.#provisionalSpatial);
    this.#requestedBps = this.#provisionalBps;
    return this.#requestedBps;
  }

  /**
   * Prepares the next step up from what is allocated, for `commitProvisional`.
   * @returns additional bits per second; 0: there is none
   */
  tryNextHigher(): number {
    if (!this.#isDeficient || !this.isWanted) return 0;
    const { targetSpatial, targetTemporal, maxSpatial, maxTemporal } = this.#layers;
    for (let s = Math.max(targetSpatial, 0); s <= maxSpatial; s++) {
      for (let t = s === targetSpatial ? targetTemporal + 1 : 0; t <= maxTemporal; t++) {
        const bps = this.#bitrateBps(s, t);
        if (bps > this.#requestedBps) {
          this.#provisionalSpatial = s;
          this.#provisionalTemporal = t;
          this.#provisionalBps = bps;
          return bps - this.#requestedBps;
        }
      }
    }
    return 0;
  }

  get #layers(): Layers {
    return this.#forwarder.layers;
  }

  #set(spatial: number, temporal: number, request: number): number {
    this.#forwarder.setTarget(spatial, temporal, request, this.#isDeficient);
    this.#requestedBps = spatial < 0 ? 0 : this.#bitrateUpTo(spatial, temporal);
    return this.#requestedBps;
  }

  /** Bitrate of the highest layer at or below these that has one. */
  #bitrateUpTo(spatial: number, temporal: number): number {
    for (let s = spatial; s >= 0; s--) {
      for (let t = temporal; t >= 0; t--) {
        const bps = this.#bitrateBps(s, t);
        if (bps > 0) return bps;
      }
    }
    return 0;
  }

  #bitrateBps(spatial: number, temporal: number): number {
    if (spatial < 0 || temporal < 0) return 0;
    return this.#source.isLayerAvailable(spatial) ? this.#source.bitrateBps(spatial, temporal) : 0;
  }

  #noteSeen(): void {
    const highest = this.#highestAvailable(SPATIAL_LAYER_MAX);
    if (highest > this.#layers.maxSeenSpatial) this.#layers.maxSeenSpatial = highest;
  }

  #highestAvailable(limit: number): number {
    for (let s = Math.min(limit, SPATIAL_LAYER_MAX); s >= 0; s--) {
      if (this.#source.isLayerAvailable(s)) return s;
    }
    return NO_LAYER;
  }

  #lowestAvailable(): number {
    for (let s = 0; s <= this.#layers.maxSpatial; s++) {
      if (this.#source.isLayerAvailable(s)) return s;
    }
    return 0;
  }
}
