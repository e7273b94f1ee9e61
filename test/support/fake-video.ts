import { TrackAllocation } from "../../src/sfu/allocator/track-allocation.ts";
import { Forwarder } from "../../src/sfu/forwarder/forwarder.ts";
import { Translation } from "../../src/sfu/forwarder/translation.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { FakeSource, packetOf } from "./send-side.ts";

/** 150, 500 and 2000 kbit/s with all temporal layers; with the lower two 60 and 40 % of that. */
export const SIMULCAST: readonly (readonly number[])[] = [150_000, 500_000, 2_000_000].map(
  (bps) => [bps * 0.4, bps * 0.6, bps, bps],
);

export type VideoFields = {
  isScreenShare?: boolean;
  priority?: number;
  /** 1..3 */
  streams?: number;
  isSvc?: boolean;
  maxSpatial?: number;
  codec?: Codec;
};

/** One video as the allocator sees it: publisher, forwarder and what is allocated. */
export class FakeVideo {
  readonly source: FakeSource = new FakeSource();
  readonly forwarder: Forwarder;
  readonly allocation: TrackAllocation;
  readonly #codec: Codec;
  #extSn = 1;

  constructor(fields: VideoFields = {}) {
    const { source } = this;
    source.streamCount = fields.streams ?? 3;
    source.isSvc = fields.isSvc ?? false;
    this.#codec = fields.codec ?? (source.isSvc ? Codec.Vp9 : Codec.Vp8);
    for (let s = 0; s < 3; s++) {
      if (s < source.streamCount) this.publish(s);
      else source.available.delete(s);
    }
    this.forwarder = new Forwarder(source);
    this.forwarder.layers.maxSpatial = fields.maxSpatial ?? 2;
    this.allocation = new TrackAllocation(
      this.forwarder,
      source,
      fields.isScreenShare ?? false,
      fields.priority ?? 1,
    );
  }

  publish(spatial: number, bitratesBps: readonly number[] = SIMULCAST[spatial]!): void {
    this.source.available.add(spatial);
    this.source.bitrates[spatial] = [...bitratesBps];
  }

  withdraw(spatial: number): void {
    this.source.available.delete(spatial);
    this.source.bitrates[spatial] = [];
  }

  /** `[spatial, temporal]` */
  get target(): [number, number] {
    const { targetSpatial, targetTemporal } = this.forwarder.layers;
    return [targetSpatial, targetTemporal];
  }

  /** A key frame of every layer that is published, so that the target flows. */
  flow(nowMs: number): void {
    for (const spatialLayer of [0, 1, 2]) {
      if (!this.source.available.has(spatialLayer)) continue;
      for (const temporalLayer of [0, 1, 2]) {
        const packet = packetOf({
          codec: this.#codec,
          extSn: this.#extSn++,
          extTs: 90 * nowMs,
          ssrc: this.source.isSvc ? 1_000 : 1_000 + spatialLayer,
          spatialLayer,
          temporalLayer,
          isKeyFrame: temporalLayer === 0,
          isSwitchingPoint: true,
          isLayerFrameStart: true,
          isLayerFrameEnd: true,
          marker: true,
        });
        this.forwarder.translate(nowMs, packet, new Translation());
      }
    }
    if (this.forwarder.layers.currentSpatial >= 0) this.allocation.noteFlowing();
  }
}
