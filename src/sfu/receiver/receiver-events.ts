import type { FrameSizes } from "../../wire/payload/payload-fields.ts";
import type { Codec } from "../../wire/rtp/codec.ts";
import { SPATIAL_LAYERS } from "./layer-availability.ts";
import type { ReceiverEvent } from "./receiver-spec.ts";

type Started = { readonly rid: string; readonly ssrc: number; readonly codec: Codec };

/**
 * What a receiver has to tell, kept as state instead of a queue: of each kind and layer only the
 * newest counts, so that it is bounded however seldom it is polled.
 */
export class ReceiverEvents {
  readonly #receiverId: number;
  readonly #started: (Started | undefined)[] = [undefined, undefined, undefined];
  #layers = 0;
  #areLayersNew = false;
  readonly #widths: Uint16Array = new Uint16Array(SPATIAL_LAYERS);
  readonly #heights: Uint16Array = new Uint16Array(SPATIAL_LAYERS);
  #newSizes = 0;
  #isEmpty = true;

  constructor(receiverId: number) {
    this.#receiverId = receiverId;
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  noteStarted(layer: number, rid: string, ssrc: number, codec: Codec): void {
    this.#started[layer] = { rid, ssrc, codec };
    this.#isEmpty = false;
  }

  noteLayers(mask: number): void {
    this.#layers = mask;
    this.#areLayersNew = true;
    this.#isEmpty = false;
  }

  /** @param isSvc the sizes are those of all layers, from the lowest; else of `layer` alone */
  noteSizes(isSvc: boolean, layer: number, sizes: FrameSizes): void {
    const count = isSvc ? Math.min(sizes.count, SPATIAL_LAYERS) : 1;
    for (let i = 0; i < count; i++) {
      const at = isSvc ? i : layer;
      const width = sizes.widths[i]!;
      const height = sizes.heights[i]!;
      if (width === this.#widths[at] && height === this.#heights[at]) continue;
      this.#widths[at] = width;
      this.#heights[at] = height;
      this.#newSizes |= 1 << at;
      this.#isEmpty = false;
    }
  }

  poll(): ReceiverEvent | undefined {
    if (this.#isEmpty) return undefined;
    const receiverId = this.#receiverId;
    for (let spatialLayer = 0; spatialLayer < SPATIAL_LAYERS; spatialLayer++) {
      const started = this.#started[spatialLayer];
      if (started === undefined) continue;
      this.#started[spatialLayer] = undefined;
      return { kind: "stream-started", receiverId, spatialLayer, ...started };
    }
    if (this.#areLayersNew) {
      this.#areLayersNew = false;
      const all = Array.from({ length: SPATIAL_LAYERS }, (_, i) => i);
      const availableLayers = all.filter((i) => ((this.#layers >> i) & 1) === 1);
      return { kind: "layers-changed", receiverId, availableLayers };
    }
    if (this.#newSizes !== 0) {
      const spatialLayer = 31 - Math.clz32(this.#newSizes & -this.#newSizes);
      this.#newSizes &= this.#newSizes - 1;
      const width = this.#widths[spatialLayer]!;
      const height = this.#heights[spatialLayer]!;
      return { kind: "video-size-changed", receiverId, spatialLayer, width, height };
    }
    this.#isEmpty = true;
    return undefined;
  }
}
