import { Described } from "../dependency/frame-dependency.ts";
import { TargetBitrates } from "../dependency/target-bitrates.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import { TEMPORAL_LAYER_MAX } from "../selector/layers.ts";
import { LayerBitrates, WindowResult } from "./layer-bitrates.ts";
import { LayerFrameRates } from "./layer-frame-rates.ts";

/** Bitrates and frame rates of a video track's layers, by the best that its packets tell. */
export class LayerRates {
  readonly #bitrates: LayerBitrates;
  readonly #targetBitrates: TargetBitrates;
  readonly #frameRates: LayerFrameRates = new LayerFrameRates();
  #isSvc = false;

  /** @param windowsMs by spatial layer */
  constructor(windowsMs: readonly [number, number, number]) {
    this.#bitrates = new LayerBitrates(windowsMs);
    this.#targetBitrates = new TargetBitrates(windowsMs[0]);
  }

  /** When a window ends; Infinity when nothing comes. */
  get dueMs(): number {
    return Math.min(this.#bitrates.dueMs, this.#targetBitrates.dueMs, this.#frameRates.dueMs);
  }

  /** Highest temporal layer that ever came; -1: nothing has come. */
  get maxTemporalSeen(): number {
    return this.#bitrates.maxTemporalSeen;
  }

  /** All spatial layers come in one stream. */
  setSvc(isSvc: boolean): void {
    this.#isSvc = isSvc;
    this.#bitrates.setSvc(isSvc);
  }

  /** @param bytes of the whole packet */
  add(nowMs: number, packet: MediaPacket, bytes: number): void {
    const { spatialLayer, temporalLayer } = packet;
    this.#bitrates.add(nowMs, spatialLayer, temporalLayer, bytes);
    if (this.#isSvc && packet.dependency.described === Described.Yes) {
      this.#targetBitrates.add(nowMs, packet.dependency, bytes);
    }
    if (!packet.isOutOfOrder) {
      this.#frameRates.add(nowMs, spatialLayer, temporalLayer, packet.extTs);
    }
  }

  /** Of a layer with all that it needs, bits per second; 0 of one that does not come. */
  bitrateBps(spatial: number, temporal: number): number {
    const bitrates = this.#targetBitrates.isMeasured ? this.#targetBitrates : this.#bitrates;
    return bitrates.bitrateBps(spatial, temporal);
  }

  /** As `MediaSource.temporalLayerFor`. */
  temporalLayerFor(spatial: number, framesPerSecond: number): number {
    return this.#frameRates.temporalLayerFor(spatial, framesPerSecond, TEMPORAL_LAYER_MAX);
  }

  /** Highest temporal layer that came in the last window; -1: none, or none has ended yet. */
  highestTemporal(spatial: number): number {
    return this.#bitrates.highestTemporal(spatial);
  }

  /** Publishes the windows that are over; frame rates that became known count as a change. */
  handleTimeout(nowMs: number): WindowResult {
    this.#targetBitrates.handleTimeout(nowMs);
    const result = this.#bitrates.handleTimeout(nowMs);
    return this.#frameRates.handleTimeout(nowMs) ? WindowResult.Changed : result;
  }

  /** The track is muted: nothing has a rate; frame rates are the same afterwards. */
  pause(): void {
    this.#bitrates.reset();
    this.#targetBitrates.reset();
    this.#frameRates.pause();
  }
}
